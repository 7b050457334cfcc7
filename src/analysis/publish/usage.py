"""What the ``analysis`` command may be asked: its words, and what each is for."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from analysis.page.about import about


class _Parser(argparse.ArgumentParser):
    """Says of a parameter without a value what it should look like."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage, and end with 2."""
        if message.startswith("argument -p:"):
            message += "; valid: a name and a value, as in: -p country TJK"
        super().error(message)


def usage(description: str) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """The parser of the command, and that of its ``read``, which refuses more than it can know.

    Args:
        description: what the command is, and what its exit codes mean.
    """
    parser = _Parser(prog="analysis", description=description)
    told = about()
    parser.add_argument("--version", action="version", version=f"{told.name} {told.version}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("check", help="validate the raw data and print every fault")
    commands.add_parser("seal", help="seal the statistics as they are, and say what has changed")
    commands.add_parser("compare", help="bring the tables up to date and list the comparisons")
    _add_reports(commands)
    _add_refresh(commands)
    adopted = commands.add_parser("adopt", help="let the headlines rest on another edition")
    adopted.add_argument("edition", metavar="EDITION", help="as in: worldbank-wdi-2026-11-24")
    explained = commands.add_parser(
        "explain", help="tell one number's way, from its cell to its pages"
    )
    explained.add_argument(
        "name", metavar="ID", help="as in: KGZ-trade_turnover-own-2023, or a figure's or a claim's"
    )
    return parser, _add_read(commands)


def _add_reports(commands: Any) -> None:
    reports = commands.add_parser("reports", help="build what is out of date, tables and reports")
    reports.add_argument(
        "-p",
        dest="parameters",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="build only the page of this country, as in: -p country TJK",
    )
    reports.add_argument(
        "--countries",
        default="",
        metavar="CODES",
        help='build only the pages of these countries, of any in the world, as in: "MNG BLR"; '
        "WORLD for all, beside every other page",
    )
    reports.add_argument(
        "--jobs",
        type=_whole,
        metavar="N",
        help="make so many pages at a time, each in a process of its own (as a rule as many as "
        "there are cores)",
    )
    reports.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="run steps on the workers of this Dask scheduler, as in: tcp://node:8786",
    )


def _add_refresh(commands: Any) -> None:
    fetched = commands.add_parser(
        "refresh", help="fetch today's editions of the statistics beside the ones in use"
    )
    fetched.add_argument(
        "services", nargs="*", metavar="SERVICE", help="all of them unless some are named"
    )
    fetched.add_argument(
        "--accept-fewer",
        action="store_true",
        help="keep an edition even where fewer countries report than in the one before",
    )
    fetched.add_argument(
        "--record",
        action="store_true",
        help="save the services' replies to tests/recorded as well, without any key",
    )


def _add_read(commands: Any) -> argparse.ArgumentParser:
    reading: argparse.ArgumentParser = commands.add_parser(
        "read", help="say how the words of a printed figure are read"
    )
    reading.add_argument(
        "phrase", metavar="PHRASE", help="as in: 'nearly $2bn'; - for lines of unit, tab and phrase"
    )
    reading.add_argument("--unit", metavar="UNIT", help="USD, EUR, share, persons and so on")
    reading.add_argument("--period", action="store_true", help="the words date a figure")
    reading.add_argument("--json", action="store_true", help="answer with data, not a sentence")
    return reading


def _whole(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}; valid: a whole number from 1")
    return int(text)
