"""Odd replies of the IMF, sound but for one thing: what is refused, what is kept and told."""

import re

import pytest

from analysis.fetch.editions import fetch
from fetch.edits import ENDS, IMF, SIDES, too
from fetch.loopback import CSV, TODAY, Reply

pytestmark = pytest.mark.thorough


def cells(meant, **changed):
    """Change cells in those lines of the IMF's table that begin as is meant."""

    def change(reply):
        header, *lines = reply.body.split("\n")
        names = header.split(",")
        for number, line in enumerate(lines):
            if re.match(meant, line):
                row = line.split(",")
                for name, cell in changed.items():
                    row[names.index(name)] = cell
                lines[number] = ",".join(row)
        return Reply("\n".join([header, *lines]), reply.type)

    return change


def dropping(meant):
    return lambda reply: Reply(
        "".join(line for line in reply.body.splitlines(True) if not re.match(meant, line)),
        reply.type,
    )


def replacing(old, new):
    return lambda reply: Reply(re.sub(old, new, reply.body, count=1), reply.type)


ROW = "IMF.STA:IMTS[^,]*,KGZ,XG_FOB_USD,CHN,A,2012"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            cells(ROW, TIME_PERIOD=""),
            "a row without its TIME_PERIOD (line 350), where a year from 2000 to 2025 would be "
            "right",
        ),
        (
            cells(ROW, TIME_PERIOD="2012-Q1"),
            "TIME_PERIOD '2012-Q1' in line 350, where a year from 2000 to 2025 would be right",
        ),
        (
            cells(ROW, COUNTRY=""),
            f"a row without its COUNTRY (line 350), where {SIDES} would be right",
        ),
        (
            cells(ROW, COUNTERPART_COUNTRY="DEU"),
            f"COUNTERPART_COUNTRY 'DEU' (line 350), where {SIDES} or G001 would be right",
        ),
        (
            cells(ROW, OBS_VALUE="n.a."),
            "the value 'n.a.' for KGZ, XG_FOB_USD, CHN, 2012, where a number or nothing would be "
            "right",
        ),
        (
            cells(ROW, STATUS="Q"),
            "STATUS 'Q' (line 350), where nothing or A or P or B or E or I would be right",
        ),
        (
            cells(ROW, INDICATOR="MG_FOB_USD"),
            "INDICATOR 'MG_FOB_USD' (line 350), where XG_FOB_USD or MG_CIF_USD would be right",
        ),
        (
            cells(
                ROW,
                STATUS=",",
            ),
            "42 cells in line 350, where 41, as in the first, would be right",
        ),
        (
            replacing("(KGZ,XG_FOB_USD,CHN,A,2012,.*),\n", r"\1\n"),
            "40 cells in line 350, where 41, as in the first, would be right",
        ),
        (
            replacing(",OBS_VALUE,", ",VALUE,"),
            "a table without OBS_VALUE (its columns: DATAFLOW, COUNTRY, INDICATOR, "
            "COUNTERPART_COUNTRY, FREQUENCY, TIME_PERIOD, VALUE, SCALE…), where the columns "
            "COUNTRY, INDICATOR, COUNTERPART_COUNTRY, TIME_PERIOD, FREQUENCY, OBS_VALUE, STATUS "
            "would be right",
        ),
        (
            lambda reply: Reply(reply.body[:-3], reply.type),
            "a table that breaks off in the middle of its last row",
        ),
        (
            lambda reply: Reply("<message/>", "application/vnd.sdmx.genericdata+xml"),
            "application/vnd.sdmx.genericdata+xml, 10 characters (“<message/>”), where text of a "
            "csv type would be right",
        ),
        (
            lambda reply: Reply("", CSV),
            "nothing at all, where text of a csv type would be right",
        ),
    ],
)
def test_an_odd_reply_of_the_imf_is_told(change, said, refusal, services):
    services.change = change
    assert refusal(IMF) == [f"{IMF} answered with {said}"]


@pytest.mark.parametrize("partner", ["CHN", "G001"])
@pytest.mark.parametrize(("nothing", "mark"), [("NaN", ""), ("", "M"), ("nan", "O")])
def test_an_observation_of_none_is_a_missing_row(partner, nothing, mark, remarks, services):
    services.change = cells(ROW.replace("CHN", partner), OBS_VALUE=nothing, STATUS=mark)
    assert remarks(IMF) == [
        "1 observation without a value, and so without a row.",
        "imf-dots-2022 has 1 row that this one has no more.",
        *ENDS[IMF],
    ]


@pytest.mark.parametrize(
    "change",
    [
        # The row on the dataset first, as others have seen it; a column more; a mark of the text.
        lambda reply: Reply(
            re.sub(r"(?s)\A([^\n]*\n)(.*\n)([^\n]*\n)\Z", r"\1\3\2", reply.body), reply.type
        ),
        lambda reply: Reply(
            re.sub(r"(?m)(?<=.)$", ",", reply.body).replace("SERIES_NAME,", "SERIES_NAME,NEW"),
            reply.type,
        ),
        lambda reply: Reply(f"\ufeff{reply.body}", reply.type),
        lambda reply: Reply(reply.body.replace("\n", "\r\n"), reply.type),
        lambda reply: Reply(reply.body, "application/vnd.sdmx.data+csv; version=1.0.0"),
    ],
    ids=["dataset first", "42 columns", "mark", "line ends", "type"],
)
def test_another_shape_of_the_same_table_changes_nothing(change, raw, services, remarks):
    plain = fetch(IMF, raw, TODAY)
    rows = plain.read_bytes()
    plain.unlink()
    plain.with_suffix(".json").unlink()
    services.change = change
    assert remarks(IMF) == ENDS[IMF]
    assert plain.read_bytes() == rows


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (dropping(".*,RUS,MG_CIF_USD,"), [f"no row of RUS import; {too(IMF)}"]),
        (
            cells(".*,RUS,MG_CIF_USD,", OBS_VALUE="NaN"),
            [f"no row of RUS import; {too(IMF)}"],
        ),
        (dropping(".*,A,2012,"), [f"no row of 2012; {too(IMF)}"]),
        (
            dropping(".*,KAZ,MG_CIF_USD,G001,A,201[23]"),
            [
                "no total (WLD) of KAZ import for 2012 to 2013; the total beside its parts; "
                "--accept-fewer keeps it as it is"
            ],
        ),
    ],
    ids=["flow of one", "flow of one without values", "year", "total"],
)
def test_what_the_imf_has_no_more_is_refused(change, faults, refusal, services):
    services.change = change
    # Its last row ends here with the one on the dataset, which must not be cut off.
    assert refusal(IMF) == faults


def test_two_countries_of_the_imf_exchanged_are_refused(refusal, services):
    def change(reply):
        turned = {"KGZ": "TJK", "TJK": "KGZ"}
        return Reply(re.sub("KGZ|TJK", lambda code: turned[code[0]], reply.body), reply.type)

    services.change = change
    said = (
        "the figures of KGZ under TJK, and those of TJK under KGZ; each under its own, as "
        "imf-dots-2022 has them"
    )
    assert refusal(IMF).count(said) == 2  # as reporters and as partners


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_trade_a_million_times_too_large_or_small_is_refused(scale, refusal, services):
    services.dots["value"] = (services.dots["value"] * scale).round(3)
    told = " / ".join(refusal(IMF))
    assert "times those of imf-dots-2022" in told or "a number" in told
