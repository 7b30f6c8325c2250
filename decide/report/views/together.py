"""Two treatments with or after each other as texts: the answer first, then what each source says of it."""

from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.common import JUDGED, RefView, SourceView, named_sources, source_view
from decide.report.views.screening import verdict_line
from decide.report.words import number, plural

if TYPE_CHECKING:
    from decide.answers.together import Beside, Pair, Together
    from decide.catalog import Catalog


class PairTexts(NamedTuple):
    """Two treatments: the answer, and what sources say beside it."""

    title: str
    answer: RefView
    """Without a source where none speaks."""
    told: tuple[RefView, ...]


class TogetherView(NamedTuple):
    """Everything that a face shows of treatments with or after each other."""

    title: str
    barred: tuple[str, ...]
    """What is not for the one who asks, before anything else."""
    pairs: tuple[PairTexts, ...]
    sources: tuple[SourceView, ...]


def together_view(found: "Together") -> TogetherView:
    """Treatments with or after each other."""
    catalog = found.catalog
    pairs = tuple(_pair(pair, catalog) for pair in found.pairs)
    return TogetherView(
        title=" · ".join((" with ".join(found.names), *asker(found.request, catalog))),
        barred=tuple(f"{one.name}: {verdict_line(one.screening, catalog)}" for one in found.barred),
        pairs=pairs,
        sources=named_sources(ref.source for pair in pairs for ref in (pair.answer, *pair.told)),
    )


def _pair(pair: "Pair", catalog: "Catalog") -> PairTexts:
    first, *rest = pair.facts or (None,)
    told: dict[str, RefView] = {}
    for fact in rest:
        if fact is not None and fact.source and (first is None or fact.source != first.source):
            told.setdefault(fact.source, RefView(f"{fact.which}: {fact.says}", source_view(catalog, fact.source)))
    named = first is not None and first.how in ("apart", "never", "alike", "words")
    source = source_view(catalog, first.source) if first is not None and first.source else SourceView("", label=JUDGED)
    answer = RefView(_answer(pair, first), source if named else SourceView(""))
    return PairTexts(f"{pair.first} and {lower_first(pair.second)}", answer, tuple(told.values()))


def _answer(pair: "Pair", fact: "Beside | None") -> str:
    """The weightiest fact in a sentence."""
    a, b = pair.first, lower_first(pair.second)
    if fact is None:
        return (
            f"No source read here says whether {lower_first(a)} and {b} may be had together or on the same day; "
            "ask whoever treats you."
        )
    which, other = fact.which, lower_first(fact.other)
    said = fact.says.rstrip(".")
    match fact.how:
        case "apart":
            both = next((f" Studies have also given both ({x.says})." for x in pair.facts if x.how == "studied"), "")
            return f"Not on the same day: {which} and {other} are kept {_weeks(fact.weeks)} apart. {said}.{both}"
        case "never":
            return f"Not together: {which} and {other}. {said}."
        case "inside":
            return f"Not both: {lower_first(which)} holds {other} already."
        case "alike":
            return f"Not both: {which} and {other} are of one kind. {said}."
        case "studied":
            return f"Studies have given both ({said}); whether on one day, no source read here says."
    return f"Sources speak of it. {which}: {said}."


def _weeks(weeks: float | None) -> str:
    return f"{number(weeks)} weeks" if weeks is not None and weeks != 1 else plural(1, "week")
