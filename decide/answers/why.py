"""Why: the whole chain behind one procedure's place for one concern, from each figure down to its facts."""

import math
from dataclasses import field
from typing import Annotated, Literal

from pydantic import computed_field

from decide.alternatives.alternative import LeftOut, option_id, option_name
from decide.alternatives.candidates import effects_for
from decide.alternatives.cell import Cell, Ref
from decide.alternatives.delivery import delivery_of
from decide.alternatives.quotes import QuoteUse
from decide.answers.added import AddOn, add_on_of
from decide.answers.base import Facts, Units, units_of
from decide.answers.claims import Said, said_of
from decide.answers.named import by_name, named
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranked, Ranking
from decide.answers.robustness.result import Fragility
from decide.answers.robustness.sureness import first_rests_on
from decide.catalog import Catalog
from decide.catalog.models import AsData
from decide.criteria.benefit import benefit_cell
from decide.errors import InputError
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.certainty import LEAST_SHOWN, Working, certainty_of
from decide.evidence.index import Effect
from decide.evidence.informing import Reason, Stated, informing_records, on_benefit
from decide.evidence.rows import Used
from decide.lazily import dataclass
from decide.question.names import OptionId, name_of
from decide.question.problem import Problem
from decide.question.request import Request
from decide.result import Result
from decide.synthesis.influence import Shares


@dataclass(frozen=True, kw_only=True)
class StudyLine:
    """One record behind a gain: what was studied, in whom, what came out, which part of the pull it has (`weight`).

    `of` is the effect that the record is of, where that is another than what is asked about. `implied` is the gain that
    the record alone tells: over what the other side is expected to gain, or, of a `level` (nobody went without in its
    study), over what nothing is expected to do. `bias` is what its design may add, `apart` the chance that its study
    stands apart from the rest.
    """

    study: str
    source: str
    design: str
    blinded: bool | None
    n: int | None
    subtype: str = ""
    record: Annotated[Stated, AsData]
    cut: str = ""
    kind: str
    of: str = ""
    against: str = ""
    weight: float
    implied: float
    implied_sd: float
    level: bool
    bias: float
    apart: float
    interest: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Rests:
    """What a gain rests on, as shares of its pull that add up to 1: comparisons, levels of studies in which nobody went
    without, the prior, and the level that is taken as given. `series` says that no comparison stands behind it.
    """

    comparisons: float
    levels: float
    prior: float
    assumed: float
    series: bool

    @property
    def assumption(self) -> float:
        """How much of it is assumption."""
        return self.prior + self.assumed


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A comparison that can be told directly and through others: both, and how likely they differ so by chance.

    Where it is not `testable` there are no figures.
    """

    first: str
    second: str
    testable: bool
    direct: float | None
    indirect: float | None
    p: float | None


@dataclass(frozen=True, kw_only=True)
class Unpooled:
    """A record that moves no figure, and why; `by` names the study that holds its people, `direction` which way a
    record without a figure points.
    """

    study: str
    source: str
    design: str
    reason: Reason
    by: str = ""
    direction: str = ""


@dataclass(frozen=True, kw_only=True)
class Why(Result):
    """The chain behind one option: money, sessions, studies, certainty, harms, and who says what.

    `fragility` is told of the first place: what it rests on.
    """

    kind: Literal["why"] = "why"
    request: Request
    id: str
    name: str
    concern: str
    concern_name: str
    subtype: str | None
    kind_assumed: bool
    market: str
    market_name: str
    currency: str
    symbol: str
    scale: str
    horizon_months: float
    weights: dict[str, float]
    row: Ranked | None
    of: int
    left_out: LeftOut | None
    gain: Cell
    nothing_done: Cell
    left_alone: Cell | None
    rests: Rests
    new_trial: tuple[float, float]
    conflicts: tuple[Conflict, ...]
    fragility: Fragility | None
    stars: int
    stars_working: Working
    disagree: bool
    layers: dict[str, int]
    afterwards: tuple[Ref, ...]
    sessions: tuple[Ref, ...]
    studies: tuple[StudyLine, ...]
    unpooled: tuple[Unpooled, ...]
    claims: tuple[Said, ...]
    add_on: AddOn | None = None
    quotes: tuple[QuoteUse, ...] = ()
    catalog: Facts = field(repr=False, compare=False)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def units(self) -> Units:
        """What its figures are in."""
        return units_of(self.catalog, self.currency, self.concern)


def why(problem: Problem, asked: str) -> list[Why]:
    """The chain of an option, of a procedure, or of each member of a family that the concern's studies know.

    `asked` is an option's id, printed name or place in the ranking, or the name of a procedure or family.

    Raises
    ------
    InputError : an unknown name, no concern, or nothing known of it for the concern.
    """
    catalog = problem.catalog
    problem = by_name(problem, [asked])
    ranking = rank(problem.about(problem.concern, only=()), leaders=False)
    identity = named(catalog, ranking, asked)
    option = OptionId.parse(identity).whole
    effects = effects_for(catalog, ranking.concern)[0]
    known = [e for e in effects if option_id(catalog, e) == str(option)]
    if known:
        return [_chain(catalog, effect, ranking, identity) for effect in known]
    if option.base is None:
        members = set(catalog.members(option.procedure))
        known = [e for e in effects if option_id(catalog, e) in members] or [e for e in effects if e.main in members]
    if not known:
        name = name_of(catalog, str(option))
        raise InputError(f"no study of {name} for {ranking.concern_name.lower()} is known here")
    return [_chain(catalog, effect, ranking) for effect in known]


def _chain(catalog: Catalog, effect: Effect, ranking: Ranking, asked: str = "") -> Why:
    concern, subtype = ranking.concern, ranking.subtype or ""
    found = synthesis_of(catalog, concern, subtype)
    identity = option_id(catalog, effect)
    rows = {r.option.id: r for r in ranking.rows}
    row = rows.get(asked) or rows.get(identity)
    # what is told of is what is priced: one product of it, where prices are of that alone
    effect = row.option.given if row else effect
    certain = certainty_of(catalog, concern, subtype, effect)
    studies = []
    shares = found.shares(effect)
    levels = {name for name, share in shares.level.items() if share > 0}
    apart = found.outliers
    for item, weight in found.pull(effect):
        note = next(
            (a.note for a in item.study.arm if a.procedure in (effect.adjunct, effect.treatment) and a.note), ""
        )
        studies.append(
            StudyLine(
                study=item.study.id,
                source=item.study.source,
                design=item.study.design,
                blinded=item.study.blinded,
                n=item.n,
                subtype=item.study.subtype,
                record=item.record,
                cut=item.cut,
                kind=item.kind,
                of="" if item.effect == effect.plain else str(item.effect),
                against=str(item.against) if item.against else "",
                weight=weight,
                implied=_implied(found, item, effect),
                implied_sd=math.sqrt(item.row.variance),
                level=item.against is None and item.trial in levels,
                bias=item.bias,
                apart=apart.get(item.trial, 0.0),
                interest=item.study.interest,
                note=note,
            )
        )  # fmt: skip
    pooled = {s.study for s in studies}
    unpooled = [
        Unpooled(study=u.study.id, source=u.study.source, design=u.study.design, reason=u.reason, by=u.by)
        for u in found.unused
        if u.effect == effect.plain
    ]
    told = {*pooled, *(u.study for u in unpooled)}
    unpooled += [
        Unpooled(
            study=record.study.id,
            source=record.study.source,
            design=record.study.design,
            reason="no figure",
            direction=next((o.direction for o in record.outcomes if on_benefit(o)), ""),
        )
        for record in informing_records(catalog, concern).get(effect.plain, ())
        if record.study.id not in told
    ]
    main = catalog.procedures[effect.adjunct or effect.treatment]
    given = delivery_of(catalog, effect, concern, subtype)[0]
    sessions = given.sessions
    return Why(
        request=ranking.request,
        id=identity,
        name=option_name(catalog, effect, concern),
        concern=concern,
        concern_name=ranking.concern_name,
        subtype=ranking.subtype,
        kind_assumed=ranking.kind_assumed,
        market=ranking.market,
        market_name=ranking.market_name,
        currency=ranking.currency,
        symbol=ranking.symbol,
        scale=ranking.scale,
        horizon_months=ranking.horizon_months,
        weights=ranking.weights,
        row=row,
        of=len(ranking.rows),
        left_out=next((item for item in ranking.left_out if item.id == identity), None),
        gain=benefit_cell(catalog, found, effect),
        nothing_done=ranking.nothing_done,
        left_alone=ranking.left_alone,
        rests=_rests(shares),
        new_trial=found.gain(effect, predicted=True).interval(catalog.constant("interval")),
        conflicts=_conflicts(found, effect),
        fragility=first_rests_on(catalog, ranking) if row is not None and row is ranking.best else None,
        stars=certain.stars,
        stars_working=certain.working,
        disagree=certain.disagree,
        layers=dict(certain.layers),
        sessions=sessions.refs if sessions else (),
        afterwards=given.afterwards,
        studies=tuple(studies),
        unpooled=tuple(unpooled),
        claims=said_of(catalog, main),
        add_on=add_on_of(catalog, found, effect, ranking, row),
        quotes=ranking.quotes,
        catalog=catalog.facts,
    )


def _implied(found: Benefits, item: Used, effect: Effect) -> float:
    """The gain that a record alone tells: a difference upon what the other side gains; an arm over its study's other
    arms, each less its own gain; the arm of a study in which nobody went without, over what nothing does.
    """
    if item.against is not None:
        if item.effect == effect.plain:
            return found.gain(item.against).mean + item.row.mean
        return found.gain(item.effect).mean - item.row.mean
    others = [one for one in found.used if one.trial == item.trial and one.effect != effect.plain]
    compared = [one for one in others if found.shares(effect).within.get(item.trial, 0.0) > 0]
    if not compared:
        return item.row.mean - found.nothing().mean
    over = [one.row.mean - found.gain(one.effect).mean for one in compared]
    return item.row.mean - sum(over) / len(over)


def _rests(shares: Shares) -> Rests:
    return Rests(
        comparisons=sum(shares.within.values()),
        levels=sum(shares.level.values()),
        prior=shares.prior,
        assumed=shares.assumed,
        series=sum(shares.within.values()) < LEAST_SHOWN,
    )


def _conflicts(found: Benefits, effect: Effect) -> tuple[Conflict, ...]:
    return tuple(
        Conflict(
            first=test.first, second=test.second, testable=True, direct=test.direct, indirect=test.indirect, p=test.p
        )
        if test.testable
        else Conflict(first=test.first, second=test.second, testable=False, direct=None, indirect=None, p=None)
        for test in found.tests(effect)
    )
