"""Which records speak of which effect: one pass over a concern's studies, kept with the catalogue."""

from collections.abc import Iterable
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Arm, Contrast, Outcome, Study


class Effect(NamedTuple):
    """What was given: a procedure, or a procedure (`adjunct`) on top of another (`treatment`); as one `product` of what
    it is named for, where that is told.
    """

    treatment: str
    adjunct: str | None = None
    product: str | None = None

    def __str__(self) -> str:
        return f"{self.adjunct} on {self.treatment}" if self.adjunct else self.treatment

    @property
    def main(self) -> str:
        """The procedure it is named for: the adjunct where there is one."""
        return self.adjunct or self.treatment

    @property
    def plain(self) -> "Effect":
        """The same whatever the product."""
        return self if self.product is None else self._replace(product=None)


def effect_of(catalog: Catalog, procedure: str, base: str | None = None) -> Effect:
    """The effect that a procedure (on a base) stands for; a combination is its adjunct on its base."""
    if base and base != procedure:
        return Effect(base, procedure)
    known = catalog.procedures.get(procedure)
    if known is not None and known.adjunct_to:
        return Effect(known.adjunct_to[0], procedure)
    return Effect(procedure)


class Records(NamedTuple):
    """What one study says of one effect."""

    study: Study
    arms: tuple[Arm, ...]
    contrasts: tuple[Contrast, ...]
    outcomes: tuple[Outcome, ...]


@derived(most=64)
def records(catalog: Catalog, concern: str) -> dict[Effect, tuple[Records, ...]]:
    """Every effect that a concern's studies mention, with each study's arms, contrasts and outcomes on it."""
    return records_of(catalog, catalog.studies(concern))


def records_of(catalog: Catalog, studies: Iterable[Study]) -> dict[Effect, tuple[Records, ...]]:
    """Every effect that these studies mention, with each one's arms, contrasts and outcomes on it."""
    found: dict[Effect, dict[str, tuple[Study, list[Arm], list[Contrast], list[Outcome]]]] = {}

    def place(study: Study, procedure: str, base: str | None) -> tuple[Study, list[Arm], list[Contrast], list[Outcome]]:
        effect = effect_of(catalog, procedure, base)
        return found.setdefault(effect, {}).setdefault(study.id, (study, [], [], []))

    for study in studies:
        for arm in study.arm:
            place(study, arm.procedure, arm.base)[1].append(arm)
        for contrast in study.contrast:
            place(study, contrast.procedure, contrast.base)[2].append(contrast)
        for outcome in study.outcome:
            place(study, outcome.procedure, outcome.base)[3].append(outcome)
    return {
        effect: tuple(Records(study, tuple(a), tuple(c), tuple(o)) for study, a, c, o in by_study.values())
        for effect, by_study in found.items()
    }
