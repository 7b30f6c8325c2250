"""Many requests from a file."""

import gc
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decide.cli.options import DRAWING, PREFERENCES, Flags, takes
from decide.cli.output import complain, counted, write
from decide.errors import InputError

if TYPE_CHECKING:
    from decide.batch.job import Engine


@click.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--whole", is_flag=True, help="Whole answers of every kind, as JSON lines, instead of rankings.")
@click.option("--reasons", is_flag=True, help="Also names in words, and what is left out and why; far slower.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Processes at once (default: one for each core)."
)
@click.option("--engine", type=click.Choice(["dask"]), help="Answer on an engine that runs already, at --address.")
@click.option("--address", metavar="HOST:PORT", help="Where the engine's scheduler is.")
@takes(DRAWING, PREFERENCES)
def batch(
    source: str, target: str, whole: bool, reasons: bool, resume: bool, workers: int | None, engine: str | None,
    address: str | None, flags: Flags,
) -> int:  # fmt: skip
    """Rank for every request in IN, and write the rankings to OUT, a row for each, in the same order.

    IN and OUT are CSV (.csv), JSON lines (.jsonl) or Parquet (.parquet), each by its ending; IN may also be a question
    per line (.txt). A request is in columns (concern, budget, age, …) or in words, in a column q; "id" is given back.
    docs/scale.md tells all columns. Rows that cannot be answered go to OUT.bad.jsonl with reasons. What is done by the
    time of a kill stays, and --resume goes on from there. CSV and JSON lines too are worked on with pyarrow.

    With --whole, IN may also hold the shapes that 'decide understand' prints, or be - for standard input. A line of OUT
    (or -) then has the id and all that 'decide ask' answers, or "error" and "hint" in its place.

    Exit status: 0 all answered (also where nothing fits), 1 any had an error, 2 IN cannot be read; then OUT is left
    alone.
    """
    # the command line switches the collector off for one short question; here there may be thousands
    gc.enable()
    if (
        "-" not in (source, target)
        and all(Path(p).exists() for p in (source, target))
        and Path(source).samefile(target)
    ):
        raise InputError(f"{target}: is the file that is read", "name another file for the answers")
    if whole:
        if resume or reasons or engine or workers:
            raise InputError("--whole goes with none of --resume, --reasons, --workers and --engine")
        return _whole(source, target, flags)
    if (engine is None) != (address is None):
        raise InputError("--engine and --address go together", "for example --engine dask --address 10.0.0.1:8786")
    if "-" in (source, target):
        raise InputError("- is read and written with --whole alone", "name a .csv, .jsonl or .parquet file")
    return _ranked(source, target, flags, reasons, resume, workers, address)


def _ranked(
    source: str, target: str, flags: Flags, reasons: bool, resume: bool, workers: int | None, address: str | None
) -> int:
    try:
        from decide.batch.job import Dask, Engine, Local, Recipe, bad_beside, run
    except ImportError:
        from decide.version import install

        raise InputError("rankings in columns need pyarrow", install("batch")) from None
    recipe = Recipe(
        flags.folder, flags.profile, flags.market, tuple(flags.changes.items()), flags.horizon, tuple(flags.quotes),
        flags.price_list, not flags.no_borrow, 0 if flags.exact else flags.draws, flags.seed, reasons,
    )  # fmt: skip
    many = workers or os.cpu_count() or 1

    def engine() -> "Engine":
        if address is not None:
            return Dask(address)
        return Local(many) if many > 1 else Engine()

    with click.progressbar(length=1000, label="answered", file=sys.stderr) as bar:
        count = run(
            source, Path(target), recipe, engine, resume=resume,
            step=lambda reach, size: bar.update(1000 * reach // max(1, size) - bar.pos),
        )  # fmt: skip
    if count.bad:
        complain(f"{count.bad} of {count.rows} requests could not be answered", f"{bad_beside(Path(target))} tells why")
    return 1 if count.bad else 0


def _whole(source: str, target: str, flags: Flags) -> int:
    from decide.batch.requests import read_requests
    from decide.batch.run import answered
    from decide.catalog.files import write_whole
    from decide.catalog.text import text_of
    from decide.question.prices import quotes_of, read_price_list
    from decide.question.problem import Problem
    from decide.question.request import Request

    requests = read_requests(source, text_of(source, "a file of requests"))
    catalog, preferences = flags.catalog, flags.preferences
    # what is wrong for every request alike is told once; whether a quote's money is a market's, for each by itself
    quotes = quotes_of(catalog, preferences.prices)
    if preferences.price_list is not None:
        quotes += read_price_list(preferences.price_list, catalog)
    Problem.of(catalog, Request(), replace(preferences, prices=(), price_list=None))
    preferences = replace(preferences, prices=quotes, price_list=None)
    draws = 0 if flags.exact else flags.draws
    wrong = 0

    def lines() -> Iterable[str]:
        nonlocal wrong
        for asked in counted(requests, "requests"):
            found = answered(catalog, asked, preferences, draws=draws, seed=flags.seed)
            wrong += found["error"] is not None
            yield _line(found)

    if target == "-":
        for line in lines():
            write(line)
    else:
        write_whole(Path(target), (line.encode() for line in lines()))
    if wrong:
        complain(f"{wrong} of {len(requests)} requests had an error", "each says which in its line of OUT")
    return 1 if wrong else 0


def _line(found: dict[str, Any]) -> str:
    # ASCII, so that no terminal or reader can take a line apart or spell a sign otherwise
    return json.dumps(found) + "\n"
