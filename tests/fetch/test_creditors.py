"""Creditors are known by the service's code, whatever the service calls them."""

import json
import re

import pandas as pd
import pytest

from analysis.fetch.editions import fetch
from analysis.fetch.worldbank import with_our_names
from fetch.edits import ENDS, IDS, about, changing, observations, of, too
from fetch.loopback import TODAY

pytestmark = pytest.mark.thorough


@pytest.fixture
def code(services):
    """The service's code of a creditor."""
    return lambda name: services.creditors[name][0]


@pytest.fixture
def named(services, code):
    """Let the service call creditors by other names."""

    def by(**names):
        for word, theirs in names.items():
            ours = word.replace("_", " ")
            services.creditors[ours] = (code(ours), theirs)

    return by


def table(raw):
    return pd.read_csv(raw / "vintages" / f"{IDS}-{TODAY}.csv", dtype=str)


def plain(text):
    return f"no row of {text}; {too(IDS)}"


@pytest.mark.parametrize("name", ["Türkiye", "TÜRKIYE".title(), " Turkiye  ", "Tu\u0308rkiye"])
def test_an_accent_in_a_name_refuses_no_edition(name, raw, named, remarks):
    named(Turkiye=name)
    assert remarks(IDS) == ENDS[IDS]
    assert "Turkiye" in set(table(raw)["creditor"])


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Cote D`Ivoire, Republic Of", "Cote D'Ivoire, Republic Of"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Curaçao", "Curacao"),
        ("Łódź & Co.", "Lodz & Co."),
        ("中国", ""),
    ],
)
def test_a_new_creditor_is_called_by_its_name_in_plain_letters(name, ours, services, raw, remarks):
    rows = services.debt
    new = rows[(rows["country"] == "KAZ") & (rows["creditor"] == "Austria")].head(1)
    services.debt = pd.concat([rows, new.assign(creditor="new", value=7.5)], ignore_index=True)
    services.creditors["new"] = ("999", name)
    if not ours:
        with pytest.raises(
            Exception,
            match=re.escape(
                f"{IDS} answered with a creditor 999 named “{name}”, where a name in Latin letters "
                "would be right"
            ),
        ):
            remarks(IDS)
        return
    assert remarks(IDS) == ENDS[IDS]
    assert (table(raw)["creditor"] == ours).sum() == 1


def test_russia_under_another_name_is_refused_before_its_code_is_known(code, named, refusal):
    named(Russian_Federation="Russia")
    assert refusal(IDS) == [
        "no row of Russian Federation; Russian Federation once at least among the creditors of "
        "this edition",
        f"{plain('Russian Federation')}; new here: Russia ({code('Russian Federation')}). If one "
        "of them is the same, write its id beside the known name in parties.csv",
    ]


def test_a_power_that_is_gone_is_refused_even_where_fewer_are_accepted(named, refusal):
    named(Russian_Federation="Russia")
    assert refusal(IDS, accept_fewer=True) == [
        "no row of Russian Federation; Russian Federation once at least among the creditors of "
        "this edition"
    ]


def test_a_power_may_be_owed_nothing_by_most(raw, services, remarks):
    # Some of the five owe Russia nothing; one of them is enough.
    assert remarks(IDS) == ENDS[IDS]
    rows = table(raw)
    owing = set(rows[rows["creditor"] == "Russian Federation"]["country"])
    assert owing < {"KAZ", "KGZ", "TJK", "TKM", "UZB"}


def test_russia_under_another_name_is_known_by_its_code_from_then_on(raw, code, named, remarks):
    fetch(IDS, raw, TODAY.replace(month=10))
    named(Russian_Federation="Russia", China="People's Republic of China")
    russia = code("Russian Federation")
    assert remarks(IDS) == [
        f"The creditor {russia}, Russian Federation here, is called “Russia” now.",
        "The creditor 730, China here, is called “People's Republic of China” now.",
        *ENDS[IDS],
    ]
    assert {"Russian Federation", "China"} < set(table(raw)["creditor"])
    assert "Russia" not in set(table(raw)["creditor"])


def test_russia_under_another_name_is_known_by_the_code_list(raw, code, named, remarks):
    # What the refusal asks for: its id beside the known name.
    path, russia = raw / "parties.csv", code("Russian Federation")
    text = path.read_text("utf-8")
    row = "RUS,Russia,state,Russian Federation,"
    assert f"{row}\n" in text
    path.write_text(text.replace(row, f"{row}{russia}"), encoding="utf-8")
    named(Russian_Federation="Russia")
    assert remarks(IDS) == [
        f"The creditor {russia}, Russian Federation here, is called “Russia” now.",
        *ENDS[IDS],
    ]


def test_a_code_without_a_name_is_known_too(raw, named, remarks):
    fetch(IDS, raw, TODAY.replace(month=10))
    named(France=None, China="")
    assert remarks(IDS) == ENDS[IDS]
    assert {"France", "China"} < set(table(raw)["creditor"])


def test_a_new_code_without_a_name_is_refused(code, named, refusal):
    named(France=None)
    assert refusal(IDS) == [
        f"{IDS} answered with a creditor {code('France')} named “”, where a name in Latin letters "
        "would be right"
    ]


def test_names_exchanged_between_a_known_code_and_another_are_refused(code, named, refusal):
    named(China="Russian Federation", Russian_Federation="China")
    assert refusal(IDS) == [
        f"{IDS} answered with the creditor {code('Russian Federation')} under the name “China”, "
        "where 730, its code so far, would be right"
    ]


def test_names_exchanged_are_refused_by_the_codes_of_the_edition_before(raw, named, refusal):
    fetch(IDS, raw, TODAY.replace(month=10))
    named(France="Japan", Japan="France")
    (said,) = refusal(IDS)
    assert re.fullmatch(
        rf"{IDS} answered with the creditor \d+ under the name “(France|Japan)”, where "
        "(Japan|France) would be right",
        said,
    )


def test_names_exchanged_at_first_are_refused_by_their_figures(named, refusal):
    named(France="Japan", Japan="France")
    assert (
        "the figures of France under Japan, and those of Japan under France; each under its own, "
        "as worldbank-ids-2025-12 has them"
    ) in refusal(IDS)


def test_one_name_of_two_codes_is_refused(code, named, refusal):
    named(China="Russian Federation")
    assert refusal(IDS) == [
        f"{IDS} answered with “Russian Federation” as the creditor "
        f"{code('Russian Federation')} and as 730, where one code would be right"
    ]


def test_two_names_of_one_code_are_refused(code, refusal, change_json):
    def where(row):
        return of(row, to=code("France"), time="YR2016")

    change_json(changing("Counterpart-Area", where, value="Francia"))
    assert refusal(IDS) == [
        f"{IDS} answered with the creditor {code('France')} as “France” and as “Francia”, where "
        "one name would be right"
    ]


def test_a_known_creditor_that_is_gone_is_refused_with_what_to_do(code, named, refusal, remarks):
    named(Austria="Ostarrichi")
    assert refusal(IDS) == [
        f"{plain('Austria')}; new here: Ostarrichi ({code('Austria')}). If one of them is the "
        "same, write its id beside the known name in parties.csv"
    ]
    assert remarks(IDS, accept_fewer=True)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda thing: thing.update(id=None),
            "a debt of KAZ in 2016 to nobody, where a creditor’s code would be right",
        ),
        (
            lambda thing: thing.update(id=" "),
            "a debt of KAZ in 2016 to nobody, where a creditor’s code would be right",
        ),
    ],
)
def test_a_debt_to_nobody_is_refused(edit, said, refusal, change_json):
    def change(row):
        if of(row, country="KAZ", time="YR2016"):
            edit(about(row)["Counterpart-Area"])
        return row

    change_json(observations(change))
    assert refusal(IDS) == [f"{IDS} answered with {said}"]


def test_a_creditor_that_is_owed_nothing_is_no_row(raw, services, remarks):
    # The service lists every creditor of the world for each debtor, most of them with nought.
    rows = services.debt
    none = rows[rows["creditor"] == "World"].assign(creditor="Zambia", value=0)
    services.creditors["Zambia"] = ("288", "Zambia")
    services.debt = pd.concat([rows, none], ignore_index=True)
    assert remarks(IDS) == ENDS[IDS]
    assert "Zambia" not in set(table(raw)["creditor"])


def nothing(**words):
    def edit(row):
        return row | {"value": None} if of(row, **words) else row

    return observations(edit)


def test_a_debt_without_a_value_is_a_missing_row(code, remarks, change_json):
    # It leaves the creditors short of the whole, as it must.
    change_json(nothing(country="UZB", to=code("France"), time="YR2013"))
    assert remarks(IDS) == [
        "2 observations without a value, and so without a row.",
        "worldbank-ids-2025-12 has 2 rows that this one has no more.",
        *ENDS[IDS],
    ]


@pytest.mark.parametrize(
    ("creditor", "years"), [("China", "2013"), ("World", "2013")], ids=["a power", "the whole"]
)
def test_a_sum_that_is_wrong_for_want_of_a_value_is_refused(
    creditor, years, code, refusal, change_json
):
    change_json(nothing(country="TJK", to=code(creditor), time=f"YR{years}"))
    told = refusal(IDS)
    assert told[0].startswith(f"creditors of TJK that do not add up to World in {years}; ")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"country": "TKM"}, "no row of TKM"),
        ({"time": "YR2019"}, "no row of 2019"),
        ({"series": "DT.DOD.PCBK.CD"}, "no row of DT.DOD.PCBK.CD"),
        ({"country": "UZB", "to": "WLD"}, "no total (World) of UZB for 2000 to 2024"),
    ],
    ids=["debtor", "year", "kind", "total"],
)
def test_what_the_debts_have_no_more_is_refused(words, found, refusal, change_json):
    def edit(row):
        return None if of(row, **words) else row

    change_json(observations(edit))
    assert any(fault.startswith(f"{found}; ") for fault in refusal(IDS))


def test_creditors_that_do_not_add_up_are_refused_once_a_debtor(services, refusal):
    rows = services.debt
    gone = (rows["country"] == "TJK") & (rows["creditor"] == "China")
    services.debt = rows[~(gone & rows["year"].isin(["2011", "2012", "2015"]))]
    (said,) = refusal(IDS)
    assert re.fullmatch(
        r"creditors of TJK that do not add up to World in 2011 to 2012, 2015; [0-9.]+ in 2011, "
        r"where they make [0-9.]+",
        said,
    )


def test_a_body_of_all_creditors_is_read_in_pages(raw, services, monkeypatch, remarks):
    import wbgapi

    monkeypatch.setattr(wbgapi, "per_page", 50)
    assert remarks(IDS) == ENDS[IDS]
    assert len(table(raw)) == len(services.debt)


ROW = {"country": "KGZ", "series": "DT.DOD.BLAT.CD", "year": "2016", "value": "1"}


def row(code, name):
    return ROW | {"creditor_id": code, "creditor": name}


def test_names_and_codes_by_hand():
    rows, codes, renamed = with_our_names(
        [row("004", "France "), row("087", "Russia"), row("055", "Türkiye")],
        {"730": "China", "087": "Russian Federation"},
        ["France", "Turkiye"],
    )
    assert [row["creditor"] for row in rows] == ["France", "Russian Federation", "Turkiye"]
    assert codes == {
        "730": "China",
        "087": "Russian Federation",
        "004": "France",
        "055": "Turkiye",
    }
    assert renamed == ["The creditor 087, Russian Federation here, is called “Russia” now."]


def test_the_codes_are_kept_as_text_with_their_noughts(raw, services):
    place = fetch(IDS, raw, TODAY)
    told = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))["creditors"]
    assert {len(code) for code in told} == {3}
    assert told["001"] == min(set(services.creditors) - {"China", "World"})
