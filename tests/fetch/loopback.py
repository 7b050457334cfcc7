"""A server on this machine that answers as UN Comtrade, the IMF and the World Bank do.

Its answers are built by hand from the tables that the project ships, in the layouts that users of
the services have described: every column, the types in their mixture, the order that is not fixed.
None was recorded from a service.
"""

import itertools
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.fetch import comtrade

# The day on which all editions of the tests are fetched.
TODAY = date(2026, 11, 24)
CODES = {iso: code for code, iso in comtrade.CODES.items()}
JSON = "application/json"
CSV = "application/vnd.sdmx.data+csv;version=2.0.0"
NAMES = COUNTRIES | POWERS | {"WLD": "World", "USA": "United States"}
# The World Bank's names of the sides, as it writes them.
BANK_NAMES = NAMES | {"KGZ": "Kyrgyz Republic", "RUS": "Russian Federation"}


@dataclass
class Reply:
    body: str
    type: str = JSON
    status: int = 200
    # How many of its bytes are sent before the connection is cut.
    sent: int | None = None


@dataclass
class Services:
    """What the three services hold, and what they do instead of answering."""

    trade: pd.DataFrame
    dots: pd.DataFrame
    wdi: pd.DataFrame
    debt: pd.DataFrame
    # The World Bank's creditors: its code and its name of each, by ours.
    creditors: dict[str, tuple[str, str]]
    address: str = ""
    # Calls for data, in order, and what each is met with; then all is well.
    instead: list[Reply] = field(default_factory=list)
    # Changes an answer before it is sent.
    change: object = None
    # The same for the lists that are asked for before the data.
    change_lists: object = None
    asked: list[str] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)

    def answer(self, target):
        place, query = urlsplit(target), {}
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        path = unquote(place.path)
        self.asked.append(target)
        if path.startswith(("/public/v1/preview/C/A/HS", "/data/v1/get/C/A/HS")):
            make = comtrade_data
        elif path.startswith("/data/IMF.STA,IMTS/"):
            make = imts
        elif "/series/" in path:
            make = bank_data
        else:
            reply = bank_lists(path)
            return self.change_lists(reply) if self.change_lists else reply
        if self.instead:
            return self.instead.pop(0)
        reply = make(self, path, query)
        return self.change(reply) if self.change else reply


def shipped():
    """Services that hold what the project ships."""

    def rows(table, edition):
        read = pd.read_csv(RAW / f"{table}.csv", dtype={"year": str}, keep_default_na=False)
        return read[read["source_id"] == edition].reset_index(drop=True)

    debt = rows("debt_by_creditor", "worldbank-ids-2025-12")
    # Each creditor has a code of its own, with leading noughts; most are not the real ones.
    codes = {"World": "WLD", "China": "730"}
    names = sorted(set(debt["creditor"]) - set(codes))
    codes |= {name: f"{number:03}" for number, name in enumerate(names, 1)}
    return Services(
        rows("trade_pairs", "comtrade-wits-2017"),
        rows("trade_pairs", "imf-dots-2022"),
        rows("wdi", "worldbank-wdi-2026-07"),
        debt,
        {name: (code, f"{name} ") for name, code in codes.items()},
    )


# What stands beside the codes and the value in each of the 47 columns of a row.
_COMTRADE_REST = {
    "refMonth": 52,
    "partner2ISO": None,
    "partner2Desc": None,
    "classificationCode": "H4",
    "classificationSearchCode": "HS",
    "isOriginalClassification": True,
    "cmdDesc": "All Commodities",
    "aggrLevel": 0,
    "isLeaf": False,
    "customsDesc": None,
    "mosCode": "0",
    "motDesc": None,
    "qtyUnitCode": -1,
    "qtyUnitAbbr": None,
    "qty": 0.0,
    "isQtyEstimated": False,
    "altQtyUnitCode": -1,
    "altQtyUnitAbbr": None,
    "altQty": 0,
    "isAltQtyEstimated": False,
    "netWgt": None,
    "isNetWgtEstimated": False,
    "grossWgt": 0.0,
    "isGrossWgtEstimated": False,
    "legacyEstimationFlag": 4,
    "isReported": False,
    "isAggregate": True,
}


def comtrade_data(services, path, query):
    """One year; without the codes that take all together, each partner nine times."""
    rows = services.trade[services.trade["year"] == query["period"]]
    apart = {
        "partner2Code": [0, 156, 643],
        "motCode": [0, 1000, 3200],
        "customsCode": ["C00", "C01", "C04"],
    }
    named = {"partner2Code": int, "motCode": int, "customsCode": str}
    kinds = [[kind(query[name])] if name in query else apart[name] for name, kind in named.items()]
    # With a key the descriptions come too; without one they are null.
    described = path.startswith("/data/")
    data = [
        comtrade_row(row, described) | dict(zip(named, taken, strict=True))
        for row in with_the_rest(rows).itertuples()
        for taken in itertools.product(*kinds)
    ]
    whole = {"elapsedTime": "0.32 secs", "count": len(data), "data": data, "error": ""}
    return Reply(json.dumps(whole))


def comtrade_row(row, described):
    """One row in all its columns; a whole number comes without a point, any other with one."""
    value = float(row.value)
    value = int(value) if value.is_integer() else value
    imported = row.flow == "import"
    reporter, partner = row.reporter, "W00" if row.partner == "WLD" else row.partner
    return {
        "typeCode": "C",
        "freqCode": "A",
        "refPeriodId": int(f"{row.year}0101"),
        "refYear": int(row.year),
        "period": row.year,
        "reporterCode": int(CODES[row.reporter]),
        "reporterISO": reporter if described else None,
        "reporterDesc": NAMES[row.reporter] if described else None,
        "flowCode": "M" if imported else "X",
        "flowDesc": row.flow.capitalize() if described else None,
        "partnerCode": int(CODES[row.partner]),
        "partnerISO": partner if described else None,
        "partnerDesc": NAMES[row.partner] if described else None,
        "cmdCode": "TOTAL",
        "cifvalue": value if imported else None,
        "fobvalue": None if imported else value,
        "primaryValue": value,
        **_COMTRADE_REST,
    }


def with_the_rest(rows):
    """What the shipped table leaves out: totals, and China's goods that came back to it.

    The totals here are twice what is listed; the latter stand as imports from itself.
    """
    keys = ["reporter", "flow", "year"]
    totals = rows[rows["partner"] != "WLD"].groupby(keys, as_index=False)["value"].sum()
    totals = totals.assign(partner="WLD", value=2 * totals["value"])
    china = rows[(rows["reporter"] == "CHN") & (rows["flow"] == "import")].head(1)
    returned = china.assign(partner="CHN", value=90.5e9)
    return pd.concat([rows, totals, returned], ignore_index=True)


IMTS_HEADER = (
    "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,"
    "PRECISION,DECIMALS_DISPLAYED,TRADE_FLOW,VALUATION,UNIT,DERIVATION_TYPE,OVERLAP,STATUS,DOI,"
    "FULL_DESCRIPTION,AUTHOR,PUBLISHER,DEPARTMENT,CONTACT_POINT,TOPIC,TOPIC_DATASET,KEYWORDS,"
    "KEYWORDS_DATASET,LANGUAGE,PUBLICATION_DATE,UPDATE_DATE,METHODOLOGY,METHODOLOGY_NOTES,"
    "ACCESS_SHARING_LEVEL,ACCESS_SHARING_NOTES,SECURITY_CLASSIFICATION,SOURCE,"
    "SHORT_SOURCE_CITATION,FULL_SOURCE_CITATION,LICENSE,SUGGESTED_CITATION,KEY_INDICATOR,"
    "SERIES_NAME"
)


def imts(services, path, query):
    """SDMX's CSV in 41 columns: a scale of 6 beside whole dollars, the row on the dataset last."""
    indicators = {"export": ("XG_FOB_USD", "XG,FOB"), "import": ("MG_CIF_USD", "MG,CIF")}
    lines = [IMTS_HEADER]
    for row in services.dots.itertuples():
        if not query["startPeriod"] <= row.year <= query["endPeriod"]:
            continue
        code, kind = indicators[row.flow]
        partner = "G001" if row.partner == "WLD" else row.partner
        mark = "E" if row.evidence == "estimated" else ""
        cells = f"{row.reporter},{code},{partner},A,{row.year},{row.value},6,,,{kind},USD,M,OL"
        lines.append(f"IMF.STA:IMTS(1.0.0),{cells},{mark}" + "," * 25)
    about = 'International Trade in Goods,"Trade in goods, by partner",,IMF'
    lines.append("IMF.STA:IMTS(1.0.0),,MG_FOB_USD,,,,,,,,MG,FOB,USD,,,," + about + "," * 21)
    return Reply("\n".join(lines) + "\n", CSV)


def bank_data(services, path, query):
    """Observations by their dimensions, whose order is not fixed, in pages."""
    words = path.partition("/sources/")[2].split("/")
    asked = dict(zip(words[1::2], words[2::2], strict=False))
    countries, series, years = (asked[name].split(";") for name in ("country", "series", "time"))
    source = services.wdi if words[0] == "2" else services.debt
    kind = "indicator" if words[0] == "2" else "series"
    rows = source[source["country"].isin(countries) & source[kind].isin(series)]
    data = []
    for row in rows.to_dict("records"):
        if f"YR{row['year']}" not in years:
            continue
        variables = [
            {"concept": "Country", "id": row["country"], "value": BANK_NAMES[row["country"]]},
            {"concept": "Series", "id": row[kind], "value": "a series"},
            {"concept": "Time", "id": f"YR{row['year']}", "value": row["year"]},
        ]
        if "creditor" in row:
            code, name = services.creditors[row["creditor"]]
            variables.insert(0, {"concept": "Counterpart-Area", "id": code, "value": name})
        if len(data) % 2:
            variables.reverse()
        data.append({"variable": variables, "value": row["value"]})
    size, page = int(query["per_page"]), int(query["page"])
    return Reply(
        json.dumps(
            {
                "page": page,
                "pages": -(-len(data) // size),
                "per_page": size,
                "total": len(data),
                "lastupdated": "2026-10-07",
                "source": {
                    "id": words[0],
                    "name": "World Development Indicators"
                    if words[0] == "2"
                    else "International Debt Statistics",
                    "data": data[(page - 1) * size : page * size],
                },
            }
        )
    )


def bank_lists(path):
    """The lists that wbgapi asks for before the data."""
    page = {"page": 1, "pages": 1, "per_page": 1000, "total": 1}
    source = {"id": "2", "name": "World Development Indicators"}
    if path.endswith("/concepts"):
        names = ["Counterpart-Area"] * ("/6/" in path) + ["Time", "Country", "Series"]
        concepts = [{"id": name, "value": name.replace("-", " ")} for name in names]
        return Reply(json.dumps(page | {"source": [source | {"concept": concepts}]}))
    if path.endswith("/time/all"):
        times = [{"id": f"YR{year}", "value": str(year)} for year in range(1990, 2031)]
        concepts = [{"id": "Time", "name": "Time", "variable": times}]
        return Reply(json.dumps(page | {"source": [source | {"concept": concepts}]}))
    if path.endswith("/country/all"):
        economy = {
            "capitalCity": "",
            "longitude": "",
            "latitude": "",
            **{
                name: {"id": "X"}
                for name in ("region", "adminregion", "lendingType", "incomeLevel")
            },
        }
        rows = [{"id": code, "iso2Code": code[:2], **economy} for code in NAMES]
        return Reply(json.dumps([page, rows]))
    if path.endswith(("/region", "/incomelevel", "/lendingtype")):
        return Reply(json.dumps([page, [{"id": "X", "iso2code": "X", "value": "any"}]]))
    return Reply("not found", "text/plain", 404)


@contextmanager
def serving(services):
    """The services at an address of this machine, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            services.headers.append(dict(self.headers))
            reply = services.answer(self.path)
            body = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: reply.sent])
            self.close_connection = True

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Its end is waited for once a test, and comes with the next look at whether to stop.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        services.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
