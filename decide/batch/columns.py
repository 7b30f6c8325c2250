"""Requests in columns: what each column holds, one row as the problem it poses, and a ranking as a row of columns."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from decide.alternatives.eligibility import stop_for_doctor
from decide.alternatives.screening import Screening
from decide.answers.ask import by_sex
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import with_sureness
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.build import request_of
from decide.question.problem import Preferences, Problem
from decide.question.request import Person

Row = Mapping[str, Any]
WEIGHT = "weight_"
"""Before a criterion's name: the column of its weight."""
PERSON = tuple(Person.model_fields)
LISTS = ("conditions", "avoid", "exclude", "only")
"""Columns of several names: a list, or text with ; between them."""
TEXTS = ("q", "concern", "kind", "market", "per", "profile", "sex")
"""Columns of text alone."""
ASKED = ("concern", "kind", "budget", "per", *PERSON, "avoid", "exclude", "only", "max_downtime_days")
HOW = ("market", "profile", "horizon")
TAKEN: Mapping[str, str] = {
    "id": "yours, given back; the number of the row where there is none",
    "q": "a question in words; beside it only id, market, profile, horizon and weights",
    "concern": "an id, or any name that the catalogue knows",
    "kind": "which kind of the concern",
    "market": "whose prices; before --market",
    "budget": "the most to spend, a number or text ($2,000)",
    "per": "what the budget is for: course, session or month",
    "profile": "named weights; before --profile",
    "weight_<criterion>": "a weight of your own, beside the profile's others",
    "horizon": "months over which costs are counted",
    "pregnant": "true or false, as are trying_to_conceive and breast_feeding",
    "trying_to_conceive": "",
    "breast_feeding": "",
    "skin_type": "Fitzpatrick type, 1 to 6",
    "age": "in years",
    "sex": "male or female",
    "conditions": "ids of conditions, as are avoid's of things to avoid",
    "avoid": "",
    "exclude": "names of procedures or families to leave out; only: to rank alone",
    "only": "",
    "max_downtime_days": "the most days off after a visit",
}
"""The columns of a request, each with what it holds."""
GIVEN: Mapping[str, str] = {
    "id": "the request's",
    "concern": "its id, and the kind and market in answer",
    "kind": "",
    "market": "",
    "best": "the id of the first place; empty where doing nothing is",
    "options": "ids in order, doing nothing (`nothing`) among them; the lists that follow go beside it",
    "ranks": "from 1; equal scores share one",
    "scores": "from the weights: the mean of what each option is worth",
    "totals": "what a course costs in all over the horizon, in the market's money",
    "gains": "over doing nothing, in points of the concern's scale",
    "stars": "how sure it is that it helps at all, 0 to 5",
    "sessions": "0 where it is not counted in sessions",
    "p_best": "with draws: the share of them in which each is first",
    "marks": "what is to be known, with spaces between: how it is had in the market (`prescription-only`, …), "
    "`grave-harm`, `disagree`, `take-care` (a source warns this person), `high-end-over-budget`",
}
"""The columns of an answer, each with what it holds; `error` and `hint` stand beside them."""


def known_columns(catalog: Catalog, names: Iterable[str]) -> None:
    """Refuse a column that no request has: what is not read may be what bears on safety.

    Raises
    ------
    InputError : the first such; the hint names what comes near.
    """
    known = [n for n in TAKEN if not n.startswith(WEIGHT)] + [WEIGHT + c for c in catalog.criteria]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=2)
            raise InputError(
                f"unknown column {name!r:.60}",
                f"did you mean {' or '.join(near)}?" if near else f"columns are {', '.join(known)}",
            )


def cell(name: str, value: Any) -> Any:
    """What a cell of a column holds: text, a number, a flag, names as a tuple, None; an InputError where it cannot."""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            return InputError(f"{name} is not text in UTF-8")
    if isinstance(value, str):
        return tuple(filter(None, map(str.strip, value.split(";")))) if name in LISTS else value.strip()
    if value is None or isinstance(value, InputError):
        return value
    if name in LISTS:
        parts = [cell("", part) for part in value] if isinstance(value, list | tuple) else [value]
        if all(part is None or isinstance(part, str) for part in parts):
            return tuple(filter(None, parts))
        return InputError(f"{name} must be a list of text, not {value!r:.60}", "or text with ; between")
    # a number that is none is a cell that holds nothing
    if isinstance(value, float) and math.isnan(value):
        return None
    if name in TEXTS or not isinstance(value, bool | int | float | Decimal):
        return InputError(f"{name} holds what it cannot: {value!r:.60}", "text, or a number where it is one")
    return value


def said_in(row: Row) -> dict[str, Any]:
    """The cells of a row that hold something, its lists as tuples.

    Raises
    ------
    InputError : a cell holds what it cannot.
    """
    found = {name: cell(name, value) for name, value in row.items()}
    for value in found.values():
        if isinstance(value, InputError):
            raise value
    return {name: value for name, value in found.items() if value not in (None, "", ())}


def posed(catalog: Catalog, row: Row, preferences: Preferences) -> Problem:
    """The problem that a row poses, as `decide.rank` poses it (a question in words as `decide ask` does).

    Raises
    ------
    InputError : as there; a question in words that asks for anything but one ranking.
    DoctorFirst : a question in words with a red flag.
    """
    said = said_in(row)
    weights = {name.removeprefix(WEIGHT): value for name, value in said.items() if name.startswith(WEIGHT)}
    how = {name: said[name] for name in HOW if name in said}
    preferences = replace(preferences, **how, weights={**preferences.weights, **weights})
    if "q" in said:
        if beside := sorted(said.keys() & {*ASKED}):
            raise InputError(f"column {beside[0]} stands beside q", "a question in words says everything itself")
        return _in_words(catalog, said["q"], preferences)
    request = request_of(
        catalog,
        concerns=said.get("concern", ()),
        subtype=said.get("kind"),
        budget=said.get("budget"),
        per=said.get("per", "course"),
        person={name: said[name] for name in PERSON if name in said},
        procedures=said.get("only", ()),
        **{name: said[name] for name in ("avoid", "exclude", "max_downtime_days") if name in said},
    )
    return Problem.of(catalog, request, preferences)


def _in_words(catalog: Catalog, text: str, preferences: Preferences) -> Problem:
    from decide.question.reading import understand

    request = understand(str(text), catalog)
    problem = Problem.of(catalog, request, preferences)
    stop_for_doctor(problem)
    if request.intent != "best" or len(problem.concerns) != 1:
        raise InputError("asks for something else than a ranking of one concern", "--whole gives answers of every kind")
    one, *more = by_sex(problem.about(problem.concern))
    if more:
        raise InputError("the answer hangs on the sex, and none is said", "say it, or ask for --whole answers")
    return one


def ranked(problem: Problem, draws: int, seed: int) -> Ranking:
    """The ranking that a row asks for."""
    found = rank(problem, leaders=False)
    return with_sureness(problem.catalog, found, draws=draws, seed=seed) if draws else found


def marks(screening: Screening, *, disagree: bool) -> list[str]:
    """What is to be known of an option that is the same for everybody who may have it."""
    grave = any(harm.grave for harm in screening.gravest)
    known = [*dict.fromkeys(status.value for status in screening.status)]
    return [*known, *(["grave-harm"] if grave else []), *(["disagree"] if disagree else [])]


def marked(marks: Iterable[str], *, care: bool, over: bool) -> str:
    """All marks of a line as one text."""
    return " ".join((*marks, *(["take-care"] if care else []), *(["high-end-over-budget"] if over else [])))


def as_row(ranking: Ranking, *, reasons: bool = False) -> dict[str, Any]:
    """A ranking as a row of an answer's columns; with `reasons`, the names in words and why each thing is left out."""
    rows = ranking.rows
    found: dict[str, Any] = {
        "concern": ranking.concern,
        "kind": ranking.subtype,
        "market": ranking.market,
        "best": ranking.best.option.id if ranking.best else None,
        "options": [row.option.id for row in rows],
        "ranks": [row.rank for row in rows],
        "scores": [row.score for row in rows],
        "totals": [row["cost"].typical for row in rows],
        "gains": [row["benefit"].typical for row in rows],
        "stars": [row.stars for row in rows],
        "sessions": [row.option.sessions or 0 for row in rows],
        "marks": [
            marked(
                marks(row.screening, disagree=row.disagree),
                care=any(caution.kind == "care" for caution in row.screening.cautions),
                over=row.high_end_over_budget,
            )
            for row in rows
        ],
    }
    if ranking.sureness is not None:
        found["p_best"] = [row.p_best for row in rows]
    elif not ranking.options:
        found["p_best"] = None
    if reasons:
        from decide.report.views.common import why_left_out

        found["names"] = [row.option.name for row in rows]
        found["left_out"] = [
            {"id": item.id, "why": item.why, "says": why_left_out(item, ranking.catalog, ranking.symbol)}
            for item in ranking.left_out
        ]
    return found
