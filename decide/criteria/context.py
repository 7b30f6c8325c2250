"""What an alternative is measured with: the one object that every measure takes."""

from decide.alternatives.alternative import Option
from decide.alternatives.delivery import Delivery
from decide.catalog import Catalog
from decide.evidence.benefit import Benefits
from decide.evidence.certainty import Certainty
from decide.lazily import dataclass
from decide.question.request import Person

NOBODY = Person()


@dataclass(frozen=True)
class Context:
    """One alternative for one concern: the course, how it and its base are given, and what the studies say of it.

    `base` is None for what stands alone. `person` is who would have it (nothing is known of `NOBODY`); `care` says
    whether a source warns this person of it.
    """

    catalog: Catalog
    option: Option
    concern: str
    main: Delivery
    base: Delivery | None
    benefits: Benefits
    certainty: Certainty
    horizon: float
    person: Person = NOBODY
    care: bool = False
