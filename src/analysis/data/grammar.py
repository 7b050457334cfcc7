"""A closed grammar: every character of a phrase has its place in a rule, or nothing is read."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from lark import Lark, Token, Tree, UnexpectedInput
from lark.lexer import Lexer
from lark.visitors import CollapseAmbiguities

# How many trees a phrase may have. More would be a fault of the grammar, not of the phrase.
_MOST_TREES = 200

# Dashes that look like those of the lists, and which a writer does not tell apart from them. The
# minus sign is none of them.
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—"})
# What may stand for a number or a part of one: letters, or figures, by themselves.
_WORD = re.compile(r"[^\W\d_]+|[0-9]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒]")

# A mark of a note that was left stuck to the last word.
_MARK = re.compile(r"(?<=[a-z]{3})[0-9]{1,3}$")


def with_plain_dashes(phrase: str) -> str:
    """A phrase of the same length with the dashes that the lists have.

    Example:
        >>> with_plain_dashes("$12\u201113 billion")
        '$12-13 billion'
    """
    return phrase.translate(_DASHES)


class UnknownWord(ValueError):
    """A word or character that stands in no list of the grammar; ``word`` and its ``place``."""

    def __init__(self, word: str, place: int) -> None:
        super().__init__(word)
        self.word = word
        self.place = place


class _Places(Lexer):
    """Hands the parser the kinds of a phrase's words, each with its place in the phrase."""

    def __init__(self, lexer_conf: object) -> None:
        """Take what the parser says of its words; nothing of it is needed."""

    # What lark's own lexers are given is a state of theirs; it hands one from outside the text.
    def lex(self, kinds: Sequence[str]) -> Iterator[Token]:  # type: ignore[override]
        for place, kind in enumerate(kinds):
            yield Token(kind, str(place), place, end_pos=place + 1)


class Grammar:
    """The rules of one file of this package, ready to read phrases.

    Args:
        name: the file, as in ``quantities.lark``.
        start: the rules that a phrase may be read by.
        counted: the lists whose words no phrase that is proposed for another may lack.
        narrowing: whether an unknown word may narrow what the others say, as in "early 2016", so
            that no phrase without it is near.
    """

    def __init__(
        self, name: str, *start: str, counted: Sequence[str] = (), narrowing: bool = False
    ) -> None:
        text = files(__package__).joinpath(name).read_text(encoding="utf-8")
        self.lark = Lark(
            text,
            parser="earley",
            lexer=_Places,
            ambiguity="explicit",
            propagate_positions=True,
            start=list(start),
        )
        self.words = sorted(
            {word for word in re.findall(r'"([^"\n]+)"', text) if word[0].isalpha()}
        )
        self._patterns = {
            terminal.name: (
                terminal.priority,
                _whole_words(terminal.pattern.to_regexp()),
            )
            for terminal in self.lark.terminals
        }
        self._counted = [self._patterns[kind][1] for kind in counted]
        self._narrowing = narrowing
        self.trees = lru_cache(maxsize=4096)(self._trees)

    def cut(self, phrase: str) -> list[Token]:
        """Cut a phrase into words, at each place the longest that the lists have.

        Raises:
            UnknownWord: where no word of the lists stands.
        """
        phrase, printed = with_plain_dashes(phrase), phrase
        tokens = []
        place = 0
        while place < len(phrase):
            if (
                phrase[place] == " "
                and phrase[place - 1 : place].strip()
                and phrase[place + 1 :].strip()
            ):
                place += 1
            found = [
                (match.end(), priority, kind)
                for kind, (priority, pattern) in self._patterns.items()
                if (match := pattern.match(phrase, place))
            ]
            if not found:
                word = re.compile(r"[^\W\d_]+|[0-9]+").match(phrase, place)
                raise UnknownWord(word[0] if word else printed[place], place)
            end, _, kind = max(found)
            tokens.append(Token(kind, phrase[place:end], place, end_pos=end))
            place = end
        return tokens

    def lists_with(self, words: str) -> list[str]:
        """The lists that have these words, of those that go first where several do."""
        found = [
            (priority, kind)
            for kind, (priority, pattern) in self._patterns.items()
            if pattern.fullmatch(words)
        ]
        return [kind for priority, kind in found if priority == max(found)[0]]

    def fits(self, kind: str, words: str) -> bool:
        """Whether a list of the grammar, by its name, has these words."""
        return self._patterns[kind][1].fullmatch(words) is not None

    def _trees(self, kinds: tuple[str, ...], start: str) -> tuple[Tree, ...]:
        """Every tree that the rules give words of these kinds; none where they do not fit.

        The leaves are the places of the words, since the tree hangs on their kinds alone.
        """
        try:
            tree = self.lark.parse(kinds, start=start)
        except UnexpectedInput:
            return ()
        _span_branches(tree)
        return tuple(CollapseAmbiguities().transform(tree)[:_MOST_TREES])

    def near(self, phrase: str) -> Iterator[str]:
        """Phrases near to one that cannot be read, the nearest first.

        An unknown word gives way to known ones that look like it, or is left out; of known words,
        any one is left out, the last first. None has less of an amount than the phrase.
        """
        counted = self._counted_in(phrase)
        for candidate in self._near(phrase):
            rest = iter(self._counted_in(candidate))
            # Whatever counts must be there, in its order.
            if all(word in rest for word in counted):
                yield candidate

    def _near(self, phrase: str) -> Iterator[str]:
        single = " ".join(phrase.split())
        if single != phrase:
            yield single
        try:
            tokens = self.cut(phrase)
        except UnknownWord as error:
            before, after = phrase[: error.place], phrase[error.place + len(error.word) :]
            if error.word.isascii():
                yield from (before + word + after for word in self.alike(error.word))
            # After a number an unknown word may be a scale, without which it is another number.
            if error.word.isalpha() and (self._narrowing or before.rstrip()[-1:].isdigit()):
                return
            yield _without_spaces(before, after)
            while before := before.rstrip():
                yield before
                before = before.rpartition(" ")[0]
            return
        for token in reversed(tokens):
            yield _without_spaces(phrase[: token.start_pos], phrase[token.end_pos :])

    def _counted_in(self, phrase: str) -> list[str]:
        """The figures of a phrase, and its words of the lists that count."""
        return [
            word
            for word in _WORD.findall(_MARK.sub("", phrase.lower()))
            if word.isdigit() or any(pattern.fullmatch(word) for pattern in self._counted)
        ]

    def alike(self, word: str) -> list[str]:
        """Known words that look like one that is not, the likeliest first."""
        small = word.lower()
        # A word of two or three letters with one wrong is less like itself than a longer one.
        least = 0.45 if len(small) < 4 else 0.72
        near = difflib.get_close_matches(small, self.words, n=40, cutoff=least)

        def likeness(known: str) -> float:
            ratio = difflib.SequenceMatcher(None, small, known.lower()).ratio()
            same_start = known[:1].lower() == small[:1]
            return ratio + 0.1 * same_start - 0.2 * abs(len(known) - len(word))

        return sorted(near, key=likeness, reverse=True)


def _span_branches(tree: Tree) -> None:
    """Give each branch the place of all in it: lark gives none where it saw two readings."""
    for branch in tree.iter_subtrees():
        metas = [child.meta for child in branch.children if isinstance(child, Tree)]
        spans = [(meta.start_pos, meta.end_pos) for meta in (*metas, branch.meta) if not meta.empty]
        for child in branch.children:
            if isinstance(child, Token):
                spans.append(_place_of(child))
        if spans:
            branch.meta.empty = False
            branch.meta.start_pos = min(start for start, _ in spans)
            branch.meta.end_pos = max(end for _, end in spans)


def _place_of(word: Token) -> tuple[int, int]:
    """Where a word begins and where it ends, which each token made here says."""
    assert word.start_pos is not None and word.end_pos is not None
    return word.start_pos, word.end_pos


def _without_spaces(before: str, after: str) -> str:
    return f"{before.rstrip()} {after.lstrip()}".strip()


def of_unknown(word: str) -> str:
    """What a refusal says of an unknown word, or of a strange character by its name."""
    if word.isascii() and word.isprintable():
        return f'no form known here has "{word}"'
    strange = next(letter for letter in word if not letter.isascii() or not letter.isprintable())
    return f"no form known here has {unicodedata.name(strange, repr(strange)).lower()}"


def _whole_words(pattern: str) -> re.Pattern[str]:
    """A pattern for a word that ends where its letters end: "tenth" is not "ten".

    ASCII alone is matched without regard to capitals, else a kelvin sign would be a k.
    """
    return re.compile(rf"(?:{pattern})(?:(?<![a-z])|(?![a-z]))", re.IGNORECASE | re.ASCII)
