"""Kinds of a concern as a model of gains takes them: groups that lend, shares, and what a name stands for."""

from typing import NamedTuple

from decide.catalog.models import Concern


class Kinds(NamedTuple):
    """The kinds of a concern that no other kind is made of.

    groups : the group of each kind; kinds of one group lend to each other, across groups nothing is lent.
    shares : the part of people with the concern, or of a study that does not say, who have this kind; sums to 1.
    lends : what share of a gain's variance the kinds of a group have in common, from 0 to 1.
    """

    groups: dict[str, str]
    shares: dict[str, float]
    lends: float

    @property
    def apart(self) -> bool:
        """Whether there are kinds that lend nothing to each other."""
        return len(set(self.groups.values())) > 1


def kinds_of(concern: Concern) -> Kinds:
    """Groups, shares and lending of a concern's kinds; empty where it has none.

    Without groups all are one; without shares all are equally common; what is not said to lend lends nothing.
    """
    kinds = [kind for kind in concern.subtype if not kind.whole]
    return Kinds(
        groups={kind.id: kind.group or concern.id for kind in kinds},
        shares={kind.id: 1 / len(kinds) if kind.share is None else kind.share for kind in kinds},
        lends=concern.lends,
    )


def meant(concern: Concern, kind: str) -> str:
    """The kind that is meant: the one that is named, else, where kinds stand apart, the one most asked about."""
    return kind or (concern.default_kind or "" if kinds_of(concern).apart else "")


def mixture(concern: Concern, kind: str) -> dict[str, float]:
    """The kinds that a name stands for, with shares that sum to 1.

    A kind stands for itself, the whole of a group for all kinds of the group, "" for all kinds of the concern.
    """
    groups, shares, _ = kinds_of(concern)
    if kind in groups:
        return {kind: 1.0}
    group = next((known.group or concern.id for known in concern.subtype if known.id == kind), None)
    meant = {name: share for name, share in shares.items() if kind == "" or groups[name] == group}
    return {name: share / sum(meant.values()) for name, share in meant.items()}
