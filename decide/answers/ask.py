"""An answer to a question in plain words: which kind of answer, and the restated question above it."""

from collections.abc import Sequence
from dataclasses import asdict, field
from typing import Any

from decide.answers.base import Facts
from decide.answers.card import Card, cards
from decide.answers.comparison import Comparison, compare, shared_concerns
from decide.answers.instead import Instead, instead
from decide.answers.plan import Plan, plan
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import with_sureness
from decide.answers.together import Together, together
from decide.answers.why import Why, why
from decide.criteria.draws import ORDER
from decide.errors import InputError
from decide.lazily import dataclass
from decide.question.asker import SEXES, sex_of, sexed
from decide.question.problem import Concern, Problem, RedFlag
from decide.question.request import Request
from decide.question.restate import explain_gaps, restate
from decide.question.vocabulary import stems_of
from decide.result import Result, told

Part = Ranking | Comparison | Card | Instead | Why | Plan | Together


@dataclass(frozen=True, kw_only=True)
class Answer(Result):
    """A question as it was read, and the answers to it (rankings, comparisons, cards or chains).

    With a red flag there are no answers: a doctor has to look first.
    """

    request: Request
    restated: str
    gaps: tuple[str, ...]
    parts: tuple[Part, ...]
    red_flags: tuple[RedFlag, ...] = ()
    catalog: Facts = field(repr=False, compare=False)

    @property
    def status(self) -> int:
        """0 answered, 1 nothing fits."""
        rankings = [part for part in self.parts if isinstance(part, Ranking)]
        return 1 if rankings and not any(r.options for r in rankings) else 0

    @property
    def ranking(self) -> Ranking | None:
        """The first ranking among the answers."""
        return next((part for part in self.parts if isinstance(part, Ranking)), None)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        return {
            "request": told(self.request.model_dump(mode="json")),
            "restated": self.restated,
            "gaps": list(self.gaps),
            "unread": list(self.request.unread),
            "red_flags": [told(asdict(flag)) for flag in self.red_flags],
            "answers": [part.to_dict() for part in self.parts],
        }


def document(found: Result | Sequence[Result]) -> dict[str, Any]:
    """One answer or several in the shape that every face writes as JSON; what nobody asked in words has no question."""
    if isinstance(found, Answer):
        return found.to_dict()
    parts = [found] if isinstance(found, Result) else found
    empty: dict[str, Any] = {"request": None, "restated": None, "gaps": [], "unread": [], "red_flags": []}
    return empty | {"answers": [part.to_dict() for part in parts]}


def answer(problem: Problem, *, draws: int = ORDER, seed: int = 0) -> Answer:
    """The answer to a problem, by its request's intent; rankings carry P(best) from so many draws (none for 0).

    Raises
    ------
    InputError : nothing that can be answered was asked, or a word may mean several concerns; the hint lists them.
    """
    catalog, request = problem.catalog, problem.request
    gaps = explain_gaps(request, catalog)
    said = restate(request, catalog, problem.market)
    if problem.red_flags:
        return Answer(
            request=request,
            restated=said,
            gaps=tuple(gaps),
            parts=(),
            red_flags=problem.red_flags,
            catalog=catalog.facts,
        )
    if request.ambiguous and not request.concerns:
        raise InputError("; ".join(gaps) or f"may mean {', '.join(request.ambiguous)}: say which")
    parts = [
        with_sureness(catalog, part, draws=draws, seed=seed) if draws and isinstance(part, Ranking) else part
        for part in _parts(problem)
    ]
    return Answer(request=request, restated=said, gaps=tuple(gaps), parts=tuple(parts), catalog=catalog.facts)


def _parts(problem: Problem) -> Sequence[Part]:
    request, names = problem.request, problem.request.procedures
    both = [together(problem, names)] if request.aspect == "combine" and len(names) > 1 else []
    if both and not problem.concerns:
        return both
    if request.intent == "compare" and len(names) > 1:
        if problem.concerns:
            return [compare(problem, names)]
        shared = [Concern(concern) for concern in shared_concerns(problem.catalog, names)]
        if shared:
            # where there is most to hold against each other first
            each = [compare(problem.about(concern), names) for concern in shared]
            return sorted(each, key=lambda one: -sum(side.row is not None for side in one.sides))
    alone = request.intent == "show" or bool(request.same) or not problem.concerns
    if names and alone and request.intent != "instead":
        return [card for name in names for card in cards(problem, name)]
    if names and request.intent == "instead":
        return [instead(problem, name) for name in names]
    if names and request.intent == "why":
        return [chain for name in names for chain in why(problem, name)]
    apart = {concern.id for concern in problem.concerns}
    if request.intent == "plan" and problem.limits.budget_high is not None and len(apart) == len(problem.concerns) > 0:
        return [*both, plan(problem)]
    if not problem.concerns:
        known = ", ".join(c.name.lower() for c in problem.catalog.concerns.values())
        unread = f": '{request.not_understood[0]}' is not known here" if request.not_understood else ""
        refused = elsewhere(problem) or f"no concern or procedure understood in the question{unread}"
        raise InputError(refused, f"concerns are {known}")
    only = None if request.intent == "best" else ()
    asked = (problem.about(concern, only=only) for concern in problem.concerns)
    return [*both, *(rank(one) for each in asked for one in by_sex(each))]


def elsewhere(problem: Problem) -> str:
    """What to tell somebody who asks about what is no concern here, by the words that were left over; else nothing."""
    left = set(stems_of(" ".join(problem.request.not_understood)))
    told = (x.says for x in problem.catalog.not_covered if any(left.issuperset(stems_of(word)) for word in x.words))
    return next(told, "")


def by_sex(problem: Problem) -> Sequence[Problem]:
    """The same problem of a man and of a woman apart, where the sex decides and was not said."""
    told = problem.concern.kind and not problem.assumed(problem.concern)
    if problem.person.sex is None and not told and sexed(problem.catalog, problem.concern.id):
        woman = sex_of(problem.catalog, problem.person)
        return [problem.asked_by(sex) for sex in (SEXES if woman is None else (woman,))]
    return [problem]
