"""Weights by questions: what each step from worst to best is worth to this person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from decide.catalog import Catalog, load_catalog
from decide.catalog.files import write_whole
from decide.catalog.models import Criterion, Market
from decide.catalog.profile_file import ENDING, checked, profile_text
from decide.cli.output import write
from decide.errors import InputError

MOST = 100.0
SLACK = 0.1
"""Sides within a tenth of each other count as the same: nobody's points are finer."""
ANSWERS = ("first", "second", "same")

Side = tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Two sets of steps held against each other, which one was preferred, and whether the points say so too."""

    first: Side
    second: Side
    said: str

    def agrees(self, points: Mapping[str, float]) -> bool:
        """Whether the points say what was said, give or take a tenth."""
        a, b = (sum(points[name] for name in side) for side in (self.first, self.second))
        gap = (a - b) / max(a, b, 1e-12)
        return {"first": gap > -SLACK, "second": gap < SLACK, "same": abs(gap) <= SLACK}[self.said]


@click.command()
@click.option("--points", metavar="NAME=N,…", help="Give the points here, such as benefit=100,cost=40; ask nothing.")
@click.option("--answers", metavar="FILE", help="Take the answers from FILE (TOML, see above); ask nothing.")
@click.option("--name", default="Own", show_default=True, help="What the profile is called.")
@click.option("--market", metavar="us|uk|au", help="In whose money costs are shown (default: DECIDE_MARKET, else us).")
@click.option("--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue.")
@click.option("-o", "--output", "file", metavar="FILE", help="Save the profile to FILE, which must end in .toml.")
def weigh(
    points: str | None, answers: str | None, name: str, market: str | None, folder: str | None, file: str | None
) -> None:
    """Find your own weights by a handful of questions, and save them as a profile for --profile FILE.

    It asks by swing weighting: which step from worst to best is worth most to you (100 points), and how many points
    each of the others is worth. The score adds up exactly such steps, a step may be worth nothing, and there is one
    question for each criterion. Best-worst comparisons would take twice as many, and speak of importance without saying
    of how large a step. Three questions at the end hold some steps against others, to see whether the points mean what
    you mean.

    \b
    An answers file:
      [points]
      benefit = 100
      cost = 40
      [[check]]            # optional
      first = ["benefit"]
      second = ["cost", "evidence"]
      prefer = "first"     # or second, or same
    """
    from decide.question.problem import known_market

    if points and answers:
        raise InputError("--points and --answers are two ways to say the same", "give one of them")
    _place(file)
    catalog = load_catalog(folder)
    identity = _identity(catalog, name)
    known = known_market(catalog, market)
    checks: tuple[Check, ...] = ()
    if points:
        given = _points(catalog, _pairs(points), "--points")
    elif answers:
        given, checks = _from_file(catalog, answers)
    else:
        given, checks = _asked(catalog, known)
    from decide.mcda.swing_weights import swing_weights

    shares = dict(zip(given, (100 * float(x) for x in swing_weights(list(given.values()))), strict=True))
    shown = _text(catalog, known, given, shares, checks)
    notes = (
        f"Weights found by 'decide weigh' (swing weighting) on {date.today()}. Only their ratios count.",
        f"Points: {', '.join(f'{c} {p:g}' for c, p in given.items())}. {_consistency(given, checks)}",
    )
    text = profile_text(
        identity, name, "Points given to each step from worst to best.", {c: round(s, 2) for c, s in shares.items()},
        notes,
    )  # fmt: skip
    if file == "-":
        write(text)
    elif file is None:
        write(f"{shown}\n\nSave this as a file that ends in .toml, or run it again with -o FILE:\n\n{text}")
    else:
        write(shown)
        write_whole(Path(file), [text.encode("utf-8")])
        write(f'\n{file}: written. Use it: decide best "acne scars" --profile {file}')


def _place(file: str | None) -> None:
    """Refuse a place that cannot take the file before anything is asked."""
    if file is None or file == "-":
        return
    if not file.lower().endswith(ENDING):
        raise InputError(f"{file}: a profile's file ends in {ENDING}", f"for example -o mine{ENDING}")
    if Path(file).is_dir():
        raise InputError(f"{file}: is a folder", "-o takes a file")
    if not Path(file).parent.is_dir():
        raise InputError(f"{file}: there is no folder {Path(file).parent}")


def _identity(catalog: Catalog, name: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60].strip("-")
    if not found:
        raise InputError(f"--name {name!r:.60} has no letters or figures")
    if found in catalog.profiles:
        raise InputError(f"--name {name!r}: the catalogue has a profile of that name", "choose another")
    return found


# ---------------------------------------------------------------- answers that are given


def _pairs(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, sign, number = (s.strip() for s in part.partition("="))
        if not sign:
            raise InputError(f"--points {part!r:.60} is not NAME=NUMBER", "for example --points benefit=100,cost=40")
        if name in found:
            raise InputError(f"--points names {name} twice")
        found[name] = number
    return found


def _points(catalog: Catalog, given: Mapping[str, Any], place: str) -> dict[str, float]:
    """Points for every criterion, 0 for those that were left out."""
    read = {name: _number(value, f"{place}: the points of {name}") for name, value in given.items()}
    checked(catalog, read, place)
    return {name: read.get(name, 0.0) for name in catalog.criteria}


def _number(value: object, what: str) -> float:
    try:
        found = float(str(value)) if not isinstance(value, bool) else float("nan")
    except ValueError:
        found = float("nan")
    if not 0 <= found <= 1e6:
        raise InputError(f"{what} must be a number of zero or more, not {value!r:.40}")
    return found


def _from_file(catalog: Catalog, file: str) -> tuple[dict[str, float], tuple[Check, ...]]:
    from decide.catalog.read import read_toml

    document = read_toml(Path(file))
    unknown = sorted(set(document) - {"points", "check"})
    if unknown:
        raise InputError(f"{file}: unknown key {unknown[0]!r:.60}", "answers are a [points] table and [[check]] tables")
    points, checks = document.get("points"), document.get("check", [])
    if not isinstance(points, dict) or not points:
        raise InputError(f"{file}: no [points] in it", "a line for each criterion, such as benefit = 100")
    if not isinstance(checks, list):
        raise InputError(f"{file}: check is not a list of [[check]] tables")
    given = _points(catalog, points, file)
    return given, tuple(_check(catalog, row, f"{file}: check {k}") for k, row in enumerate(checks, 1))


def _check(catalog: Catalog, row: object, place: str) -> Check:
    keys = {"first", "second", "prefer"}
    if not isinstance(row, dict) or set(row) != keys:
        raise InputError(f"{place} needs first, second and prefer, and nothing else")
    sides = []
    for key in ("first", "second"):
        names = row[key] if isinstance(row[key], list) else [row[key]]
        if not names or not all(isinstance(n, str) and n in catalog.criteria for n in names):
            raise InputError(f"{place}: {key} must list criteria", f"criteria are {', '.join(catalog.criteria)}")
        sides.append(tuple(names))
    if row["prefer"] not in ANSWERS:
        raise InputError(f"{place}: prefer must be one of {', '.join(ANSWERS)}, not {row['prefer']!r:.40}")
    return Check(sides[0], sides[1], row["prefer"])


# ---------------------------------------------------------------- answers that are asked for


def _asked(catalog: Catalog, market: Market) -> tuple[dict[str, float], tuple[Check, ...]]:
    names = list(catalog.criteria)
    _say("Think of a course that is the worst in everything. Each line is one step from worst to best:\n")
    for k, criterion in enumerate(catalog.criteria.values(), 1):
        _say(f"  {k}. {criterion.name:<11} {swing(criterion, market)}")
    top = names[_ask("\nWhich one step would you take first? Its number", lambda text: _which(text, names))]
    points = {top: MOST}
    _say(f"\n{catalog.criteria[top].name} has 100 points. What is each of the others worth, from 0 to 100?")
    for name in names:
        if name != top:
            points[name] = _ask(f"  {catalog.criteria[name].name} ({swing(catalog.criteria[name], market)})", _upto)
    points = {name: points[name] for name in names}
    checks = []
    pairs = questions(points)
    if pairs:
        _say("\nWhich would you rather have?")
    for first, second in pairs:
        a, b = (" and ".join(catalog.criteria[n].name.lower() for n in side) for side in (first, second))
        said = _ask(f"  first: {a} at its best; second: {b} [first, second, same]", _said)
        checks.append(Check(first, second, said))
    while wrong := [check for check in checks if not check.agrees(points)]:
        for check in wrong:
            _say(f"  {_disagreement(points, check)}")
        change = _ask("  Change points, such as cost=50 (Enter to leave them)", lambda t: _change(catalog, t), "")
        if change is None:
            break
        points.update(change)
        if not any(points.values()):
            points[top] = MOST
    _say("")
    return points, tuple(checks)


def questions(points: Mapping[str, float]) -> list[tuple[Side, Side]]:
    """Steps to hold against each other: where points are most telling, the largest against the next two together."""
    order = sorted((n for n in points if points[n] > 0), key=lambda n: -points[n])
    if len(order) < 3:
        return []
    found: list[tuple[Side, Side]] = [((order[0],), (order[1], order[2]))]
    if len(order) > 3:
        found += [((order[1],), (order[2], order[3])), ((order[0], order[3]), (order[1], order[2]))]
    return found


def _say(text: str) -> None:
    click.echo(text, err=True)


def _ask(question: str, read: Any, default: str | None = None) -> Any:
    def proc(text: str) -> Any:
        try:
            return read(text.strip())
        except InputError as error:
            raise click.UsageError(str(error)) from None

    return click.prompt(question, default=default, show_default=False, value_proc=proc, err=True)


def _which(text: str, names: Sequence[str]) -> int:
    if text.lower() in names:
        return names.index(text.lower())
    if not text.isdecimal() or not 1 <= int(text) <= len(names):
        raise InputError(f"{text!r:.40} is none of them", f"a number from 1 to {len(names)}")
    return int(text) - 1


def _upto(text: str) -> float:
    found = _number(text, "the points")
    if found > MOST:
        raise InputError("the step that you would take first has 100", "from 0 to 100")
    return found


def _said(text: str) -> str:
    found = [a for a in ANSWERS if text and a.startswith(text.lower())]
    if not found and text in ("1", "2"):
        found = [ANSWERS[int(text) - 1]]
    if len(found) != 1:
        raise InputError(f"{text!r:.40} is not an answer", f"one of {', '.join(ANSWERS)}")
    return found[0]


def _change(catalog: Catalog, text: str) -> dict[str, float] | None:
    if not text:
        return None
    found = {name: _number(value, f"the points of {name}") for name, value in _pairs(text).items()}
    for name in found:
        if name not in catalog.criteria:
            raise InputError(f"unknown criterion {name!r:.40}", f"criteria are {', '.join(catalog.criteria)}")
    return found


# ---------------------------------------------------------------- what is shown


def swing(criterion: Criterion, market: Market) -> str:
    """The step from the worst anchor of a criterion to its best, in its own unit."""
    anchors = criterion.anchors_by_currency.get(market.currency) or criterion.anchors
    if not anchors:
        return f"from worst to best, {criterion.unit}"
    worst, best = min(anchors, key=lambda a: a.value).at, max(anchors, key=lambda a: a.value).at
    if criterion.anchors_by_currency:
        return f"from {market.symbol}{worst:,.0f} to {market.symbol}{best:,.0f}, {criterion.unit}"
    return f"from {worst:,g} to {best:,g} {criterion.unit}"


def _text(
    catalog: Catalog,
    market: Market,
    points: Mapping[str, float],
    shares: Mapping[str, float],
    checks: Sequence[Check],
) -> str:
    from textwrap import fill

    from decide.report.tables import table
    from decide.report.terminal import wrap

    rows = [
        [fill(catalog.criteria[n].name, 20), fill(swing(catalog.criteria[n], market), 56), f"{points[n]:g}",
         f"{shares[n]:.1f}%"]
        for n in sorted(points, key=lambda n: -points[n])
    ]  # fmt: skip
    parts = [table(rows, ["criterion", "step", "points", "weight"], ("left", "left", "right", "right"))]
    parts.append(wrap(_consistency(points, checks)))
    parts += [wrap(_disagreement(points, check)) for check in checks if not check.agrees(points)]
    return "\n\n".join(parts)


def _consistency(points: Mapping[str, float], checks: Sequence[Check]) -> str:
    if not checks:
        return "Consistency: not checked, for no steps were held against each other."
    agree = sum(check.agrees(points) for check in checks)
    end = "" if agree == len(checks) else " Points and answers pull apart: think again about the steps named."
    return f"Consistency: {agree} of {len(checks)} checks agree with the points.{end}"


def _disagreement(points: Mapping[str, float], check: Check) -> str:
    a, b = (" and ".join(side) for side in (check.first, check.second))
    x, y = (sum(points[name] for name in side) for side in (check.first, check.second))
    said = {"first": f"{a} over {b}", "second": f"{b} over {a}", "same": f"{a} as good as {b}"}[check.said]
    return f"You chose {said}, but gave {x:g} points to {a} and {y:g} to {b}."
