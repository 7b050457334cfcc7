"""What a finished body of a page holds: headings, anchors, links within it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

# Their words belong to a link or a mark, not to the heading that they stand in.
_ASIDE = "a.anchor"


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


def scan(body: str) -> Seen:
    """Read a page's body once."""
    page = LexborHTMLParser(body)
    named = page.css("[id]")
    seen = Seen(
        ids=Counter(node.id for node in named if node.id),
        links={unquote(address[1:]) for address in _addresses(page) if address.startswith("#")},
        lists=page.css_matches("[data-list]"),
        explorer=page.css_matches("[data-explorer]"),
        cited=page.css_matches("[data-explorer], article[id], tr[id]"),
        figures=[node.id for node in named if node.id and node.tag == "figure"],
    )
    for aside in page.css(_ASIDE):
        aside.decompose()
    for node in page.css("h1, h2, p"):
        words = " ".join(node.text().split())
        if node.tag == "h1":
            seen.titles.append(words)
        elif node.tag == "h2" and node.id:
            seen.contents.append((node.id, words))
        elif node.tag == "p" and seen.titles and not seen.lead:
            seen.lead = words
    return seen


def _addresses(page: LexborHTMLParser) -> list[str]:
    """Where links lead, those of drawings among them."""
    links = (node.attributes for node in page.css("a"))
    return [link.get("href") or link.get("xlink:href") or "" for link in links]
