"""From the studies about one concern to the rows of a network.

Every arm becomes a mean on the concern's scale with its sampling variance, every comparison a difference; a record
that says only which way it went becomes a weak difference, so that the null results that are published without
figures still count. People are counted once. What could not be used is kept with its reason.

Long because every form of record has its rule here, and the rules are read against each other.
"""

import math
import re
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import Literal, NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Arm, Contrast, Cut, Outcome, Study
from decide.evidence.former_network import ArmRow, ContrastRow
from decide.evidence.index import Effect, effect_of
from decide.evidence.informing import INACTIVE, Reason, Stated, Unused, informing, on_benefit, people_of

NORMAL = NormalDist()
LOGISTIC_SD = math.sqrt(3) / math.pi
"""A log odds ratio over this many standard deviations of the logistic distribution (Chinn, Stat Med 2000)."""

Z_MAX = NORMAL.inv_cdf(1 - 0.001 / 2)
"""A p-value given as a bound says no more than its bound; none is read as stronger than this."""

NO_NODE = ("baseline", "other")
"""Comparators that are no treatment of their own: before the treatment, or a mixture."""

PRIMARY = ("rct", "split-body-rct", "non-randomised", "case-series")
CONTROLLED = ("rct", "split-body-rct", "non-randomised")
POOLED = ("meta-analysis", "systematic-review")

Kind = Literal["arm", "contrast", "pooled", "direction"]


class Used(NamedTuple):
    """One row of the network and the record behind it."""

    row: ArmRow | ContrastRow
    kind: Kind
    study: Study
    effect: Effect
    against: Effect | None
    n: int | None
    quality: float
    record: Stated
    cut: str = ""
    """Of an arm of responders: from where on, in the catalogue's words."""


class Constants(NamedTuple):
    """The constants that bring a concern's records to its scale; every one stands in the catalogue with its reason."""

    sigma: float
    pair_correlation: float
    n_unknown: float
    q: dict[str, float]
    q_unblinded: float
    q_blinding_unknown: float
    q_interested: float
    one_arm_most: float
    how: dict[str, str]
    unit: str
    full: float


@derived(most=64)
def constants_of(catalog: Catalog, concern: str) -> Constants:
    """The constants of one concern."""

    def constant(name: str) -> float:
        return catalog.constant(name, concern)

    scale = catalog.concerns[concern].scale
    designs = (*PRIMARY, *POOLED, "guideline", "laboratory", "expert-opinion", "vendor-claim")
    return Constants(
        sigma=constant("sigma"),
        pair_correlation=constant("pair-correlation"),
        n_unknown=constant("n-unknown"),
        q={design: constant(f"q-{design}") for design in designs},
        q_unblinded=constant("q-unblinded"),
        q_blinding_unknown=constant("q-blinding-unknown"),
        q_interested=constant("q-interested"),
        one_arm_most=constant("one-arm-most"),
        how={m.measure: m.how for m in catalog.measures if m.scale == scale},
        unit=scale,
        full=catalog.scales[scale].full,
    )


def quality(study: Study, constants: Constants, design: str | None = None, blinded: bool | None = None) -> float:
    """The share of a perfectly made study's weight that this one gets: by design, blinding and interest."""
    q = constants.q[design or study.design]
    blinding = blinded if blinded is not None else study.blinded
    if blinding is None:
        q *= constants.q_blinding_unknown
    elif not blinding:
        q *= constants.q_unblinded
    return q * (constants.q_interested if study.interest else 1.0)


def count_people_once(studies: Iterable[Study]) -> list[tuple[Study, float]]:
    """Studies with the share of a whole study that each counts for: records of the same people share one study's."""
    table = list(studies)
    people = people_of(table)
    groups: dict[str, list[Study]] = {}
    for study in table:
        groups.setdefault(people[study.id], []).append(study)
    shares: dict[str, float] = {}
    for group in groups.values():
        with_arms = sum(bool(s.arm) for s in group)
        for study in group:
            shares[study.id] = 1 / with_arms if study.arm else 1.0
    return [(study, shares[study.id]) for study in table]


def rows_for(
    catalog: Catalog, concern: str, *, directions: bool = True, pooled: bool = True, overlaps: bool = True
) -> tuple[list[Used], list[Unused]]:
    """The rows of a concern's network, and the records that give none.

    `directions`, `pooled` and `overlaps` switch off direction-only records, pooled contrasts and the counting of people
    once, to show what they do.
    """
    constants = constants_of(catalog, concern)
    every, left_out = informing(catalog, concern)
    shares = count_people_once(every) if overlaps else [(study, 1.0) for study in every]
    people = people_of(every) if overlaps else {study.id: study.id for study in every}
    studies = [study for study, _ in shares]
    used: list[Used] = []
    unused: list[Unused] = list(left_out)
    for study, share in shares:
        found, left = _arm_rows(catalog, study, constants, share)
        used.extend(found)
        unused.extend(left)
    for study in studies:
        for contrast in study.contrast:
            if not _is_pooled(study, contrast):
                row = _contrast_row(catalog, study, contrast, constants)
                others = [item for item in used if people[item.study.id] == people[study.id] and item.study != study]
                if isinstance(row, Used) and row.against is not None and _measured(others, row.effect, row.against):
                    row = Unused(study, row.effect, contrast, "same people", others[0].study.id)
                _keep(row, used, unused)
    if directions:
        for study in studies:
            same = [item for item in used if people[item.study.id] == people[study.id]]
            for found_row in _direction_rows(catalog, study, constants, same):
                _keep(found_row, used, unused)
    if pooled:
        _pooled_rows(catalog, studies, constants, used, unused, overlaps=overlaps)
    return _share_comparators(used), unused


def _keep(found: Used | Unused, used: list[Used], unused: list[Unused]) -> None:
    if isinstance(found, Used):
        used.append(found)
    else:
        unused.append(found)


# ------------------------------------------------------------------ arms


def _arm_rows(catalog: Catalog, study: Study, constants: Constants, share: float) -> tuple[list[Used], list[Unused]]:
    used: list[Used] = []
    unused: list[Unused] = []
    effects = {effect_of(catalog, arm.procedure, arm.base) for arm in study.arm}
    uncontrolled = len(effects) < 2
    # without its control an arm of the best trial says no more than a series
    q = quality(study, constants, "case-series" if uncontrolled and study.design in CONTROLLED else None) * share
    for arm in study.arm:
        effect = effect_of(catalog, arm.procedure, arm.base)
        how = constants.how.get(arm.measure, "not-used")
        cut = catalog.cut(constants.unit, arm.cut) if arm.cut else None
        reason = _unscaled(arm, how, cut) if q else "design"
        if reason is not None:
            unused.append(Unused(study, effect, arm, reason, arm.cut or "" if reason == "cut" else ""))
            continue
        n = arm_size(study, arm)
        size = n if n is not None else constants.n_unknown
        mean, variance = arm_on_scale(arm, how, size, constants.sigma, cut.threshold if cut else 0.0)
        if uncontrolled and how == "responders" and mean >= constants.one_arm_most * constants.full:
            unused.append(Unused(study, effect, arm, "one arm"))
            continue
        variance /= q
        shared = constants.pair_correlation * variance if study.within and not uncontrolled else 0.0
        row = ArmRow(
            study=study.id,
            treatment=effect.treatment,
            adjunct=effect.adjunct,
            finer=study.subtype or None,
            # a wide cut passed by nearly everyone would read as more than all there is to gain
            mean=min(mean, constants.full),
            variance=variance - shared,
            shared=shared,
            uncontrolled=uncontrolled,
            unit=constants.unit,
        )
        used.append(Used(row, "arm", study, effect, None, n, q, arm, cut.says if cut else arm.cut or ""))
    return used, unused


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


def arm_on_scale(arm: Arm, how: str, n: float, sigma: float, threshold: float = 0.0) -> tuple[float, float]:
    """An arm's mean and sampling variance on the concern's scale.

    `as-is`: the value, with its own standard deviation or `sigma`. `score`: points as percent of the way to the best
    end. `responders`: a share r at or above threshold t gives t + σ Φ⁻¹(r), r kept off 0 and 1 by half a person,
    variance by the delta method.
    """
    value = arm.value or 0.0
    if how != "responders":
        way = arm.way if how == "score" and arm.way is not None else 1.0
        return value * way, (arm.sd * way if arm.sd else sigma) ** 2 / n
    share = min(max(value / 100, 0.5 / n), 1 - 0.5 / n)
    z = NORMAL.inv_cdf(share)
    return threshold + sigma * z, sigma**2 * share * (1 - share) / (n * NORMAL.pdf(z) ** 2)


# ------------------------------------------------------------------ contrasts


def _is_pooled(study: Study, contrast: Contrast) -> bool:
    return (contrast.studies or 1) > 1 or (contrast.design or study.design) in POOLED


def _contrast_row(catalog: Catalog, study: Study, contrast: Contrast, constants: Constants) -> Used | Unused:
    effect = effect_of(catalog, contrast.procedure, contrast.base)
    against = effect_of(catalog, contrast.comparator, contrast.comparator_base)
    how = constants.how.get(contrast.measure, "not-used")
    q = quality(study, constants, contrast.design)
    if how == "not-used" or q == 0:
        return Unused(study, effect, contrast, "measure" if q else "design")
    factor = {"as-is": 1.0, "standardised": constants.sigma, "odds-ratio": constants.sigma * LOGISTIC_SD}[how]
    ends = (contrast.low, contrast.value, contrast.high)
    if how == "odds-ratio":
        if any(end is not None and end <= 0 for end in ends):
            return Unused(study, effect, contrast, "zero ratio")
        ends = tuple(None if end is None else math.log(end) for end in ends)  # type: ignore[assignment]
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
    row = ContrastRow(
        study=study.id,
        treatment=effect.treatment,
        adjunct=effect.adjunct,
        comparator=against.treatment,
        comparator_adjunct=against.adjunct,
        finer=_subtype(study, contrast.subtype) or None,
        mean=value * factor,
        variance=se**2 / q,
        studies=contrast.studies or 1,
        unit=constants.unit,
    )
    size = n if n is not None else round(4 * (constants.sigma / se) ** 2)
    kind: Kind = "pooled" if _is_pooled(study, contrast) else "contrast"
    return Used(row, kind, study, effect, against, size, q, contrast)


def compared_effects(catalog: Catalog, study: Study) -> int:
    """How many treatments a record reports on: a review's people are shared out among them."""
    reported = [(a.procedure, a.base) for a in study.arm] + [(c.procedure, c.base) for c in study.contrast]
    reported += [(o.procedure, o.base) for o in study.outcome]
    return max(1, len({effect_of(catalog, p, b) for p, b in reported if p not in INACTIVE}))


def two_arms_of(n: int, study: Study) -> int:
    """People in two arms of a trial whose people are shared out over more."""
    return n if study.within or len(study.arm) <= 2 else max(2, round(n * 2 / len(study.arm)))


def _share_comparators(used: list[Used]) -> list[Used]:
    """Comparisons of one study with one comparator have that arm's half of the variance in common."""
    groups: dict[tuple[str, Effect | None], list[int]] = {}
    for i, item in enumerate(used):
        if isinstance(item.row, ContrastRow):
            groups.setdefault((item.row.study, item.against), []).append(i)
    found = list(used)
    for members in groups.values():
        if len(members) > 1:
            shared = min(used[i].row.variance for i in members) / 2
            for i in members:
                row = used[i].row
                found[i] = used[i]._replace(row=row._replace(variance=row.variance - shared, shared=shared))
    return found


def _subtype(study: Study, own: str | None) -> str:
    return study.subtype if own is None else own


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
    for study in studies:
        for contrast in study.contrast:
            if not _is_pooled(study, contrast):
                continue
            row = _contrast_row(catalog, study, contrast, constants)
            if isinstance(row, Unused):
                unused.append(row)
            elif row.against is not None:
                found.setdefault((row.effect, row.against), []).append(row)
    if not overlaps:
        used.extend(row for rows in found.values() for row in rows)
        return
    counted = _people_compared(used)
    for (effect, against), rows in found.items():
        rows.sort(key=lambda r: -(r.n or 0))
        best, *others = rows
        unused.extend(Unused(r.study, effect, r.record, "overlaps", best.study.id) for r in others)
        seen = counted.get((effect, against), 0.0) + counted.get((against, effect), 0.0)
        left = 1 - seen / best.n if best.n else 0.0
        if left < 0.05:
            unused.append(Unused(best.study, effect, best.record, "counted"))
            continue
        used.append(best._replace(row=best.row._replace(variance=best.row.variance / left)))


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


def _direction_rows(
    catalog: Catalog, study: Study, constants: Constants, used: Sequence[Used]
) -> Iterable[Used | Unused]:
    """Differences that a record gives only as a direction, where no row of the same people (`used`) measures either
    side; one per comparison of a study.
    """
    arms = {item.effect: item.study.id for item in used if item.kind == "arm"}
    done: set[tuple[Effect, Effect]] = set()
    for outcome in study.outcome:
        effect = effect_of(catalog, outcome.procedure, outcome.base)
        if outcome.comparator in NO_NODE or outcome.direction == "unclear" or not on_benefit(outcome):
            continue
        against = effect_of(catalog, outcome.comparator, outcome.comparator_base)
        if effect.adjunct and outcome.comparator in INACTIVE:
            # who is given a dummy in place of an add-on still has what it is added to
            against = Effect(effect.treatment)
        pair = (effect, against)
        if _measured(used, effect, against) or pair in done or (against, effect) in done or effect == against:
            continue
        design = outcome.design or study.design
        if design not in PRIMARY:
            # what a review found without a figure cannot be freed of the trials already counted
            continue
        done.add(pair)
        if seen := arms.get(effect) or arms.get(against):
            yield Unused(study, effect, outcome, "same people", seen)
            continue
        yield _direction_row(study, outcome, effect, against, design, constants)


def _measured(used: Sequence[Used], effect: Effect, against: Effect) -> bool:
    """Whether rows measure two effects, each by an arm or one against the other."""
    arms = {item.effect for item in used if item.kind == "arm"}
    pairs = {(item.effect, item.against) for item in used}
    return {effect, against} <= arms or (effect, against) in pairs or (against, effect) in pairs


def _direction_row(
    study: Study, outcome: Outcome, effect: Effect, against: Effect, design: str, constants: Constants
) -> Used | Unused:
    n = outcome.n if outcome.n is not None else study.participants
    if n is not None:
        n = two_arms_of(n, study)
    q = quality(study, constants, design, outcome.blinded)
    if n is None or q == 0:
        return Unused(study, effect, outcome, "no people")
    se = difference_se(study, design, n, constants)
    if outcome.direction == "no-difference":
        mean = 0.0
    else:
        z = z_of_p(outcome.p_value)
        if z is None:
            return Unused(study, effect, outcome, "no p-value")
        mean = math.copysign(z * se, 1 if outcome.direction == "better" else -1)
    row = ContrastRow(
        study=study.id,
        treatment=effect.treatment,
        adjunct=effect.adjunct,
        comparator=against.treatment,
        comparator_adjunct=against.adjunct,
        finer=_subtype(study, outcome.subtype) or None,
        mean=mean,
        variance=se**2 / q,
        unit=constants.unit,
    )
    return Used(row, "direction", study, effect, against, n, q, outcome)


def z_of_p(p_value: str | None) -> float | None:
    """Standard errors from zero that a two-sided p-value says; a bound is read as its bound, None as nothing."""
    if not p_value or re.search(r"within|not sig", p_value):
        return None
    found = re.search(r"(?<![\d.])(?:0?\.\d+|[01](?:\.\d+)?(?:e-?\d+)?)", p_value.lower().replace("x 10", "e"))
    if not found or p_value.strip().startswith(">"):
        return None
    p = float(found.group())
    if not 0 < p <= 1:
        return Z_MAX if p == 0 else None
    return min(NORMAL.inv_cdf(1 - p / 2), Z_MAX)
