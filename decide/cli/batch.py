"""Many requests from a file."""

import gc
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from decide.cli.options import DRAWING, PREFERENCES, Flags, takes
from decide.cli.output import complain, counted, write
from decide.errors import InputError


@click.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@takes(DRAWING, PREFERENCES)
def batch(source: str, target: str, flags: Flags) -> int:
    """Answer every request in IN, and write the answers to OUT as JSON lines, in the same order.

    IN is a question per line (.txt), JSON lines (.jsonl), or CSV with a column q (.csv); - is standard input. A JSON
    line is {"q": "best for redness"}, or the shape that 'decide understand' prints; "id" and "market" may stand beside
    either, as may columns of these names in CSV. A request's own market goes before --market.

    Each line of OUT has the id (the line number where none was given) and the answer, or "error" and "hint". Exit
    status: 0 all answered (also where nothing fits), 1 any had an error, 2 IN cannot be read; then OUT is left alone.
    """
    from decide.batch.requests import read_requests
    from decide.batch.run import answered
    from decide.catalog.files import write_whole
    from decide.catalog.text import text_of
    from decide.question.prices import quotes_of, read_price_list
    from decide.question.problem import Problem
    from decide.question.request import Request

    requests = read_requests(source, text_of(source, "a file of requests"))
    if target != "-" and source != "-" and Path(target).exists() and Path(source).samefile(target):
        raise InputError(f"{target}: is the file that is read", "name another file for the answers")
    catalog, preferences = flags.catalog, flags.preferences
    # what is wrong for every request alike is told once; whether a quote's money is a market's, for each by itself
    quotes = quotes_of(catalog, preferences.prices)
    if preferences.price_list is not None:
        quotes += read_price_list(preferences.price_list, catalog)
    Problem.of(catalog, Request(), replace(preferences, prices=(), price_list=None))
    preferences = replace(preferences, prices=quotes, price_list=None)
    draws = 0 if flags.exact else flags.draws
    # the command line switches the collector off for one short question; here there may be thousands
    gc.enable()
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
