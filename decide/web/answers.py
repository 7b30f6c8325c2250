"""Answers, kept in memory for a while: the same question asked again, or a slider moved back, costs nothing.

What is kept is found under what was understood. Words that were not understood, which may be anything about anybody,
are not kept: they are put back into the answer of the one who wrote them.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar

from decide.answers.ask import Answer, answer
from decide.answers.comparison import Comparison, compare
from decide.answers.instead import Instead, instead
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why, why
from decide.catalog import Catalog
from decide.criteria.draws import ORDER
from decide.question.build import request_of
from decide.question.problem import Problem
from decide.question.reading import understand
from decide.question.restate import explain_gaps
from decide.report.charts.vega import Spec

T = TypeVar("T")


class Kept:
    """The last results of something, by key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = threading.Lock()

    def of(self, problem: Problem, rest: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """The result for a problem, kept unless words are part of it that somebody said of themselves."""
        return make() if problem.unread or problem.red_flags else self.get((problem.key, *rest), make)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
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

    def answer(self, problem: Problem, *, quick: bool = False) -> Answer:
        """The answer to a problem; `quick` leaves out the draws behind the chance of being best."""
        request = problem.request
        if not (request.concerns or request.procedures):
            # nothing to keep: what is refused names the words that it could not read
            return answer(problem, draws=0 if quick else ORDER)
        typed = {"not_understood": request.not_understood, "respelled": request.respelled}
        known = replace(problem, request=request.model_copy(update=dict.fromkeys(typed, ())))
        found = self.answers.of(known, (quick,), lambda: answer(known, draws=0 if quick else ORDER))
        if not any(typed.values()):
            return found
        parts = tuple(
            replace(part, request=part.request.model_copy(update=typed)) if isinstance(part, Ranking) else part
            for part in found.parts
        )
        gaps = tuple(explain_gaps(request, self.catalog))
        return replace(found, request=request, gaps=gaps, parts=parts)

    def ranking(self, problem: Problem) -> Ranking:
        """The ranking for a problem's first concern, without draws."""
        return self.others.of(problem, ("rank",), lambda: rank(problem))

    def compare(self, problem: Problem, names: list[str]) -> Comparison:
        """Options, procedures or families side by side."""
        return self.others.of(problem, ("compare", *names), lambda: compare(problem, names))

    def instead(self, problem: Problem, name: str, spend: float | None) -> Instead:
        """What the same money buys elsewhere."""
        return self.others.of(problem, ("instead", name, spend), lambda: instead(problem, name, spend))

    def why(self, problem: Problem, name: str) -> list[Why]:
        """The chain behind an option."""
        return self.others.of(problem, ("why", name), lambda: why(problem, name))

    def picture(self, specification: Spec) -> bytes:
        """A chart as SVG; one is drawn at a time."""
        from decide.report.charts import chart_bytes

        def draw() -> bytes:
            with self.drawing:
                return chart_bytes(specification, ".svg")

        return self.pictures.get(json.dumps(specification, sort_keys=True), draw)

    def warm(self) -> None:
        """Read every fact and work every concern out once, so that the first question does not wait for it."""
        for concern in self.catalog.concerns:
            rank(Problem.of(self.catalog, request_of(self.catalog, concerns=concern)))
        answer(Problem.of(self.catalog, understand("what's best for acne scars under $2000", self.catalog)))

    def warm_charts(self) -> None:
        """Start the charts' engine, if it is there."""
        from decide.errors import InputError
        from decide.report.charts.vega import SCHEMA

        try:
            self.picture({"$schema": SCHEMA, "mark": "point", "data": {"values": [{}]}})
        except InputError:
            return
