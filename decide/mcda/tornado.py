"""What moving one cell at a time does to the scores and to the lead."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.labelled import Array, Names, row_names, told, two_tables
from decide.mcda.problems import in_range, problem
from decide.mcda.rounding import difference, settled


@dataclass(frozen=True, eq=False)
class Tornado:
    """One cell (option, criterion) moved at a time, all others at typical.

    winner : the option of the highest typical score; margin : its lead over the best other.
    score_low, score_high : (options, criteria), the option's own score with that cell at low, at high.
    margin_low, margin_high : (options, criteria), the winner's lead over the best other with that cell at low, at high;
        below zero where the winner loses the lead.
    options, criteria : what they are called, where what was put in had names.
    """

    winner: int
    margin: float
    score_low: Array
    score_high: Array
    margin_low: Array
    margin_high: Array
    options: Names | None = None
    criteria: Names | None = None

    @property
    def swing(self) -> Array:
        """By how much the lead changes between the cell's low and high (options, criteria)."""
        return np.abs(self.margin_high - self.margin_low)

    @property
    def order(self) -> NDArray[np.intp]:
        """Cells (cells, 2) as option and criterion, the widest swing first."""
        widest = np.argsort(-self.swing, axis=None, kind="stable")
        return np.stack(np.unravel_index(widest, self.swing.shape), axis=1)

    def records(self) -> list[dict[str, Any]]:
        """One flat row a cell, the widest swing first, as pandas.DataFrame and polars.DataFrame take them."""
        each = {part: getattr(self, part) for part in ("score_low", "score_high", "margin_low", "margin_high", "swing")}
        return [
            {
                "option": str(i + 1) if self.options is None else self.options[i],
                "criterion": str(j + 1) if self.criteria is None else self.criteria[j],
                **{part: float(array[i, j]) for part, array in each.items()},
            }
            for i, j in self.order.tolist()
        ]


def tornado(values_low: ArrayLike, values_typical: ArrayLike, values_high: ArrayLike, weights: ArrayLike) -> Tornado:
    """Scores and the winner's lead as each cell goes to its low and its high, the others at typical.

    Parameters
    ----------
    values_low, values_typical, values_high : (options, criteria), the values at the low, typical and high performance.
        Two options at least.
    weights : (criteria,), zero or more, not all zero; used as given.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite, weights negative or all zero, one option alone.
    """
    typical, w, _, criteria = problem(values_typical, weights)
    ends = []
    for what, end in (("low", values_low), ("high", values_high)):
        moved = two_tables(("typical values", f"{what} values"), values_typical, end)[1]
        if moved.shape != typical.shape:
            raise InputError("low, typical and high values must have one shape")
        ends.append(problem(moved, w)[0])
    low, high = ends
    if len(typical) < 2:
        raise InputError("a lead needs two options at least")
    with np.errstate(over="ignore", invalid="ignore"):
        in_range(np.stack([np.abs(end) @ w for end in (typical, low, high)]) * 2)
    size = np.abs(typical) @ w
    scores = settled(typical @ w, size)
    winner = int(scores.argmax())
    rivals = np.delete(np.arange(len(scores)), winner)
    runner_up = int(rivals[scores[rivals].argmax()])
    best = float(scores[runner_up])
    # the best of those that are neither the winner nor the option that moves
    others_best = np.full(len(scores), best)
    others_best[runner_up] = np.max(scores[rivals[rivals != runner_up]], initial=-np.inf)

    def moved_to(end: Array) -> tuple[Array, Array]:
        """Each option's own score with a cell at its end, and the winner's lead then."""
        moved = scores[:, None] + w * (end - typical)
        # what was added up for it
        sizes = np.maximum(size[:, None], size[:, None] - w * np.abs(typical) + w * np.abs(end))
        lead = difference(scores[winner], moved, np.maximum(sizes, size[winner]))
        lead = np.minimum(lead, (scores[winner] - others_best)[:, None])
        lead[winner] = difference(moved[winner], best, np.maximum(sizes[winner], size[runner_up]))
        return moved, lead

    (score_low, margin_low), (score_high, margin_high) = moved_to(low), moved_to(high)
    return Tornado(
        winner=winner,
        margin=float(scores[winner] - best),
        score_low=score_low,
        score_high=score_high,
        margin_low=margin_low,
        margin_high=margin_high,
        options=row_names(values_typical),
        criteria=told(criteria),
    )
