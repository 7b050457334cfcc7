"""The five countries, the two powers, and where the project's files are."""

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
# Of the article's table: the year that the newest figures are set beside.
ARTICLE_YEAR = 2016
