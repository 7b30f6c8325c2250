"""From the studies about one concern to the rows of a network.

Every arm becomes a mean on the concern's scale with its sampling variance, every comparison a difference; a record
that says only which way it went becomes a difference from its p-value, so that the null results that are published
without figures still count. Records of the same people are one trial of the network: arms or differences, never both.
What could not be used is kept with its reason.

Long because every form of record has its rule here, and the rules are read against each other.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from statistics import NormalDist, median
from typing import Literal, NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.kinds import kinds_of, mixture
from decide.catalog.models import Arm, Contrast, Cut, Outcome, Study
from decide.catalog.models.studies import MOST_PERCENT
from decide.evidence.index import Effect, effect_of
from decide.evidence.informing import INACTIVE, Reason, Stated, Unused, informing, on_benefit, people_of
from decide.synthesis import rows as network
from decide.synthesis.shares import Share, share_on_scale

NORMAL = NormalDist()
LOGISTIC_SD = math.sqrt(3) / math.pi
"""A log odds ratio over this many standard deviations of the logistic distribution (Chinn, Stat Med 2000)."""

LEAST_P = 0.001
"""A p-value given as a bound says no more than its bound; none is read as stronger than this."""

NO_NODE = ("baseline", "other")
"""Comparators that are no treatment of their own: before the treatment, or a mixture."""

WEEKS_A_MONTH = 52 / 12

PRIMARY = ("rct", "split-body-rct", "non-randomised", "case-series")
CONTROLLED = ("rct", "split-body-rct", "non-randomised")
POOLED = ("meta-analysis", "systematic-review")

Kind = Literal["arm", "contrast", "pooled", "direction"]


class Used(NamedTuple):
    """One row of the network and the record behind it."""

    row: network.Row
    kind: Kind
    study: Study
    effect: Effect
    against: Effect | None
    n: int | None
    bias: float
    record: Stated
    cut: str = ""
    """Of an arm of responders: from where on, in the catalogue's words."""
    part: float = 1.0
    """The part of its people who are of the group of kinds that the row tells of."""

    @property
    def trial(self) -> str:
        """The trial of the network that it is part of."""
        return str(self.row.study)


class Rows(NamedTuple):
    """The rows of a concern's network, what holds of each of its trials, and the records that give no row."""

    used: tuple[Used, ...]
    trials: Mapping[str, network.Study]
    unused: tuple[Unused, ...]


class Constants(NamedTuple):
    """The constants that bring a concern's records to its scale; every one stands in the catalogue with its reason."""

    sigma: float
    pair_correlation: float
    n_unknown: float
    bias: dict[str, float]
    one_arm_most: float
    bound_doubt: float
    sigma_log_sd: float
    window: float
    gain_sd: float
    how: dict[str, str]
    unit: str
    full: float


@derived(most=64)
def constants_of(catalog: Catalog, concern: str) -> Constants:
    """The constants of one concern."""

    def constant(name: str) -> float:
        return catalog.constant(name, concern)

    scale = catalog.concerns[concern].scale
    marks = (*PRIMARY, *POOLED, "open", "blinding-unknown", "interest")
    return Constants(
        sigma=constant("sigma"),
        pair_correlation=constant("pair-correlation"),
        n_unknown=constant("n-unknown"),
        bias={mark: constant(f"bias-{mark}") for mark in marks},
        one_arm_most=constant("one-arm-most"),
        bound_doubt=constant("bound-doubt"),
        sigma_log_sd=constant("sigma-log-sd"),
        window=constant("window-share") * constant("sigma"),
        gain_sd=constant("gain-sd"),
        how={m.measure: m.how for m in catalog.measures if m.scale == scale},
        unit=scale,
        full=catalog.scales[scale].full,
    )


def bias(study: Study, constants: Constants, design: str | None = None, blinded: bool | None = None) -> float | None:
    """What a study's design, blinding and interest may add to its differences: a standard deviation on the scale. None
    for what measures nobody (advice, the laboratory, a claim).
    """
    of = constants.bias
    if (by_design := of.get(design or study.design)) is None:
        return None
    blinding = blinded if blinded is not None else study.blinded
    by_blinding = of["blinding-unknown"] if blinding is None else 0.0 if blinding else of["open"]
    by_interest = of["interest"] if study.interest else 0.0
    return constants.sigma * math.hypot(by_design, by_blinding or 0.0, by_interest or 0.0)


def given(catalog: Catalog, concern: str, effect: Effect) -> tuple[str, ...]:
    """An effect as the network names it: its parts. What is had with anything (a foundation) is no base."""
    base = effect.treatment
    if effect.adjunct is None:
        return (base,)
    return (effect.adjunct,) if base in foundations(catalog, concern) else (base, effect.adjunct)


@derived(most=64)
def foundations(catalog: Catalog, concern: str) -> frozenset[str]:
    """The procedures that are had with anything in a concern."""
    return frozenset(f.procedure for f in catalog.foundations(concern) if f.kind is None and f.procedure)


def rows_for(
    catalog: Catalog, concern: str, *, directions: bool = True, pooled: bool = True, overlaps: bool = True
) -> Rows:
    """The rows of a concern's network, and the records that give none.

    `directions`, `pooled` and `overlaps` switch off direction-only records, pooled contrasts and the counting of people
    once, to show what they do.
    """
    constants = constants_of(catalog, concern)
    every, left_out = informing(catalog, concern)
    people = people_of(every) if overlaps else {study.id: study.id for study in every}
    kinds = {study.id: study.subtype for study in every}
    trials: dict[str, list[Study]] = {}
    for study in every:
        # people seen for two kinds have two levels, and what nothing does to one says nothing of the other
        root = people[study.id]
        name = root if study.subtype == kinds[root] else f"{root} ({study.subtype or 'all kinds'})"
        trials.setdefault(name, []).append(study)
    used: list[Used] = []
    unused: list[Unused] = list(left_out)
    for name, studies in trials.items():
        found, left = _trial(catalog, name, studies, constants, directions=directions)
        used.extend(found)
        unused.extend(left)
    if pooled:
        _pooled_rows(catalog, every, constants, used, unused, overlaps=overlaps)
    used = _for_each_group(catalog, concern, used)
    by_trial: dict[str, list[Used]] = {}
    for item in used:
        by_trial.setdefault(item.trial, []).append(item)
    marks = {
        name: network.Study(
            bias=max(item.bias for item in items),
            window=math.hypot(
                constants.window if any(_past_its_life(catalog, concern, item) for item in items) else 0.0,
                math.sqrt(2) * constants.gain_sd * (1 - min(item.part for item in items)),
            ),
            paired=constants.pair_correlation if all(item.study.within for item in items) else 0.0,
        )
        for name, items in by_trial.items()
    }
    return Rows(tuple(used), marks, tuple(unused))


def _trial(
    catalog: Catalog, name: str, studies: Sequence[Study], constants: Constants, *, directions: bool
) -> tuple[list[Used], list[Unused]]:
    """What one trial's records say: its arms where they hold two different effects, else its comparisons, else the arm
    that stands alone.
    """
    arms, unused = _arm_rows(catalog, name, studies, constants)
    compared: list[Used] = []
    for study in studies:
        for found in _differences(catalog, name, study, constants, directions=directions):
            if isinstance(found, Used):
                compared.append(found)
            else:
                unused.append(found)
    figures, averaged = _averaged([item for item in compared if item.kind == "contrast"])
    told = {frozenset((item.effect, item.against)) for item in figures}
    bare = [
        item for item in compared if item.kind == "direction" and frozenset((item.effect, item.against)) not in told
    ]
    directed, more = _averaged(bare)
    unused += [Unused(i.study, i.effect, i.record, "averaged", i.study.id) for i in (*averaged, *more)]
    compared, looping = _without_loops([*figures, *directed])
    several = len({item.effect for item in arms}) > 1
    kept, left = (arms, compared) if several or not compared else (compared, arms)
    for item in (*left, *looping):
        unused.append(Unused(item.study, item.effect, item.record, "same people", (kept or compared)[0].study.id))
    return kept, unused


def _against(catalog: Catalog, effect: Effect, outcome: Outcome) -> Effect:
    """What an outcome is held against."""
    if effect.adjunct and outcome.comparator in INACTIVE:
        # who is given a dummy in place of an add-on still has what it is added to
        return Effect(effect.treatment)
    return effect_of(catalog, outcome.comparator, outcome.comparator_base)


def _without_loops(found: Sequence[Used]) -> tuple[list[Used], list[Used]]:
    """Comparisons but for those that close a loop: the others say what they say. Those with figures stay first."""
    part: dict[object, object] = {}
    kept: list[Used] = []
    looping: list[Used] = []
    for item in sorted(found, key=lambda one: (one.kind == "direction", *map(str, _pair(one)))):
        effect, against, product, kinds = _pair(item)
        ends = [(effect, product, kinds), (against, None, kinds)]
        a, b = (part.setdefault(end, end) for end in ends)
        if a == b:
            looping.append(item)
            continue
        part = {end: a if root == b else root for end, root in part.items()}
        kept.append(item)
    return kept, looping


def _pair(item: Used) -> tuple[Effect, Effect | None, str | None, tuple[tuple[str, float], ...]]:
    """What a comparison is of: both sides, the product of the first, and the kinds of its people."""
    return item.effect, item.against, item.row.product, tuple(sorted((item.row.kinds or {}).items()))


def _averaged(found: Sequence[Used]) -> tuple[list[Used], list[Used]]:
    """Comparisons, those of one pair in one trial as their mean; and what is held in a mean.

    Devices of one name against one arm have that arm in common, half of each variance; outcomes without a figure are
    of the same people, and are no surer together.
    """
    pairs: dict[object, list[Used]] = {}
    for item in found:
        pairs.setdefault(_pair(item), []).append(item)
    kept: list[Used] = []
    held: list[Used] = []
    for mine in pairs.values():
        first, *others = sorted(mine, key=lambda one: (one.row.mean, str(one.record)))
        k = len(mine) if first.kind == "contrast" else 1
        mean = sum(one.row.mean for one in mine) / len(mine)
        variance = sum(one.row.variance for one in mine) / len(mine) * (1 + 1 / k) / 2
        kept.append(first._replace(row=first.row._replace(mean=mean, variance=variance)) if others else first)
        held += others
    return kept, held


# ------------------------------------------------------------------ arms


def _arm_rows(
    catalog: Catalog, name: str, studies: Sequence[Study], constants: Constants
) -> tuple[list[Used], list[Unused]]:
    """The arms of one trial, one figure each: what is on the scale before a share, and of several shares the one whose
    pooled share over the record's arms is nearest one half.
    """
    used: dict[tuple[object, ...], list[tuple[bool, float, Used]]] = {}
    unused: list[Unused] = []
    arms = [(study, arm, effect_of(catalog, arm.procedure, arm.base)) for study in studies for arm in study.arm]
    alone = len({effect for _, _, effect in arms}) < 2
    for study, arm, effect in arms:
        how = constants.how.get(arm.measure, "not-used")
        cut = catalog.cut(constants.unit, arm.cut) if arm.cut else None
        # without its control an arm of the best trial says no more than a series
        off = bias(study, constants, "case-series" if alone and study.design in CONTROLLED else None)
        reason = _unscaled(arm, how, cut) if off is not None else "design"
        if off is None or reason is not None:
            by = arm.cut or "" if reason == "cut" else ""
            unused.append(Unused(study, effect, arm, reason or "design", by))
            continue
        n = arm_size(study, arm)
        size = n if n is not None else constants.n_unknown
        mean, variance = arm_on_scale(arm, how, size, constants.sigma, cut)
        if alone and how == "responders" and mean >= constants.one_arm_most * constants.full:
            unused.append(Unused(study, effect, arm, "one arm"))
            continue
        row = network.ArmRow(
            study=name,
            treatment=given(catalog, study.concern, effect),
            mean=mean,
            variance=variance,
            kinds=_people(catalog, study, study.subtype),
            product=arm.product,
            cut=cut.id if cut else None,
            unit=constants.unit,
            # were σ another, a share would tell of another distance from its cut
            stretch=constants.sigma_log_sd * (mean - cut.threshold) if cut else 0.0,
        )
        item = Used(row, "arm", study, effect, None, n, off, arm, cut.says if cut else arm.cut or "")
        share = _off_half(study, arm.cut) if how == "responders" else 0.0
        # arms of one record are different people; of two records of one trial they may be the same ones twice
        used.setdefault((effect, arm.product, study.subtype), []).append((how == "responders", share, item))
    kept: list[Used] = []
    for found in used.values():
        best = min(found, key=lambda one: (*one[:2], one[2].study.id))[2]
        mine = [item for _, _, item in found if item.study.id == best.study.id]
        kept += mine
        unused += [
            Unused(item.study, item.effect, item.record, "same people", best.study.id)
            for _, _, item in found
            if item.study.id != best.study.id
        ]
    return kept, unused


def _off_half(study: Study, cut: str | None) -> float:
    """How far the share of a record's people past a cut is from one half, over all its arms: one cut for all of them,
    so that what it errs by cancels.
    """
    arms = [arm for arm in study.arm if arm.cut == cut]
    sizes = [arm_size(study, arm) or 1 for arm in arms]
    pooled = sum(n * (arm.value or 0.0) for n, arm in zip(sizes, arms, strict=True)) / sum(sizes)
    return abs(pooled - MOST_PERCENT / 2)


def _unscaled(arm: Arm, how: str, cut: Cut | None) -> Reason | None:
    """Why an arm's figure cannot be brought to the scale; None where it can."""
    if how == "responders" and cut is None:
        return "cut"
    if how == "score" and arm.way is None:
        return "score"
    return "measure" if how == "not-used" else None


def arm_size(study: Study, arm: Arm) -> int | None:
    """People in an arm: as stated, else the study's people shared out; None when nobody says.

    The people of a controlled study of which one arm was read are those of all its arms, so they say nothing of one.
    """
    if arm.n is not None or study.participants is None:
        return arm.n
    if study.within:
        return study.participants
    unread = len(study.arm) < 2 and study.design in CONTROLLED
    return None if unread else max(1, study.participants // max(1, len(study.arm)))


def arm_on_scale(arm: Arm, how: str, n: float, sigma: float, cut: Cut | None = None) -> tuple[float, float]:
    """An arm's mean and sampling variance on the concern's scale.

    `as-is`: the value, with its own standard deviation or `sigma`. `score`: points as percent of the way to the best
    end. `responders`: a share at or above a cut, by `decide.synthesis.share_on_scale`.
    """
    value = arm.value or 0.0
    if how != "responders":
        way = arm.way if how == "score" and arm.way is not None else 1.0
        return value * way, (arm.sd * way if arm.sd else sigma) ** 2 / n
    at, of = (cut.threshold, cut.id) if cut else (0.0, "")
    return share_on_scale(Share(value / MOST_PERCENT, n, at, of), sigma)[:2]


# ------------------------------------------------------------------ contrasts


def _is_pooled(study: Study, contrast: Contrast) -> bool:
    return (contrast.studies or 1) > 1 or (contrast.design or study.design) in POOLED


def _differences(
    catalog: Catalog, name: str, study: Study, constants: Constants, *, directions: bool
) -> Iterable[Used | Unused]:
    """The comparisons of one record that are its own."""
    for contrast in study.contrast:
        if not _is_pooled(study, contrast):
            yield _contrast_row(catalog, name, study, contrast, constants)
    if directions:
        yield from _direction_rows(catalog, name, study, constants)


def _contrast_row(catalog: Catalog, name: str, study: Study, contrast: Contrast, constants: Constants) -> Used | Unused:
    effect = effect_of(catalog, contrast.procedure, contrast.base)
    against = effect_of(catalog, contrast.comparator, contrast.comparator_base)
    how = constants.how.get(contrast.measure, "not-used")
    off = bias(study, constants, contrast.design)
    if off is None:
        return Unused(study, effect, contrast, "design")
    if how == "not-used":
        return Unused(study, effect, contrast, "measure")
    if contrast.comparator == "other":
        return Unused(study, effect, contrast, "mixture")
    factor = {"as-is": 1.0, "standardised": constants.sigma, "odds-ratio": constants.sigma * LOGISTIC_SD}[how]
    ends = [contrast.low, contrast.value, contrast.high]
    if how == "odds-ratio":
        if any(end is not None and end <= 0 for end in ends):
            return Unused(study, effect, contrast, "zero ratio")
        ends = [None if end is None else math.log(end) for end in ends]
    low, value, high = ends
    assert value is not None
    n = contrast.n if contrast.n is not None else study.participants
    if n is not None and _is_pooled(study, contrast):
        n = max(1, n // compared_effects(catalog, study))
    elif n is not None:
        n = two_arms_of(n, study)
    if low is not None and high is not None and high > low:
        se = (high - low) / (2 * NORMAL.inv_cdf(0.975)) * factor
    elif n is not None:
        se = difference_se(study, contrast.design, n, constants)
    else:
        return Unused(study, effect, contrast, "no size")
    row = network.ContrastRow(
        study=name,
        treatment=given(catalog, study.concern, effect),
        comparator=given(catalog, study.concern, against),
        mean=value * factor,
        variance=se**2,
        studies=contrast.studies or 1,
        kinds=_people(catalog, study, contrast.subtype),
        product=contrast.product,
        unit=constants.unit,
    )
    size = n if n is not None else round(4 * (constants.sigma / se) ** 2)
    kind: Kind = "pooled" if _is_pooled(study, contrast) else "contrast"
    return Used(row, kind, study, effect, against, size, off, contrast)


def compared_effects(catalog: Catalog, study: Study) -> int:
    """How many treatments a record reports on: a review's people are shared out among them."""
    reported = [(a.procedure, a.base) for a in study.arm] + [(c.procedure, c.base) for c in study.contrast]
    reported += [(o.procedure, o.base) for o in study.outcome]
    return max(1, len({effect_of(catalog, p, b) for p, b in reported if p not in INACTIVE}))


def two_arms_of(n: int, study: Study) -> int:
    """People in two arms of a trial whose people are shared out over more."""
    return n if study.within or len(study.arm) <= 2 else max(2, round(n * 2 / len(study.arm)))


def _people(catalog: Catalog, study: Study, own: str | None) -> dict[str, float] | None:
    """The kinds of a record's people with their shares: those of the concern, where it does not say; None for a concern
    without kinds.
    """
    return mixture(catalog.concerns[study.concern], study.subtype if own is None else own) or None


def _for_each_group(catalog: Catalog, concern: str, used: Sequence[Used]) -> list[Used]:
    """Rows of people of several groups of kinds, once for each group: what a mixed trial says of one group it says with
    the doubt of how far the others depart from it. No answer is of two groups at once, so nothing counts twice.
    """
    groups = kinds_of(catalog.concerns[concern]).groups
    found: list[Used] = []
    for item in used:
        parts: dict[str, float] = {}
        for kind, share in (item.row.kinds or {}).items():
            parts[groups[kind]] = parts.get(groups[kind], 0.0) + share
        if len(parts) < 2:
            found.append(item)
            continue
        for group, part in parts.items():
            kinds = {kind: share / part for kind, share in item.row.kinds.items() if groups[kind] == group}
            row = item.row._replace(study=f"{item.trial} (as {group})", kinds=kinds)
            found.append(item._replace(row=row, part=part))
    return found


def _past_its_life(catalog: Catalog, concern: str, item: Used) -> bool:
    """Whether a result was read when what was given is usually used up: it tells of how long it lasts."""
    weeks = item.study.follow_up_weeks
    lives = [life_weeks(catalog, concern, e.main) for e in (item.effect, item.against) if e is not None]
    return weeks is not None and any(life is not None and weeks >= life for life in lives)


@derived(most=1024)
def life_weeks(catalog: Catalog, concern: str, procedure: str) -> float | None:
    """How many weeks what is given in visits usually lasts for a concern: the median of what facts about it, else about
    no concern, say, an open end being no end. None where nothing says, and for what is used at home.
    """
    known = catalog.procedures.get(procedure)
    if known is None or known.setting == "home":
        return None
    facts = catalog.practice(procedure, "durability-months")
    mine = [f for f in facts if f.concern == concern] or [f for f in facts if f.concern is None]
    middles = [
        math.inf if fact.high is None else (fact.high + (fact.high if fact.low is None else fact.low)) / 2
        for fact in mine
    ]
    return float(median(middles)) * WEEKS_A_MONTH if middles else None


def difference_se(study: Study, design: str | None, n: float, constants: Constants) -> float:
    """The standard error that the difference of two arms has when n people took part in all."""
    if study.paired or (design or study.design) == "split-body-rct":
        return constants.sigma * math.sqrt(2 * (1 - constants.pair_correlation) / n)
    return constants.sigma * math.sqrt(4 / n)


def _pooled_rows(
    catalog: Catalog,
    studies: Sequence[Study],
    constants: Constants,
    used: list[Used],
    unused: list[Unused],
    *,
    overlaps: bool,
) -> None:
    """Pooled results, for the people whom no trial in the network already counts; one pooled result a comparison."""
    found: dict[tuple[Effect, Effect], list[Used]] = {}
    own = {item.trial for item in used}
    for study in studies:
        # the trials that a record pools are other people than its own arms
        name = f"{study.id} (pooled)" if study.id in own else study.id
        for contrast in study.contrast:
            if not _is_pooled(study, contrast):
                continue
            row = _contrast_row(catalog, name, study, contrast, constants)
            if isinstance(row, Unused):
                unused.append(row)
            elif row.against is not None:
                found.setdefault((row.effect, row.against), []).append(row)
    if not overlaps:
        _add_pooled([row for rows in found.values() for row in rows], used, unused)
        return
    counted = _people_compared(used)
    kept: list[Used] = []
    for (effect, against), rows in found.items():
        rows.sort(key=lambda r: -(r.n or 0))
        best, *others = rows
        unused.extend(Unused(r.study, effect, r.record, "overlaps", best.study.id) for r in others)
        seen = counted.get((effect, against), 0.0) + counted.get((against, effect), 0.0)
        left = 1 - seen / best.n if best.n else 0.0
        if left < 0.05:
            stated = best.record.n or best.study.participants
            unused.append(Unused(best.study, effect, best.record, "counted" if stated else "no count"))
            continue
        kept.append(best._replace(row=best.row._replace(variance=best.row.variance / left)))
    _add_pooled(kept, used, unused)


def _add_pooled(rows: Sequence[Used], used: list[Used], unused: list[Unused]) -> None:
    by_record: dict[str, list[Used]] = {}
    for row in rows:
        by_record.setdefault(row.trial, []).append(row)
    for mine in by_record.values():
        kept, looping = _without_loops(mine)
        used.extend(kept)
        unused.extend(Unused(r.study, r.effect, r.record, "same people", r.study.id) for r in looping)


def _people_compared(used: Sequence[Used]) -> dict[tuple[Effect, Effect], float]:
    people: dict[tuple[Effect, Effect], float] = {}
    by_study: dict[str, list[Used]] = {}
    for item in used:
        if item.kind == "arm":
            by_study.setdefault(item.study.id, []).append(item)
        elif item.against is not None:
            key = (item.effect, item.against)
            people[key] = people.get(key, 0.0) + (item.n or 0)
    for arms in by_study.values():
        for a in arms:
            for b in arms:
                if a.effect != b.effect:
                    n = max(a.n or 0, b.n or 0) if a.study.within else (a.n or 0) + (b.n or 0)
                    people[a.effect, b.effect] = people.get((a.effect, b.effect), 0.0) + n / 2
    return people


# ------------------------------------------------------------------ direction only


def _direction_rows(catalog: Catalog, name: str, study: Study, constants: Constants) -> Iterable[Used | Unused]:
    """Differences that a record gives as a direction."""
    for outcome in study.outcome:
        effect = effect_of(catalog, outcome.procedure, outcome.base)
        if outcome.comparator in NO_NODE or outcome.direction == "unclear" or not on_benefit(outcome):
            continue
        against = _against(catalog, effect, outcome)
        design = outcome.design or study.design
        if effect == against or design not in PRIMARY:
            # what a review found without a figure cannot be freed of the trials already counted
            continue
        yield _direction_row(catalog, name, study, outcome, effect, against, design, constants)


def _direction_row(
    catalog: Catalog,
    name: str,
    study: Study,
    outcome: Outcome,
    effect: Effect,
    against: Effect,
    design: str,
    constants: Constants,
) -> Used | Unused:
    n = outcome.n if outcome.n is not None else study.participants
    if n is not None:
        n = two_arms_of(n, study)
    off = bias(study, constants, design, outcome.blinded)
    if n is None or off is None:
        return Unused(study, effect, outcome, "no people")
    se = difference_se(study, design, n, constants)
    if outcome.direction == "no-difference":
        # any difference that chance could have made would have been called none
        mean, open_ = 0.0, NORMAL.inv_cdf(0.975) * se / math.sqrt(3)
    else:
        z = z_of(outcome)
        if z is None:
            return Unused(study, effect, outcome, "no p-value")
        mean = math.copysign(z * se, 1 if outcome.direction == "better" else -1)
        # a bound says "at least": how much more is open
        open_ = constants.bound_doubt * z * se if is_bound(outcome) else 0.0
    row = network.ContrastRow(
        study=name,
        treatment=given(catalog, study.concern, effect),
        comparator=given(catalog, study.concern, against),
        mean=mean,
        variance=se**2 + open_**2,
        kinds=_people(catalog, study, outcome.subtype),
        unit=constants.unit,
    )
    return Used(row, "direction", study, effect, against, n, off, outcome)


def is_bound(outcome: Outcome) -> bool:
    """Whether a p-value is told as what it is below, or is so small that it is read as one that is."""
    return (outcome.p_value or "").strip().startswith("<") or (outcome.chance is not None and outcome.chance <= LEAST_P)


def z_of(outcome: Outcome) -> float | None:
    """Standard errors from zero that a two-sided p-value says; a bound is read as its bound, None as nothing."""
    said = (outcome.p_value or "").strip()
    if outcome.chance is None or said.startswith(">") or re.search(r"within|each|baseline|not sig", said):
        return None
    return NORMAL.inv_cdf(1 - max(outcome.chance, LEAST_P) / 2)
