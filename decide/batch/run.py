"""One request of many, answered or refused by itself."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from decide.answers.ask import answer
from decide.batch.requests import Asked
from decide.catalog import Catalog
from decide.criteria.draws import ORDER
from decide.errors import InputError, NothingFits
from decide.question.problem import Settings, market_for
from decide.question.request import Request

Priced = Callable[[Settings, str], Settings]
"""Settings with somebody's own prices, read for a market."""


def answered(
    catalog: Catalog,
    asked: Asked,
    settings: Settings = Settings(),
    priced: Priced | None = None,
    *,
    draws: int = ORDER,
    seed: int = 0,
) -> dict[str, Any]:
    """The answer to one request as plain dicts, or its error and hint; under its id, and beside its words."""
    head: dict[str, Any] = {"id": asked.id} | ({"q": asked.text} if asked.text is not None else {})
    try:
        if asked.wrong is not None:
            raise asked.wrong
        request = _request(catalog, asked)
        if asked.market:
            settings = settings.model_copy(update={"market": asked.market.strip().lower()})
        if priced is not None:
            settings = priced(settings, market_for(catalog, request, settings))
        return head | answer(catalog, request, settings, draws=draws, seed=seed).to_dict()
    except (InputError, NothingFits) as error:
        return head | {"error": error.message, "hint": error.hint}


def _request(catalog: Catalog, asked: Asked) -> Request:
    if asked.text is not None:
        from decide.question.reading import understand

        return understand(asked.text, catalog)
    shape = {"intent": "best", **asked.shape}
    if asked.market:
        shape["market"] = asked.market.strip().lower()
    try:
        return Request.model_validate(shape)
    except ValidationError as error:
        item = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in item["loc"])
        raise InputError(f"{where}: {item['msg'].lower()}", "see 'decide understand' for the shape") from None
