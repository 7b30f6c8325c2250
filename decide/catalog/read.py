"""From a TOML file to typed facts, with errors that point at the place.

A file holds tables (`[[price]]`, `[[study]]`, …); a table's name decides its model, whatever the file is called. Two
headers save repeating: a `[market]` gives its id to the prices below it, a top-level `concern = "…"` to the studies.
Reading never stops half-way: it gives back what is sound *and* every problem found.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from decide.catalog import compiled
from decide.catalog import models as m
from decide.catalog.text import bytes_of, decoded
from decide.errors import CatalogError, InputError
from decide.lazily import dataclass

FACTS = "a file of facts"
AT_REST = 2_000_000_000
"""Nanoseconds after which a file counts as at rest: more than a tick of any disk's clock."""


@dataclass(frozen=True)
class Table:
    """One kind of table: its model and what makes two entries the same fact."""

    model: type[BaseModel]
    key: Callable[[Any], tuple[object, ...]]


def _by_id(fact: Any) -> tuple[object, ...]:
    return (fact.id,)


TABLES: Mapping[str, Table] = {
    "catalogue": Table(m.Edition, lambda f: ()),
    "source": Table(m.Source, _by_id),
    "family": Table(m.Family, _by_id),
    "procedure": Table(m.Procedure, _by_id),
    "product": Table(m.Product, _by_id),
    "concern": Table(m.Concern, _by_id),
    "market": Table(m.Market, _by_id),
    "price": Table(m.Price, lambda f: (f.market, f.procedure, f.source, f.unit, f.low, f.high, f.covers)),
    "price_word": Table(m.PriceWord, lambda f: (f.mark,)),
    "exchange": Table(m.Exchange, lambda f: (f.from_, f.to, f.year)),
    "practice": Table(
        m.Practice, lambda f: (f.procedure, f.concern, f.fact, f.value, f.low, f.high, f.market, f.source, f.note)
    ),
    "course": Table(
        m.Course, lambda f: (f.source, f.procedure, f.base, f.concern, f.what, f.low, f.high, f.at_weeks)
    ),
    "harm": Table(
        m.Harm,
        lambda f: (
            f.source, f.procedure, f.base, f.concern, f.event, f.severity, f.rate_low, f.rate_high, f.skin_types, f.n,
            f.note,
        ),
    ),
    "assumption": Table(m.Assumption, lambda f: (f.procedure, f.concern, f.what, f.unit)),
    "cut": Table(m.Cut, lambda f: (f.scale, f.id)),
    "bound": Table(m.Bound, lambda f: (f.table, f.what)),
    "study_word": Table(m.StudyWord, _by_id),
    "window": Table(m.Window, lambda f: (f.scale, f.mechanism)),
    "study": Table(m.Study, lambda f: (f.concern, f.id)),
    "comparison": Table(m.Comparison, lambda f: (f.concern, f.ahead, f.behind, f.source, f.note)),
    "not_covered": Table(m.NotCovered, lambda f: (f.words,)),
    "guideline": Table(m.Guideline, lambda f: (f.concern, f.kind, f.procedure, f.line, f.source)),
    "claim": Table(m.Claim, lambda f: (f.procedure, f.about, f.value, f.source)),
    "framework": Table(m.Framework, _by_id),
    "condition": Table(m.Condition, _by_id),
    "avoid": Table(m.Avoid, _by_id),
    "mention": Table(m.Mention, _by_id),
    "red_flag": Table(m.RedFlag, lambda f: (f.words,)),
    "vague": Table(m.Vague, lambda f: (f.words, f.origins)),
    "kin": Table(m.Kin, lambda f: (f.members,)),
    "say": Table(m.Saying, lambda f: (f.use, f.means, f.words)),
    "foundation": Table(m.Foundation, lambda f: (f.concern, f.kind, f.procedure, f.source)),
    "criterion": Table(m.Criterion, _by_id),
    "profile": Table(m.Profile, _by_id),
    "scale": Table(m.Scale, _by_id),
    "constant": Table(m.Constant, lambda f: (f.name, f.scale, f.concern)),
    "spacing": Table(m.Spacing, lambda f: (f.first, f.second, f.source)),
    "measure": Table(m.Measure, lambda f: (f.scale, f.measure)),
    "downtime_prior": Table(m.DowntimePrior, lambda f: (f.invasiveness,)),
    "risk_prior": Table(m.RiskPrior, lambda f: (f.invasiveness,)),
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Something wrong in the catalogue: where it stands and why."""

    file: str
    table: str
    entry: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        inside = " ".join(part for part in (f"[[{self.table}]]" if self.table else "", self.entry) if part)
        return f"{place}: {inside}: {self.reason}" if inside else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Entry:
    """One sound fact and where it stands."""

    table: str
    fact: Any
    file: Path
    index: int

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What makes this the same fact as another."""
        return (self.table, *TABLES[self.table].key(self.fact))


def read_toml(path: Path) -> dict[str, Any]:
    """The parsed file; a `CatalogError` in one line when it cannot be read."""
    try:
        text = decoded(bytes_of(str(path), FACTS), str(path), FACTS)
    except InputError as error:
        raise CatalogError(error.message, error.hint) from None
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise CatalogError(f"{path}: nested too deeply to be a file of facts") from None
    return found


def read_file(path: Path, shown: str = "") -> tuple[list[Entry], list[Fault]]:
    """Every sound entry of one file, and every problem found in it. `shown` names the file in problems.

    A file that has been at rest is read once: many catalogues may share it.
    """
    shown = shown or str(path)
    try:
        found = os.stat(path)
    except OSError:
        return _read_file(path, shown)
    state = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    # a file that was just written may be written again within one tick of the clock that tells its state
    if time.time_ns() - max(state[:2]) < AT_REST:
        return _read_file(path, shown)
    entries, problems = _at_rest(path, shown, state)
    return [*entries], [*problems]


@lru_cache(maxsize=256)
def _at_rest(path: Path, shown: str, _state: tuple[int, ...]) -> tuple[list[Entry], list[Fault]]:
    return _read_file(path, shown)


def _read_file(path: Path, shown: str) -> tuple[list[Entry], list[Fault]]:
    try:
        document = read_toml(path)
    except CatalogError as error:
        return [], [Fault(shown, "", "", error.message.removeprefix(f"{path}: ") + _hint(error))]
    entries: list[Entry] = []
    problems: list[Fault] = []
    defaults = _headers(document)
    for name, value in document.items():
        if name == "concern" and isinstance(value, str):
            continue
        table = TABLES.get(name)
        if table is None:
            problems.append(Fault(shown, "", "", f"unknown table or key {name!r}"))
            continue
        rows: Iterable[object] = value if isinstance(value, list) else [value]
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                problems.append(Fault(shown, name, "", f"expected a table, found {type(row).__name__}"))
                continue
            try:
                fact = table.model.model_validate({**defaults.get(name, {}), **row})
            except ValidationError as error:
                problems.extend(_explain(error, shown, name, row, path, index))
                continue
            entries.append(Entry(name, fact, path, index))
    return entries, problems


class Tables:
    """The sound entries of a file by table, each table's made when they are asked for."""

    def __init__(self, path: Path, facts: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self._path, self._facts = path, facts
        self._made: dict[str, list[Entry]] = {}

    def __getitem__(self, table: str) -> list[Entry]:
        if table not in self._made:
            (facts,) = self._facts.get(table, ((),))
            self._made[table] = [Entry(table, fact, self._path, index) for index, fact in enumerate(facts)]
        return self._made[table]

    def __iter__(self) -> Iterator[Entry]:
        return (entry for table in self._facts for entry in self[table])


def by_table(entries: Iterable[Entry]) -> dict[str, list[Any]]:
    """The facts of entries, by table."""
    facts: dict[str, list[Any]] = {}
    for entry in entries:
        facts.setdefault(entry.table, []).append(entry.fact)
    return facts


def tables_of(path: Path, shown: str = "") -> tuple[Tables, list[Fault]]:
    """The same as `read_file`, by table; from what was kept of the file once it had been found sound."""
    try:
        text = bytes_of(str(path), FACTS)
    except InputError:
        text = b""
    if (known := compiled.found(path, text)) is not None:
        return Tables(path, known), []
    entries, problems = read_file(path, shown)
    facts = by_table(entries)
    if not problems and text:
        compiled.keep(text, facts)
    return Tables(path, {table: [listed] for table, listed in facts.items()}), problems


def _hint(error: CatalogError) -> str:
    return f" ({error.hint})" if error.hint else ""


def _headers(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    defaults: dict[str, dict[str, Any]] = {}
    market = document.get("market")
    if isinstance(market, dict) and "id" in market:
        defaults["price"] = {"market": market["id"], "currency": market.get("currency")}
    if isinstance(document.get("concern"), str):
        defaults["study"] = {"concern": document["concern"]}
    return defaults


def _explain(
    error: ValidationError, shown: str, table: str, row: Mapping[str, Any], path: Path, index: int
) -> list[Fault]:
    line = line_of(path, table, index)
    problems = []
    for item in error.errors(include_url=False):
        place = ".".join(str(part) for part in item["loc"])
        reason = _reason(item)
        problems.append(Fault(shown, table, describe(row), f"{place}: {reason}" if place else reason, line))
    return problems


def _reason(item: Any) -> str:
    given = item.get("input")
    shown = f", found {given!r:.60}" if isinstance(given, str | int | float | bool) else ""
    match item["type"]:
        case "missing":
            return "missing"
        case "extra_forbidden":
            return "unknown key"
        case "value_error":
            return str(item["ctx"]["error"])
        case _:
            return str(item["msg"])[:200].lower() + shown


def describe(row: Mapping[str, Any]) -> str:
    """A few words by which a person finds the entry: its id, or what it is about."""
    if "id" in row:
        return str(row["id"])
    parts = [row.get(key) for key in ("procedure", "concern", "fact", "what", "event", "about", "unit", "source")]
    return " / ".join(str(part) for part in parts if part)[:120]


def begins(path: Path) -> dict[str, list[int]]:
    """The lines on which the `[[table]]` (or `[table]`) of a file stand, by table; none where it cannot be read."""
    found: dict[str, list[int]] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return found
    for n, line in enumerate(map(str.strip, lines), 1):
        if line.startswith("[") and line.endswith("]"):
            found.setdefault(line.strip("[]"), []).append(n)
    return found


def line_of(path: Path, table: str, index: int, begins: Callable[[Path], dict[str, list[int]]] = begins) -> int | None:
    """The line on which the (index + 1)th `[[table]]` (or `[table]`) of a file stands."""
    lines = begins(path).get(table, [])
    return lines[index] if index < len(lines) else None
