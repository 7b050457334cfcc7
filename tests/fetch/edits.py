"""Changes of a sound answer, and what is said of an edition that lacks something."""

from analysis.fetch.editions import SERVICES

UN, IMF, WDI, IDS = SERVICES
JSON_OF = {
    UN: "JSON with a list named data and its count",
    WDI: "JSON in the layout of the World Bank’s second version",
    IDS: "JSON in the layout of the World Bank’s second version",
}
SIDES = "KAZ or KGZ or TJK or TKM or UZB or CHN or RUS"
# An edition that ends before the last year that was asked for says so.
ENDS = {
    UN: ["There is no row of 2017 to 2025."],
    IMF: ["There is no row of 2021 to 2025."],
    WDI: [],
    IDS: ["There is no row of 2025."],
}


def too(name):
    """What would be right where something is gone."""
    return f"those of {SERVICES[name].before} too; --accept-fewer keeps it as it is"


def setting(**cells):
    return lambda thing: thing.update(cells)


def observations(edit):
    """Edit or drop observations of the World Bank, which counts what is left."""

    def change(body):
        before = body["source"]["data"]
        after = [row for row in map(edit, before) if row is not None]
        total = body["total"] - len(before) + len(after)
        body["source"]["data"] = after
        body.update(total=total, pages=-(-total // body["per_page"]))

    return change


def about(row):
    return {thing["concept"]: thing for thing in row["variable"]}


def of(row, **words):
    names = {"country": "Country", "series": "Series", "time": "Time", "to": "Counterpart-Area"}
    return all(about(row)[names[name]]["id"] == word for name, word in words.items())


def changing(concept, where=lambda row: True, **cells):
    def edit(row):
        if where(row):
            about(row)[concept].update(cells)
        return row

    return observations(edit)
