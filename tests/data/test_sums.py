"""Wholes that their parts come to, and those that they do not."""

import pandas as pd
import pytest

from analysis.data.sums import sums_apart


def debt(*parts, whole):
    rows = [("Bank " + "ABCDEFGH"[n], value) for n, value in enumerate(parts)]
    return pd.DataFrame(
        [
            ("TJK", name, "DT.DOD.MLAT.CD", "2016", value, "s")
            for name, value in [*rows, ("World", whole)]
        ],
        columns=["country", "creditor", "series", "year", "value", "source_id"],
    )


def of_debt(rows):
    return sums_apart({"debt_by_creditor": rows}, "debt_by_creditor")


def test_creditors_that_come_to_the_whole_but_for_rounding_are_not_told():
    assert of_debt(debt("100000.4", "200000", whole="300009.9")) == []


def test_digits_exchanged_in_one_creditor_show_in_the_sum():
    (look,) = of_debt(debt("100", "231000", whole="213100"))
    assert look.place == "debt_by_creditor.csv"
    assert look.found == "213100 (s TJK DT.DOD.MLAT.CD 2016, World)"
    assert look.beside == "231100, all that the table names together"


@pytest.mark.parametrize(
    ("whole", "why"),
    [("2600", "the parts do not come to the whole"), ("2400", "the parts come to more")],
)
def test_creditors_of_an_added_country_above_or_below_its_published_whole_are_told(whole, why):
    (look,) = of_debt(debt("2000", "500", whole=whole).assign(country="MNG"))
    assert look.found == f"{whole} (s MNG DT.DOD.MLAT.CD 2016, World)"
    assert look.beside == "2500, all that the table names together"
    assert look.why.startswith(why)


def test_a_whole_without_parts_and_parts_without_a_whole_are_told():
    assert len(of_debt(debt(whole="213100"))) == 1
    assert len(of_debt(debt("213100", whole="0").iloc[:1])) == 1


def test_of_gas_by_country_only_some_buyers_are_named():
    rows = pd.DataFrame(
        [
            ("TKM", buyer, "2016", value, scope, "s")
            for scope in ("by country", "between regions")
            for buyer, value in (("CHN", "29.4"), ("WLD", "37.3"))
        ],
        columns=["exporter", "importer", "year", "value", "scope", "source_id"],
    )
    (look,) = sums_apart({"gas_exports": rows}, "gas_exports")
    assert "between regions" in look.found


def trade(each, whole, partners=40):
    """A list of as many partners with the same sum each."""
    rows = [(f"P{number:02}", each) for number in range(partners)]
    return pd.DataFrame(
        [
            ("d", "KGZ", name, "import", "2016", str(value), "s")
            for name, value in [*rows, ("WLD", whole)]
        ],
        columns=["dataset", "reporter", "partner", "flow", "year", "value", "source_id"],
    )


# Forty partners of 10 million each; the 169 others may have 0.13 million each, which is 22.
@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (400e6, ""),
        (421.97e6, ""),  # exactly as much as these may have
        (423e6, "too much is left for small partners"),
        (399e6, "the partners listed come to more than all"),
    ],
)
def test_a_list_of_partners_comes_to_the_whole_but_for_small_flows(whole, why):
    found = sums_apart({"trade_national": trade(10e6, whole)}, "trade_national")
    assert [look.why for look in found] == ([why] if why else [])


def test_a_sum_is_told_with_its_key_and_with_how_many_partners_come_to_what():
    (look,) = sums_apart({"trade_national": trade(10e6, 399e6)}, "trade_national")
    assert look.place == "trade_national.csv"
    assert look.found == "399000000 (d KGZ import 2016, WLD)"
    assert look.beside == "400000000, the 40 partners listed together"


@pytest.mark.parametrize(("whole", "told"), [(500e6, 0), (399e6, 1)])
def test_of_the_powers_trade_by_country_only_too_much_shows(whole, told):
    assert len(sums_apart({"trade_world": trade(10e6, whole)}, "trade_world")) == told


def test_a_list_of_neighbours_says_nothing_of_the_whole():
    rows = trade(10e6, 900e6, partners=5)
    assert sums_apart({"trade_national": rows}, "trade_national") == []


def test_without_a_table_that_has_changed_all_are_looked_at():
    gas = pd.DataFrame(columns=["exporter", "importer", "year", "value", "scope", "source_id"])
    arms = pd.DataFrame(columns=["recipient", "supplier", "year", "value", "source_id"])
    apart, none = trade(10e6, 399e6), trade(10e6, 400e6)
    tables = {
        "debt_by_creditor": debt("100", "200", whole="400"),
        "arms_deliveries": arms,
        "gas_exports": gas,
        "trade_all_partners": apart,
        "trade_national": none,
        "trade_goods_and_services": apart,
        "trade_world": none,
    }
    assert [look.place for look in sums_apart(tables)] == [
        "debt_by_creditor.csv", "trade_all_partners.csv", "trade_goods_and_services.csv",
    ]  # fmt: skip
    assert [look.place for look in sums_apart(tables, "trade_all_partners")] == [
        "trade_all_partners.csv"
    ]
