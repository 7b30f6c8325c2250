"""What the ranking would be for each kind of a concern."""

from collections.abc import Iterable

from decide.alternatives.alternative import effect_of_id
from decide.answers.ranking.choice import TIE
from decide.answers.ranking.order import Ordered, ordered
from decide.answers.ranking.result import Kind, Named, NoFirst
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Guideline
from decide.criteria.table import PerformanceTable, for_person, performance_table
from decide.evidence.benefit import synthesis_of
from decide.question.names import OptionId
from decide.question.problem import Concern, Problem


@derived(most=256)
def named_for(catalog: Catalog, concern: str, kind: str) -> tuple[Named, ...]:
    """What documents name for a kind (for a concern, where none was said), by line, with who says so."""
    by: dict[tuple[str, str], list[Guideline]] = {}
    for found in catalog.guidelines:
        if found.concern == concern and found.kind in (None, kind):
            by.setdefault((found.line or "", found.procedure), []).append(found)
    figures = synthesis_of(catalog, concern, kind)
    own = {part for effect in figures.effects if not figures.lent(effect) for part in (effect.main, effect.treatment)}
    return tuple(
        Named(
            line=line,
            id=of,
            name=catalog.procedures[of].name,
            # what one names for all of the kind is of all of it
            note=", ".join(dict.fromkeys(x.note for x in said)) if all(x.note for x in said) else "",
            measured=of in own,
            by=tuple(dict.fromkeys(x.source for x in said)),
        )
        for (line, of), said in by.items()
    )


def kinds_of(problem: Problem, concern: Concern, first: str) -> tuple[Kind, ...]:
    """For each kind of a concern but the one in answer: who would lead it, asked so.

    `first` is the id of who leads this answer.
    """
    catalog = problem.catalog
    found = []
    for kind in catalog.concerns[concern.id].subtype:
        if kind.id == concern.kind or (kind.sex and problem.person.sex not in (None, kind.sex)):
            continue
        asked = problem.of_kind(concern.id, kind.id)
        one = asked.concern
        pool = for_person(performance_table(asked, one), asked, one)
        order = ordered(asked, one, pool, asked.limits, leader=True)
        lead = None if order.rows[0].nothing else order.rows[0]
        found.append(
            Kind(
                id=kind.id,
                name=kind.name,
                first=lead.option.name if lead else "",
                none="" if lead else _none(catalog, one, pool, order),
                gain=lead["benefit"] if lead else None,
                changes=lead is None or lead.option.id != first,
            )
        )
    return tuple(found)


def _none(catalog: Catalog, concern: Concern, pool: PerformanceTable, order: Ordered) -> NoFirst:
    """Why nothing leads a kind: of many causes that which a person can do most about."""
    idle = order.rows[0].score
    if any(row.score > idle + TIE for row in order.beyond):
        return "over budget"
    measured = {item.id for item in pool.offers}
    causes = {item.why for item in order.left_out if item.id in measured}
    if causes & {"not for you", "ask first", "not allowed"}:
        return "not for you"
    if causes & {"avoided", "excluded", "downtime", "failed"}:
        return "ruled out"
    if len(order.rows) > 1 or order.beyond:
        return "worse than nothing"
    found = synthesis_of(catalog, *concern)
    unpriced = (item.id for item in order.left_out if item.why in ("no price", "no count"))
    return "no price" if any(found.studied(effect_of_id(catalog, identity)) for identity in unpriced) else "no figure"


def of_the_kind_studied(problem: Problem, names: Iterable[str]) -> Problem:
    """The same problem of the kind in which most of what is asked about by name has a figure, where nobody said a kind;
    of equals the one that is meant. Kinds that are the sexes are never chosen so.
    """
    catalog, concern = problem.catalog, problem.concern
    kinds = catalog.concerns[concern.id].subtype
    if not problem.assumed(concern) or any(kind.sex for kind in kinds):
        return problem
    asked = [set(catalog.members(OptionId.parse(name).procedure)) for name in names]

    def told(kind: str) -> int:
        effects = {effect.main for effect in synthesis_of(catalog, concern.id, kind).effects}
        return sum(not effects.isdisjoint(members) for members in asked)

    best = max((concern.kind, *(kind.id for kind in kinds)), key=told)
    return problem if best == concern.kind else problem.about(Concern(concern.id, best))
