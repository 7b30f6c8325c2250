"""How sure is it that something helps at all: nought to five stars, apart from how much it helps.

Stars grow with the effective number of people studied (discounted for design, blinding and interest), stand no higher
than a cap without a controlled study, and lose one where a third or more of the weight points the other way. A
vendor's claim adds nothing. Mechanistic, preclinical and clinical evidence are counted apart; only the clinical layer
gives stars. The thresholds are the catalogue's. (GRADE, Guyatt et al., J Clin Epidemiol 2011, for why certainty falls.)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Outcome, Study
from decide.evidence.index import Effect, Records, effect_of, records
from decide.evidence.informing import INACTIVE, informing, informing_records, on_benefit, people_of
from decide.evidence.rows import (
    CONTROLLED,
    NO_NODE,
    POOLED,
    Constants,
    arm_size,
    compared_effects,
    constants_of,
    quality,
)


class Witness(NamedTuple):
    """One study's part in the certainty: its people, its discount, and which way it points."""

    study: Study
    n: int
    weight: float
    controlled: bool
    pooled: bool
    direction: str


@dataclass(frozen=True, kw_only=True)
class Working:
    """How stars came about: effective `people` in so many `studies` (None: in the largest pooled result) give `stars`;
    without a controlled study no more than the `cap`; a share `against` of the weight takes one off. Where no clinical
    study was read, `only` is what there is.
    """

    people: float
    studies: int | None
    stars: int
    cap: int | None = None
    against: float | None = None
    only: Literal["", "laboratory", "claims", "nothing"] = ""


class Certainty(NamedTuple):
    """Stars with their working."""

    stars: int
    effective_n: float
    against_share: float
    disagree: bool
    controlled: bool
    witnesses: tuple[Witness, ...]
    layers: dict[str, int]
    working: Working


def certainty(catalog: Catalog, concern: str, effect: Effect) -> Certainty:
    """The stars of one effect for one concern, over all its kinds: whether a thing works at all is mostly shared."""
    constants = constants_of(catalog, concern)
    witnesses: list[Witness] = []
    layers = {"clinical": 0, "preclinical": 0, "mechanistic": 0}
    counted: set[str] = set()
    for found in records(catalog, concern).get(effect, ()):
        for layer in {o.layer for o in found.outcomes} or {"clinical"}:
            layers[layer] += 1
    people = people_of(informing(catalog, concern).studies)
    for found in informing_records(catalog, concern).get(effect, ()):
        clinical = [o for o in found.outcomes if on_benefit(o)]
        if not (clinical or found.arms or found.contrasts) or people[found.study.id] in counted:
            continue
        counted.add(people[found.study.id])
        witness = _witness(catalog, found, effect, clinical, constants)
        if witness is not None:
            witnesses.append(witness)
    return judge(witnesses, layers, rules_of(catalog))


def _witness(
    catalog: Catalog, found: Records, effect: Effect, outcomes: Sequence[Outcome], constants: Constants
) -> Witness | None:
    study = found.study
    # an outcome may come from another kind of record than its study's main figure; the best kind speaks
    kinds = [(o.design or study.design, o.blinded) for o in outcomes] or [(study.design, study.blinded)]
    if study.arm or study.contrast:
        kinds.append((study.design, study.blinded))
    q, design = max((quality(study, constants, design, blinded), design) for design, blinded in kinds)
    sizes = [o.n for o in outcomes if o.n] + [c.n for c in study.contrast if c.n]
    sizes += [arm_size(study, a) or 0 for a in found.arms]
    n = max([*sizes, study.participants or 0]) or round(constants.n_unknown)
    if q == 0:
        return None
    if design in POOLED:
        n = max(1, n // compared_effects(catalog, study))
    arms = {effect_of(catalog, a.procedure, a.base) for a in study.arm}
    compared = len(arms) > 1 or bool(study.contrast) or any(o.comparator not in NO_NODE for o in outcomes)
    return Witness(
        study=study,
        n=n,
        weight=q * n,
        controlled=compared and (design in CONTROLLED or design in POOLED),
        pooled=design in POOLED,
        direction=_direction(found, effect, outcomes),
    )


def _direction(found: Records, effect: Effect, outcomes: Sequence[Outcome]) -> str:
    """Which way a study points on whether the effect helps: for, against or silent.

    Only comparisons with no treatment (or, for an adjunct, with its base alone) bear on that; a draw with another
    active treatment says nothing against either.
    """
    idle = (*INACTIVE, effect.treatment if effect.adjunct else "")
    against_nothing = [o for o in outcomes if o.comparator in idle and o.comparator != "baseline"]
    judged = against_nothing or [o for o in outcomes if o.comparator == "baseline"]
    votes = [o.direction for o in judged]
    votes += [contrast.direction for contrast in found.contrasts if contrast.comparator in idle]
    good = votes.count("better")
    bad = votes.count("worse") + votes.count("no-difference")
    if not good and not bad:
        return "silent"
    return "for" if good >= bad else "against"


class Rules(NamedTuple):
    """The published rules: people needed for each star, and the caps."""

    people: tuple[float, ...]
    cap_uncontrolled: int
    cap_nonclinical: int
    disagreement: float


@derived(most=1)
def rules_of(catalog: Catalog) -> Rules:
    """The rules that stand in the catalogue."""
    return Rules(
        people=tuple(catalog.constant(f"star-{k}-people") for k in range(1, 6)),
        cap_uncontrolled=round(catalog.constant("star-cap-uncontrolled")),
        cap_nonclinical=round(catalog.constant("star-cap-nonclinical")),
        disagreement=catalog.constant("star-disagreement"),
    )


def judge(witnesses: Sequence[Witness], layers: dict[str, int], rules: Rules) -> Certainty:
    """Stars from witnesses, by the rules.

    People are counted once: of pooled results only the largest counts, and it counts only where it holds more people
    than the single trials together.
    """
    single = sum(w.weight for w in witnesses if not w.pooled)
    pooled = max((w.weight for w in witnesses if w.pooled), default=0.0)
    effective = max(single, pooled)
    stars = sum(effective >= people for people in rules.people)
    studies = None if pooled > single else sum(not w.pooled for w in witnesses)
    working = Working(people=effective, studies=studies, stars=stars)
    controlled = any(w.controlled for w in witnesses)
    if not witnesses:
        stars = rules.cap_nonclinical if layers["preclinical"] + layers["mechanistic"] else 0
        working = replace(working, only="laboratory" if stars else "claims" if any(layers.values()) else "nothing")
    elif not controlled and stars > rules.cap_uncontrolled:
        stars = rules.cap_uncontrolled
        working = replace(working, cap=stars)
    spoken = sum(w.weight for w in witnesses if w.direction != "silent")
    contrary = sum(w.weight for w in witnesses if w.direction == "against")
    share = contrary / spoken if spoken else 0.0
    disagree = share >= rules.disagreement
    if stars > 0 and disagree:
        stars -= 1
        working = replace(working, against=share)
    return Certainty(stars, effective, share, disagree, controlled, tuple(witnesses), layers, working)


@derived(most=4096)
def certainty_of(catalog: Catalog, concern: str, effect: Effect) -> Certainty:
    """The certainty of an effect, kept."""
    return certainty(catalog, concern, effect)
