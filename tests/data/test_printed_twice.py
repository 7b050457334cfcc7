"""Statistics that are printed twice and not the same."""

import pandas as pd
import pytest

from analysis.data.printed_twice import printed_otherwise

DEBT, SENT = "DT.DOD.DPPG.CD", "BX.TRF.PWKR.CD.DT"


def wdi(*rows):
    columns = ["vintage", "country", "indicator", "year", "value"]
    return pd.DataFrame(rows, columns=columns, index=range(2, len(rows) + 2), dtype=str)


def owed(*values):
    rows = [("KGZ", "World", f"class-{place}", "2016", v) for place, v in enumerate(values)]
    rows += [("KGZ", "China", "class-0", "2016", "77")]
    return pd.DataFrame(rows, columns=["country", "creditor", "series", "year", "value"], dtype=str)


def sent(total, year="2016"):
    rows = [("KGZ", "WLD", year, total), ("KGZ", "RUS", year, "9")]
    return pd.DataFrame(rows, columns=["country", "sender", "year", "value"], dtype=str)


NOTHING = {"debt_by_creditor": owed(), "remittances": sent("1").iloc[:0]}


@pytest.mark.parametrize(("value", "told"), [("3000", 0), ("3090", 0), ("3300", 1), ("2700", 1)])
def test_public_debt_is_what_all_creditors_are_owed_but_for_rounding(value, told):
    tables = NOTHING | {"wdi": wdi(("2026-07", "KGZ", DEBT, "2016", value))}
    looks = printed_otherwise(tables | {"debt_by_creditor": owed("1000", "2000")})
    assert len(looks) == told
    for look in looks:
        assert look.place == "wdi.csv, row 2"
        assert look.beside == "3000, owed to all creditors together"
        assert look.why == "printed twice, and not the same"


@pytest.mark.parametrize(
    ("vintage", "total", "told"),
    [
        ("2018-08", "1994.6", 0),
        ("2018-08", "1994.601", 0),  # a thousand dollars off, where a millionth is about 1,995
        ("2018-08", "1994.603", 1),
        ("2018-08", "1949.6", 1),
        ("2026-07", "1949.6", 0),
    ],
)
def test_a_matrix_shares_out_the_totals_of_its_own_edition(vintage, total, told):
    tables = NOTHING | {"wdi": wdi((vintage, "KGZ", SENT, "2016", "1994600000"))}
    assert len(printed_otherwise(tables | {"remittances": sent(total)})) == told


def test_a_matrix_of_another_year_has_totals_of_another_edition():
    tables = NOTHING | {"wdi": wdi(("2018-08", "KGZ", SENT, "2017", "1994600000"))}
    assert printed_otherwise(tables | {"remittances": sent("1949.6", "2017")}) == []


def editions(*newer):
    """Three years of an older edition, and of a newer one as given."""
    years = ("2014", "2015", "2016")
    older = [("2018-08", "KGZ", "NY.GDP.MKTP.CD", year, "1000") for year in years]
    return wdi(
        *older,
        *(
            ("2026-07", "KGZ", "NY.GDP.MKTP.CD", *row)
            for row in zip(years, map(str, newer), strict=True)
        ),
    )


def test_a_year_that_alone_was_revised_is_told_with_the_other_edition():
    (look,) = printed_otherwise(NOTHING | {"wdi": editions(1000, 1010, 1000)})
    assert look.place == "wdi.csv, row 3"
    assert look.beside == "1010 in 2026-07"
    assert look.why == "revised in this year alone, and in neither beside it"


@pytest.mark.parametrize(
    "newer",
    [
        (1000, 1000, 1000),
        (1010, 1010, 1000),
        (1000, 1010, 1010),
        (1010, 1000, 1000),  # the first year, before which nobody knows
        (1000, 1000, 1010),
    ],
)
def test_a_revision_that_goes_on_is_none(newer):
    assert printed_otherwise(NOTHING | {"wdi": editions(*newer)}) == []


@pytest.mark.parametrize(
    ("changed", "places"),
    [
        ("", ["wdi.csv, row 2", "wdi.csv, row 3"]),
        ("wdi", ["wdi.csv, row 2", "wdi.csv, row 3"]),
        ("debt_by_creditor", ["wdi.csv, row 2"]),
        ("remittances", ["wdi.csv, row 3"]),
    ],
)
def test_a_change_of_either_table_has_the_two_held_against_each_other(changed, places):
    of_2016 = wdi(
        ("2018-08", "KGZ", DEBT, "2016", "3300"),
        ("2018-08", "KGZ", SENT, "2016", "1994600000"),
    )
    tables = {"wdi": of_2016, "debt_by_creditor": owed("3000"), "remittances": sent("1949.6")}
    assert [look.place for look in printed_otherwise(tables, changed)] == places


def test_only_the_tables_that_may_have_changed_it_are_looked_at():
    assert printed_otherwise(NOTHING | {"wdi": editions(1000, 1010, 1000)}, "trade_pairs") == []
    looks = printed_otherwise(NOTHING | {"wdi": editions(1000, 1010, 1000)}, "wdi")
    assert [look.place for look in looks] == ["wdi.csv, row 3"]
