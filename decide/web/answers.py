"""Answers, kept in memory for a while: the same question asked again, or a slider moved back, costs nothing.

What is kept is found under what was understood. Words that were not understood, which may be anything about anybody,
are not kept: they are put back into the answer of the one who wrote them.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from decide.answers.ask import Answer, answer
from decide.answers.comparison import Comparison, compare_request
from decide.answers.instead import Instead, instead_request
from decide.answers.ranking.rank import rank_request
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why, why
from decide.catalog import Catalog
from decide.question.problem import Settings
from decide.question.request import Request

T = TypeVar("T")


class Kept:
    """The last results of something, by key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[str, Any] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str, make: Callable[[], T]) -> T:
        """The result under a key, made if it is not there; nothing is kept of what fails."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                kept: T = self.found[key]
                return kept
        made = make()
        with self.lock:
            self.found[key] = made
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return made


class Desk:
    """The library's calls over one catalogue, with what they found kept."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.answers, self.others, self.pictures = Kept(128), Kept(64), Kept(128)
        self.drawing = threading.Lock()

    def answer(self, request: Request, settings: Settings, *, quick: bool = False) -> Answer:
        """The answer to a request; `quick` leaves out the draws behind the chance of being best."""
        from decide.question.restate import explain_gaps

        bare = request.model_copy(update={"not_understood": ()})
        options: dict[str, Any] = {"draws": 0} if quick else {}
        found = self.answers.get(_key(bare, settings, quick), lambda: answer(self.catalog, bare, settings, **options))
        if not request.not_understood:
            return found
        unread = {"not_understood": request.not_understood}
        parts = tuple(
            replace(part, request=part.request.model_copy(update=unread)) if isinstance(part, Ranking) else part
            for part in found.parts
        )
        gaps = tuple(explain_gaps(request, self.catalog))
        return replace(found, request=request, gaps=gaps, parts=parts)

    def ranking(self, request: Request, settings: Settings) -> Ranking:
        """The ranking for a request's first concern, without draws."""
        return self.others.get(_key(request, settings, "rank"), lambda: rank_request(self.catalog, request, settings))

    def compare(self, names: list[str], request: Request, settings: Settings) -> Comparison:
        """Options, procedures or families side by side."""
        return self.others.get(
            _key(request, settings, "compare", *names), lambda: compare_request(self.catalog, names, request, settings)
        )

    def instead(self, name: str, request: Request, settings: Settings, spend: float | None) -> Instead:
        """What the same money buys elsewhere."""
        return self.others.get(
            _key(request, settings, "instead", name, spend),
            lambda: instead_request(self.catalog, name, request, settings, spend),
        )

    def why(self, name: str, request: Request, settings: Settings) -> list[Why]:
        """The chain behind a procedure."""
        return self.others.get(_key(request, settings, "why", name), lambda: why(self.catalog, name, request, settings))

    def picture(self, specification: dict[str, Any]) -> bytes:
        """A chart as SVG; one is drawn at a time."""
        from decide.report.charts import chart_bytes

        def draw() -> bytes:
            with self.drawing:
                return chart_bytes(specification, ".svg")

        return self.pictures.get(json.dumps(specification, sort_keys=True), draw)

    def warm(self) -> None:
        """Read every fact and work every concern out once, so that the first question does not wait for it."""
        from decide.question.reading import understand

        for concern in self.catalog.concerns:
            asked = Request.model_validate({"intent": "best", "concerns": ({"id": concern, "subtype": None},)})
            rank_request(self.catalog, asked)
        answer(self.catalog, understand("what's best for acne scars under $2000", self.catalog))

    def warm_charts(self) -> None:
        """Start the charts' engine, if it is there."""
        from decide.errors import InputError
        from decide.report.specs import SCHEMA

        try:
            self.picture({"$schema": SCHEMA, "mark": "point", "data": {"values": [{}]}})
        except InputError:
            return


def _key(request: Request, settings: Settings, *rest: object) -> str:
    return json.dumps([request.model_dump_json(), settings.model_dump_json(), *map(str, rest)])
