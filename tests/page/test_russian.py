"""The Russian pages say what the English ones say: the same rows, numbers and verdicts.

Run as a script it writes the snapshots anew; read what has changed before it is kept.
"""

import ast
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from said import SNAPSHOTS, words_of
from said import shown as shown_by

import analysis
from analysis import load
from analysis.config import COUNTRIES
from analysis.page import words
from analysis.page.ahead import factor, leader_words, money
from analysis.page.country import Country
from analysis.page.evidence import evidence
from analysis.page.language import ENGLISH, Name, heard, say, speaking, spoken
from analysis.page.tell import tell

pytestmark = pytest.mark.thorough

HOUSE = Path(analysis.__file__).parent
TEXTS = HOUSE / "page" / "text" / "ru"
PAGES = {"index": ("index", {})} | {
    f"country-{code}": ("country", {"country": code}) for code in COUNTRIES
}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
SPACE = "\u00a0"


@pytest.fixture(autouse=True)
def _english_again():
    with speaking(ENGLISH):
        yield


@cache
def shown(page, language):
    """What the cells of a page's notebook show, in their order."""
    notebook, parameters = PAGES[page]
    with speaking(ENGLISH):
        found = shown_by(notebook, language=language, **parameters)
        return [one for one in found if not isinstance(one, str)]


@cache
def said_in_words(page, language):
    with speaking(language):
        return [line for one in shown(page, language) for line in words_of(one)]


def told(page, language):
    """The texts of a page by their sections."""
    return {one.section: one for one in shown(page, language) if hasattr(one, "section")}


# A number with what stands right behind it: a scale, a sign of per cent, or nothing.
ENGLISH_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s?(bn|m\b|%))?")
RUSSIAN_NUMBER = re.compile(r"(\d{1,3}(?:\u00a0\d{3})+(?!\d)|\d+)(,\d+)?(?:[ \u00a0](млрд|млн|%))?")
UNITS = {"bn": "bn", "m": "m", "%": "%", "млрд": "bn", "млн": "m"}


def numbers(text, language):
    """The numbers of a text with their units, in order of size.

    What both ends of an interval have behind them stands in Russian, and in some English ones,
    behind the second alone.
    """
    pattern = ENGLISH_NUMBER if language == ENGLISH else RUSSIAN_NUMBER
    found = list(pattern.finditer(text))
    units = [UNITS.get(one[3] or "", "") for one in found]
    for place in reversed(range(len(found) - 1)):
        between = text[found[place].end() : found[place + 1].start()]
        a_year = 1900 < float(found[place][1].replace(",", "").replace(SPACE, "")) < 2100
        if between in (" to ", "–") and not units[place] and not a_year:
            units[place] = units[place + 1]
    values = [
        Decimal(re.sub(r"[,\u00a0]", "", one[1]) + (one[2] or "").replace(",", "."))
        for one in found
    ]
    return sorted(zip(values, units, strict=True))


def test_numbers_are_found_in_either_language():
    english = numbers("From $27.5bn to 30bn, 25 to 38%, in 2016, of 1,321,004", ENGLISH)
    told = f"27,5–30{SPACE}млрд долл., 25–38{SPACE}%, в 2016 году, 1{SPACE}321{SPACE}004"
    assert numbers(told, "ru") == english
    assert english[0] == (Decimal("25"), "%")


@pytest.mark.slow
@EVERY_PAGE
def test_each_section_rests_on_the_same_rows_in_both_languages(page):
    russian, english = told(page, "ru"), told(page, ENGLISH)
    assert list(russian) == list(english)
    for section, text in english.items():
        assert russian[section].rows == text.rows, section


@EVERY_PAGE
def test_each_section_names_the_same_leaders_and_facts_in_both_languages(page):
    russian, english = told(page, "ru"), told(page, ENGLISH)
    for section, text in english.items():
        assert russian[section].leaders == text.leaders, section
        assert russian[section].facts == text.facts, section


@EVERY_PAGE
def test_each_section_has_the_same_numbers_in_both_languages(page):
    russian, english = told(page, "ru"), told(page, ENGLISH)
    for section, text in english.items():
        assert numbers(russian[section].text, "ru") == numbers(text.text, ENGLISH), section


@EVERY_PAGE
def test_charts_and_tables_have_the_same_rows_and_numbers_in_both_languages(page):
    pairs = zip(shown(page, "ru"), shown(page, ENGLISH), strict=True)
    for russian, english in pairs:
        assert type(russian) is type(english)
        if not hasattr(english, "rows") or hasattr(english, "section"):
            continue
        if getattr(english, "id", "") == "claims":
            continue  # why a claim fares as it does is said in English alone
        name = getattr(english, "id", "cards")
        with speaking("ru"):
            assert russian.rows == english.rows, name
        with speaking("ru"):
            found = " ".join(words_of(russian))
        assert numbers(found, "ru") == numbers(" ".join(words_of(english)), ENGLISH), name


@EVERY_PAGE
def test_a_russian_page_says_what_was_read(page):
    kept = (SNAPSHOTS / f"ru-{page}.txt").read_text(encoding="utf-8")
    assert "\n".join(said_in_words(page, "ru")) + "\n" == kept


@EVERY_PAGE
def test_no_english_is_left_in_what_a_russian_page_says(page):
    text = "\n".join(said_in_words(page, "ru"))
    # A chart's and a section's name in brackets, and names that Russian leaves as they are.
    text = re.sub(r"^\[[a-z -]+\]", "", text, flags=re.MULTILINE)
    text = text.replace(
        "Reflecting on a Quarter Century of Russia's Relations With Central Asia", ""
    )
    left = set(re.findall("[A-Za-z]{2,}", text)) - {"Energy", "Institute", "BP"}
    assert left == set()


@EVERY_PAGE
def test_no_english_numbers_or_marks_are_left(page):
    text = "\n".join(said_in_words(page, "ru"))
    assert not re.search(r"\$|\d\.\d|\d,\d{3}\b|\d%|nan|None", text)
    assert not re.search(r"долл\.\.|куб\.\.| ,| \.|\(\)|«»|--", text)


def literal(node):
    """The words that an argument can be, where they stand in the code."""
    if isinstance(node, ast.IfExp):
        return literal(node.body) + literal(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def asked_for():
    """Every English phrase that the code or a template asks Russian words for."""
    found = set()
    for room in ("page", "charts", "publish"):
        for path in (HOUSE / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if "analysis.page.language" not in text:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                    found.update(literal(node.args[0]))
        for path in (HOUSE / room).rglob("*.j2"):
            text = path.read_text(encoding="utf-8")
            found.update(re.findall(r'say\("([^"]+)"[,)]', text))
            found.update(re.findall(r'"([^"]+)" \| say', text))
    return found


def test_every_phrase_that_is_asked_for_has_russian_words():
    table = yaml.safe_load((TEXTS / "words.yml").read_text(encoding="utf-8"))
    known = {phrase for group in table.values() for phrase in group}
    assert len(asked_for()) > 80
    assert asked_for() - known == set()


@pytest.mark.parametrize("name", ["words", "names", "sources"])
def test_no_phrase_stands_in_a_table_twice(name):
    text = (TEXTS / f"{name}.yml").read_text(encoding="utf-8")
    keys = re.findall(r'^  ("(?:[^"]+)"|[^" #][^:]*(?:: [^:]+)?): ', text, flags=re.MULTILINE)
    table = yaml.safe_load(text)
    assert sum(map(len, table.values())) == len({k for g in table.values() for k in g})
    assert len(keys) == len(set(keys))


def test_each_claim_on_the_five_and_each_cause_has_russian_words():
    five = load()
    claims = five.where("claims")
    asked = [*claims.loc[claims["country"].isin(COUNTRIES), "claim"]]
    causes = five.where("causes")
    asked += [*causes["cause"], *causes["said_by"]]
    table = yaml.safe_load((TEXTS / "sources.yml").read_text(encoding="utf-8"))
    known = {phrase for group in table.values() for phrase in group}
    assert [words for words in asked if words not in known] == []


def test_each_claim_has_the_same_numbers_in_both_languages():
    claims = load().where("claims")
    for claim in claims.loc[claims["country"].isin(COUNTRIES), "claim"]:
        with speaking("ru"):
            russian = heard(claim, "sources")
        values = [value for value, _ in numbers(russian, "ru")]
        assert values == [value for value, _ in numbers(claim, ENGLISH)], claim


@EVERY_PAGE
def test_the_cards_of_a_russian_page_are_in_russian_but_for_what_is_printed_there(page):
    this = load() if page == "index" else load(page.removeprefix("country-"))
    ids = [row for one in shown(page, "ru") for row in getattr(one, "rows", {})]
    # Of several rows on one card each has its measure in what is printed: they are looked at apart.
    ids += [part for row in ids for part in row.split("..") if not part.isdigit()]
    with speaking("ru"):
        lines = evidence(this.tables, this.register, ids)
    assert len(lines) > 10
    for column in ("title", "record", "edition", "note"):
        text = " ".join(lines[column])
        assert set(re.findall("[A-Za-z]{3,}", text)) == set(), column


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (5.43e9, "USD", "5,43 млрд долл."),
        (1.016e9, "USD", "1,02 млрд долл."),
        (30.5e9, "m3", "30,5 млрд куб. м"),
        (0.239, "share", "23,9 %"),
        (4.83e9, "EUR", "4,83 млрд евро"),
        (778041, "persons", "778 тыс."),
    ],
)
def test_an_amount_in_russian(value, unit, told):
    with speaking("ru"):
        assert words.amount(value, unit, 3, short=True) == told.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (27.5e9, 30e9, "27,5–30 млрд долл."),
        (865e6, 1.76e9, "865 млн – 1,76~млрд~долл."),
        (0, 3e9, "менее~3 млрд долл."),
        (12e9, float("inf"), "не менее 12 млрд долл."),
    ],
)
def test_an_interval_in_russian_says_its_unit_once(low, high, told):
    with speaking("ru"):
        found = words.span(low, high, "USD", 3, short=True)
    assert found.replace(SPACE, " ") == told.replace("~", " ")


@pytest.mark.parametrize(
    ("value", "told"), [(1862, "1862"), (87585, "87~585"), (1321004, "1~321~004"), (0.5, "0,5")]
)
def test_a_number_in_russian_has_no_space_among_four_figures(value, told):
    with speaking("ru"):
        assert words.numeral(value) == told.replace("~", SPACE)


@pytest.mark.parametrize(
    ("china", "russia", "told"),
    [
        (30.06, 27.05, "на 11 % больше"),
        (2.0, 1.0, "в 2 раза больше"),
        (5.0, 1.0, "в 5 раз больше"),
        (1.8, 1.0, "в 1,8 раза больше"),
        (21.0, 1.0, "в 21 раз больше"),
    ],
)
def test_the_word_for_times_agrees_with_its_number(china, russia, told):
    with speaking("ru"):
        assert factor(china, china, russia, russia).replace(SPACE, " ") == told


def test_of_an_interval_the_last_number_chooses_the_word():
    with speaking("ru"):
        assert factor(6.4, 13, 1, 1) == "в 6,4–13 раз больше"
        assert factor(1.6, 2.4, 1, 1) == "в 1,6–2,4 раза больше"


def test_who_is_ahead_of_a_pair_in_russian():
    pair = {"china_low": 5.0, "china_high": 5.0, "russia_low": 1.0, "russia_high": 1.0}
    with speaking("ru"):
        assert leader_words(pair | {"leader": "CHN"}) == "Китай, в 5 раз больше"
        assert leader_words(pair | {"leader": "level"}) == "Почти вровень"
        assert money({"china": 5.43e9, "unit": "USD"}, "china") == f"5,43{SPACE}млрд{SPACE}долл."


@pytest.mark.parametrize("code", [*COUNTRIES, "CHN", "RUS"])
def test_a_country_is_declined(code):
    with speaking("ru"):
        name = heard(code, "names")
    assert isinstance(name, Name)
    forms = [name, name.gen, name.dat, name.acc, name.ins, name.pre, name.about]
    assert all(form[:4] == name[:4] for form in forms[:-1])
    assert name.about == f"{'об' if code == 'UZB' else 'о'} {name.pre}"
    if code != "RUS":
        endings = [form.removeprefix(name.removesuffix("й")) for form in forms[1:-1]]
        assert endings in (["а", "у", "", "ом", "е"], ["я", "ю", "й", "ем", "е"])


def test_the_names_are_those_in_use_in_the_region():
    with speaking("ru"):
        names = [heard(code, "names") for code in COUNTRIES]
    assert names == ["Казахстан", "Кыргызстан", "Таджикистан", "Туркменистан", "Узбекистан"]


def test_a_phrase_without_russian_words_is_named():
    with speaking("ru"), pytest.raises(ValueError, match="'Quite new' has no words in 'ru'"):
        say("Quite new")


def test_an_unknown_language_is_refused_with_the_valid_ones():
    with pytest.raises(ValueError, match="'kk'; valid: en, ru"), speaking("kk"):
        pass
    assert spoken() == ENGLISH


def test_what_was_spoken_before_is_spoken_again():
    with speaking("ru"), speaking(ENGLISH):
        assert say("not recorded") == "not recorded"
    assert spoken() == ENGLISH


def test_a_sentence_does_not_end_with_two_full_stops(tmp_path):
    (tmp_path / "sum.md.j2").write_text("На {{ n(5.43e9 | money, 'KGZ-1') }}.", encoding="utf-8")
    with speaking("ru"):
        told = tell("sum", Country("KGZ", "Kyrgyzstan", {}), texts=tmp_path)
    assert told.text == f"На 5,43{SPACE}млрд{SPACE}долл."


if __name__ == "__main__":
    for name in PAGES:
        lines = said_in_words(name, "ru")
        (SNAPSHOTS / f"ru-{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
