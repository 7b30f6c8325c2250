"""What a person calls an option: its id, any printed name, any name of the catalogue, or its place in the ranking."""

from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.names import option_named


def named(catalog: Catalog, ranking: Ranking, text: str) -> str:
    """The id of what a text names: an option of a ranking ("1", its name or id), a procedure or a family.

    Raises
    ------
    InputError : nothing bears that name, or no option stands at that place.
    """
    text = str(text).strip()
    if text.isdecimal():
        row = next((row for place, row in enumerate(ranking.rows, 1) if place == int(text)), None)
        if row is None:
            raise InputError(f"no option stands at place {text[:9]}", f"places are 1 to {len(ranking.rows)}")
        return row.option.id
    printed = next((row.option.id for row in ranking.rows if row.option.name.casefold() == text.casefold()), None)
    return printed or str(option_named(catalog, text))
