"""Which parameters a page can be asked for by, and what is said of all others."""

import pytest

from analysis import cli
from analysis.config import NOTEBOOKS
from analysis.publish.parameters import ParameterError, country_asked

TRY = "valid: country. To try another: papermill notebooks/"


def test_a_page_is_asked_for_by_its_country():
    assert country_asked([["country", "TJK"]], NOTEBOOKS) == "TJK"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["then", "2010"], f"{TRY}country.ipynb out.ipynb -p then 2010"),
        (
            ["country", "TJK", "then", "2010"],
            f"{TRY}country.ipynb out.ipynb -p country TJK -p then 2010",
        ),
        (["country", "TJK", "example", "KGZ"], f"{TRY}method.ipynb out.ipynb -p example KGZ"),
        (["example", "KGZ"], f"{TRY}method.ipynb out.ipynb -p example KGZ"),
        (["tables_at", "a b"], f"{TRY}data.ipynb out.ipynb -p tables_at 'a b'"),
        (["contry", "TJK"], "unknown parameter 'contry'; valid: country. Did you mean country?"),
        (["year", "2010"], "unknown parameter 'year'; valid: country."),
        (["", ""], "unknown parameter ''; valid: country."),
        (["country", "TJK", "country", "KAZ"], 'for several pages: --countries "TJK KAZ"'),
    ],
)
def test_any_other_is_refused_with_what_is_valid(given, words):
    pairs = [given[at : at + 2] for at in range(0, len(given), 2)]
    with pytest.raises(ParameterError) as refused:
        country_asked(pairs, NOTEBOOKS)
    assert words in str(refused.value)


@pytest.mark.parametrize("given", [["then", "2010"], ["country", "TJK", "since", "2005"]])
def test_the_command_builds_nothing_then_and_exits_with_2(monkeypatch, capsys, given):
    monkeypatch.setattr(cli, "_build", lambda *_: pytest.fail("it builds"))
    pairs = [given[at : at + 2] for at in range(0, len(given), 2)]
    options = [word for pair in pairs for word in ("-p", *pair)]
    assert cli.main(["reports", *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "valid: country" in said.err
