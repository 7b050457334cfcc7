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


def test_a_number_as_large_as_the_scale_above_it_is_another_number():
    above = scaled(figure("2"), ["million"])
    with pytest.raises(Refused, match="two numbers side by side"):
        together([above, scaled(figure("1"), ["million"])], None)
    assert together([above, scaled(figure("999"), ["thousand"])], None).value == 2_999_000


def test_figures_and_words_are_no_one_number():
    with pytest.raises(Refused, match="figures and words in one number"):
        together([scaled(figure("1"), ["million"])], in_words("two hundred"))


@pytest.mark.parametrize(
    ("printed", "face", "last", "meant"),
    [
        ("12.50", "12.5", "0.01", "0.01"),
        ("41", "41", "1", "1"),
        ("1,200", "1200", "1", "100"),  # its last two noughts may be rounded
        ("12 900", "12900", "1", "100"),
        ("12,9", "12.9", "0.1", "0.1"),
        ("12,90", "1290", None, None),  # a decimal with a nought to fill it, or a digit cut short
        ("0.0", "0", "0", "0"),
        (".5", "0.5", "0.1", "0.1"),
        ("9" * 15, "9" * 15, "1", "1"),
        ("0." + "1" * 15, "0." + "1" * 15, "1e-15", "1e-15"),
    ],
)
def test_figures_are_as_exact_as_their_last_digit_that_is_meant(printed, face, last, meant):
    if last is None:
        with pytest.raises(Refused, match="kept apart by threes"):
            figure(printed)
        return
    number = figure(printed)
    assert (number.face, number.last, number.meant) == tuple(map(Fraction, (face, last, meant)))


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("1.234.567", "points between thousands"),
        ("012", "a number that begins with nought"),
        ("1" * 16, "more than 15 digits"),
        ("0." + "1" * 16, "more than 15 digits"),
        ("1234,567", "thousands that are not kept apart by threes"),
        ("12.", "thousands that are not kept apart by threes"),
    ],
)
def test_figures_that_can_be_read_in_two_ways_or_in_none_are_refused(printed, why):
    with pytest.raises(Refused, match=why):
        figure(printed)


@pytest.mark.parametrize(
    ("words", "value", "half"),
    [
        ("zero", 0, 0),
        ("twelve", 12, 0),
        ("Forty-two", 42, 0),
        ("two hundred", 200, 50),
        ("Two Hundred and Five", 205, 0),
        ("a hundred", 100, 50),
    ],
)
def test_a_number_in_words_is_exact_but_for_round_hundreds(words, value, half):
    number = in_words(words)
    assert (number.value, number.half) == (value, half)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("half of", "1/2"),
        ("halve", "1/2"),
        ("a third", "1/3"),
        ("two-thirds of", "2/3"),
        ("three quarters", "3/4"),
        ("one twelfth", "1/12"),
    ],
)
def test_a_fraction_in_words_has_its_worth(words, part):
    assert numerals.part_of_one(words) == Fraction(part)


def test_the_last_of_several_scales_tells_how_exact_the_number_is():
    parts = [("1", "billion"), ("160", "million"), ("500", "thousand")]
    number = together([scaled(figure(face), [scale]) for face, scale in parts], None)
    assert (number.value, number.last) == (1_160_500_000, 1000)


def test_a_half_more_is_of_the_scale_and_as_exact_as_a_tenth_of_it():
    number = numerals.half_more(in_words("two"), ["million"])
    assert (number.value, number.half) == (2_500_000, 50_000)
    assert numerals.half_more(in_words("two"), []).value == Fraction("2.5")
    with pytest.raises(Refused, match="a half after decimals"):
        numerals.half_more(figure("2.1"), ["million"])


def test_three_decimals_that_end_with_a_nought_may_be_thousands_before_a_million():
    with pytest.raises(Refused) as error:
        scaled(figure("1.250"), ["million"])
    assert str(error.value) == (
        "two honest readings: 1.250 million as a decimal, "
        "or 1,250 million with a point between thousands"
    )
    assert scaled(figure("1.250"), ["billion"]).value == 1_250_000_000
    assert scaled(figure("1.255"), ["million"]).value == 1_255_000
