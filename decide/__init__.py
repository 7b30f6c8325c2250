"""Which skin or hair treatment is worth the money: rankings that can be checked.

    import decide
    decide.ask("what's best for acne scars under $2000")
    decide.rank("acne scars", budget=2000, market="us")
    decide.compare(["exosomes", "tretinoin"], "wrinkles")
    decide.instead("exosomes", market="au")
    decide.plan(["acne scars", "pigment"], budget=2000)
    decide.load_catalog()

Answers are typed, immutable, hold their working, and print as tables. Names load when they are used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from decide.result import views_by
from decide.version import __version__ as __version__

views_by(lambda: import_module("decide.report.shown"))

if TYPE_CHECKING:
    from decide import economics, mcda, plans, synthesis
    from decide.answers.ask import Answer
    from decide.answers.card import Card
    from decide.answers.comparison import Comparison
    from decide.answers.instead import Instead
    from decide.answers.plan import Plan
    from decide.answers.ranking.result import Ranking
    from decide.answers.why import Why
    from decide.api import ask, compare, instead, plan, rank, show, understand, why
    from decide.catalog import Catalog, load_catalog
    from decide.errors import CatalogError, DoctorFirst, InputError, NothingFits
    from decide.question.problem import Preferences, Problem
    from decide.question.request import Person, Request

_PLACES = {
    "Answer": "decide.answers.ask",
    "Card": "decide.answers.card",
    "Catalog": "decide.catalog",
    "CatalogError": "decide.errors",
    "Comparison": "decide.answers.comparison",
    "DoctorFirst": "decide.errors",
    "InputError": "decide.errors",
    "Instead": "decide.answers.instead",
    "NothingFits": "decide.errors",
    "Person": "decide.question.request",
    "Plan": "decide.answers.plan",
    "Preferences": "decide.question.problem",
    "Problem": "decide.question.problem",
    "Ranking": "decide.answers.ranking.result",
    "Request": "decide.question.request",
    "Why": "decide.answers.why",
    "ask": "decide.api",
    "compare": "decide.api",
    "economics": "",
    "instead": "decide.api",
    "load_catalog": "decide.catalog",
    "mcda": "",
    "plan": "decide.api",
    "plans": "",
    "rank": "decide.api",
    "show": "decide.api",
    "synthesis": "",
    "understand": "decide.api",
    "why": "decide.api",
}

__all__ = [
    "Answer",
    "Card",
    "Catalog",
    "CatalogError",
    "Comparison",
    "DoctorFirst",
    "InputError",
    "Instead",
    "NothingFits",
    "Person",
    "Plan",
    "Preferences",
    "Problem",
    "Ranking",
    "Request",
    "Why",
    "ask",
    "compare",
    "economics",
    "instead",
    "load_catalog",
    "mcda",
    "plan",
    "plans",
    "rank",
    "show",
    "synthesis",
    "understand",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'decide' has no attribute {name!r}")
    place = _PLACES[name]
    found = getattr(import_module(place), name) if place else import_module(f"decide.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
