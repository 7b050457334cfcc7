"""What a finished body of a page holds: headings, anchors, links within it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

# Their words belong to a link or a mark, not to the heading that they stand in.
_ASIDE = "anchor"


@dataclass
class Seen:
    """A page's body, as a browser would read it.

    Attributes:
        titles: words of its first headings (h1).
        lead: words of the paragraph after the first of these.
        contents: anchor and words of each h2, in order.
        ids: how often each anchor is given.
        links: anchors that links of the page lead to.
        lists: whether it holds a list that the script can filter or sort.
        explorer: whether it holds what a reader can choose a country and a year in.
        cited: whether it holds sources, claims, rows or views with anchors of their own.
        figures: ids of its figures.
    """

    titles: list[str] = field(default_factory=list)
    lead: str = ""
    contents: list[tuple[str, str]] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    links: set[str] = field(default_factory=set)
    lists: bool = False
    explorer: bool = False
    cited: bool = False
    figures: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What is wrong with the page: in words, nothing where it is sound."""
        found = []
        if len(self.titles) != 1:
            told = "; ".join(repr(title) for title in self.titles) or "none"
            found.append(f"a page has one heading of the first order, this one has: {told}")
        twice = [name for name, count in self.ids.items() if count > 1]
        if twice:
            found.append(f"anchors that stand more than once: {', '.join(twice)}")
        dead = sorted(self.links - set(self.ids))
        if dead:
            found.append(f"links to anchors that do not stand in it: {', '.join(dead)}")
        return found


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._open = ""  # the element whose words are being gathered
        self._anchor = ""
        self._words: list[str] = []
        self._skipping = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's anchor and link; begin to gather a heading's words."""
        given = dict(attrs)
        if name := given.get("id"):
            self.seen.ids[name] += 1
        address = given.get("href") or given.get("xlink:href") or ""
        if tag == "a" and address.startswith("#"):
            self.seen.links.add(unquote(address[1:]))
        if tag == "a" and given.get("class") == _ASIDE:
            self._skipping = True
        if "data-list" in given:
            self.seen.lists = True
        if "data-explorer" in given:
            self.seen.explorer = True
        if "data-explorer" in given or (tag in ("article", "tr") and name):
            self.seen.cited = True
        if tag == "figure" and name:
            self.seen.figures.append(name)
        after_title = tag == "p" and self.seen.titles and not self.seen.lead
        if tag in ("h1", "h2") or after_title:
            self._open, self._anchor, self._words = tag, name or "", []

    def handle_data(self, data: str) -> None:
        """Gather words."""
        if self._open and not self._skipping:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a heading."""
        if tag == "a":
            self._skipping = False
        if tag != self._open:
            return
        words = " ".join("".join(self._words).split())
        if tag == "h1":
            self.seen.titles.append(words)
        elif tag == "h2" and self._anchor:
            self.seen.contents.append((self._anchor, words))
        elif tag == "p":
            self.seen.lead = words
        self._open = ""


def scan(body: str) -> Seen:
    """Read a page's body once."""
    scanner = _Scanner()
    scanner.feed(body)
    scanner.close()
    return scanner.seen
