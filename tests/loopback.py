"""A server on this machine that answers as UN Comtrade, the IMF and the World Bank document it.

Its answers are built by hand from the tables that the project ships, laid out as the services'
documentation has them. None was recorded from a service.
"""

import itertools
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd

from analysis.config import COUNTRIES, POWERS, RAW
from analysis.fetch.refresh import _COMTRADE

CODES = {iso: code for code, iso in _COMTRADE.items()}
JSON = "application/json"
CSV = "application/vnd.sdmx.data+csv; version=1.0.0"
NAMES = COUNTRIES | POWERS | {"WLD": "World", "USA": "United States"}


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
    address: str = ""
    # Calls for data, in order, and what each is met with; then all is well.
    instead: list[Reply] = field(default_factory=list)
    # Changes an answer before it is sent.
    change: object = None
    asked: list[str] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)
    metadata_fails: int = 0

    def answer(self, target):
        place, query = urlsplit(target), {}
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        path = unquote(place.path)
        self.asked.append(target)
        if path.startswith(("/public/v1/preview/C/A/HS", "/data/v1/get/C/A/HS")):
            make = comtrade
        elif path.startswith("/data/IMF.STA,IMTS/"):
            make = imts
        elif "/series/" in path:
            make = bank_data
        else:
            return bank_metadata(path)
        if self.instead:
            return self.instead.pop(0)
        reply = make(self, path, query)
        return self.change(reply) if self.change else reply


def shipped():
    """Services that hold what the project ships."""

    def rows(table, edition):
        read = pd.read_csv(RAW / f"{table}.csv", dtype={"year": str}, keep_default_na=False)
        return read[read["source_id"] == edition].reset_index(drop=True)

    return Services(
        rows("trade_pairs", "comtrade-wits-2017"),
        rows("trade_pairs", "imf-dots-2022"),
        rows("wdi", "worldbank-wdi-2026-07"),
        rows("debt_by_creditor", "worldbank-ids-2025-12"),
    )


def comtrade(services, path, query):
    """One year; without the codes that take all together, each partner nine times."""
    rows = services.trade[services.trade["year"] == query["period"]]
    apart = {
        "partner2Code": [0, 156, 643],
        "motCode": [0, 1000, 3200],
        "customsCode": ["C00", "C01", "C04"],
    }
    named = {"partner2Code": int, "motCode": int, "customsCode": str}
    kinds = [[kind(query[name])] if name in query else apart[name] for name, kind in named.items()]
    data = [
        {
            "typeCode": "C",
            "freqCode": "A",
            "refPeriodId": int(f"{row.year}0101"),
            "refYear": int(row.year),
            "refMonth": 52,
            "period": row.year,
            "reporterCode": int(CODES[row.reporter]),
            "reporterISO": row.reporter,
            "reporterDesc": NAMES[row.reporter],
            "flowCode": {"export": "X", "import": "M"}[row.flow],
            "flowDesc": row.flow.capitalize(),
            "partnerCode": int(CODES[row.partner]),
            "partnerISO": "W00" if row.partner == "WLD" else row.partner,
            "partnerDesc": NAMES[row.partner],
            "partner2Code": second,
            "classificationCode": "H4",
            "cmdCode": query["cmdCode"],
            "cmdDesc": "All Commodities",
            "customsCode": customs,
            "motCode": transport,
            "qty": None,
            "netWgt": None,
            "cifvalue": row.value if row.flow == "import" else None,
            "fobvalue": row.value if row.flow == "export" else None,
            "primaryValue": float(row.value),
            "legacyEstimationFlag": 0,
            "isReported": False,
            "isAggregate": True,
        }
        for row in rows.itertuples()
        for second, transport, customs in itertools.product(*kinds)
    ]
    return Reply(json.dumps({"elapsedTime": "0.1 secs", "count": len(data), "data": data}))


def imts(services, path, query):
    """SDMX's CSV: a first row on the dataset, a scale of 6 beside values in whole dollars."""
    indicators = {"export": "XG_FOB_USD", "import": "MG_CIF_USD"}
    columns = "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE"
    lines = [f"{columns},SCALE,STATUS", "IMF.STA:IMTS(1.0.0),,,,,,,,"]
    lines += [
        f"IMF.STA:IMTS(1.0.0),{row.reporter},{indicators[row.flow]},"
        f"{'G001' if row.partner == 'WLD' else row.partner},A,{row.year},{row.value},6,"
        f"{'e' if row.evidence == 'estimated' else ''}"
        for row in services.dots.itertuples()
        if query["startPeriod"] <= row.year <= query["endPeriod"]
    ]
    return Reply("\n".join(lines) + "\n", CSV)


def bank_data(services, path, query):
    """Observations by their dimensions, in pages."""
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
            {"concept": "Country", "id": row["country"], "value": NAMES[row["country"]]},
            {"concept": "Series", "id": row[kind], "value": "a series"},
            {"concept": "Time", "id": f"YR{row['year']}", "value": row["year"]},
        ]
        if "creditor" in row:
            code = {"World": "WLD", "China": "730"}.get(row["creditor"], "901")
            area = {"concept": "Counterpart-Area", "id": code, "value": f"{row['creditor']} "}
            variables.append(area)
        data.append({"variable": variables, "value": row["value"]})
    # A gap of the statistics stands in the answer as null.
    if data:
        data.append({"variable": data[-1]["variable"], "value": None})
    size, page = int(query["per_page"]), int(query["page"])
    return Reply(
        json.dumps(
            {
                "page": page,
                "pages": -(-len(data) // size),
                "per_page": size,
                "total": len(data),
                "lastupdated": "2026-10-07",
                "source": {"id": words[0], "data": data[(page - 1) * size : page * size]},
            }
        )
    )


def bank_metadata(path):
    """The lists that wbgapi asks for before the data."""
    page = {"page": 1, "pages": 1, "per_page": 50, "total": 1}
    if path.endswith("/concepts"):
        names = ["Country", "Series", "Time"] + ["Counterpart-Area"] * ("/6/" in path)
        concepts = [{"id": name, "value": name} for name in names]
        return Reply(json.dumps(page | {"source": [{"id": "2", "concept": concepts}]}))
    if path.endswith("/time/all"):
        times = [{"id": f"YR{year}", "value": str(year)} for year in range(1990, 2031)]
        concepts = [{"id": "Time", "variable": times}]
        return Reply(json.dumps(page | {"source": [{"id": "2", "concept": concepts}]}))
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
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        services.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
