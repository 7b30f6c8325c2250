"""What a plan is, what it is worth, and what it must keep.

Items are courses to choose from. Those of one group (the session counts of one procedure) are alternatives: a plan
holds one of them at most. Item i improves concern k by the share b_ik: of what is left of the concern, that much goes.
Shares on one concern combine as

    B_k = 1 − Π (1 − b'_ik)        over the items of the plan

where b' is b for items of different kinds. Of several items of one kind (one mechanism) the strongest on that concern
counts fully, each further one for the stated fraction `like` of its share: b' = like · b. With like = 1 kinds do not
matter, with like = 0 only the strongest of a kind counts. The plan is worth Σ w_k B_k, importance adding up to 1.

In logarithms this is additive, which is what makes it exactly optimisable: with g = −log(1 − b), g' = −log(1 − like·b),

    B_k = 1 − exp(−G_k),   G_k = Σ_i g'_ik + Σ_kinds max_i (g_ik − g'_ik)

since g − g' rises with b, so that the largest difference is the strongest item's. G_k is linear in the choice and in
which item leads its kind, and 1 − exp(−G) is concave. Adding an item never lowers a plan's worth.

Source: independent action (Bliss, Annals of Applied Biology 1939) for the product; the discount is this project's own.
"""

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import instance, mapping, missing, name
from decide.mcda.labelled import (
    Names,
    Table,
    aligned,
    axes,
    listed,
    matched,
    number,
    place_of,
    row_labels,
    told,
    vector,
    whole,
)
from decide.mcda.rounding import ROUNDING

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Selection:
    """Items to choose from and what binds them; made and checked by `problem`.

    `cost` (items,) money; `full` and `further` (items, concerns) are g and g' of the module's model; `group` and `kind`
    (items,) are numbers, `labels` the groups' names in that order. `requires` is (item, groups of which it needs one),
    `forbidden` pairs of groups, `include` groups that a plan must hold, `most` how many items it may hold.
    `importance` (concerns,) adds up to 1. `names` are what the items are called, where they had names; a plan's items
    are places among them.
    """

    cost: Array
    benefit: Array
    importance: Array
    group: Index
    kind: Index
    full: Array
    further: Array
    labels: tuple[Hashable, ...]
    requires: tuple[tuple[int, tuple[int, ...]], ...]
    forbidden: tuple[tuple[int, int], ...]
    include: tuple[int, ...]
    most: int | None = None
    names: Names | None = None


def problem(
    cost: ArrayLike,
    benefit: ArrayLike,
    group: Sequence[Hashable],
    *,
    importance: ArrayLike | None = None,
    mechanism: Sequence[Hashable | None] | None = None,
    like: float = 0.5,
    requires: Mapping[Hashable, Collection[Hashable]] | None = None,
    forbidden: Iterable[tuple[Hashable, Hashable]] = (),
    include: Iterable[Hashable] = (),
    most: int | None = None,
) -> Selection:
    """A plan to be made, checked.

    Parameters
    ----------
    cost : (items,) of zero or more, in one unit of money; a series or a mapping perhaps.
    benefit : (items, concerns), or (items,) for one concern; shares from 0 to below 1. In the order of `cost` by their
        names, where both have names.
    group : (items,) which procedure an item is a course of; any labels.
    importance : (concerns,) of zero or more, not all zero; equal when left out. Scaled to add up to 1. By name where
        it and the concerns have names.
    mechanism : (items,) kinds; None is a kind of its own. Left out, no two items are alike.
    like : what a further item of a kind counts for, from 0 to 1.
    requires : for an item (by its name, or else its place), the groups of which the plan must hold one for it (an
        adjunct's bases).
    forbidden : pairs of groups that a plan never holds both of.
    include : groups that a plan must hold.
    most : how many items a plan may hold; any number when left out.

    Raises
    ------
    InputError : shapes or names that do not fit, no items, numbers outside their range or not finite, no benefit
        anywhere, a group that does not exist, or constraints that contradict each other (named).
    """
    c, b, w = _numbers(cost, benefit, importance)
    like = number("what a further item of a kind counts for", like, 0, 1)
    if most is not None and whole("most, the courses of a plan,", most) < 1:
        raise InputError(f"a plan of at most {most} courses holds none", "allow one at least")
    items = row_labels(cost, benefit)
    group = listed("group", aligned("group", group, "cost", items))
    if len(group) != c.size:
        raise InputError(f"{c.size} items need as many groups, not {len(group)}")
    codes: dict[Hashable, int] = {}
    numbers = np.array([codes.setdefault(name("a group", label), len(codes)) for label in group], dtype=np.int64)

    kinds = (
        [None] * c.size if mechanism is None else listed("mechanism", aligned("mechanism", mechanism, "cost", items))
    )
    if len(kinds) != c.size:
        raise InputError(f"{c.size} items need as many mechanisms, not {len(kinds)}")
    known: dict[Hashable, int] = {}
    kind = np.array(
        [
            known.setdefault(("own", i) if missing(k) else ("kind", name("a mechanism", k)), len(known))
            for i, k in enumerate(kinds)
        ],
        dtype=np.int64,
    )

    needs, pairs, must = _constraints(
        codes, numbers, mapping("requires", {} if requires is None else requires), forbidden, include, told(items)
    )
    return Selection(
        cost=c,
        benefit=b,
        importance=w,
        group=numbers,
        kind=kind,
        full=-np.log1p(-b),
        further=-np.log1p(-like * b),
        labels=tuple(codes),
        requires=needs,
        forbidden=pairs,
        include=must,
        most=None if most is None else min(most, c.size),
        names=told(items),
    )


def combined(plan: Selection, items: Iterable[int]) -> Array:
    """What these items do together for each concern: B_k, (concerns,)."""
    result: Array = -np.expm1(-logs(plan, np.array(_places(plan, items), dtype=np.int64)))
    return result


def logs(plan: Selection, chosen: Index) -> Array:
    """G_k of the module's model, (concerns,)."""
    total: Array = plan.further[chosen].sum(axis=0)
    lead = np.zeros((plan.kind.max() + 1, total.size))
    np.maximum.at(lead, plan.kind[chosen], (plan.full - plan.further)[chosen])
    total += lead.sum(axis=0)
    return total


def broken(plan: Selection, items: Iterable[int], budget: float) -> list[str]:
    """What is wrong with choosing these items, one line each; nothing if they make a plan."""
    chosen, budget = _places(plan, items), money(budget)
    groups = [int(plan.group[i]) for i in chosen]
    held, names = set(groups), plan.labels
    said = [f"more than one course of {names[g]}" for g in sorted(held) if groups.count(g) > 1]
    if afford(plan, chosen) > budget + slack(budget):
        said.append(f"costs {afford(plan, chosen):g}, and the budget is {budget:g}")
    if plan.most is not None and len(chosen) > plan.most:
        said.append(f"{len(chosen)} courses, and {plan.most} at most are allowed")
    for item, bases in plan.requires:
        if item in chosen and not held & set(bases):
            said.append(f"{names[plan.group[item]]} without {_any(names[b] for b in bases)}")
    said += [f"{names[a]} with {names[b]}" for a, b in plan.forbidden if a in held and b in held]
    said += [f"without {names[g]}" for g in plan.include if g not in held]
    return said


def afford(plan: Selection, items: Iterable[int]) -> float:
    """What these items cost, added without rounding between."""
    return math.fsum(plan.cost[list(items)])


def _places(plan: Selection, items: Iterable[int]) -> list[int]:
    size = instance("plan", plan, Selection, "`decide.plans.problem` makes one").cost.size
    return [whole("an item", item, below=size) for item in listed("items", items, ordered=False)]


def money(amount: float, what: str = "a budget") -> float:
    """A budget of zero or more; no limit is one, too.

    Raises
    ------
    InputError : anything else.
    """
    return math.inf if isinstance(amount, float) and amount == math.inf else number(what, amount, 0)


def slack(budget: float) -> float:
    """How far over the budget is rounding, not spending: 0.1 + 0.2 is within 0.3."""
    return ROUNDING * budget if np.isfinite(budget) else 0.0


def _numbers(cost: ArrayLike, benefit: ArrayLike, importance: ArrayLike | None) -> tuple[Array, Array, Array]:
    c, items = vector("cost", cost)
    b, rows, concerns = _benefits(benefit)
    b = matched("benefit", b.T, rows, "cost", items).T
    if c.ndim != 1 or not c.size:
        raise InputError("there is nothing to choose from", "give the cost of one item at least")
    if b.ndim != 2 or b.shape[0] != c.size or not b.shape[1]:
        raise InputError(f"benefits must be items by concerns, {c.size} rows, not {b.shape}")
    bad = np.flatnonzero(~np.isfinite(c) | (c < 0))
    if bad.size:
        raise InputError(
            f"the cost of {_item('item', items, bad[0])} is {c[bad[0]]}", "it must be a number of zero or more"
        )
    at, concern = np.nonzero(~((b >= 0) & (b < 1)))
    if at.size:
        worst = b[at[0], concern[0]]
        raise InputError(
            f"the benefit of {_item('item', items, at[0])} for {_item('concern', concerns, concern[0])} is {worst}",
            "it must be 0 to below 1",
        )
    w, names = (np.ones(b.shape[1]), None) if importance is None else vector("importance", importance)
    w = matched("importance", w, names, "benefit", concerns)
    if w.shape != (b.shape[1],):
        raise InputError(f"{b.shape[1]} concerns need as many weights, not {w.size}")
    if not np.isfinite(w).all() or (w < 0).any() or not w.any():
        raise InputError("importance must be numbers of zero or more, not all zero")
    w = w / w.max()
    if not (b * w).any():
        raise InputError("nothing here improves any of the concerns", "every benefit is zero")
    return c, b, w / w.sum()


def _item(what: str, names: Names | None, place: int) -> str:
    return f"{what} {place if (known := told(names)) is None else repr(known[place])}"


def _benefits(given: Any) -> Table:
    """Benefits (items, concerns) with the names of both, where they have any."""
    found = axes("benefit", given)
    return found if found.array.ndim != 1 else Table(found.array[:, None], found.columns)


def _constraints(
    codes: Mapping[Hashable, int],
    group: Index,
    requires: Mapping[Hashable, Collection[Hashable]],
    forbidden: Iterable[tuple[Hashable, Hashable]],
    include: Iterable[Hashable],
    items: Names | None,
) -> tuple[tuple[tuple[int, tuple[int, ...]], ...], tuple[tuple[int, int], ...], tuple[int, ...]]:
    names = tuple(codes)

    def number(label: Hashable, where: str) -> int:
        if name(where, label) not in codes:
            raise InputError(f"{where} names {label!r:.60}, and no item is of that group")
        return codes[label]

    pairs = set()
    for pair in listed("forbidden", forbidden, ordered=False):
        both_of = listed("a forbidden pair", pair, ordered=False)
        if len(both_of) != 2:
            raise InputError(f"a forbidden pair must hold two groups, not {pair!r:.60}")
        a, b = both_of
        if name("a forbidden pair", a) == name("a forbidden pair", b):
            raise InputError(f"{a!r:.60} is forbidden together with itself", "leave its items out instead")
        first, second = sorted((number(a, "a forbidden pair"), number(b, "a forbidden pair")))
        pairs.add((first, second))
    must = tuple(
        sorted({number(label, "what must be included") for label in listed("include", include, ordered=False)})
    )
    for a_number, b_number in sorted(pairs):
        if a_number in must and b_number in must:
            both = f"{names[a_number]!r} and {names[b_number]!r}"
            raise InputError(f"{both} must both be included, and are forbidden together", "drop one of the two")

    needs = []
    wanted = {place_of("item that requires another", item, items, group.size): of for item, of in requires.items()}
    for item, labels in sorted(wanted.items()):
        of = listed("a requirement", labels, ordered=False)
        bases = tuple(sorted({number(label, "a requirement") for label in of}))
        own = int(group[item])
        if not bases or own in bases:
            raise InputError(f"item {item} ({names[own]!r}) must require a group other than its own")
        if all(tuple(sorted((own, base))) in pairs for base in bases):
            base_names = _any(repr(names[base]) for base in bases)
            raise InputError(
                f"{names[own]!r} requires {base_names}, and is forbidden together with that", "drop one of the two"
            )
        needs.append((item, bases))
    return tuple(needs), tuple(sorted(pairs)), must


def _any(names: Iterable[object]) -> str:
    return " or ".join(str(name) for name in names)
