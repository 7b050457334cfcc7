"""What a page's body holds, read as a browser reads it."""

from analysis.publish.page_scan import scan


def test_a_heading_is_its_words_without_the_mark_that_leads_to_it():
    seen = scan(
        '<h1>Who <i>leads</i>\n here? <a class="anchor" href="#top">#</a></h1>'
        '<h2 id="debt">Debt<a class="anchor" href="#debt">#</a></h2><h2>No anchor</h2>'
    )
    assert seen.titles == ["Who leads here?"]
    assert seen.contents == [("debt", "Debt")]


def test_the_lead_is_the_first_paragraph_with_words_after_the_first_heading():
    assert scan("<p>Before.</p><h1>A</h1><p> </p><p>The <b>lead</b>.</p><p>B.</p>").lead == (
        "The lead."
    )


def test_a_link_in_a_drawing_and_one_in_other_letters_lead_to_anchors_too():
    seen = scan(
        '<svg><a xlink:href="#row"><text id="drawn">1</text></a></svg>'
        '<a href="#%D0%B4%D0%BE%D0%BB%D0%B3">1</a><a href="other.html#far">2</a><a>3</a>'
    )
    assert seen.links == {"row", "долг"}
    assert set(seen.ids) == {"drawn"}


def test_an_anchor_given_twice_and_a_link_to_none_are_told():
    seen = scan('<h1 id="a">A</h1><p id="a">B <a href="#c">C</a></p>')
    assert seen.faults() == [
        "anchors that stand more than once: a",
        "links to anchors that do not stand in it: c",
    ]


def test_a_page_of_two_headings_of_the_first_order_is_at_fault():
    assert scan("<h1>A</h1><h1>B</h1>").faults() == [
        "a page has one heading of the first order, this one has: 'A'; 'B'"
    ]


def test_what_a_script_can_work_on_and_what_can_be_cited_is_known():
    plain = scan("<h1>A</h1><table><tr><td>1</td></tr></table>")
    assert (plain.lists, plain.explorer, plain.cited, plain.figures) == (False, False, False, [])
    seen = scan(
        "<div data-list><table><tr id='r'><td>1</td></tr></table></div><figure id='f'></figure>"
    )
    assert (seen.lists, seen.explorer, seen.cited, seen.figures) == (True, False, True, ["f"])
    asked = scan("<form data-explorer></form>")
    assert (asked.lists, asked.explorer, asked.cited) == (False, True, True)
