"""What any service can do instead of answering: each is told in one sentence."""

import re

import pytest

from fetch.edits import IDS, IMF, JSON_OF, UN, WDI
from fetch.loopback import Reply

pytestmark = pytest.mark.thorough

NAMES = [UN, IMF, WDI, IDS]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("status", "why"),
    [
        (400, "the call was refused"),
        (401, "the key was not accepted"),
        (403, "access was refused"),
        (
            404,
            "nothing was found at this address; the service may have moved, or want a key",
        ),
        (500, "the service failed"),
    ],
)
def test_a_status_is_told_with_what_came(name, status, why, refusal, services):
    services.instead = [Reply("<html>\n<b>no</b></html>", "text/html", status)] * 3
    assert refusal(name) == [
        f"{name} answered HTTP {status} with text/html, 23 characters (“<html> <b>no</b></html>”): "
        f"{why}"
    ]


@pytest.mark.parametrize("name", [UN, WDI, IDS])
@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply(""), "nothing at all"),
        (
            Reply(f"<html>{'maintenance ' * 9}</html>", "text/html"),
            "text/html, 121 characters (“<html>maintenance maintenance maintenance maintenance "
            "mainte…”)",
        ),
        (Reply('"later"'), 'application/json, 7 characters (“"later"”)'),
        (
            Reply('{"count": 2,\n "data": [{"flowCode": "X", '),
            "JSON that breaks off or is broken in line 2 (Expecting property name enclosed in "
            "double quotes)",
        ),
    ],
    ids=["empty", "html", "another", "cut"],
)
def test_what_is_no_such_json_is_told(name, reply, found, refusal, services):
    services.instead = [reply] * 3
    (said,) = refusal(name)
    # Which words the parser has for a break depends on where it is.
    said = re.sub(r"\((Expecting|Illegal)[^)]*\)", "(…)", said)
    found = re.sub(r"\(Expecting[^)]*\)", "(…)", found)
    assert said == f"{name} answered with {found}, where {JSON_OF[name]} would be right"


def test_an_edition_without_a_value_is_not_taken_for_no_trade(refusal, services):
    services.trade = services.trade.iloc[:0]
    assert refusal(UN) == [
        f"{UN} answered without a single value; that is not no trade and no debt"
    ]
