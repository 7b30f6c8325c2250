"""Procedures side by side for one concern: every criterion, cost ratio, gain with its range, head-to-head studies."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from decide.alternatives.alternative import LeftOut, foremost, option_id
from decide.alternatives.candidates import effects_for
from decide.answers.named import by_name, named
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranked, Ranking, Unmeasured
from decide.catalog import Catalog
from decide.criteria.benefit import chance_better, draw_shares
from decide.criteria.draws import PAIR
from decide.errors import InputError
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect, effect_of
from decide.lazily import dataclass
from decide.question.names import OptionId, name_of
from decide.question.problem import Problem
from decide.result import Result


@dataclass(frozen=True, kw_only=True)
class Side:
    """One thing compared: the option that stands for it, or why none does."""

    asked: str
    name: str
    row: Ranked | None
    left_out: LeftOut | None
    unmeasured: Unmeasured | None = None
    """Where it may be had and has no figure."""


@dataclass(frozen=True, kw_only=True)
class HeadToHead:
    """A study that compares the two directly: both sides' figures, or one figure or a direction for one side (`of`)."""

    source: str
    design: str
    measure: str = ""
    values: tuple[float, ...] = ()
    direction: str = ""
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two options, by id, against each other: cost ratio, the first's gain over the second with its range, the chance
    that the first helps more, and which of them the verdict is for.
    """

    first: str
    second: str
    cost_ratio: float | None
    gain: float
    gain_low: float
    gain_high: float
    p_better: float
    head_to_head: tuple[HeadToHead, ...]
    verdict: Literal["first", "second", "too close"]


@dataclass(frozen=True, kw_only=True)
class Comparison(Result):
    """The sides, and each pair of those that are options."""

    kind: Literal["comparison"] = "comparison"
    ranking: Ranking
    sides: tuple[Side, ...]
    pairs: tuple[Pair, ...]


def compare(problem: Problem, names: Sequence[str]) -> Comparison:
    """Options, procedures or families side by side; a family is stood for by its best-scoring member.

    Raises
    ------
    InputError : fewer than two different things, an unknown name, no concern.
    """
    catalog = problem.catalog
    problem = by_name(problem, names)
    ranking = rank(problem.about(problem.concern, only=()))
    asked = list(dict.fromkeys(named(catalog, ranking, name) for name in names))
    if len(asked) < 2:
        raise InputError(
            "a comparison needs two different procedures", "decide compare exosomes tretinoin --for wrinkles"
        )
    sides = [_side(catalog, ranking, name) for name in asked]
    rows = [side.row for side in sides if side.row is not None]
    pairs = [
        _pair(catalog, ranking, a, b) for i, a in enumerate(rows) for b in rows[i + 1 :] if a.option.id != b.option.id
    ]
    return Comparison(ranking=ranking, sides=tuple(sides), pairs=tuple(pairs))


def _side(catalog: Catalog, ranking: Ranking, asked: str) -> Side:
    exact = next((r for r in ranking.options if r.option.id == asked), None)
    if exact is not None:
        # an option of the ranking by its own id, which a pairing or a part course has beside its procedure's
        return Side(asked=asked, name=exact.option.name, row=exact, left_out=None)
    pairing = OptionId.parse(asked).base is not None
    members = {str(OptionId.parse(asked).whole)} if pairing else set(catalog.members(OptionId.parse(asked).procedure))
    rows = [r for r in ranking.options if r.option.id in members]
    if rows:
        return Side(asked=asked, name=rows[0].option.name, row=rows[0], left_out=None)
    blind = next((item for item in ranking.unmeasured if item.id in members), None)
    if blind is not None:
        return Side(asked=asked, name=blind.name, row=None, left_out=None, unmeasured=blind)
    out = foremost(item for item in ranking.left_out if item.id in members)
    return Side(asked=asked, name=out.name if out else name_of(catalog, asked), row=None, left_out=out)


def _pair(catalog: Catalog, ranking: Ranking, a: Ranked, b: Ranked) -> Pair:
    found = synthesis_of(catalog, ranking.concern, ranking.subtype or "")
    effects = [a.option.effect, b.option.effect]
    ours, theirs = draw_shares(found, [a.option, b.option], ranking.scale_full, PAIR).T
    gain = (ours - theirs) * ranking.scale_full
    low, high = np.quantile(gain, [0.1, 0.9])
    p = chance_better(ours, theirs)
    close = max(p, 1 - p) < catalog.constant("too-close")
    return Pair(
        first=a.option.id,
        second=b.option.id,
        cost_ratio=a["cost"].typical / b["cost"].typical if b["cost"].typical > 0 else None,
        gain=float(gain.mean()),
        gain_low=float(low),
        gain_high=float(high),
        p_better=p,
        head_to_head=tuple(_head_to_head(catalog, ranking.concern, effects[0], effects[1])),
        verdict="too close" if close else "first" if p >= 0.5 else "second",
    )


def _head_to_head(catalog: Catalog, concern: str, a: Effect, b: Effect) -> list[HeadToHead]:
    found = []
    for study in catalog.studies(concern):
        arms = {effect_of(catalog, arm.procedure, arm.base): arm for arm in study.arm}
        values = tuple(arms[e].value for e in (a, b) if e in arms)
        if len(values) == 2 and None not in values:
            found.append(
                HeadToHead(
                    source=study.source,
                    design=study.design,
                    measure=arms[a].measure,
                    values=tuple(v for v in values if v is not None),
                )
            )
            continue
        for contrast in study.contrast:
            pair = (
                effect_of(catalog, contrast.procedure, contrast.base),
                effect_of(catalog, contrast.comparator, contrast.comparator_base),
            )
            if pair in ((a, b), (b, a)):
                found.append(
                    HeadToHead(
                        source=study.source,
                        design=study.design,
                        measure=contrast.measure,
                        values=(contrast.value,),
                        of=option_id(catalog, pair[0]),
                    )
                )
        for outcome in study.outcome:
            pair = (effect_of(catalog, outcome.procedure, outcome.base), effect_of(catalog, outcome.comparator))
            if pair in ((a, b), (b, a)):
                found.append(
                    HeadToHead(
                        source=study.source,
                        design=outcome.design or study.design,
                        direction=outcome.direction,
                        of=option_id(catalog, pair[0]),
                    )
                )
                break
    return list(dict.fromkeys(found))


def shared_concerns(catalog: Catalog, procedures: Sequence[str]) -> list[str]:
    """Concerns for which every one of these procedures or families has records."""
    found = []
    for concern in catalog.concerns:
        known = {e.adjunct or e.treatment for e in effects_for(catalog, concern)[0]}
        if all(known & set(catalog.members(name)) for name in procedures):
            found.append(concern)
    return found
