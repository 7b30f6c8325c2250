"""Every keyword of the numerical core, given what it cannot use: a result, or one line that says what is wrong.

Warnings count as faults: what leaves the range of floats is refused, not computed with.
"""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from decide import economics, mcda, plans, synthesis
from decide.errors import InputError, NothingFits
from decide.synthesis import (
    ArmRow,
    ContrastRow,
    Gains,
    Kinds,
    Levels,
    LogNormal,
    Model,
    Outliers,
    Prior,
    Problem,
    Share,
    Study,
)

WRONG: dict[str, Any] = {
    "a whole number": 5,
    "a number": 5.5,
    "nothing": None,
    "a list of a number": [5],
    "a mapping": {"a": 1},
    "an object": object(),
    "bytes": b"x",
    "no text": "",
    "two lines": "x\ny",
    "nan": float("nan"),
    "infinite": float("inf"),
    "yes": True,
    "below zero": -1,
    "too large": 10**400,
    "none of several": [],
    "a list of nothing": [None],
    "ragged": [[1, 2], [3]],
    "letters": [["a", "b"]],
    "not finite": [float("nan")] * 3,
    "complex": [1j],
    "no rows": np.zeros((0, 3)),
    "four axes": np.zeros((2, 2, 2, 2)),
    "out of reach": [1e308] * 3,
    "a table": [[1, 2, 3]] * 3,
    "a function": len,
}
VALUES, WEIGHTS, SIGNS = [[0.9, 0.1, 0.5], [0.3, 0.8, 0.2], [0.5, 0.4, 0.4]], [0.5, 0.3, 0.2], [1, 1, -1]
DRAWS = np.random.default_rng(0).random((60, 3))
ANCHORS: dict[str, Any] = {"at": [0, 1], "value": [0, 1]}
ASKED = {"matrix": VALUES, "weights": WEIGHTS, "directions": SIGNS}
DRAWN: dict[str, Any] = {"cost": 100 * DRAWS, "effect": DRAWS[::-1], "thresholds": [1, 2]}
PAIR = {"cost": [1, 2, 3], "effect": [1, 2, 3]}
PLAN = plans.problem([1, 2, 3], [0.1, 0.2, 0.3], ["a", "b", "c"])
TRIALS: dict[str, Any] = {
    "study": ["s", "t", "u"],
    "treatment": ["a", "b", "b"],
    "comparator": ["c", "c", "a"],
    "difference": [1.0, 2.0, 1.0],
    "variance": [0.1, 0.2, 0.3],
}
ROWS = synthesis.contrasts(**TRIALS)
FOUND = synthesis.network(ROWS, "c")
SPREAD, HALF = LogNormal(1, 0.5), Share(0.5, 10, 0.5, "x")
LEVELS: dict[str, Any] = {"mean": Prior(0, 1), "kind": 1, "untreated": 1, "series": Prior(0, 1), "between": SPREAD}
ARMS = [ArmRow("s", "a", 1, 1), ArmRow("s", "b", 2, 1)]
WHOLE = synthesis.network(ARMS, "b", model=Model(gains=Gains(SPREAD), levels=Levels(**LEVELS), heterogeneity=SPREAD))


def functions(of: Any) -> dict[str, Callable[..., Any]]:
    return {name: getattr(of, name) for name in of.__all__ if inspect.isfunction(getattr(of, name))}


def asked_of(made: Any, **given: Any) -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
    """The methods of a result, each with those of these values that it takes."""
    calls = {}
    for name, call in inspect.getmembers(made, inspect.ismethod):
        if not name.startswith("_") and not inspect.isclass(call.__self__):
            takes = inspect.signature(call).parameters
            calls[f"{type(made).__name__}.{name}"] = (call, {k: v for k, v in given.items() if k in takes})
    return calls


def row_of(**given: Any) -> Any:
    return synthesis.network(
        [ArmRow(**({"study": "s", "treatment": "a", "mean": 1, "variance": 1} | given)), ARMS[1]], "b"
    )


def difference_of(**given: Any) -> Any:
    row = {"study": "s", "treatment": "a", "comparator": "b", "mean": 1, "variance": 1}
    return synthesis.network([ContrastRow(**(row | given))], "b")


CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    name: (call, given)
    for of, calls in {
        mcda: {
            "best_worst": {"best_to_others": [1, 2, 4], "others_to_worst": [4, 2, 1], "best": 0, "worst": 2},
            "break_even": {"values": VALUES, "weights": WEIGHTS, "option": 0, "criterion": 0, **ANCHORS},
            "copras": ASKED,
            "evpi": {"scores": DRAWS},
            "evppi": {"scores": DRAWS, "parameters": DRAWS[:, :2]},
            "expected_value": {"mean": 0.5, "sd": 0.1, **ANCHORS},
            "expected_worth": {"mean": 0.5, "sd": 0.1, "at": [-1, 0, 1], "value": [-1, 0, 1]},
            "kendall_tau": {"a": [1, 2, 3], "b": [1, 3, 2]},
            "normalised": {"weights": WEIGHTS},
            "moved": {**ANCHORS, "back": np.cbrt, "most": 1},
            "piecewise": {"performance": [0.5], **ANCHORS},
            "promethee_ii": ASKED,
            "rank_order_centroid": {"order": [0, 1]},
            "ranks": {"scores": [1, 2, 3]},
            "smaa": {"values": VALUES, "weights": WEIGHTS},
            "swing_weights": {"points": [1, 2]},
            "tiers": {"better": [[0.5, 0.6], [0.4, 0.5]]},
            "topsis": ASKED,
            "tornado": {"values_low": VALUES, "values_typical": VALUES, "values_high": VALUES, "weights": WEIGHTS},
            "vikor": ASKED,
            "weight_stability": {"values": VALUES, "weights": WEIGHTS},
            "weighted_product": ASKED,
            "weighted_sum": ASKED,
            "weights_for": {"criteria": 3, "draws": 5, "rng": 1},
        },
        economics: {
            "ceac": DRAWN,
            "ceaf": DRAWN,
            "evpi": DRAWN,
            "evppi": {**DRAWN, "parameters": DRAWS[:, :2]},
            "expected_loss": DRAWN,
            "frontier": PAIR,
            "icers": PAIR,
            "nhb": {**PAIR, "threshold": 1},
            "nmb": {**PAIR, "threshold": 1},
            "net_benefit": {**PAIR, "threshold": 1},
        },
        plans: {
            "broken": {"plan": PLAN, "items": [0], "budget": 4},
            "combined": {"plan": PLAN, "items": [0]},
            "marginal": {"plan": PLAN, "budget": 4, "more": (1,)},
            "problem": {"cost": [1, 2, 3], "benefit": [0.1, 0.2, 0.3], "group": ["a", "b", "c"]},
            "runner_ups": {"plan": PLAN, "budget": 4, "best": plans.solve(PLAN, 4)},
            "schedule": {"courses": [plans.Course("a", 2), plans.Course("b", 1)]},
            "solve": {"plan": PLAN, "budget": 4},
        },
        synthesis: {
            "arms": {"study": ["s", "s"], "treatment": ["a", "b"], "mean": [1, 2], "variance": [1, 1]},
            "cochran_q": TRIALS,
            "contrasts": TRIALS,
            "forest_plot": {"names": ["a"], "estimate": [1], "low": [0], "high": [2]},
            "league_plot": {"league": FOUND.league()},
            "league_table": {"mean": FOUND.mean, "covariance": FOUND.covariance},
            "mean_on_scale": {"value": 1, "sd": 1, "people": 10, "low": 0, "high": 2},
            "nearest_half": {"studies": [[HALF]]},
            "network": {"rows": ROWS, "reference": "c"},
            "p_scores": {"mean": FOUND.mean, "covariance": FOUND.covariance},
            "rank_probabilities": {"draws": DRAWS},
            "scale_step": {"problems": {"n": Problem(ARMS, "b", Model(gains=Gains(SPREAD), levels=Levels(**LEVELS)))}},
            "share_on_scale": {"found": HALF, "sigma": 1},
            "sucra": {"probabilities": synthesis.rank_probabilities(DRAWS)},
        },
    }.items()
    for name, call, given in ((f"{of.__name__}.{name}", getattr(of, name), given) for name, given in calls.items())
}
PARTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "Prior": (Prior, {"mean": 0, "sd": 1}),
    "LogNormal": (LogNormal, {"median": 1, "log_sd": 0.5}),
    "Gains": (Gains, {"spread": SPREAD}),
    "Levels": (Levels, LEVELS),
    "Kinds": (Kinds, {"group": {"k": "g"}, "lends": {"g": 0.5}, "share": {"k": 1}}),
    "Outliers": (Outliers, {}),
    "Model": (Model, {"gains": Gains(SPREAD)}),
    **asked_of(FOUND, treatment="a", a="a", b="b", asked=["a"], count=3),
    **asked_of(WHOLE, treatment="a", a="a", b="b", asked=["a"], count=3, low=0, high=1, cut=0.5, sigma=1),
    **asked_of(FOUND.league(), scores=[1, 2, 3], comparator="c"),
    **asked_of(FOUND.gain("a"), x=1, p=0.5, **ANCHORS),
    **asked_of(FOUND.joint(["a", "b"]), combination=[1, 1], count=3),
}
FIELDS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "ArmRow": (row_of, ArmRow._fields),
    "ContrastRow": (difference_of, ContrastRow._fields),
    "Course": (
        lambda **given: plans.schedule([plans.Course(**({"name": "a", "sessions": 2} | given)), plans.Course("b", 1)]),
        tuple(inspect.signature(plans.Course).parameters),
    ),
    "Share": (lambda **given: synthesis.share_on_scale(HALF._replace(**given), 1), Share._fields),
    "Study": (lambda **given: synthesis.network(ARMS, "b", studies={"s": Study(**given)}), Study._fields),
}


def test_every_function_of_the_core_is_here() -> None:
    public = {f"{of.__name__}.{name}" for of in (mcda, economics, plans, synthesis) for name in functions(of)}
    assert set(CALLS) == public


CALLED = {
    "a": "scores",
    "asked": "treatment",
    "b": "scores",
    "back": "at must",
    "best_to_others": "comparisons",
    "comparator": "treatment",
    "comparator_variance": "comparator's variance",
    "cost": "items",
    "criteria": "a criterion",
    "high": "interval",
    "importance": "weights",
    "like": "a further item of a kind",
    "low": "interval",
    "made_to_add": "made to be added",
    "most": "at must rise",
    "others_to_worst": "comparisons",
    "p": "a chance",
    "paired": "what the arms",
    "points": "weights",
    "profile": "weights",
    "reference": "treatment",
    "sd": "standard deviation",
    "sigma": "spread between people",
    "studies": "study",
    "together": "parameter",
    "value": "anchor",
    "values_high": "high",
    "values_low": "low",
    "values_typical": "values",
    "with_course": "done with a course",
}
"""What a message calls a thing that is not called by its keyword."""


def named_in(said: str, keyword: str, wrong: Any) -> bool:
    """Whether a message says which keyword is wrong, or shows what it was given."""
    words = {keyword, keyword.replace("_", " "), keyword.rstrip("s"), CALLED.get(keyword, keyword), "has no name"}
    shown = [repr(name) for name in wrong] if isinstance(wrong, dict) else [repr(wrong)[:9]]
    return any(word in said for word in (*words, *shown))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("name", "keyword"),
    [
        *((n, k) for n, (call, _) in {**CALLS, **PARTS}.items() for k in inspect.signature(call).parameters),
        *((n, k) for n, (_, fields) in FIELDS.items() for k in fields),
    ],
)
def test_what_a_keyword_cannot_use_is_told_in_one_line(name: str, keyword: str) -> None:
    call, given = FIELDS[name] if name in FIELDS else {**CALLS, **PARTS}[name]
    base = given if isinstance(given, dict) else {}
    several = keyword == "studies" and name.endswith("without")
    for wrong in WRONG.values():
        try:
            call(wrong) if several else call(**{**base, keyword: wrong})
        except (InputError, NothingFits) as error:
            said = str(error)
        else:
            continue
        assert "\n" not in said
        assert "-inf" not in said
        assert named_in(said, keyword, wrong)
