"""One number's way, told on the terminal."""

import re
from dataclasses import replace

import pytest

from analysis import cli, load
from analysis.config import RAW, REPORTS
from analysis.page.explain import explain


@pytest.fixture(scope="module")
def five():
    return load()


def test_a_pair_is_told_with_its_cells_its_measure_and_its_leader(five):
    told = explain("KGZ-trade_turnover-own-2023", five, RAW, REPORTS)
    assert "China    5,433,703,679 USD" in told  # 80,446,343 sold and 5,353,257,336 bought
    assert "kgznsc2024/KGZ/CHN/export/2023: “80446343” (data/raw/trade_national.csv, row " in told
    assert "National Statistical Committee of the Kyrgyz Republic" in told
    # (5,433.7 - 3,006.7) / (5,433.7 + 3,006.7)
    assert "= +0.288" in told
    assert "leader   China" in told
    assert "preliminary" in told


def test_a_printed_figure_is_told_with_its_words_and_how_they_are_read(five):
    told = explain("kgz-trade-chn-2016", five, RAW, REPORTS)
    assert "printed  “$5.7 billion” (data/raw/article.csv, row " in told
    assert "read     $5,700,000,000; taken as $5,650,000,000 to $5,750,000,000 (USD)" in told
    assert "pair     KGZ-trade_turnover-article-2016" in told
    assert "claim    kgz-trade-lead" in told


def test_a_source_is_told_once_with_its_address_below_it(five):
    lines = explain("KAZ-trade_turnover-article-2016", five, RAW, REPORTS).splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.startswith("source ")]
    assert lines[place + 1].startswith("         https://carnegieendowment.org/2018/04/19/")


def test_a_source_without_an_address_is_told_alone(five):
    entry = {name: cell for name, cell in five.register["dubnov-2018"].items() if name != "url"}
    told = explain(
        "kgz-trade-chn-2016",
        replace(five, register=dict(five.register) | {"dubnov-2018": entry}),
        RAW,
        REPORTS,
    )
    lines = told.splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.startswith("source ")]
    assert lines[place + 1].startswith("place    ")


def test_a_figure_that_was_mended_is_told_as_printed_and_as_read_with_the_reason(five):
    name = "kgz-trade-chn-2016"
    mended = {"corrected": "$5.6 billion", "correction": "a slip of the printer"}
    figures = five.tables["figures"]
    changed = figures[figures["figure_id"] == name].assign(**mended)
    told = explain(name, replace(five, tables={**five.tables, "figures": changed}), RAW, REPORTS)
    lines = told.splitlines()
    place = lines.index("mended   “$5.6 billion”: a slip of the printer")
    assert lines[place - 1].startswith("printed  “$5.7 billion” ")
    assert lines[place + 1].startswith("read     $5,600,000,000; ")


def test_a_half_that_is_not_recorded_says_so(five):
    told = explain("KAZ-arms_received-stated-1995", five, RAW, REPORTS)
    assert "China    not recorded" in told
    assert "measure" not in told


def test_a_claim_is_told_with_what_it_rests_on(five):
    told = explain("kaz-trade-lead", five, RAW, REPORTS)
    assert "place    Table 1, KAZ, column 2, note 2" in told
    assert "of       kaz-trade-chn-2016" in told
    assert "rests on KAZ-trade_turnover-own-2016" in told


def test_it_fits_on_one_screen(five):
    for name in ("KAZ-trade_turnover-partner-2023", "kgz-trade-chn-2016", "kaz-trade-lead"):
        assert len(explain(name, five, RAW, REPORTS).splitlines()) <= 40


def test_a_name_that_there_is_not_is_answered_with_the_likely_ones(five):
    with pytest.raises(ValueError, match="did you mean kgz-trade-chn-2016"):
        explain("kgz-trade-chn-2015", five, RAW, REPORTS)


def test_the_command_tells_it(capsys):
    assert cli.main(["explain", "kgz-trade-chn-2016"]) == 0
    assert "printed  “$5.7 billion”" in capsys.readouterr().out


def test_the_command_answers_a_slip_with_the_likely_names(capsys):
    assert cli.main(["explain", "kgz-trade-chn-2015"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "did you mean kgz-trade-chn-2016" in told.err


def test_the_command_says_its_version(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert re.fullmatch(r"central-asia-two-books \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_pair_of_indicators_is_told_line_by_line(five):
    told = explain("KGZ-debt_owed-stated-2024", five, RAW, REPORTS)
    assert told.splitlines()[:8] == [
        "KGZ-debt_owed-stated-2024",
        "Public external debt owed · Kyrgyzstan · 2024 · as one source gives both",
        "",
        "China    1,653,692,686 USD",
        "         ids/KGZ/debt_owed/CHN/2024: a row of data/processed/indicators.csv",
        "",
        "Russia   0 USD",
        "         ids/KGZ/debt_owed/RUS/2024: a row of data/processed/indicators.csv",
    ]
    assert "use      " not in told


def test_a_pair_out_of_use_says_that_another_edition_tells_it(five):
    told = explain("KAZ-exports-own-2000-comtrade-wits-2017", five, RAW, REPORTS)
    assert told.splitlines()[-1] == "use      another edition tells this record and period"


def test_a_leader_by_all_that_the_words_allow_is_told_where_it_is_another(five):
    ties = five.tables["ties"]
    (row,) = ties[ties["pair_id"] == "UZB-trade_turnover-partner-2024"].to_dict("records")
    assert (row["leader"], row["logical_leader"]) == ("CHN", "too_close")
    told = explain(row["pair_id"], five, RAW, REPORTS)
    assert "leader   China; by all that the words allow: the figures leave open" in told
    same = explain("KGZ-trade_turnover-own-2023", five, RAW, REPORTS)
    assert "leader   China\n" in same


def test_a_half_in_an_interval_is_told_with_its_ends_and_an_open_one_as_open(five):
    name = "KAZ-exports-partner-2023"
    told = explain(name, five, RAW, REPORTS)
    half = "China    16,300,000,000 USD, working interval 16,250,000,000 to "
    assert f"{half}16,350,000,000\n" in told
    ties = five.tables["ties"]
    unending = ties[ties["pair_id"] == name].assign(china_high=float("nan"))
    told = explain(name, replace(five, tables={**five.tables, "ties": unending}), RAW, REPORTS)
    assert f"{half}open\n" in told


def test_the_pages_that_lead_to_a_row_are_told_in_order(five, tmp_path):
    name = "kgz-trade-chn-2016"
    for page, words in {
        "world.html": f'<a href="#{name}">$5.7bn</a>',
        "claims.html": f'<a class="ev" href="#{name}">$5.7bn</a>',
        "method.html": f'<a href="#{name}-stated">$5.7bn</a>',
        "notes.txt": f'<a href="#{name}">$5.7bn</a>',
    }.items():
        (tmp_path / page).write_text(words, encoding="utf-8")
    printed = [
        line for line in explain(name, five, RAW, tmp_path).splitlines() if "printed on" in line
    ]
    assert printed == ["printed on reports/claims.html", "printed on reports/world.html"]
