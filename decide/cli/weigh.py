"""Weights by questions: what each step from worst to best is worth to this person."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Annotated, Any, Literal, NamedTuple

import click
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass

from decide.catalog import Catalog
from decide.catalog.files import write_whole
from decide.catalog.models import Criterion, Market
from decide.catalog.profile_file import ENDING, checked, profile_text
from decide.cli.asking import ask, choose, say
from decide.cli.options import FOLDER, MARKET, Flags, takes
from decide.cli.output import write
from decide.errors import InputError

MOST = 100.0
SLACK = 0.1
"""Sides within a tenth of each other count as the same: nobody's points are finer."""
ANSWERS = ("first", "second", "same")


Side = Annotated[tuple[str, ...], BeforeValidator(lambda x: (x,) if isinstance(x, str) else x), Field(min_length=1)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Check:
    """Two sets of steps held against each other, which one was preferred, and whether the points say so too."""

    first: Side
    second: Side
    prefer: Literal["first", "second", "same"]

    def agrees(self, points: Mapping[str, float]) -> bool:
        """Whether the points say what was preferred, give or take a tenth."""
        a, b = (sum(points[name] for name in side) for side in (self.first, self.second))
        gap = (a - b) / max(a, b, 1e-12)
        return {"first": gap > -SLACK, "second": gap < SLACK, "same": abs(gap) <= SLACK}[self.prefer]

    def disagreement(self, points: Mapping[str, float]) -> str:
        """What was preferred, beside what the points say."""
        a, b = (" and ".join(side) for side in (self.first, self.second))
        x, y = (sum(points[name] for name in side) for side in (self.first, self.second))
        said = {"first": f"{a} over {b}", "second": f"{b} over {a}", "same": f"{a} as good as {b}"}[self.prefer]
        return f"You chose {said}, but gave {x:g} points to {a} and {y:g} to {b}."


class _Answers(BaseModel):
    """A file of answers."""

    model_config = ConfigDict(extra="forbid")
    points: Annotated[dict[str, Any], Field(min_length=1)]
    check: tuple[Check, ...] = ()


class _Weights(NamedTuple):
    """Points from 0 to 100 for each step, and the answers that they were held against."""

    points: Mapping[str, float]
    checks: Sequence[Check] = ()

    @property
    def shares(self) -> dict[str, float]:
        """Weights in percent."""
        from decide.mcda.swing_weights import swing_weights

        found = swing_weights(list(self.points.values()))
        return {name: 100 * float(share) for name, share in zip(self.points, found, strict=True)}

    @property
    def consistency(self) -> str:
        """How many of the answers agree with the points."""
        if not self.checks:
            return "Consistency: not checked, for no steps were held against each other."
        agree = sum(check.agrees(self.points) for check in self.checks)
        end = "" if agree == len(self.checks) else " Points and answers pull apart: think again about the steps named."
        return f"Consistency: {agree} of {len(self.checks)} checks agree with the points.{end}"


@click.command()
@click.option("--points", metavar="NAME=N,…", help="Give the points here, such as benefit=100,cost=40; ask nothing.")
@click.option("--answers", metavar="FILE", help="Take the answers from FILE (TOML, see above); ask nothing.")
@click.option("--name", default="Own", show_default=True, help="What the profile is called.")
@takes((MARKET, FOLDER))
@click.option("-o", "--output", "file", metavar="FILE", help="Save the profile to FILE, which must end in .toml.")
def weigh(points: str | None, answers: str | None, name: str, flags: Flags) -> None:
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
    file, catalog = flags.file, flags.catalog
    if file and file != "-":
        _place(Path(file))
    identity = _identity(catalog, name)
    market = known_market(catalog, flags.market)
    if points:
        found = _Weights(_points(catalog, _pairs(points), "--points"))
    else:
        found = _from_file(catalog, answers) if answers else _asked(catalog, market)
    notes = (
        f"Weights found by 'decide weigh' (swing weighting) on {date.today()}. Only their ratios count.",
        f"Points: {', '.join(f'{c} {p:g}' for c, p in found.points.items())}. {found.consistency}",
    )
    weights = {c: round(share, 2) for c, share in found.shares.items()}
    text = profile_text(identity, name, "Points given to each step from worst to best.", weights, notes)
    if file == "-":
        write(text)
        return
    write(_text(catalog, market, found))
    if file is None:
        write(f"\nSave this as a file that ends in .toml, or run it again with -o FILE:\n\n{text}")
    else:
        write_whole(Path(file), [text.encode("utf-8")])
        write(f'\n{file}: written. Use it: decide best "acne scars" --profile {file}')


def _place(path: Path) -> None:
    """Refuse a place that cannot take the file before anything is asked."""
    if path.suffix.lower() != ENDING:
        raise InputError(f"{path}: a profile's file ends in {ENDING}", f"for example -o mine{ENDING}")
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"{path}: no file can be put there", "-o takes a file in a folder that is there")


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
            raise InputError(f"{part!r:.60} is not NAME=NUMBER", "for example benefit=100,cost=40")
        if name in found:
            raise InputError(f"{name} is named twice")
        found[name] = number
    return found


def _number(value: object, what: str = "the points", most: float = 1e6) -> float:
    try:
        found = float(str(value)) if not isinstance(value, bool) else float("nan")
    except ValueError:
        found = float("nan")
    if not 0 <= found <= most:
        raise InputError(f"{what} must be a number from 0 to {most:,.0f}, not {value!r:.40}")
    return found


def _points(catalog: Catalog, given: Mapping[str, Any], place: str) -> dict[str, float]:
    """Points for every criterion, 0 for those that were left out."""
    read = {name: _number(value, f"{place}: the points of {name}") for name, value in given.items()}
    checked(catalog, read, place)
    return {name: read.get(name, 0.0) for name in catalog.criteria}


def _from_file(catalog: Catalog, file: str) -> _Weights:
    from decide.catalog.read import read_toml
    from decide.question.build import refusal

    try:
        found = _Answers.model_validate(read_toml(Path(file)))
    except ValidationError as error:
        said = "answers are a [points] table and [[check]] tables of first, second and prefer"
        raise InputError(f"{file}: {refusal(error).message}", said) from None
    strange = [n for check in found.check for n in (*check.first, *check.second) if n not in catalog.criteria]
    if strange:
        raise InputError(f"{file}: check of {strange[0]!r:.40}", f"criteria are {', '.join(catalog.criteria)}")
    return _Weights(_points(catalog, found.points, file), found.check)


# ---------------------------------------------------------------- answers that are asked for


def _asked(catalog: Catalog, market: Market) -> _Weights:
    criteria = catalog.criteria
    say("Think of a course that is the worst in everything. Each line is one step from worst to best:\n")
    for k, criterion in enumerate(criteria.values(), 1):
        say(f"  {k}. {criterion.name:<11} {swing(criterion, market)}")
    top = choose("\nWhich one step would you take first? Its number", list(criteria), numbered=True)
    say(f"\n{criteria[top].name} has 100 points. What is each of the others worth, from 0 to 100?")
    points = {top: MOST}
    try:
        return _rest(catalog, market, points)
    except click.Abort:
        # what was answered is not lost
        given = ",".join(f"{name}={number:g}" for name, number in points.items())
        say(f"\nYou stopped. These answers again, the others at 0: decide weigh --points {given}")
        raise


def _rest(catalog: Catalog, market: Market, points: dict[str, float]) -> _Weights:
    """The points of all other steps, put in as they are told, and whether the person means them."""
    criteria = catalog.criteria
    for name, known in criteria.items():
        if name not in points:
            points[name] = ask(f"  {known.name} ({swing(known, market)})", lambda text: _number(text, most=MOST))
    points = {name: points[name] for name in criteria}
    checks = []
    pairs = questions(points)
    if pairs:
        say("\nWhich would you rather have?")
    for first, second in pairs:
        a, b = (" and ".join(f"{criteria[n].name.lower()} {swing(criteria[n], market)}" for n in side)
                for side in (first, second))  # fmt: skip
        said = choose(f"  first: {a}\n  second: {b}\n ", ANSWERS, numbered=True)
        checks.append(Check(first, second, said))
    while wrong := [check for check in checks if not check.agrees(points)]:
        for check in wrong:
            say(f"  {check.disagreement(points)}")
        change = partial(_changed, catalog, points)
        changed = ask("  Change points, such as cost=50", change, "Enter to leave them")
        if changed is None:
            break
        points = changed
    say("")
    return _Weights(points, checks)


def _changed(catalog: Catalog, points: Mapping[str, float], text: str) -> dict[str, float]:
    return _points(catalog, {**points, **_pairs(text)}, "points")


def questions(points: Mapping[str, float]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Steps to hold against each other: where points are most telling, the largest against the next two together."""
    order = sorted((n for n in points if points[n] > 0), key=lambda n: -points[n])
    if len(order) < 3:
        return []
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((order[0],), (order[1], order[2]))]
    if len(order) > 3:
        found += [((order[1],), (order[2], order[3])), ((order[0], order[3]), (order[1], order[2]))]
    return found


# ---------------------------------------------------------------- what is shown


def swing(criterion: Criterion, market: Market) -> str:
    """The step from the worst anchor of a criterion to its best, in its own unit."""
    if criterion.swing:
        return criterion.swing
    anchors = criterion.anchors_by_currency.get(market.currency) or criterion.anchors
    if not anchors:
        return f"from worst to best, {criterion.unit}"
    worst, best = min(anchors, key=lambda a: a.value).at, max(anchors, key=lambda a: a.value).at
    if criterion.anchors_by_currency:
        return f"from {market.symbol}{worst:,.0f} to {market.symbol}{best:,.0f}, {criterion.unit}"
    return f"from {worst:,g} to {best:,g} {criterion.unit}"


def _text(catalog: Catalog, market: Market, found: _Weights) -> str:
    from decide.report.tables import table
    from decide.report.terminal import wrap

    points, shares, criteria = found.points, found.shares, catalog.criteria
    rows = [
        [fill(criteria[n].name, 20), fill(swing(criteria[n], market), 56), f"{points[n]:g}", f"{shares[n]:.1f}%"]
        for n in sorted(points, key=lambda n: -points[n])
    ]
    apart = [wrap(check.disagreement(points)) for check in found.checks if not check.agrees(points)]
    listed = table(rows, ["criterion", "step", "points", "weight"], ("left", "left", "right", "right"))
    return "\n\n".join([listed, wrap(found.consistency), *apart])
