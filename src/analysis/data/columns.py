"""What a column may hold, and what a table is made of: the parts of both schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

import pandas as pd
import pandera.pandas as pa
from pandas.api.types import is_integer_dtype

from analysis.config import COUNTRIES, POWERS
from analysis.data.faults import ONE_OF, Fault, allowed_words, nearest
from analysis.data.vocabulary import AREAS

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


class WordsOf(TypedDict):
    """What ``column`` takes of a list of words, and of what each means."""

    allowed: dict[str, str]


class ListedOf(TypedDict):
    """What ``column`` takes of a list of words to which others of a form may be added."""

    allowed: dict[str, str]
    others: Others


class TextOf(TypedDict, total=False):
    """What ``column`` takes of text that has a form, or of a number as it is printed."""

    pattern: str
    words: str
    numeric: bool


class NumberOf(TypedDict, total=False):
    """What ``column`` takes of numbers: their bounds and, where they have one, their unit."""

    dtype: type
    optional: bool
    low: float
    high: float
    unit: str


ID: TextOf = {"pattern": ID_PATTERN, "words": "a name in lower case with hyphens"}

# A year's output of the whole world is about 1e14 dollars; nothing here can pass ten times that.
LARGEST = 1e15

# The longest cell that is not a slip, such as a quotation mark that was never closed.
LONGEST = 2000

DATE_PATTERN = r"^(?:\d{4}-\d{2}-\d{2})?$"


def _is_visible(cell: str) -> bool:
    """No control or invisible character, none that was lost in a conversion, no odd space."""
    return cell.isprintable() and "\ufffd" not in cell and cell == cell.strip(" ")


_FORMULA = re.compile(r"(?:^|;)[ \"']*[=+@\-＝＋＠－]")


def _is_no_formula(cell: str) -> bool:
    """Nothing that a spreadsheet would reckon when it opens a table of ours.

    A spreadsheet set to another country splits cells at semicolons, so what follows one counts
    as the start of a cell too. The second half of the signs are the full-width ones.
    """
    return not _FORMULA.search(cell)


def _is_short(cell: str) -> bool:
    return len(cell) <= LONGEST


def _is_filled(cell: str) -> bool:
    return cell != ""


_Fits = Callable[[Any], bool]

# What each cell of a column must be, and how that is told.
_TEXT_RULES: list[tuple[_Fits, str]] = [
    (
        _is_visible,
        "text without invisible, control or lost characters, and no space at its ends",
    ),
    (_is_no_formula, "text that a spreadsheet takes for no formula: no = + - @ first"),
    (_is_short, f"at most {LONGEST} characters (was a quotation mark left open?)"),
]


def _fits(pattern: str) -> _Fits:
    whole = re.compile(pattern).fullmatch
    return lambda cell: whole(cell) is not None


def _is_number(pattern: str) -> _Fits:
    """A number in plain digits that is no larger than anything here can be."""
    whole = re.compile(pattern).fullmatch
    return lambda cell: whole(cell) is not None and abs(float(cell)) <= LARGEST


@dataclass(frozen=True)
class Others:
    """Words that a list does not name and a table may hold all the same."""

    pattern: str
    words: str


# A country that someone has added: ``countries.csv`` must know it, which no cell alone can tell.
_KNOWN = "|".join([*COUNTRIES, *POWERS, "WLD", "XXX"])
OTHER_COUNTRY = Others(f"(?!{_KNOWN})[A-Z]{{3}}", "another country of countries.csv")
# The table of an office of such a country, named as those of the list are.
OTHER_OFFICE = Others(
    f"(?!{_KNOWN.lower()})[a-z]{{4,}}20[0-9]{{2}}", "the like for another country's office"
)


def _is_listed(values: list[str]) -> _Fits:
    return frozenset(values).__contains__


def _is_listed_or(values: list[str], pattern: str) -> _Fits:
    listed, whole = frozenset(values), re.compile(pattern).fullmatch
    return lambda cell: cell in listed or whole(cell) is not None


def _is_from(low: float) -> _Fits:
    return lambda cell: cell >= low


def _is_to(high: float) -> _Fits:
    return lambda cell: cell <= high


def column(
    description: str,
    dtype: type = str,
    *,
    allowed: dict[str, str] | list[str] | None = None,
    others: Others | None = None,
    optional: bool = False,
    pattern: str | None = None,
    words: str = "",
    numeric: bool = False,
    low: float | None = None,
    high: float | None = None,
    unique: bool = False,
    unit: str = "",
) -> pa.Column:
    """One column. Text is never null (missing is the empty string); numbers may be.

    ``words`` say what fits the pattern, ``numeric`` that it is the digits of a number. Text with
    neither a pattern nor a list may be any that a page and a spreadsheet can show as it stands.
    ``others`` are words beyond the list that someone may add.
    """
    rules: list[tuple[_Fits, str]] = []
    if allowed is not None:
        values = ([""] if optional else []) + list(allowed)
        error = allowed_words(_listed(allowed, optional))
        listed = _is_listed(values) if others is None else _is_listed_or(values, others.pattern)
        rules.append((listed, error))
    elif pattern is not None:
        rule = _is_number if numeric else _fits
        rules.append((rule(pattern), words or f"text that fits {pattern}"))
    elif dtype is str:
        if not optional:
            rules.append((_is_filled, "some text, not an empty cell"))
        rules += _TEXT_RULES
    if low is not None:
        rules.append((_is_from(low), f"a number not below {low}"))
    if high is not None:
        rules.append((_is_to(high), f"a number not above {high}"))
    return pa.Column(
        # A plain int has 32 bits on some platforms, too few for dollars.
        "int64" if dtype is int else dtype,
        [pa.Check(fits, element_wise=True, error=told) for fits, told in rules],
        nullable=dtype is float and optional,
        unique=unique,
        coerce=False,
        description=description,
        metadata={
            "unit": unit,
            "optional": optional,
            "allowed": list(allowed or []),
            "others": others,
            "fits": [fits for fits, _ in rules],
        },
    )


@dataclass(frozen=True)
class Table:
    """A table: its columns are a pandera schema, its key is what no two rows share."""

    name: str
    title: str
    description: str
    schema: pa.DataFrameSchema
    key: tuple[str, ...]


def define_table(
    name: str, title: str, description: str, key: list[str], /, **columns: pa.Column
) -> Table:
    """A table of these columns, whose key no two rows share."""
    schema = pa.DataFrameSchema(columns, name=name, strict=True, ordered=True, unique=key)
    return Table(name, title, description, schema, tuple(key))


AREA: WordsOf = {"allowed": AREAS}

ANY_AREA: ListedOf = {"allowed": AREAS, "others": OTHER_COUNTRY}

DATASET: TextOf = {"pattern": r"^[a-z0-9]+$", "words": "lower-case letters and figures"}

COUNTRY_CODE: TextOf = {
    "pattern": r"^[A-Z]{3}$",
    "words": "three capitals, as ISO 3166 has them, such as KAZ or CHN",
}

SOURCE_ID = ID

YEAR: TextOf = {
    "pattern": r"^(?:199[0-9]|20[0-9]{2})$",
    "words": "a year in four digits, from 1990 to 2099",
}

_DIGITS = r"[0-9]{1,16}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?$"

_DIGITS_WORDS = "in plain figures: a point before decimals, nothing between thousands, up to 1e15"

NUMBER: TextOf = {
    "pattern": f"^-?{_DIGITS}",
    "numeric": True,
    "words": f"a number {_DIGITS_WORDS}",
}

SUM: TextOf = {
    "pattern": f"^{_DIGITS}",
    "numeric": True,
    "words": f"a number not below nought, {_DIGITS_WORDS}",
}


def _valid(table: Table, name: str, check: str, found: str) -> str:
    """What a check asks for; of a list of words, the one that was likely meant comes first."""
    rule = table.schema.columns.get(name)
    if rule is None or not rule.metadata["allowed"] or not check.startswith(ONE_OF):
        return check
    return words_of_list(rule, found)


def words_of_list(rule: pa.Column, found: str, likely: str = "") -> str:
    """What a column with a list may hold, the word that was likely meant first.

    Args:
        rule: the column.
        found: what stands in the cell.
        likely: the word beyond the list that may have been meant.
    """
    listed = _listed(rule.metadata["allowed"], rule.metadata["optional"])
    others = rule.metadata["others"]
    told = allowed_words(listed, found) + (f", or {others.words}" if others else "")
    if not likely or likely in listed or nearest(found, listed):
        return told
    return told.replace(ONE_OF, f"{ONE_OF}{likely} (did you mean this?), ", 1)


def _listed(allowed: Iterable[str], optional: bool) -> list[str]:
    """The words of a list as a message names them."""
    return (["(empty)"] if optional else []) + list(allowed)


def faults_of(table: Table, rows: pd.DataFrame, file: str) -> list[Fault]:
    """Hold rows against a table's rules; every fault, in the order of the rows.

    Args:
        table: the definition.
        rows: data with all of the table's columns; its index gives the row that a fault names.
        file: name of the file that the rows come from.
    """
    whole = {
        name: "int64"
        for name, rule in table.schema.columns.items()
        if str(rule.dtype) == "int64" and name in rows and is_integer_dtype(rows[name])
    }
    # Whole numbers of fewer bits, as a platform has them, are whole numbers all the same.
    rows = rows.astype(whole)
    if _fits_plainly(table, rows):
        return []
    try:
        table.schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        key = " + ".join(table.key)
        faults = [
            Fault(
                file,
                case.index,
                case.column,
                str(case.failure_case),
                _valid(table, case.column, str(case.check), str(case.failure_case)),
            )
            for case in cases.itertuples()
            if not str(case.check).startswith("multiple_fields_uniqueness")
        ]
        doubled = rows[rows.duplicated(list(table.key), keep="first")]
        first = _first_rows(rows, table.key, doubled)
        faults += [
            Fault(
                file,
                row,
                key,
                " + ".join(str(rows.loc[row, column]) for column in table.key),
                f"a value that no other row has; it is also in row {first[row]}",
            )
            for row in doubled.index
        ]
        return sorted(faults, key=lambda fault: int(fault.row) if fault.row is not None else 0)
    return []


def _fits_plainly(table: Table, rows: pd.DataFrame) -> bool:
    """Whether each rule of the columns holds, asked without anything to tell of one that does not.

    A whole validation prepares for every column how a failure would be told, which takes many times
    as long as the rules of a table of a few rows. What this does not pass is validated whole.
    """
    rules = table.schema.columns
    if list(rows.columns) != list(rules) or rows.duplicated(list(table.key)).any():
        return False
    return all(_column_fits(rule, rows[name]) for name, rule in rules.items())


def _column_fits(rule: pa.Column, cells: pd.Series) -> bool:
    kind = str(rule.dtype)
    # Text may stand among objects, if nothing else does.
    textual = kind.startswith("string")
    if not textual and str(cells.dtype) != kind:
        return False
    if (cells.hasnans and not rule.nullable) or (rule.unique and cells.duplicated().any()):
        return False
    # Most columns of text hold few words, however many rows: each word is looked at once.
    words = pd.unique(cells.dropna() if cells.hasnans else cells).tolist()
    if textual and not all(isinstance(word, str) for word in words):
        return False
    return all(all(map(fits, words)) for fits in rule.metadata["fits"])


def _first_rows(
    rows: pd.DataFrame, key: tuple[str, ...], doubled: pd.DataFrame
) -> dict[int | str, int | str]:
    """By row that doubles a key, the first row that has it."""
    names = list(key)
    first = rows.drop_duplicates(names)
    places = dict(zip(first[names].itertuples(index=False, name=None), first.index, strict=True))
    found = doubled[names].itertuples(index=False, name=None)
    return {row: places[cells] for row, cells in zip(doubled.index, found, strict=True)}
