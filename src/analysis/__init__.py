"""How China's economic weight compares with Russia's in each Central Asian country.

Read the modules in this order, from printed words to a page:

parse     printed words -> a quantity: value, interval, unit, period
schema    columns, types, rules and descriptions of every table
clean     raw tables -> processed tables; every fault of the raw data at once
sources   where a figure comes from; the source line under a chart
compare   the like-with-like rules and the measures
books     trade's two books, mirror statistics, and who else trades and lends
leads     who trades more with whom, for every country of the world
countries which countries there are, which were asked for, and their pages' names
claims    arithmetic that the figures must pass, and how the article's claims fare
findings  sentences from comparisons; the interval chooses the verb
verdict   a page's answer: who weighs more in each tie, and how sure that is
tables    the tables of a page; each row has an id that the sentences link to
charts    one function a chart: figure, alt text, the table behind it
special   the chart that one country alone calls for, with its few words
overview  the start page and the page on all five countries
claims_page, method   the pages on the article's claims and on how it is done
world     the page on every country: its sentences, map and list
revisions the page on what moves from one edition of a statistic to the next
refresh   today's editions from the services that publish them; no step imports it
report    notebook -> executed notebook -> HTML page
cli       the `analysis` command; task_pipeline the build that it runs
workers   the same build side by side: notebooks here, whole steps on a cluster
kernel    kernels forked from a warm server, so that imports are paid once
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
# How the name of a file ends while it is being written.
PART = ".part"

COUNTRIES = {
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "TJK": "Tajikistan",
    "TKM": "Turkmenistan",
    "UZB": "Uzbekistan",
}
POWERS = {"CHN": "China", "RUS": "Russia"}
