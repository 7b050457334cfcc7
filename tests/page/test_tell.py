"""Sections in words."""

import pytest

from analysis.page.language import speaking
from analysis.page.markup import TextError, macro
from analysis.page.tell import tell

OWN = {"id": "kgz-trade-2020-own", "china": 780_070_163.0, "leader": "RUS"}


@pytest.fixture
def say(tmp_path):
    """Tell a template given as text."""

    def told(template, this=None, **facts):
        (tmp_path / "section.md.j2").write_text(template, encoding="utf-8")
        return tell("section", this, texts=tmp_path, **facts)

    return told


def test_a_number_leads_to_its_row_and_can_be_come_back_to(say):
    said = say("{{ n(own.china | money, own.id) }}", own=OWN)
    assert said.html == (
        '<p><a class="ev" id="at-section-kgz-trade-2020-own" href="#kgz-trade-2020-own">$780m</a>'
        "</p>\n"
    )
    assert said.rows == {"kgz-trade-2020-own": ("at-section-kgz-trade-2020-own",)}
    assert said.text == "$780m"


def test_a_row_named_twice_is_come_back_to_at_both_places(say):
    said = say('{{ n("$1bn", "a") }} and {{ n("$2bn", "a") }}')
    assert said.rows == {"a": ("at-section-a", "at-section-a-2")}


@pytest.mark.parametrize("row_id", ["", "two ids", "3a", None, float("nan")])
def test_a_number_without_a_row_is_refused(say, row_id):
    with pytest.raises(ValueError, match=r"section: '\$1bn' rests on row .*; valid: one id"):
        say('{{ n("$1bn", row) }}', row=row_id)


def test_the_leaders_named_are_noted_where_they_are_named(say):
    said = say('{{ leader("own", "RUS", "Russia") }}, {{ leader("partner", "CHN", "China") }}')
    assert said.leaders == {"own": "RUS", "partner": "CHN"}
    assert said.text == "Russia, China"


def test_a_leader_that_is_not_named_is_not_noted(say):
    said = say('{% if false %}{{ leader("own", "RUS", "Russia") }}{% endif %}Nobody')
    assert said.leaders == {}


def test_a_text_that_names_two_leaders_of_one_record_is_refused(say):
    with pytest.raises(ValueError, match="section says of own both 'RUS' and 'CHN'"):
        say('{{ leader("own", "RUS", "Russia") }} {{ leader("own", "CHN", "China") }}')


def test_a_fact_is_noted_with_its_value(say):
    assert say('{{ fact("ratio", 3.7, "3.7 times") }}').facts == {"ratio": 3.7}


def test_what_a_source_prints_is_text_for_markdown_and_html(say):
    said = say("{{ this }}", "*5* _of_ [1](x) <b>&amp; `a` # 1 | 2")
    assert said.html == "<p>*5* _of_ [1](x) &lt;b&gt;&amp;amp; `a` # 1 | 2</p>\n"


def test_a_name_that_is_not_given_is_an_error(say):
    with pytest.raises(TextError, match="'owed' is undefined"):
        say("{{ owed }}")
    with pytest.raises(TextError, match="no attribute 'chian'"):
        say("{{ own.chian }}", own=OWN)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("One\n\nTwo {{ owed }}\n", "line 3: 'owed' is undefined, in: Two {{ owed }}"),
        ("One\n{% if this %}\n{% fi %}\n", "line 3: Encountered unknown tag 'fi'"),
        ("One\n{{ this | moeny }}\n", "line 2: No filter named 'moeny', in: {{ this | moeny }}"),
        ("One\n{{ 1 / this }}\n", "line 2: TypeError: unsupported operand"),
        ('One\n{{ n("$1bn", "") }}\n', "line 2: section: '$1bn' rests on row ''; valid:"),
        ('One\n{{ n(["a"], {}) }}\n', "line 2: section: ['a'] rests on row {}; valid:"),
        ("One {{ this\n", "line 1: unexpected end of template, expected 'end of print statement'"),
        ('One\n{% include "gone.md.j2" %}\n', "line 2: no template 'gone.md.j2'"),
    ],
)
def test_a_mistake_is_told_with_its_file_its_line_and_what_was_found(
    say, tmp_path, template, words
):
    with pytest.raises(TextError) as told:
        say(template, "a word")
    assert str(told.value).startswith(f"{tmp_path / 'section.md.j2'}, {words}")
    assert len(str(told.value).splitlines()) == 1
    # Whoever shows what was behind it would read the template as Python.
    assert told.value.__suppress_context__


def test_a_mistake_in_an_included_text_is_told_where_it_stands(say, tmp_path):
    (tmp_path / "part.md.j2").write_text("\n\n{{ owed }}", encoding="utf-8")
    with pytest.raises(TextError, match=r"part\.md\.j2, line 3: 'owed' is undefined"):
        say('{% include "part.md.j2" %}')


def test_a_mistake_in_a_macro_is_told_where_it_stands():
    place = r"src/analysis/page/macros/inline\.html\.j2, line 9: "
    with pytest.raises(TextError, match=place):
        macro("inline", "sure", None)


def test_an_unknown_section_is_told_with_the_known_ones(say, tmp_path):
    say("x")
    with pytest.raises(ValueError, match=r"no text 'sectoin'; valid: .*section") as error:
        tell("sectoin", None, texts=tmp_path)
    named = str(error.value).partition("valid: ")[2].split(", ")
    assert {"section", "country-debt"} <= set(named)
    assert not [name for name in named if "." in name]


def test_a_text_that_includes_one_that_is_not_there_names_that_one(say):
    with pytest.raises(TextError, match=r"no template 'gone\.md\.j2'"):
        say('{% include "gone.md.j2" %}')


def test_filters_write_each_kind_of_value(say):
    template = "{{ a | money }}; {{ b | percent }}; {{ c | count }}; {{ d | listed }}"
    said = say(template, a=12.85e9, b=0.385, c=3, d=["a", "b", "c"])
    assert said.text == "$12.9bn; 39%; three; a, b and c"


def test_how_sure_is_said_in_words_too(say):
    assert say('{{ sure("medium") }}').text == "●●○medium confidence"


def test_jupyterlab_makes_no_formula_of_it(say):
    assert 'class="told mathjax_ignore tex2jax_ignore"' in say("$1 to $2")._repr_html_()


def test_what_a_source_calls_itself_stays_text_with_its_marks(say):
    said = say("[{{ this }}](page.html)", "Russia's *oil* & <gas>")
    assert said.html == ('<p><a href="page.html">Russia\'s *oil* &amp; &lt;gas&gt;</a></p>\n')
    assert said.text == "Russia's *oil* & <gas>"


def test_names_are_listed_in_the_case_that_a_russian_sentence_wants(tmp_path):
    (tmp_path / "part.md.j2").write_text(
        'Для {{ ["Kazakhstan", "Tajikistan"] | cases("gen") | listed }}.', encoding="utf-8"
    )
    with speaking("ru"):
        assert tell("part", None, texts=tmp_path).text == "Для Казахстана и Таджикистана."
    assert tell("part", None, texts=tmp_path).text == "Для Kazakhstan and Tajikistan."


def test_what_shows_itself_as_html_stays_html(say):
    class Shown:
        def __html__(self):
            return "<em>so</em>"

    assert say("{{ this }}", Shown()).html == "<p><em>so</em></p>\n"
