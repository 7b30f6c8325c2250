"""A question names an option as any other face does: by its printed name, its id, its place."""

import pytest

import decide
from decide.catalog import Catalog
from decide.question.names import name_of, pairings
from decide.question.reading import understand

PAIR = "microneedling+superficial-peel"


@pytest.mark.parametrize(
    ("text", "intent", "procedures"),
    [
        ("why Microneedling + superficial peel for acne scars", "why", (PAIR,)),
        ("why superficial peel + microneedling for acne scars", "why", (PAIR,)),
        (f"why {PAIR} for acne scars", "why", (PAIR,)),
        ("is Microneedling + superficial peel worth it for acne scars", "instead", (PAIR,)),
        (f"why {PAIR}/2-sessions for acne scars", "why", (f"{PAIR}/2-sessions",)),
        ("why microneedling/2-sessions for acne scars", "why", ("microneedling/2-sessions",)),
        ("Subcision or microneedling + superficial peel for acne scars", "compare", ("subcision", PAIR)),
        ("why 1 for acne scars", "why", ("1",)),
        ("why is number 2 first for acne scars", "why", ("2",)),
        # a place stands in the ranking of one concern
        ("why 1", "unknown", ()),
        ("why 1 for acne scars and melasma", "plan", ()),
        # no record has these two together: they are two
        ("botox + tretinoin for wrinkles", "best", ("botulinum-toxin", "tretinoin")),
        ("microneedling, superficial peel or subcision for acne scars", "compare",
         ("microneedling", "superficial-peel", "subcision")),
    ],
)  # fmt: skip
def test_an_option_is_named_as_it_is_printed(
    text: str, intent: str, procedures: tuple[str, ...], catalog: Catalog
) -> None:
    found = understand(text, catalog)
    assert (found.intent, found.procedures) == (intent, procedures)


def test_every_pairing_is_read_by_the_name_and_the_id_that_it_is_printed_with(catalog: Catalog) -> None:
    for identity in set(pairings(catalog).values()):
        # "microneedling prp" is another option's own name
        if "+" in identity and identity != "microneedling+prp-injection":
            for said in (identity, name_of(catalog, identity)):
                assert understand(f"why {said} for acne scars", catalog).procedures == (identity,), said


def test_a_question_by_name_or_place_is_answered(catalog: Catalog) -> None:
    by_name = decide.ask("why Microneedling + superficial peel for acne scars", catalog=catalog).parts[0]
    assert by_name.id == PAIR
    first = decide.rank("acne scars", draws=0, catalog=catalog).rows[0].option
    assert decide.ask("why 1 for acne scars", catalog=catalog).parts[0].row.option.id == first.id
