"""An answer to a question in plain words: which kind of answer, and the restated question above it."""

from dataclasses import dataclass
from typing import Any

from decide.answers.ranking.rank import rank_request
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import DRAWS, with_sureness
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.problem import Settings, concern_of, market_for
from decide.question.request import Request
from decide.result import Result


@dataclass(frozen=True, kw_only=True)
class Answer(Result):
    """A question as it was read, and the answers to it (rankings, comparisons, cards or chains)."""

    request: Request
    restated: str
    gaps: tuple[str, ...]
    parts: tuple[Any, ...]

    @property
    def status(self) -> int:
        """0 answered, 1 nothing fits."""
        rankings = [part for part in self.parts if isinstance(part, Ranking)]
        return 1 if rankings and not any(r.rows for r in rankings) else 0

    @property
    def ranking(self) -> Ranking | None:
        """The first ranking among the answers."""
        return next((part for part in self.parts if isinstance(part, Ranking)), None)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        return {
            "request": self.request.model_dump(mode="json"),
            "restated": self.restated,
            "gaps": list(self.gaps),
            "answers": [part.to_dict() for part in self.parts],
        }


def answer(
    catalog: Catalog, request: Request, settings: Settings = Settings(), *, draws: int = DRAWS, seed: int = 0
) -> Answer:
    """The answer to a request, by its intent; rankings carry P(best) from so many draws (none for 0).

    Raises
    ------
    InputError : nothing that can be answered was asked, or a word may mean several concerns; the hint lists them.
    """
    from decide.question.restate import explain_gaps, restate

    gaps = explain_gaps(request, catalog)
    if request.ambiguous and not request.concerns:
        raise InputError("; ".join(gaps) or f"may mean {', '.join(request.ambiguous)}: say which")
    market = catalog.market(market_for(catalog, request, settings))
    parts = [
        with_sureness(catalog, part, draws=draws, seed=seed) if draws and isinstance(part, Ranking) else part
        for part in _parts(catalog, request, settings)
    ]
    return Answer(
        request=request, restated=restate(request, catalog, market.name), gaps=tuple(gaps), parts=tuple(parts)
    )


def _parts(catalog: Catalog, request: Request, settings: Settings) -> list[Any]:
    members = [name for asked in request.procedures for name in catalog.members(asked)]
    for asked_concern in request.concerns:
        concern_of(catalog, asked_concern)
    if request.intent == "compare" and len(request.procedures) > 1:
        from decide.answers.comparison import compare_request, shared_concerns

        if request.concerns:
            return [compare_request(catalog, request.procedures, request, settings)]
        shared = shared_concerns(catalog, request.procedures)
        asked = [request.model_copy(update={"concerns": ({"id": c, "subtype": None},)}) for c in shared]
        found = [
            compare_request(catalog, request.procedures, Request.model_validate(a.model_dump()), settings)
            for a in asked
        ]
        if found:
            return list(found)
    if members and (request.intent == "show" or not request.concerns):
        from decide.answers.card import card

        return [card(catalog, name, settings) for name in members]
    if request.procedures and request.intent == "instead":
        from decide.answers.instead import instead_request

        money = float(request.budget.high) if request.budget and request.budget.high else None
        return [instead_request(catalog, name, request, settings, money) for name in request.procedures]
    if request.procedures and request.concerns and request.intent == "why":
        from decide.answers.why import why

        return [w for name in request.procedures for w in why(catalog, name, request, settings)]
    if request.intent == "plan" and request.concerns and request.budget and request.budget.high:
        from decide.answers.plan import plan_request

        return [plan_request(catalog, request, settings)]
    if not request.concerns:
        known = ", ".join(c.name.lower() for c in catalog.concerns.values())
        raise InputError("no concern or procedure understood in the question", f"concerns are {known}")
    asked_for = request if request.intent == "best" else request.model_copy(update={"procedures": ()})
    return [
        rank_request(catalog, asked_for.model_copy(update={"concerns": (concern,)}), settings)
        for concern in request.concerns
    ]
