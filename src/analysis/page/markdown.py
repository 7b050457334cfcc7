"""Markdown to HTML, for the text cells of a notebook and for what the templates say.

Headings get an anchor of their own, links to it among them. There are no formulas: ``$`` is a
dollar.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import mistune
from markupsafe import Markup

from analysis.page.language import ENGLISH, say, spoken

_DEEPEST_ANCHOR = 3
# A space at which no line breaks is one of a number's own signs; a mark keeps its place where
# other spaces are put together.
_SPACE, _KEPT = "\u00a0", "\ue000"
# In Russian no line begins with a dash or ends with a short word that leads to the next.
_HELD = re.compile(r"(?<=\S) (?=—)|(?<![\w-])([вскуоиая]|на|по|от|до|за|из|не) ", re.IGNORECASE)


def slug(words: str) -> str:
    """The anchor of a heading: its words in lower case with hyphens between them.

    Example:
        >>> slug("Who trades more?"), slug("2016, then")
        ('who-trades-more', 'at-2016-then')
    """
    found = "-".join(re.findall(r"[^\W_]+", words.lower()))
    return found if found[:1].isalpha() else f"at-{found}".rstrip("-")


class _Renderer(mistune.HTMLRenderer):
    """Ours adds an anchor to every section's heading."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A heading; where it begins a section, with a link to itself."""
        if not 1 < level <= _DEEPEST_ANCHOR:
            return super().heading(text, level, **attrs)
        words = Markup(text).striptags()
        link = Markup('<a class="anchor" href="#{}" aria-label="{}">#</a>')
        anchor, told = slug(words), say("Link to “{words}”", words=words)
        return f'<h{level} id="{anchor}">{text} {link.format(anchor, told)}</h{level}>\n'


@cache
def _parser(renderer: type[mistune.HTMLRenderer]) -> mistune.Markdown:
    return mistune.create_markdown(renderer=renderer(escape=False), plugins=["table"])


def to_html(source: str) -> str:
    r"""Markdown as HTML; HTML in it stays as it is.

    Example:
        >>> to_html("From $1bn to $2bn, *two* records")
        '<p>From $1bn to $2bn, <em>two</em> records</p>\n'
    """
    if spoken() != ENGLISH:
        source = hold(source)
    return str(_parser(_Renderer)(source))


def hold(words: str) -> str:
    """Russian words with spaces that do not break where a line must not.

    Example:
        >>> hold("Торговля с Китаем — на 17 % больше").replace("\u00a0", "_")
        'Торговля с_Китаем_— на_17 % больше'
    """
    return _HELD.sub(lambda found: (found[1] or "") + _SPACE, words)


def to_text(source: str) -> str:
    r"""Markdown as one line of plain text.

    Example:
        >>> to_text("## Two records\n\nFrom *$1bn* to $2bn")
        'Two records From $1bn to $2bn'
    """
    bare = Markup(_parser(mistune.HTMLRenderer)(source.replace(_SPACE, _KEPT))).striptags()
    return bare.replace(_KEPT, _SPACE)
