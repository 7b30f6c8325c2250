"""What the ranking would be for each kind of a concern."""

from collections.abc import Iterable

from decide.answers.ranking.order import ordered
from decide.answers.ranking.result import Kind
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.criteria.table import for_person, performance_table
from decide.evidence.benefit import synthesis_of
from decide.question.names import OptionId
from decide.question.problem import Concern, Problem


@derived(most=64)
def _matches(catalog: Catalog, concern: str) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each kind of a concern: id, name, the procedures that a document matches to it, and which document."""
    found = []
    for kind in catalog.concerns[concern].subtype:
        matches = [m for m in catalog.matches if m.concern == concern and m.subtype == kind.id]
        names = tuple(dict.fromkeys(catalog.procedures[p].name for m in matches for p in m.procedures))
        found.append((kind.id, kind.name, names, tuple(dict.fromkeys(m.source for m in matches))))
    return tuple(found)


def kinds_of(problem: Problem, concern: Concern, first: str) -> tuple[Kind, ...]:
    """For each kind of a concern but the one in answer: who would lead it, asked so, and what is matched to it.

    `first` is the id of who leads this answer.
    """
    catalog = problem.catalog
    found = []
    for identity, name, matched, by in _matches(catalog, concern.id):
        if identity == concern.kind or _of_the_other_sex(problem, concern.id, identity):
            continue
        asked = problem.of_kind(concern.id, identity)
        one = asked.concern
        pool = for_person(performance_table(asked, one), asked, one)
        rows = ordered(asked, one, pool, asked.limits).rows
        lead = rows[0] if rows and not rows[0].nothing else None
        found.append(
            Kind(
                id=identity,
                name=name,
                first=lead.option.name if lead else "",
                gain=lead["benefit"] if lead else None,
                changes=lead is None or lead.option.id != first,
                matched=matched,
                matched_by=by,
            )
        )
    return tuple(found)


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


def _of_the_other_sex(problem: Problem, concern: str, kind: str) -> bool:
    sex = next((one.sex for one in problem.catalog.concerns[concern].subtype if one.id == kind), None)
    return sex is not None and problem.person.sex not in (None, sex)
