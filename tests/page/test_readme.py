"""The README says what the pages say, and leads to what there is."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.config import COUNTRIES, REPORTS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def heading(stem):
    page = BeautifulSoup((REPORTS / f"{stem}.html").read_text(encoding="utf-8"), "html.parser")
    return page.h1.get_text()


@pytest.mark.parametrize("name", COUNTRIES.values())
def test_it_gives_each_countrys_finding_as_its_page_does(name):
    assert f"- {heading(name.lower())}\n" in README


def test_its_picture_is_told_by_the_start_pages_finding():
    shown = re.search(r"!\[(.+?)\]\((reports/figures/index-.+?\.svg)\)", README)
    assert shown[1] == heading("index")
    assert (ROOT / shown[2]).exists()


def test_its_links_lead_to_files_of_the_project():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_it_is_shorter_than_six_hundred_words():
    assert len(README.split()) < 600
