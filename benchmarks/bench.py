"""Time the build side by side with what it replaces, on a copy of the project.

    make bench            # three rounds, ten minutes or so; writes benchmarks/RESULTS.md

In each round every way is run once, one after the other, so that a busy machine slows all of them
alike; the table gives medians and their ratio to (a). A look every twentieth of a second at a
way's processes gives what the processors did for it, which a busy machine sways less than the time
on the clock, and the largest sum of their memory, in which what processes share counts once.
"""

import argparse
import ast
import io
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("data", "notebooks", "reports", "src", "pyproject.toml", "pytask.lock")
COUNTRIES = {
    "kazakhstan": "KAZ",
    "kyrgyzstan": "KGZ",
    "tajikistan": "TJK",
    "turkmenistan": "TKM",
    "uzbekistan": "UZB",
}
OTHERS = ("index", "region", "claims", "method", "data", "explorer", "world")
RUSSIAN = {"language": "ru"}
# Each page by its place under reports: its notebook, and what that is run with.
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    **{name: (name, {}) for name in OTHERS},
    "ru/index": ("index", RUSSIAN),
    **{stem: ("country", {"country": code}) for stem, code in COUNTRIES.items()},
    **{f"ru/{stem}": ("country", {"country": code} | RUSSIAN) for stem, code in COUNTRIES.items()},
}

# Seconds between two looks at a way's processes, and between two at their memory, which takes
# longer to add up.
LOOK, LOOK_AT_MEMORY = 0.05, 0.25

WAYS = {
    "a": "the floor: the same functions in one plain process; tables, charts and what pages are "
    "made of saved, no page",
    "b": "the full build from nothing: `analysis reports`",
    "c": "what one would type: papermill, then nbconvert, page by page",
    "d": "nothing to do: `analysis reports` again",
    "e": "one figure of Uzbekistan changed: `analysis reports`",
    "f": "one report alone: `analysis reports -p country TJK`, its page removed",
    "g": "an unknown country: `analysis reports -p country Narnia`",
    "h": "pytask itself with nothing to do, on as many plain steps and files",
}


class Taken(NamedTuple):
    """What a way took, what it printed, and how it ended."""

    seconds: float
    processor: float
    megabytes: float
    said: str
    code: int = 0


def floor() -> None:
    """Way (a): what the pipeline computes and saves, without kernels, pages and briefs."""
    from analysis.config import NOTEBOOKS, PROCESSED, RAW, REPORTS
    from analysis.data.clean import write_processed
    from analysis.measures.compare import write_comparisons
    from analysis.measures.leads import write_world
    from analysis.measures.verdicts import write_ties
    from analysis.measures.weights import write_weights
    from analysis.page.checks import write_checks
    from analysis.page.claims import write_claims
    from analysis.page.language import speaking

    write_processed(RAW, PROCESSED)
    for write in (write_comparisons, write_weights, write_ties, write_world):
        write(PROCESSED)
    write_checks(PROCESSED)
    write_claims(PROCESSED)
    for page, (notebook, parameters) in PAGES.items():
        with speaking(parameters.get("language", "en")):
            shown = [media_of(one) for one in shown_by(NOTEBOOKS / f"{notebook}.ipynb", parameters)]
            save_shown(REPORTS / page, shown)


def shown_by(notebook: Path, parameters: dict[str, str]) -> list[Any]:
    """Run a notebook's code in this process; what its cells show."""
    shown: list[Any] = []
    names: dict[str, Any] = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), str(notebook), "exec"), names)
        names["display"] = lambda *things: shown.extend(things)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
        if last:
            shown.append(eval(compile(ast.Expression(last.value), str(notebook), "eval"), names))
    return shown


def media_of(thing: Any) -> dict[str, Any]:
    """What a page takes of a thing that is shown, by kind."""
    if hasattr(thing, "_repr_mimebundle_"):
        return dict(thing._repr_mimebundle_())
    ways = {"text/html": "_repr_html_", "text/markdown": "_repr_markdown_"}
    found = {kind: getattr(thing, way)() for kind, way in ways.items() if hasattr(thing, way)}
    return found or {"text/plain": repr(thing)}


def save_shown(page: Path, shown: list[dict[str, Any]]) -> None:
    """Save charts as drawing, picture and data, and all else that a page is made of."""
    from analysis.page.figure import MEDIA_TYPE, files_of

    figures = page.parent / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    charts = [one[MEDIA_TYPE] for one in shown if MEDIA_TYPE in one]
    for chart in charts:
        for ending, content in files_of(chart).items():
            if ending != "csv" or page.parent.name != "ru":  # the data lie beside the English page
                (figures / f"{page.name}-{chart['id']}.{ending}").write_bytes(content)
    page.with_suffix(".json").write_text(json.dumps(shown), encoding="utf-8")


def copy_project(folder: Path) -> Path:
    """A copy to build in."""
    folder.mkdir()
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info", "executed", "failed")
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder / name)
    return folder


def empty(project: Path) -> None:
    """Remove all that a build makes."""
    for name in ("reports", "data/processed"):
        shutil.rmtree(project / name, ignore_errors=True)
    (project / "pytask.lock").unlink(missing_ok=True)


def run(project: Path, *command: str, fails: bool | None = False) -> Taken:
    """Run a command in the project, which fails, does not, or (None) may do either."""
    environment = os.environ | {"PYTHONPATH": str(project / "src")}
    # As on a reader's machine: what Python has compiled, it keeps.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["MPLBACKEND"] = "agg"
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = psutil.Popen(
            command, cwd=project, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        worked: dict[int, float] = {}
        peak, looked = 0, started - LOOK_AT_MEMORY
        while process.poll() is None:
            due = time.perf_counter() - looked >= LOOK_AT_MEMORY
            looked = time.perf_counter() if due else looked
            peak = max(peak, _look(process, worked, due))
            time.sleep(LOOK)
        seconds = time.perf_counter() - started
        output.seek(0)
        said = output.read()
    if fails is not None and (process.returncode != 0) != fails:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Taken(seconds, sum(worked.values()), peak / 1e6, said, process.returncode)


def _look(process: psutil.Process, worked: dict[int, float], memory: bool) -> int:
    """Note what a process and all below it have worked so far; their memory, if it is asked for.

    What several share counts once: each has its part of it (PSS), where the system tells that.
    """
    used = 0
    with suppress(psutil.Error):
        for one in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error), one.oneshot():
                worked[one.pid] = one.cpu_times().user + one.cpu_times().system
                if memory:
                    full = one.memory_full_info()
                    used += getattr(full, "pss", full.uss)
    return used


def by_hand(project: Path) -> Taken:
    """Way (c): two commands a page."""
    taken = []
    python = [sys.executable, "-W", "ignore", "-m"]
    for page, (notebook, parameters) in PAGES.items():
        executed = project / "by-hand" / f"{page}.ipynb"
        executed.parent.mkdir(parents=True, exist_ok=True)
        given = [word for name, value in parameters.items() for word in ("-p", name, value)]
        source = f"notebooks/{notebook}.ipynb"
        for command in (
            [*python, "papermill", source, str(executed), *given, "--cwd", str(project)],
            [*python, "nbconvert", "--to", "html", str(executed)],
        ):
            taken.append(run(project, *command))
    return Taken(
        sum(one.seconds for one in taken),
        sum(one.processor for one in taken),
        max(one.megabytes for one in taken),
        "",
    )


def one_round(folder: Path, analysis: list[str]) -> dict[str, Taken]:
    """Every way once."""
    project = copy_project(folder / "project")
    taken = {}
    empty(project)
    taken["a"] = run(project, sys.executable, str(Path(__file__).resolve()), "--floor")
    empty(project)
    taken["b"] = run(project, *analysis, "reports")
    taken["c"] = by_hand(project)
    taken["d"] = run(project, *analysis, "reports")
    article = project / "data" / "raw" / "article.csv"
    text = article.read_text(encoding="utf-8")
    assert text.count("$1.9 billion") >= 1
    article.write_text(text.replace("$1.9 billion", "$1.8 billion", 1), encoding="utf-8")
    taken["e"] = run(project, *analysis, "reports")
    article.write_text(text, encoding="utf-8")
    run(project, *analysis, "reports")
    (project / "reports" / "tajikistan.html").unlink()
    taken["f"] = run(project, *analysis, "reports", "-p", "country", "TJK")
    taken["g"] = run(project, *analysis, "reports", "-p", "country", "Narnia", fails=True)
    plain = plain_steps(folder / "plain", project / "pytask.lock")
    run(plain, sys.executable, "-m", "pytask", "build")
    taken["h"] = run(plain, sys.executable, "-m", "pytask", "build")
    return taken


def plain_steps(folder: Path, lock: Path) -> Path:
    """A pipeline without our code, of as many steps, each with as many files."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[tool.pytask.ini_options]\npaths = "."\n')
    lines = [
        "from pathlib import Path",
        "from typing import Annotated",
        "from pytask import Product",
    ]
    for number, step in enumerate(tomllib.loads(lock.read_text(encoding="utf-8"))["task"]):
        read = [f"read_{number}_{place}" for place in range(len(step["depends_on"]))]
        written = [f"written_{number}_{place}" for place in range(len(step["produces"]))]
        for name in read:
            (folder / name).write_text(name)
        lines += [
            f"def task_{number}(",
            f"    read: list[Path] = [Path(name) for name in {read}],",
            "    written: Annotated[list[Path], Product] =",
            f"        [Path(name) for name in {written}],",
            "):",
            "    for path in written:",
            "        path.write_text('')",
        ]
    (folder / "task_plain.py").write_text("\n".join(lines) + "\n")
    return folder


def medians(rounds: list[dict[str, Taken]]) -> list[dict[str, float]]:
    """Seconds, processor seconds and megabytes of each way, in the middle of the rounds."""
    return [
        {way: statistics.median(getattr(one[way], what) for one in rounds) for way in rounds[0]}
        for what in ("seconds", "processor", "megabytes")
    ]


def table(rounds: list[dict[str, Taken]]) -> str:
    """The results as Markdown."""
    seconds, processor, megabytes = medians(rounds)
    lines = [
        "| | way | seconds | of (a) | processor seconds | of (a) | MB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {way} | {what} | {seconds[way]:.1f} | {seconds[way] / seconds['a']:.2f} "
        f"| {processor[way]:.1f} | {processor[way] / processor['a']:.2f} | {megabytes[way]:.0f} |"
        for way, what in WAYS.items()
    ]
    said = rounds[-1]["e"].said
    rebuilt = [line.split("  ")[0] for line in said.splitlines() if line.endswith(" s")]
    pages = [ROOT / "reports" / f"{page}.html" for page in PAGES]
    sizes = [path.stat().st_size / 1000 for path in pages]
    return "\n".join(
        [
            *lines,
            "",
            f"(c) takes {seconds['c'] / seconds['b']:.1f} times (b). Of (d), "
            f"{max(0.0, seconds['d'] - seconds['h']):.1f} s are more than pytask takes by itself "
            "(h).",
            "",
            f"What (e) rebuilt: {', '.join(rebuilt)}.",
            "",
            f"The {len(pages)} pages are {min(sizes):.0f} to {max(sizes):.0f} kB, "
            f"{sum(sizes):.0f} kB together.",
        ]
    )


def _rounds(count: int) -> str:
    """How often each way was run."""
    return "Each way once" if count == 1 else f"Medians of {count} rounds, each way once a round"


def main() -> None:
    """Run the rounds and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--floor", action="store_true", help="only way (a), in this folder")
    chosen = parser.parse_args()
    if chosen.floor:
        with redirect_stdout(io.StringIO()):
            floor()
        return
    analysis = [sys.executable, "-m", "analysis.cli"]
    rounds = []
    for number in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(Path(folder), analysis))
        print(f"round {number + 1} of {chosen.rounds} done", flush=True)
    load = os.getloadavg()[2]
    text = (
        "# How long the build takes\n\n"
        f"Written by `make bench`. {_rounds(chosen.rounds)}; Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load of the last quarter of an hour {load:.1f}. Only the ratios "
        f"carry over to another machine.\n\n{table(rounds)}\n"
    )
    (ROOT / "benchmarks" / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
