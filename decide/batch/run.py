"""One request of many, answered or refused by itself."""

from dataclasses import replace
from typing import Any

from decide.answers.ask import answer, document
from decide.batch.requests import Asked
from decide.catalog import Catalog
from decide.criteria.draws import ORDER
from decide.errors import InputError, NothingFits
from decide.question.build import validated
from decide.question.problem import Preferences, Problem
from decide.question.request import Request


def answered(
    catalog: Catalog, asked: Asked, preferences: Preferences = Preferences(), *, draws: int = ORDER, seed: int = 0
) -> dict[str, Any]:
    """The answer to one request as plain dicts, or its error and hint; under its id, and beside its words."""
    head: dict[str, Any] = {"id": asked.id, "q": asked.text, "error": None, "hint": None}
    try:
        if asked.wrong is not None:
            raise asked.wrong
        if asked.market:
            preferences = replace(preferences, market=asked.market)
        problem = Problem.of(catalog, _request(catalog, asked), preferences)
        return head | answer(problem, draws=draws, seed=seed).to_dict()
    except (InputError, NothingFits) as error:
        return head | {"error": error.message, "hint": error.hint or None} | document(())


def _request(catalog: Catalog, asked: Asked) -> Request:
    if asked.text is not None:
        from decide.question.reading import understand

        return understand(asked.text, catalog)
    try:
        request = validated({"intent": "best", **asked.shape})
    except InputError as error:
        raise InputError(error.message, "see 'decide understand' for the shape") from None
    if "unread" in asked.shape and "red_flags" in asked.shape:
        return request
    return _with_stops(catalog, request)


def _with_stops(catalog: Catalog, request: Request) -> Request:
    """A shape that does not say which of its unused words stop: nothing unknown is taken for safe, so all of them may
    be about the person, and red flags are looked for in them.
    """
    from decide.question.reading import understand

    words = [w for w in request.not_understood if w.strip()]
    found = [flag for w in words for flag in understand(w, catalog).red_flags]
    return request.model_copy(
        update={
            "unread": request.unread or tuple(words),
            "red_flags": tuple(dict.fromkeys((*request.red_flags, *found))),
        }
    )
