"""Numbers in words and figures, one by one."""

from fractions import Fraction

import pytest

from analysis.data import numerals
from analysis.data.intervals import Refused
from analysis.data.numerals import Number, figure, in_words, scaled, together


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("first", 1),
        ("Third", 3),
        ("thirty-first", 31),
        ("1st", 1),
        ("2ND", 2),
        ("4th", 4),
        ("10th", 10),
        ("11th", 11),
        ("19th", 19),
        ("20th", 20),
        ("21st", 21),
        ("113th", 113),
        ("1101st", 1101),
    ],
)
def test_an_ordinal_names_its_place(words, place):
    assert numerals.ordinal(words) == place


@pytest.mark.parametrize("words", ["11st", "2th", "21th", "112nd"])
def test_figures_with_another_numbers_ending_are_no_ordinal(words):
    with pytest.raises(Refused):
        numerals.ordinal(words)


@pytest.mark.parametrize(
    ("words", "value", "last"),
    [
        ("half of a", "1/2", "0.1"),
        ("a quarter of a", "1/4", "0.01"),
        ("three fifths of a", "3/5", "0.1"),
        ("one eighth of a", "1/8", "0.001"),
        ("a tenth of a", "1/10", "0.1"),
        ("a twentieth of a", "1/20", "0.01"),
        ("a third of a", "1/3", "0"),
    ],
)
def test_a_part_of_a_scale_is_as_exact_as_its_decimals(words, value, last):
    number = numerals.part_of_a(words)
    assert (number.value, number.last) == (Fraction(value), Fraction(last))


def test_a_number_in_several_scales_is_as_exact_as_its_last_part():
    whole = together([scaled(figure("1"), ["billion"]), scaled(figure("160"), ["million"])], None)
    assert whole == Number(Fraction(1_160_000_000), Fraction(1_000_000), Fraction(1_000_000))


def test_figures_and_words_are_no_one_number():
    with pytest.raises(Refused, match="figures and words in one number"):
        together([scaled(figure("1"), ["million"])], in_words("two hundred"))
