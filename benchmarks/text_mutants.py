"""Change the templates of the pages in small ways and count which changes no test notices.

What ``mutants.py`` does for the code, for the words: a condition is turned round, China's figure
told for Russia's, a sentence's end left out. The tests of the pages are run once, to see which of
them tell which template; then a child is forked for every mutant drawn, in which Jinja is handed
the changed text, and runs those tests, the likeliest to fail first, until one fails.

    make texts      # half an hour; writes benchmarks/TEXT_MUTANTS.md

It is a plugin of pytest as well, which this script starts with the mutants that it drew.
"""

from __future__ import annotations

import argparse
import collections
import gc
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml
from tally import interval

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = ROOT / "src" / "analysis" / "page"
SEED = 20261128
SAMPLE = 300
# For so many processor seconds tests are run against a mutant.
BUDGET = 30.0
RECENT = 6
# Left out: what reads committed pages, and what reads the templates' own text.
TESTS = ("tests/page", "-m", "not slow", "--ignore=tests/page/test_prose.py")
TESTS += ("--ignore=tests/page/test_readme.py",)

PLUGINS = ("-p", "text_mutants", "-p", "no:cacheprovider", "-p", "no:xdist")

_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_CONDITION = re.compile(r"(\{%-? *(?:if|elif) )(.*?)( *-?%\})", re.DOTALL)
_SHOWN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3,}")
_STRING = re.compile(r'"[^"]+"')
# What stands in a tag, beside its strings, and what else could stand there.
_OTHERWISE = [
    (r" and ", " or "),
    (r" or ", " and "),
    (r" not in ", " in "),
    (r"(?<= )not (?!in )", ""),
    (r" if (?!not )", " if not "),
    (r" == ", " != "),
    (r" != ", " == "),
    (r" >= ", " > "),
    (r" > ", " >= "),
    (r" <= ", " < "),
    (r" < ", " <= "),
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r"(?<=[\w.])china\b", "russia"),
    (r"(?<=[\w.])russia\b", "china"),
    (r"(?<=\.)low\b|(?<=_)low\b", "high"),
    (r"(?<=\.)high\b|(?<=_)high\b", "low"),
    (r" \| \w+", ""),
]

# --- The mutants


def mutants_of(text: str) -> Iterator[tuple[str, str]]:
    """Each small change of a template: how it is told, and the text with it."""
    end = 0
    for tag in [*_TAG.finditer(text), None]:
        start = tag.start() if tag else len(text)
        yield from _of_words(text, end, start)
        if tag and not tag[0].startswith("{#"):
            yield from _of_tag(text, tag.start(), tag[0])
        end = tag.end() if tag else start


def _changed(text: str, place: int, old: str, new: str) -> tuple[str, str]:
    line = text.count("\n", 0, place) + 1
    return f"line {line}: {old} -> {new}", text[:place] + new + text[place + len(old) :]


def _of_words(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The first and the last word between two tags, each as another."""
    words = list(_WORD.finditer(text, start, end))
    for word in words[:1] + words[1:][-1:]:
        yield _changed(text, word.start(), word[0], "XX")


def _of_tag(text: str, place: int, tag: str) -> Iterator[tuple[str, str]]:
    if condition := _CONDITION.fullmatch(tag):
        before, asked, after = condition.groups()
        yield _changed(text, place, tag, f"{before}not ({asked}){after}")
    if _SHOWN.fullmatch(tag):
        yield _changed(text, place, tag, '{{ "" }}')
    strings = list(_STRING.finditer(tag))
    for string in strings:
        yield _changed(text, place, tag, _with(tag, string, f'"XX{string[0][1:]}'))
    for pattern, other in _OTHERWISE:
        for found in re.finditer(pattern, tag):
            if not any(one.start() < found.start() < one.end() for one in strings):
                yield _changed(text, place, tag, _with(tag, found, other))


def _with(tag: str, found: re.Match[str], other: str) -> str:
    return tag[: found.start()] + other + tag[found.end() :]


def all_mutants() -> list[dict[str, str]]:
    """The mutants of every template of the pages, in the order of the files."""
    return [
        {"file": path.relative_to(PAGE).as_posix(), "told": told, "text": text}
        for path in sorted(PAGE.rglob("*.j2"))
        for told, text in mutants_of(path.read_text(encoding="utf-8"))
    ]


def drawn(mutants: Iterable[dict[str, str]], sample: int, seed: int) -> list[dict[str, str]]:
    """So many of them, drawn by a seed; none that Jinja cannot read: any test would notice it."""
    by_chance = sorted(mutants, key=lambda one: (one["file"], one["told"]))
    random.Random(seed).shuffle(by_chance)
    return list(itertools.islice((one for one in by_chance if _is_read(one["text"])), sample))


def _is_read(text: str) -> bool:
    env = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    env.filters = collections.defaultdict(lambda: str)
    try:
        env.parse(text)
    except jinja2.TemplateSyntaxError:
        return False
    return True


# --- The plugin of pytest

_failed: list[str] = []
_reach: dict[str, set[str]] = collections.defaultdict(set)  # tests by template
_seconds: dict[str, float] = {}
_now = ""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a test that fails, and how long each takes."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0) + report.duration
    if report.failed:
        _failed.append(report.nodeid)


def pytest_runtestloop(session: pytest.Session) -> bool:
    """See which tests tell what; then try the mutants."""
    kept = Path(os.environ["TEXT_MUTANTS"])
    mutants = json.loads(kept.read_text(encoding="utf-8"))
    reach, seconds = _looked_at(session.items, kept.with_name("reach.json"))
    items = {item.nodeid: item for item in session.items}
    killers: dict[str, list[str]] = collections.defaultdict(list)
    gc.freeze()
    for mutant in mutants:
        file = mutant["file"]
        before = killers[file] + killers[""]
        names = sorted(
            _tests_of(reach.get(file, ()), items),
            key=lambda name: (
                before.index(name) if name in before else len(before),
                name not in reach[file],
                seconds[name],
            ),
        )
        killer = _killer(mutant, [items[name] for name in names])
        mutant["killer"] = killer if names else None
        for key in (file, "") if killer else ():
            killers[key] = [killer, *(one for one in killers[key] if one != killer)][:RECENT]
        kept.write_text(json.dumps(mutants), encoding="utf-8")
    return True


def _tests_of(noted: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those of a file with the ones that were noted, since a file's tests share what they made."""
    files = {name.partition("::")[0] for name in noted}
    return [name for name in names if name.partition("::")[0] in files]


def _looked_at(items: Sequence[pytest.Item], said: Path) -> tuple[dict[str, list[str]], Any]:
    """Which tests tell each template, and how long each takes, as a child found out.

    This process itself runs none: what tests keep in memory would be told again to every mutant.
    """
    if not (pid := os.fork()):
        try:
            _note_templates()
            _run(items)
            found = {name: sorted(tests) for name, tests in _reach.items()}
            said.write_text(json.dumps([found, _seconds, _failed]), encoding="utf-8")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    reach, seconds, failed = json.loads(said.read_text(encoding="utf-8"))
    if failed:
        raise pytest.UsageError(f"tests fail without a mutant: {', '.join(failed[:3])}")
    return reach, seconds


def _run(items: Sequence[pytest.Item]) -> None:
    global _now  # noqa: PLW0603
    for item, following in zip(items, [*items[1:], None], strict=True):
        _now = item.nodeid
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def _note_templates() -> None:
    """Note which test asks Jinja for which template."""
    get_template = jinja2.Environment.get_template

    def noting(self: jinja2.Environment, *arguments: Any, **options: Any) -> jinja2.Template:
        template = get_template(self, *arguments, **options)
        if template.filename and Path(template.filename).is_relative_to(PAGE):
            _reach[Path(template.filename).relative_to(PAGE).as_posix()].add(_now)
        return template

    jinja2.Environment.get_template = noting  # type: ignore[method-assign]


def _hand(mutant: Mapping[str, str]) -> None:
    """Have Jinja read the changed text in place of the file's, and keep nothing that it knew."""
    get_source = jinja2.PackageLoader.get_source
    changed = PAGE / mutant["file"]

    def source(
        self: jinja2.PackageLoader, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Any]:
        text, name, fresh = get_source(self, environment, template)
        return (mutant["text"] if name and Path(name) == changed else text), name or "", fresh

    jinja2.PackageLoader.get_source = source  # type: ignore[assignment]
    jinja2.Template.is_up_to_date = property(  # type: ignore[assignment]
        lambda self: not self.filename or Path(self.filename) != changed
    )


def _killer(mutant: Mapping[str, str], items: list[pytest.Item]) -> str:
    """The test that fails with a mutant, or nothing."""
    pipe, said = os.pipe()
    pid = os.fork()
    if not pid:
        _try(mutant, items, said)
    os.close(said)
    os.waitpid(pid, 0)
    killer = os.read(pipe, 4096).decode()
    os.close(pipe)
    return killer


def _try(mutant: Mapping[str, str], items: list[pytest.Item], said: int) -> None:
    """Run tests until one fails or the time is over; does not return."""
    started = time.process_time()
    try:
        if items:
            items[0].config.pluginmanager.unregister(name="terminalreporter")
        _hand(mutant)
        for item in items:
            if time.process_time() - started > BUDGET:
                break
            _run([item])
            if _failed:
                os.write(said, item.nodeid.encode())
                break
    finally:
        os._exit(0)


# --- The table

HEAD = """# Mutants of the texts

`make texts` changes one place of a template: a condition is turned round, a word or a value
left out, China taken for Russia, a bound for the other. Of {all} such changes {sample} were drawn
with the seed {seed}, of both languages and of the macros that make HTML. Noticed means that a test
of `tests/page` fails; those that hold committed pages against what is built today, or look at the
templates themselves, were left out, and no mutant was held against more than {budget:.0f} seconds
of tests.
"""
COLUMNS = ("templates", "mutants", "run", "noticed", "survived", "no test", "noticed, of those run")


def group_of(file: str) -> str:
    """The page whose templates these are, and their language."""
    folder, _, name = file.rpartition("/")
    if folder == "macros":
        return "macros"
    page = "shared by pages" if name.startswith("_") else re.split("[-.]", name)[0]
    return f"{page}, in Russian" if folder.endswith("ru") else page


def report(mutants: Sequence[dict[str, str]], tried: Sequence[dict[str, Any]], seed: int) -> str:
    """The counts a page, and every survivor with the reason why it is harmless, if it is."""
    reasons = yaml.safe_load((HERE / "text_mutants.yml").read_text(encoding="utf-8")) or []
    lines = [HEAD.format(all=len(mutants), sample=len(tried), seed=seed, budget=BUDGET)]
    lines.append(f"| {' | '.join(COLUMNS)} | 95% interval |")
    lines.append("| --- |" + " ---: |" * len(COLUMNS))
    for group in [*sorted({group_of(one["file"]) for one in tried}), "all"]:
        here = [one for one in tried if group in ("all", group_of(one["file"]))]
        whole = sum(group in ("all", group_of(one["file"])) for one in mutants)
        lines.append(row(group, whole, [one["killer"] for one in here]))
    lines += ["", "## Survivors", ""]
    left: dict[str, list[str]] = collections.defaultdict(list)
    for one in tried:
        if not one["killer"]:
            left[reason(reasons, one)].append(f"- `{one['file']}`, {one['told']}")
    for why, survivors in sorted(left.items()):
        lines += [f"### {why} ({len(survivors)})", "", *sorted(survivors), ""]
    return "\n".join(lines)


def row(group: str, whole: int, killers: Sequence[str | None]) -> str:
    """A line of the table."""
    noticed, none = sum(map(bool, killers)), sum(killer is None for killer in killers)
    low, high = interval(noticed, len(killers))
    cells = [group, whole, len(killers), noticed, len(killers) - noticed - none, none]
    told = [f"{noticed / len(killers):.1%}", f"{low:.1%} to {high:.1%}"]
    return "| " + " | ".join([*map(str, cells), *told]) + " |"


def reason(reasons: Iterable[Mapping[str, str]], mutant: Mapping[str, str]) -> str:
    """Why a survivor is harmless, of the first entry that names its file and its change."""
    for entry in reasons:
        if re.fullmatch(entry["file"], mutant["file"]) and re.fullmatch(
            entry["change"], mutant["told"].partition(": ")[2]
        ):
            return entry["why"]
    return "Not looked at yet"


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, run, and write TEXT_MUTANTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="mutants drawn")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="draws the sample")
    asked = parser.parse_args(arguments)
    mutants = all_mutants()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "mutants.json")
        kept.write_text(json.dumps(drawn(mutants, asked.sample, asked.seed)), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *PLUGINS, *TESTS],
            cwd=ROOT,
            env=os.environ
            | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{HERE}", "TEXT_MUTANTS": str(kept)},
            check=True,
        )
        tried = json.loads(kept.read_text(encoding="utf-8"))
    text = report(mutants, tried, asked.seed)
    (HERE / "TEXT_MUTANTS.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
