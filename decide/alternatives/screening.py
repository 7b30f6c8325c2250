"""A screening: whether one person may have one option, the facts behind that, and what stands on its row."""

from collections.abc import Iterable
from itertools import chain
from typing import Literal

from decide.lazily import dataclass

Verdict = Literal["offered", "ask-first", "not-for-you"]
VERDICTS: tuple[Verdict, ...] = ("offered", "ask-first", "not-for-you")
"""Each is stricter than the one before it."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One reason why an option is not offered, and the fact behind it, where there is one.

    `bar`: a contraindication; `if`: one that holds in a narrower case than was said, or in one that was left open;
    `silent`: no fact lets it through in pregnancy or breast-feeding, or on what bears on broken skin; `if-needed`: a
    source allows it only where needed; `age`: no fact allows it under age; `unread`: something was said of the person
    that could not be read; `studied`: it was studied in the other sex alone. `condition` is an id of the catalogue or,
    where nothing could be read, the words themselves. `sex` is set where the reason holds for that sex alone and none
    was said.
    """

    verdict: Verdict
    kind: Literal["bar", "if", "silent", "if-needed", "age", "unread", "studied"]
    condition: str
    part: str = ""
    source: str = ""
    strength: Literal["", "weak"] = ""
    market: str = ""
    note: str = ""
    sex: Literal["", "male", "female"] = ""


@dataclass(frozen=True, kw_only=True)
class Caution:
    """What this person is to know of an option that does not keep it from them.

    `care`: a source says to take care; `if`: that, or a bar, in a narrower case than was said; `no-fact`: no source
    speaks of what was said; `no-bar`: a source finds that it is no bar; `inferred`: allowed by inference from another
    fact.
    """

    kind: Literal["care", "if", "no-fact", "no-bar", "inferred"]
    value: str
    source: str = ""
    part: str = ""
    concern: str = ""
    market: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Status:
    """How one part of an option is regulated in a market: prescription-only, clinic, off-label, not-approved, …"""

    value: str
    part: str
    source: str = ""
    market: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GravestHarm:
    """The gravest harm that a source names, with the percent of people where one is given.

    `grave`: it lasts or threatens life or sight. Without a `value` no source read names the gravest harm of what is
    swallowed, injected or breaks the skin.
    """

    value: str = ""
    part: str
    source: str = ""
    low: float | None = None
    high: float | None = None
    grave: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Screening:
    """Whether a person may have an option: the verdict, its grounds (the gravest first), and what stands on the row.

    `not_with` are the conditions with which an option on prescription must not be had, by anybody.
    """

    verdict: Verdict = "offered"
    grounds: tuple[Ground, ...] = ()
    cautions: tuple[Caution, ...] = ()
    status: tuple[Status, ...] = ()
    gravest: tuple[GravestHarm, ...] = ()
    not_with: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether it may be ranked and planned with."""
        return self.verdict == "offered"


def joined(screenings: Iterable[Screening]) -> Screening:
    """Several screenings of one option, for one concern each, as one: the strictest verdict, and all that is said."""
    found = list(screenings)
    every = chain.from_iterable
    grounds = sorted(dict.fromkeys(every(s.grounds for s in found)), key=lambda g: -VERDICTS.index(g.verdict))
    return Screening(
        verdict=max((s.verdict for s in found), key=VERDICTS.index, default="offered"),
        grounds=tuple(grounds),
        cautions=tuple(dict.fromkeys(every(s.cautions for s in found))),
        status=tuple(dict.fromkeys(every(s.status for s in found))),
        gravest=tuple(dict.fromkeys(every(s.gravest for s in found))),
        not_with=tuple(dict.fromkeys(every(s.not_with for s in found))),
    )
