"""Many requests from one file."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

from decide.errors import InputError
from decide.lazily import dataclass

LINES = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True)
class Asked:
    """One request of a file: words or the shape of a request, an id (its line where it has none), or what is wrong."""

    id: str | int
    text: str | None = None
    shape: dict[str, Any] = field(default_factory=dict)
    market: str | None = None
    wrong: InputError | None = None


def read_requests(name: str, text: str) -> list[Asked]:
    """The requests in a file: JSON lines, CSV with a column q, or a question on each line, told by its ending.

    A file without a telling ending holds JSON lines when it begins with a brace.

    Raises
    ------
    InputError : nothing in it can be read as requests. A line that alone is wrong is told in its place.
    """
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        found = _from_csv(name, text)
    elif ending in LINES or (ending != ".txt" and text.lstrip().startswith("{")):
        if text.lstrip().startswith("["):
            raise InputError(f"{name}: holds a list", "write one request per line, without the brackets around them")
        found = [_from_json(line, number) for number, line in _lines(text)]
    else:
        found = [Asked(number, line) for number, line in _lines(text)]
    if not found:
        raise InputError(f"{name}: no request in it", "a question per line, JSON lines, or CSV with a column q")
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # not splitlines: a line separator inside a JSON string is no end of a line
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.strip()


def _from_csv(name: str, text: str) -> list[Asked]:
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
        if "q" not in columns:
            raise InputError(f"{name}: no column q", "the first line names the columns: q, and id and market if wanted")
        reader.fieldnames = columns
        found = []
        for row in reader:
            cells = {key: value.strip() for key, value in row.items() if isinstance(value, str) and value.strip()}
            if not cells:
                continue
            identity = cells.get("id") or reader.line_num
            if "q" in cells:
                found.append(Asked(identity, cells["q"], market=cells.get("market")))
            else:
                found.append(Asked(identity, wrong=InputError("no question in column q")))
    except csv.Error as error:
        raise InputError(f"{name}: not valid CSV: {error}") from None
    return found


def _from_json(line: str, number: int) -> Asked:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return Asked(number, wrong=InputError(f"line {number}: not valid JSON: {error.msg} (column {error.colno})"))
    except (ValueError, RecursionError):
        return Asked(number, wrong=InputError(f"line {number}: not JSON that can be read"))
    if isinstance(row, str):
        return Asked(number, row)
    if not isinstance(row, dict):
        return Asked(number, wrong=InputError(f"line {number}: not an object", 'for example {"q": "best for redness"}'))
    identity = row.pop("id", None)
    if identity is None:
        identity = number
    elif isinstance(identity, bool) or not isinstance(identity, str | int):
        return Asked(number, wrong=InputError(f"line {number}: id must be text or a whole number"))
    market = row.get("market")
    if market is not None and not isinstance(market, str):
        return Asked(identity, wrong=InputError(f"market must be text, not {market!r:.40}"))
    if "q" not in row:
        return Asked(identity, shape=row, market=market)
    unknown = sorted(set(row) - {"q", "market"})
    if unknown:
        hint = "a question in words has q, and id and market if wanted"
        return Asked(identity, wrong=InputError(f"unknown key {unknown[0]!r:.60} beside q", hint))
    if not isinstance(row["q"], str) or not row["q"].strip():
        return Asked(identity, wrong=InputError("q must be a question in words"))
    return Asked(identity, row["q"], market=market)
