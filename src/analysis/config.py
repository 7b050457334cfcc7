"""The five countries, the two powers, and where the project's files are."""

from pathlib import Path

COUNTRIES = {
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "TJK": "Tajikistan",
    "TKM": "Turkmenistan",
    "UZB": "Uzbekistan",
}
POWERS = {"CHN": "China", "RUS": "Russia"}

# How the name of a file ends while it is being written.
PART = ".part"

# What a folder holds that is the project's, whatever it is called: one of them is enough, so that
# a project that has lost the other is told what it lacks.
_MARKS = ("data/raw/article.csv", "notebooks/country.ipynb")


def project_folder(start: Path, source: Path) -> Path | None:
    """Find the project's folder.

    Args:
        start: the folder to look in first, and then in those above it.
        source: this package's own folder, which lies in the project unless it was installed
            without it.

    Returns:
        The nearest folder from ``start`` upwards, else from ``source``, that holds the article's
        table and the countries' notebook, else one of the two; None where there is none.

    Example:
        >>> project_folder(Path("/"), Path("/")) is None
        True
    """
    places = [folder for place in (start, source) for folder in (place, *place.parents)]
    # One that has lost a file is still the project, but not before one that has both: a copy of
    # the notebooks alone is none.
    for enough in (all, any):
        for folder in places:
            if enough((folder / mark).is_file() for mark in _MARKS):
                return folder
    return None


FOUND = project_folder(Path.cwd(), Path(__file__).resolve().parent)
# Where there is no project, the command says so before it looks for any file.
ROOT = FOUND or Path.cwd()
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
# Of the article's table: the year that the newest figures are set beside.
ARTICLE_YEAR = 2016
