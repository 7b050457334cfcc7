"""What the explorer says and packs, from a table small enough to work out by hand."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import POWERS, RAW
from analysis.data.countries import names
from analysis.data.sources import load_sources
from analysis.measures.explorer import COLUMNS, load_trade_records
from analysis.page.ahead import more
from analysis.page.explorer import BOTH, CSV, explorer, texts
from analysis.page.words import of_hundred

NAN = float("nan")
SNAPSHOT = Path(__file__).parent / "snapshots" / "explorer.txt"
TIMES = re.compile(r"([0-9][0-9,.]*)(?: to [0-9][0-9,.]*)? times")
REGISTER = {
    "office": {"title": "Foreign trade", "publisher": "The office", "date": "2026"},
    "paper": {"title": "A visit", "publisher": "A paper", "date": "2026-01"},
}
NAMES = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "TKM": "Turkmenistan"}
NAMES |= {"UZB": "Uzbekistan", "NLD": "Netherlands", "DZA": "Algeria"}


def row(country, year, record, china, russia, leader, **more):
    """A row as ``trade_records`` gives it; a figure is an amount, or two ends of a span."""
    known = {"country": country, "flow": "turnover", "year": year, "record": record}
    known |= {"concept": "trade_turnover", "leader": leader, "grade": "table"}
    known |= {"evidence": "reported", "edition": "office", "refusal": "", "why": ""}
    for side, figure in (("china", china), ("russia", russia)):
        low, high = figure if isinstance(figure, tuple) else (figure, figure)
        known |= {side: low if low == high else NAN, f"{side}_low": low, f"{side}_high": high}
        known[f"{side}_logical_high"] = high
    low = (known["china_low"] - known["russia_high"]) / (known["china_low"] + known["russia_high"])
    high = (known["china_high"] - known["russia_low"]) / (known["china_high"] + known["russia_low"])
    return known | {"low": low, "high": high} | more


def empty(country, year, record, refusal, why=""):
    more = {"refusal": refusal, "why": why, "edition": "", "concept": "", "grade": ""}
    return row(country, year, record, NAN, NAN, "", evidence="", **more)


def sums(country, year, own, partner):
    return [row(country, year, "own", *own), row(country, year, "partner", *partner)]


# Kazakhstan: a year for each verdict of two records. Others: one record, and every refusal.
ROWS = [
    *sums("KAZ", 2015, (30e9, 10e9, "CHN"), (12e9, 10e9, "CHN")),
    *sums("KAZ", 2016, (8e9, 12.8e9, "RUS"), (13e9, 13e9, "level")),
    *sums("KAZ", 2017, (10e9, 10e9, "level"), (10e9, 9.9e9, "level")),
    *sums("KAZ", 2018, ((9e9, 12e9), 10e9, "too_close"), (10e9, 10e9, "level")),
    *sums("KAZ", 2019, (10e9, 20e9, "RUS"), ((9e9, 12e9), 10e9, "too_close")),
    *sums("KAZ", 2020, (10e9, 20e9, "RUS"), ((41e9, 42e9), (14e9, 15e9), "CHN")),
    row("KGZ", 2020, "own", 5e9, 0.0, "CHN"),
    row("KGZ", 2020, "partner", 2e9, NAN, "", refusal="other_half", edition="office + paper"),
    empty("TJK", 2020, "own", "nothing"),
    row("TJK", 2020, "partner", NAN, 3e9, "", refusal="not_listed"),
    empty("TKM", 2020, "own", "not_its_own", "worked out from the partner's record"),
    row("TKM", 2020, "partner", 1e12, 1e6, "CHN", evidence="disputed", grade="stated"),
    row("UZB", 2020, "own", 2e9, 1e9, "CHN", concept="goods_services_turnover", grade="derived"),
    empty("UZB", 2020, "partner", "one_direction"),
    *sums("DZA", 2020, (1e9, 1e9, "level"), (1e9, 1e9, "level")),
    *sums("NLD", 2020, (1e9, 1e9, "level"), (2e9, 1e9, "CHN")),
]


def small(*more):
    frame = pd.DataFrame([*ROWS, *more])
    flows = [frame.assign(flow=flow) for flow in ("turnover", "exports", "imports")]
    return explorer(pd.concat(flows, ignore_index=True)[COLUMNS], NAMES, REGISTER, start="KAZ")


@pytest.fixture(scope="module")
def found():
    return small()


def told(view):
    """A view as lines of text."""
    lines = [view.verdict]
    for one in view.records:
        lines.append(f"  {one['head']}: China {one['china']}, Russia {one['russia']}.")
        parts = [one["share"], one["says"], one["note"], one["source"]]
        lines.append("    " + " | ".join(part for part in parts if part))
    return "\n".join(lines)


def every_view(found):
    """What is said of every state of the small table, of all flows of one country and year."""
    lines = []
    for country in list(NAMES)[:-1]:
        for year in found.years(country):
            every = (country, year) == ("KAZ", 2020)
            for flow in ("turnover", "exports", "imports") if every else ("turnover",):
                for record in ("own", "partner", BOTH):
                    state = f"{country}/{year}/{flow}/{record}"
                    lines.append(f"{state}\n{told(found.view(country, year, flow, record))}\n")
    return "\n".join(lines)


def test_the_table_of_the_newest_years_has_its_figures_to_the_right(found):
    kinds = {column.head: column.kind for column in found.table().columns}
    assert kinds["Record"] == "name"
    assert {kinds[name] for name in ("China", "Russia")} == {"number"}


def test_the_sentences_are_those_that_were_read(found):
    assert every_view(found) == SNAPSHOT.read_text(encoding="utf-8")


def test_the_snapshot_holds_every_sentence_that_there_is(found):
    said = SNAPSHOT.read_text(encoding="utf-8")
    for group in ("verdicts", "pairs", "refusals", "notes"):
        for code, template in texts()[group].items():
            # The longest part that holds no place to fill in.
            part = max(template.replace("}", "{").split("{")[::2], key=len)
            assert part.strip(" .,") in said, code


def test_figures_and_share_are_in_words(found):
    own, partner = found.view("KAZ", 2020, "turnover", BOTH).records
    assert (own["china"], own["russia"]) == ("$10bn", "$20bn")
    assert own["share"].endswith("China has $33.")
    # 41 to 42 of China's and 14 to 15 of Russia's: from 41 of 56 to 42 of 56 dollars.
    assert (partner["china"], partner["russia"]) == ("$41bn to $42bn", "$14bn to $15bn")
    assert partner["share"].endswith("China has $73 to $75.")


@pytest.mark.parametrize(
    ("floors", "told"),
    [
        ("", "China has $56 to $61."),
        ("russia", "China has at most $61."),
        ("china", "China has at least $56."),
        ("china russia", ""),
    ],
)
def test_a_share_over_or_of_a_floor_has_one_end(floors, told):
    """14 to 15.4 of China's and 10 to 11 of Russia's; the upper ends only as they are judged."""
    ends = {f"{side}_logical_high": NAN for side in floors.split()}
    rows = sums("KAZ", 2020, ((14e9, 15.4e9), (10e9, 11e9), "CHN"), (2e9, 1e9, "CHN"))
    frame = pd.DataFrame([rows[0] | ends, rows[1]])
    small = explorer(frame.assign(flow="turnover")[COLUMNS], NAMES, REGISTER, start="KAZ")
    (found,) = small.view("KAZ", 2020, "turnover", "own").records
    assert (found["share"] or "").endswith(told)
    assert bool(found["share"]) == bool(told)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((0.834,), "$83"),
        ((0.835,), "$84"),
        ((0.0,), "$0"),
        ((0.004,), "under $1"),
        ((0.996,), "over $99"),
        ((1.0,), "$100"),
        ((0.6, 0.617), "$60 to $62"),
        ((0.601, 0.604), "$60"),
    ],
)
def test_a_part_is_told_in_dollars_of_a_hundred(ends, said):
    assert of_hundred(*ends) == said


@pytest.mark.slow
def test_every_state_tells_a_lead_as_the_other_pages_do():
    register, _ = load_sources(RAW / "sources.yml")
    records = load_trade_records()
    every = explorer(records, names(), register, start="KAZ")
    pairs = records[records["leader"].isin(POWERS)]
    assert len(pairs) > 9_000
    beyond = 0
    for row in pairs.to_dict("records"):
        state = (row["country"], row["year"], row["flow"], row["record"])
        (told,) = every.view(*state).records
        lead = more(row)
        assert f" {lead or 'more'} " in told["says"], state
        printed = [float(one.replace(",", "")) for one in TIMES.findall(told["says"])]
        assert all(one <= 20 for one in printed[:1]), state
        beyond += lead.startswith("over 20 times")
    assert beyond > 1_000


def test_one_record_alone_is_judged_by_itself(found):
    assert found.verdict("KAZ", 2016, "turnover", "own").leader == "RUS"
    assert found.verdict("KAZ", 2016, "turnover", "partner").verdict == "level"
    assert found.verdict("KAZ", 2016, "turnover", BOTH).verdict == "ahead_or_level"


def test_a_country_begins_with_its_newest_year_of_both_records_or_else_of_one(found):
    assert found.newest("KAZ") == 2020
    frame = found.frame[COLUMNS].copy()
    last = (frame["country"] == "KAZ") & (frame["year"] == 2020) & (frame["record"] == "own")
    frame.loc[last, ["leader", "refusal"]] = ["", "nothing"]
    assert explorer(frame, NAMES, REGISTER, start="KAZ").newest("KAZ") == 2019
    # What both told before the article's year is no news.
    later = (frame["country"] == "KAZ") & (frame["year"] > 2015) & (frame["record"] == "own")
    frame.loc[later, ["leader", "refusal"]] = ["", "nothing"]
    assert explorer(frame, NAMES, REGISTER, start="KAZ").newest("KAZ") == 2020


def test_a_file_has_the_series_of_the_records_that_are_shown(found):
    lines = found.csv("KAZ", "exports", "partner").splitlines()
    assert lines[0] == ",".join(CSV)
    assert len(lines) == 1 + 6
    assert lines[-1] == (
        "KAZ,exports,2020,partner,41000000000,42000000000,14000000000,15000000000,$41bn to $42bn,"
        "$14bn to $15bn,CHN,,"
        'trade_turnover,table,reported,office,"“Foreign trade”, The office, 2026"'
    )
    assert len(found.csv("KAZ", "exports", BOTH).splitlines()) == 1 + 12


def test_a_missing_figure_is_empty_in_the_file(found):
    lines = found.csv("TJK", "turnover", "partner").splitlines()
    assert lines[1].startswith(
        "TJK,turnover,2020,partner,,,3000000000,3000000000,,$3bn,,not_listed,"
    )


def test_a_floor_has_no_upper_end_in_the_file_or_where_it_is_drawn():
    floor = row("KAZ", 2024, "partner", 44e9, (27e9, 29.7e9), "CHN", russia_logical_high=NAN)
    frame = pd.DataFrame([floor, row("KAZ", 2024, "own", 40e9, 20e9, "CHN")])[COLUMNS]
    made = explorer(frame, NAMES, REGISTER, start="KAZ")
    told = made.csv("KAZ", "turnover", "partner").splitlines()[1]
    assert "27000000000,,$44bn,$27bn or more,CHN" in told
    # What is drawn is packed from the same frame.
    (end,) = made.frame.loc[made.frame["record"] == "partner", "russia_high"]
    assert pd.isna(end)


def test_packing_keeps_whole_numbers_codes_and_words(found):
    packed = json.loads(json.dumps(found.packed()))
    own = dict(zip(packed["columns"], packed["countries"]["KAZ"]["turnover"]["own"], strict=True))
    assert [int(one, 36) for one in own["china_low"].split(",")][:2] == [30_000_000_000, 8 * 10**9]
    # Of the spans alone the upper end is told.
    assert [int(one, 36) for one in own["china_high"].split(",")][3] == 12_000_000_000
    assert own["russia_high"] == ""
    assert [packed["states"][letter] for letter in own["states"]][1:4] == [
        "RUS",
        "level",
        "too_close",
    ]
    width, letters = packed["width"], packed["letters"]
    places = [own["share"][at : at + width] for at in range(0, len(own["share"]), width)]
    numbers = [
        sum(letters.index(c) * len(letters) ** p for p, c in enumerate(reversed(one)))
        for one in places
    ]
    assert [packed["words"][number] for number in numbers][:2] == ["$75", "$38"]
    # All years of a column that are alike are told once.
    assert len(own["source"]) == width


def test_each_word_has_a_place_of_as_few_letters_as_tell_all_apart():
    many = [
        one
        for n in range(21, 61)
        for one in sums("KAZ", 2000 + n, (n * 1e9, 1e9, "CHN"), (n * 1e8, 1e9, "CHN"))
    ]
    packed = small(*many).packed()
    letters = len(packed["letters"])
    assert letters < len(packed["words"]) <= letters**2
    assert packed["width"] == 2


def test_packing_keeps_a_verdict_a_year(found):
    packed = json.loads(json.dumps(found.packed()))
    letters = packed["countries"]["KAZ"]["turnover"]["verdicts"]
    assert [packed["verdicts"][letter] for letter in letters][:3] == [
        ["ahead_on_both", "CHN"],
        ["ahead_or_level", "RUS"],
        ["level", ""],
    ]


def test_a_record_is_the_head_of_its_row_for_who_reads_without_the_script(found):
    without = found._repr_html_().partition('<div class="without">')[2]
    heads = re.findall('<th scope="row"[^>]*>(.*?)</th>', without)
    assert len(heads) == 10 and "By Kazakhstan’s own record" in heads[0]


def test_who_reads_without_the_script_is_told_that_services_are_counted_too(found):
    without = found._repr_html_().partition('<div class="without">')[2]
    heads = re.findall('<th scope="row"[^>]*>(.*?)</th>', without)
    told = [head for head in heads if texts()["too"] in head]
    assert len(told) == 1 and "Uzbekistan’s own record" in told[0]


def test_a_sum_of_cents_is_refused(found):
    frame = found.frame[COLUMNS].copy()
    frame.loc[0, "china_low"] = 0.5
    with pytest.raises(ValueError, match=r"0\.5 dollars; valid: a whole number"):
        explorer(frame, NAMES, REGISTER, start="KAZ").packed()


def test_a_country_without_records_cannot_be_the_first(found):
    with pytest.raises(ValueError, match="of trade of 'XYZ'; valid: ISO 3166 codes"):
        explorer(found.frame[COLUMNS], NAMES, REGISTER, start="XYZ")
    with pytest.raises(ValueError, match=r"'uzb' \(did you mean UZB\?\); valid"):
        explorer(found.frame[COLUMNS], NAMES, REGISTER, start="uzb")


def test_the_others_stand_in_the_order_of_their_names_after_the_five(found):
    codes = re.findall('<option value="([A-Z]+)">', found._repr_html_())
    assert codes == ["KAZ", "KGZ", "TJK", "TKM", "UZB", "DZA", "NLD"]


def test_it_shows_the_five_without_a_script_and_no_end_of_a_script_within_its_data(found):
    html = found._repr_html_()
    data = html.partition('<script type="application/json">')[2].partition("</script>")[0]
    assert json.loads(data)["start"] == "KAZ"
    assert "<" not in data
    for name in list(NAMES.values())[:5]:
        assert f"By {name}’s own record" in html.partition('<div class="without">')[2]
    # What a reader without the script could press stands hidden.
    assert '<form class="choose" hidden>' in html


if __name__ == "__main__":  # writes the snapshot, to be read before it is committed
    SNAPSHOT.write_text(every_view(small()), encoding="utf-8")
