"""Many requests from a file."""

import gc
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from decide.cli.options import catalog_options, draw_options, settings_of, with_prices
from decide.cli.output import _umask, complain, write
from decide.errors import InputError


@click.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@draw_options
@catalog_options
def batch(
    source: str,
    target: str,
    draws: int,
    seed: int,
    exact: bool,
    market: str | None,
    quotes: tuple[str, ...],
    price_list: str | None,
    no_borrow: bool,
    profile: str | None,
    weights: tuple[str, ...],
    horizon: float | None,
    folder: str | None,
) -> int:
    """Answer every request in IN, and write the answers to OUT as JSON lines, in the same order.

    IN is a question per line (.txt), JSON lines (.jsonl), or CSV with a column q (.csv); - is standard input. A JSON
    line is {"q": "best for redness"}, or the shape that 'decide understand' prints; "id" and "market" may stand beside
    either, as may columns of these names in CSV. A request's own market goes before --market.

    Each line of OUT has the id (the line number where none was given) and the answer, or "error" and "hint". Exit
    status: 0 all answered (also where nothing fits), 1 any had an error, 2 IN cannot be read; then OUT is left alone.
    """
    from decide.batch.requests import read_requests
    from decide.batch.run import answered
    from decide.catalog.read import read_toml
    from decide.question.problem import Settings, horizon_for, market_for, weights_for
    from decide.question.request import Request

    requests = read_requests(source, _read(source))
    if target != "-" and source != "-" and Path(target).exists() and Path(source).samefile(target):
        raise InputError(f"{target}: is the file that is read", "name another file for the answers")
    catalog, settings = settings_of(folder, market, quotes, price_list, no_borrow, profile, weights, horizon)
    # what is wrong for every request alike is told once
    market_for(catalog, Request(), settings)
    weights_for(catalog, Request(), settings)
    horizon_for(catalog, settings)
    if price_list:
        read_toml(Path(price_list))
    kept: dict[str, Settings] = {}

    def priced(mine: Settings, where: str) -> Settings:
        if where not in kept:
            kept[where] = with_prices(catalog, mine, where, quotes, price_list)
        return kept[where]

    # the command line switches the collector off for one short question; here there may be thousands
    gc.enable()
    wrong = 0

    def lines() -> Iterable[str]:
        nonlocal wrong
        for asked in requests:
            found = answered(
                catalog, asked, settings, priced if quotes or price_list else None, draws=0 if exact else draws,
                seed=seed,
            )  # fmt: skip
            wrong += "error" in found
            yield _line(found)

    if target == "-":
        for line in lines():
            write(line)
    else:
        write_lines(Path(target), lines())
    if wrong:
        complain(f"{wrong} of {len(requests)} requests had an error", "each says which in its line of OUT")
    return 1 if wrong else 0


def _line(found: dict[str, Any]) -> str:
    # ASCII, so that no terminal or reader can take a line apart or spell a sign otherwise
    return json.dumps(found) + "\n"


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{source}: no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{source}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Put a file in place in one step, line by line beside it first: answers to thousands do not fit in memory."""
    if path.is_dir():
        raise InputError(f"{path}: is a folder", "OUT is a file")
    temporary = None
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as device:
                device.writelines(lines)
            return
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as handle:
            handle.writelines(lines)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
