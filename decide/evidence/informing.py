"""Which records of a concern inform its answers, and who stands behind them.

A record that is only shown, or held against the answer, moves neither a figure nor a star; nor does one of which
something is other than its id says (another dose, device, route, unit or people) and no reason is given why that does
not matter. What is left out is kept with its reason.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple, cast

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.kinds import mixture
from decide.catalog.models import Arm, Contrast, Outcome, Study
from decide.evidence.index import Effect, Records, effect_of, records_of

INACTIVE = ("placebo", "untreated", "baseline")
"""What stands for no treatment."""
Stated = Arm | Contrast | Outcome
"""What a record of a study states."""
Reason = Literal[
    "measure", "cut", "score", "design", "zero ratio", "no size", "overlaps", "counted", "same people", "no people",
    "no p-value", "no figure", "shared", "display", "differs", "one arm", "mixture", "averaged", "no count",
]  # fmt: skip
"""Why a record moves no figure: its measure, its cut, its score or its kind of study cannot be brought to the scale, a
ratio of zero, neither range nor people given; a larger pooled result, its own trials or another record hold its people;
a direction without people or without a p-value; no figure at all; it is only held against the answer or shown; what
was studied differs from what its id says; one arm alone, read as nearly all there is to gain; compared with a mixture
that is no treatment of its own;
held in a mean of its trial; pooled of nobody says how many, of whom as many as its range amounts to are counted.
"""


class Unused(NamedTuple):
    """A record that moves no figure, and why; `by` is the study that holds its people, its cut, or what differs."""

    study: Study
    effect: Effect
    record: Stated
    reason: Reason
    by: str = ""


class Informing(NamedTuple):
    """The studies of a concern with what of them may inform, and what may not."""

    studies: tuple[Study, ...]
    unused: tuple[Unused, ...]


@derived(most=64)
def informing(catalog: Catalog, concern: str) -> Informing:
    """The records of a concern that may move a figure or a star."""
    studies: list[Study] = []
    unused: list[Unused] = []
    for study in catalog.studies(concern):
        reason = _not_at_all(study)
        kept, left = (None, study) if reason else _kept(catalog, study)
        if kept is not None:
            studies.append(kept)
        for effect, record in _named(catalog, left):
            differs = study.differs if reason == "differs" else () if reason else record.differs
            unused.append(Unused(study, effect, record, reason or "differs", ", ".join(differs)))
    return Informing(tuple(studies), tuple(unused))


@derived(most=64)
def informing_records(catalog: Catalog, concern: str) -> dict[Effect, tuple[Records, ...]]:
    """Every effect, with what each study says of it that may inform."""
    return records_of(catalog, informing(catalog, concern).studies)


@derived(most=256)
def of_the_kind(catalog: Catalog, concern: str, kind: str) -> frozenset[str]:
    """The procedures that some record has of a kind, or of the concern as a whole, or that a document names for it."""
    kinds = {"", kind, *mixture(catalog.concerns[concern], kind)}
    named = ((g.kind or "", g.procedure) for g in catalog.guidelines if g.concern == concern and g.line != "avoid")
    parts = ((s, cast("Stated", x)) for s in catalog.studies(concern) for x in (*s.arm, *s.contrast, *s.outcome))
    said = ((getattr(x, "subtype", None) or study.subtype, x.procedure) for study, x in parts)
    return frozenset(of for at, of in (*named, *said) if at in kinds)


def on_benefit(outcome: Outcome) -> bool:
    """Whether an outcome bears on whether a thing works in people."""
    return outcome.layer == "clinical" and outcome.about == "benefit"


def people_of(studies: Iterable[Study]) -> dict[str, str]:
    """For each study the id of the record that stands for its people: records of the same people share it."""
    by_id = {study.id: study for study in studies}
    found: dict[str, str] = {}
    for study in by_id.values():
        root, seen = study, {study.id}
        while root.same_people_as in by_id and root.same_people_as not in seen:
            root = by_id[root.same_people_as]
            seen.add(root.id)
        found[study.id] = root.id
    return found


def _not_at_all(study: Study) -> Reason | None:
    if study.use != "pool":
        return "shared" if study.use == "compare" else "display"
    return "differs" if study.other else None


def _kept(catalog: Catalog, study: Study) -> tuple[Study | None, Study]:
    """A study with what may inform, and with the rest."""
    mine = {effect_of(catalog, a.procedure, a.base) for a in study.arm if not a.other}
    other = {effect_of(catalog, a.procedure, a.base) for a in study.arm if a.other} - mine

    def sound(x: Contrast | Outcome) -> bool:
        pair = (effect_of(catalog, x.procedure, x.base), effect_of(catalog, x.comparator, x.comparator_base))
        return other.isdisjoint(pair) and not x.other

    arms = tuple(a for a in study.arm if not a.other)
    if len(arms) == len(study.arm) and all(map(sound, study.contrast)) and all(map(sound, study.outcome)):
        return study, study.model_copy(update={"arm": (), "contrast": (), "outcome": ()})
    if all(a.procedure in INACTIVE for a in arms):
        # without what it was held against, a dummy's figure speaks of nothing here
        arms = ()
    people = study.participants
    if people is not None and arms and not study.within:
        people = max(1, people * len(arms) // len(study.arm))
    contrasts = tuple(filter(sound, study.contrast))
    outcomes = tuple(filter(sound, study.outcome))
    left = study.model_copy(
        update={
            "arm": tuple(a for a in study.arm if a not in arms),
            "contrast": tuple(c for c in study.contrast if c not in contrasts),
            "outcome": tuple(o for o in study.outcome if o.other),
        }
    )
    if not (arms or contrasts or outcomes):
        return None, left
    kept = {"arm": arms, "contrast": contrasts, "outcome": outcomes, "participants": people}
    return study.model_copy(update=kept), left


def _named(catalog: Catalog, study: Study) -> Iterable[tuple[Effect, Stated]]:
    """What of a study is left out: each effect, and the first that was said of it."""
    seen: set[Effect] = set()
    parts: tuple[Stated, ...] = (*study.arm, *study.contrast, *filter(on_benefit, study.outcome))
    for part in parts:
        effect = effect_of(catalog, part.procedure, part.base)
        if effect not in seen and part.procedure not in INACTIVE:
            seen.add(effect)
            yield effect, part
