"""What a person calls an option: its id, any printed name, any name of the catalogue, or its place in the ranking."""

from collections.abc import Iterable

from decide.answers.ranking.kinds import of_the_kind_studied
from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.names import option_named
from decide.question.problem import Problem


def named(catalog: Catalog, ranking: Ranking, text: str) -> str:
    """The id of what a text names: an option of a ranking ("1", its name or id), a procedure or a family.

    A place is a number as it is printed; doing nothing has none. Of options that share one the first is meant.

    Raises
    ------
    InputError : nothing bears that name, or no option stands at that place.
    """
    text = str(text).strip()
    if text.isdecimal():
        row = next((row for row in ranking.options if row.rank == int(text)), None)
        if row is None:
            last = max((row.rank for row in ranking.options), default=0)
            raise InputError(
                f"no option stands at place {text[:9]}", f"places are 1 to {last}" if last else "none fits"
            )
        return row.option.id
    known = {row.option.name.casefold(): row.option.id for row in reversed(ranking.options)}
    known |= {item.name.casefold(): item.id for item in ranking.unmeasured}
    # an id comes before a name: a part course has the name of the whole
    known |= {row.option.id: row.option.id for row in ranking.options}
    idle = next((row.option for row in ranking.rows if row.nothing), None)
    if idle is not None and text.casefold() in (idle.id, idle.name.casefold()):
        raise InputError(f"{idle.name.lower()} is what gains are over, and has no facts of its own", "name an option")
    return known.get(text) or known.get(text.casefold()) or str(option_named(catalog, text))


def by_name(problem: Problem, names: Iterable[str]) -> Problem:
    """The same problem, of the kind in which most of what is named was studied (a place names nothing by itself)."""
    told = [str(name).strip() for name in names]
    known = []
    for name in told:
        try:
            known.append(str(option_named(problem.catalog, name)))
        except InputError:
            return problem
    return of_the_kind_studied(problem, known)
