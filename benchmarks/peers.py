"""Make the same eight pages of the same notebooks with other tools, side by side.

    make peers            # ten minutes or so, of which one installs; writes benchmarks/PEERS.md

Every tool runs the notebooks as they are, with their own parameters, on tables that are there, in
an environment made for it; each once a round, one after the other. Then each is given a notebook
with a cell that fails, beside a page that was made before, and asked what it does. ``bench.py``
says what is measured.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench import ROOT, Taken, copy_project, media_of, medians, run, save_shown, shown_by

BOOK = """title: Peers
execute:
  execute_notebooks: force
  timeout: 300
"""
# What another kernel says on its error stream is no news.
QUIET = ["-W", "ignore", "-m"]
# The page that fails, and the cell that makes it fail.
FAILING, CELL = "method", "1 / 0"


class Way(NamedTuple):
    """A tool: what is typed, and where it leaves a page."""

    what: str
    make: Callable[["Place", list[str]], list[Taken]]
    page: Callable[["Place", str], Path]


class Place(NamedTuple):
    """A copy of the project, and the Python that has all tools."""

    project: Path
    python: str

    @property
    def out(self) -> Path:
        """Where the others put their pages."""
        return self.project / "out"


def plainly(place: Place, names: list[str]) -> list[Taken]:
    """The floor: cells run one after the other in one process; what they show is saved."""
    return [run(place.project, place.python, __file__, "--plain", *names, fails=None)]


def ours(place: Place, names: list[str], jobs: str = "2") -> list[Taken]:
    """The project's own command, for which the pages named are gone."""
    for name in names:
        page = our_page(place, name)
        page.unlink(missing_ok=True)
        for chart in (place.project / "reports" / "figures").glob(f"{page.stem}-*"):
            chart.unlink()
    for memory in ("drawings", "texts"):
        shutil.rmtree(place.project / ".pytask" / memory, ignore_errors=True)
    command = (place.python, "-m", "analysis.cli", "reports", "--jobs", jobs)
    return [run(place.project, *command, fails=None)]


def our_page(place: Place, name: str) -> Path:
    """Our page of a notebook run as it is."""
    return place.project / "reports" / f"{'kazakhstan' if name == 'country' else name}.html"


def nbconvert(place: Place, names: list[str]) -> list[Taken]:
    """One command for all."""
    sources = [f"notebooks/{name}.ipynb" for name in names]
    command = [*QUIET, "nbconvert", "--execute", "--to", "html", "--output-dir", "out/nbconvert"]
    return [run(place.project, place.python, *command, *sources, fails=None)]


def papermill(place: Place, names: list[str]) -> list[Taken]:
    """Two commands a page; the second only where the first came to its end."""
    folder = place.out / "papermill"
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    for name in names:
        executed = str(folder / f"{name}.ipynb")
        command = [*QUIET, "papermill", f"notebooks/{name}.ipynb", executed, "--cwd", "notebooks"]
        taken.append(run(place.project, place.python, *command, fails=None))
        if not taken[-1].code:
            page = [*QUIET, "nbconvert", "--to", "html", executed]
            taken.append(run(place.project, place.python, *page, fails=None))
    return taken


def book(place: Place, names: list[str]) -> list[Taken]:
    """A book of all of them."""
    folder = place.out / "book"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(BOOK, encoding="utf-8")
    chapters = "".join(f"- file: {name}\n" for name in names[1:])
    contents = f"format: jb-book\nroot: {names[0]}\n" + (
        f"chapters:\n{chapters}" if chapters else ""
    )
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")
    for name in names:
        shutil.copy(place.project / "notebooks" / f"{name}.ipynb", folder)
    command = str(Path(place.python).with_name("jupyter-book"))
    return [run(place.project, command, "build", "--all", "-q", str(folder), fails=None)]


def marimo(place: Place, names: list[str]) -> list[Taken]:
    """Two commands a page, in the folder of the notebooks."""
    folder = place.out / "marimo"
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    for name in names:
        script = f"notebooks/{name}.py"
        command = [place.python, *QUIET, "marimo", "-q", "-y"]
        convert = ["convert", f"notebooks/{name}.ipynb", "-o", script]
        taken.append(run(place.project, *command, *convert, fails=None))
        export = ["export", "html", script, "-o", str(folder / f"{name}.html"), "-f"]
        taken.append(run(place.project, *command, *export, fails=None))
        (place.project / script).unlink()
    return taken


WAYS = {
    "plain": Way(
        "one plain process: cells run, charts and what they show saved, no page",
        plainly,
        lambda place, name: place.out / "plain" / f"{name}.json",
    ),
    "ours": Way("`analysis reports`", ours, our_page),
    "ours, one": Way(
        "`analysis reports --jobs 1`", lambda place, names: ours(place, names, "1"), our_page
    ),
    "nbconvert": Way(
        "`jupyter nbconvert --execute --to html`",
        nbconvert,
        lambda place, name: place.out / "nbconvert" / f"{name}.html",
    ),
    "papermill": Way(
        "`papermill`, then `jupyter nbconvert --to html`, page by page",
        papermill,
        lambda place, name: place.out / "papermill" / f"{name}.html",
    ),
    "jupyter-book": Way(
        "`jupyter-book build` (version 1)",
        book,
        lambda place, name: place.out / "book" / "_build" / "html" / f"{name}.html",
    ),
    "marimo": Way(
        "`marimo convert`, then `marimo export html`, page by page",
        marimo,
        lambda place, name: place.out / "marimo" / f"{name}.html",
    ),
}


def plain(names: list[str]) -> None:
    """What ``plainly`` runs, in the folder of a project."""
    from analysis.config import NOTEBOOKS
    from analysis.config import ROOT as project

    for name in names:
        shown = [media_of(one) for one in shown_by(NOTEBOOKS / f"{name}.ipynb", {})]
        save_shown(project / "out" / "plain" / name, shown)


def environment(folder: Path) -> str:
    """An environment with what the project locks and the others on top; its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "-r", str(Path(__file__).with_name("peers.txt"))], check=True)
    itself = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    subprocess.run([*pip, *itself], check=True)
    return python


def summed(taken: list[Taken]) -> Taken:
    """Several commands as one."""
    return Taken(
        sum(one.seconds for one in taken),
        sum(one.processor for one in taken),
        max(one.megabytes for one in taken),
        "\n".join(one.said for one in taken),
        max(one.code for one in taken),
    )


def fail(place: Place) -> dict[str, str]:
    """What each does with a cell that fails, where a page of before stands: a line each."""
    source = place.project / "notebooks" / f"{FAILING}.ipynb"
    before = source.read_text(encoding="utf-8")
    notebook = json.loads(before)
    cells = [number for number, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]
    middle = cells[len(cells) // 2]
    notebook["cells"].insert(middle, notebook["cells"][middle] | {"source": [CELL], "id": "fails"})
    found = {}
    for name, way in WAYS.items():
        page = way.page(place, FAILING)
        sound = page.read_bytes() if page.exists() else b""
        source.write_text(json.dumps(notebook), encoding="utf-8")
        # Ours is not asked to begin without the page: that it is out of date is for it to see.
        made = (
            [run(place.project, place.python, "-m", "analysis.cli", "reports", fails=None)]
            if way.make is ours
            else way.make(place, [FAILING])
        )
        source.write_text(before, encoding="utf-8")
        found[name] = told(summed(made), sound, page.read_bytes() if page.exists() else b"")
    return found


def told(taken: Taken, before: bytes, after: bytes) -> str:
    """How a tool ended, and what became of the page of before."""
    if after == before:
        page = "leaves the page of before as it was" if before else "makes no page"
    elif not after:
        page = "removes the page of before"
    else:
        broken = b"ZeroDivisionError" in after or b"division by zero" in after
        page = "puts in its place one " + ("with the error in it" if broken else "without it")
    named = "the error is named" if "ZeroDivisionError" in taken.said else "the error is not named"
    return f"ends with {taken.code}; {named}; {page}"


def said_most(said: str) -> tuple[str, int]:
    """The error that was told most often, and how often."""
    errors = Counter(line for line in said.splitlines() if "Error" in line)
    return errors.most_common(1)[0] if errors else ("", 0)


def table(rounds: list[dict[str, Taken]], failed: dict[str, str]) -> str:
    """The results as Markdown."""
    seconds, processor, megabytes = medians(rounds)
    lines = [
        "| | what is typed | seconds | of plain | processor seconds | of plain | MB | ends with |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {way.what} | {seconds[name]:.1f} | {seconds[name] / seconds['plain']:.2f} "
        f"| {processor[name]:.1f} | {processor[name] / processor['plain']:.2f} "
        f"| {megabytes[name]:.0f} | {rounds[-1][name].code} |"
        for name, way in WAYS.items()
    ]
    for name in WAYS:
        if rounds[-1][name].code:
            error, times = said_most(rounds[-1][name].said)
            lines += ["", f"{name} says: “{error}” ({times} times)."]
    lines += ["", f"## A cell that fails (`{CELL}` in the middle of `{FAILING}.ipynb`)", ""]
    lines += ["| | what it does |", "| --- | --- |"]
    lines += [f"| {name} | {told} |" for name, told in failed.items() if name != "ours, one"]
    return "\n".join(lines)


HEAD = """# Other tools, the same notebooks

Written by `make peers`. Each of the eight notebooks as it is becomes a page, on tables that are
there, with nothing drawn before: {names}. {rounds}; Python {python}, {cores} cores, load of the
last quarter of an hour {load:.1f}. Only the ratios carry over to another machine.

The tools do not make the same things. Ours writes each chart as two drawings in the page and as a
picture, a drawing and its data beside it, looks whether every link within a page leads somewhere,
and makes two pages to forward; the plain process saves the charts and makes no page. The others
make a page of a notebook as it stands, and can do much that ours cannot.

Versions: {versions}.
"""


def main() -> None:
    """Run the rounds, make each fail, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--plain", nargs="+", help="only the floor, of these, in this folder")
    chosen = parser.parse_args()
    if chosen.plain:
        plain(chosen.plain)
        return
    names = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        place = Place(copy_project(Path(folder) / "project"), environment(Path(folder) / "env"))
        run(place.project, place.python, "-m", "analysis.cli", "reports")
        rounds: list[dict[str, Taken]] = []
        for number in range(chosen.rounds):
            rounds.append({})
            for name, way in WAYS.items():
                taken = summed(way.make(place, names))
                absent = [one for one in names if not way.page(place, one).exists()]
                if absent and not taken.code:
                    sys.exit(f"{name} ended with 0 and made no page of {', '.join(absent)}")
                rounds[-1][name] = taken
            print(f"round {number + 1} of {chosen.rounds} done", flush=True)
        failed = fail(place)
    wanted = ("nbconvert", "papermill")
    asked = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in {}))"
    own = subprocess.run(
        [sys.executable, "-c", asked.replace("{}", repr(wanted), 1)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    lines = Path(__file__).with_name("peers.txt").read_text(encoding="utf-8").splitlines()
    others = [line.replace("==", " ") for line in lines if "==" in line]
    text = HEAD.format(
        names=", ".join(names),
        rounds="Each once" if chosen.rounds == 1 else f"Medians of {chosen.rounds} rounds",
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=os.getloadavg()[2],
        versions=", ".join([own, *others]),
    )
    text += "\n" + table(rounds, failed) + "\n"
    (ROOT / "benchmarks" / "PEERS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
