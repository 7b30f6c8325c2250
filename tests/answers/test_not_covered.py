"""What people ask about and is no concern here is told by its name, and never in place of an answer."""

import pytest

import decide
from decide.catalog import Catalog
from decide.errors import InputError
from tests.shipped import CATALOG
from tests.toy import Toy

ASKED = {
    "best for active acne": "acne itself",
    "how do I get rid of pimples": "acne itself",
    "stretch marks on my belly": "stretch marks",
    "telogen effluvium": "sheds all over",
    "sagging jowls and loose neck skin": "jaw and neck",
    "mole removal": "growths on the skin",
    "best for tattoo removal": "tattoos",
    "cellulite on my thighs": "shape of the body",
    "eczema on my hands": "illness of the skin",
    "unwanted hair on my chin": "unwanted hair",
    "varicose veins": "veins of the legs",
    "port wine stain": "birthmarks",
}


@pytest.mark.parametrize("question", ASKED)
def test_what_is_not_covered_is_told_by_name(question: str) -> None:
    with pytest.raises(InputError, match=ASKED[question]):
        decide.ask(question, catalog=CATALOG)


@pytest.mark.parametrize(
    "question",
    ["acne scars, I still get pimples", "melasma, and I have stretch marks", "what is tretinoin, I have acne"],
)
def test_what_is_covered_is_answered_whatever_else_is_said(question: str) -> None:
    assert decide.ask(question, catalog=CATALOG).parts


def test_what_nobody_listed_is_not_understood() -> None:
    with pytest.raises(InputError, match="no concern or procedure understood"):
        decide.ask("blurble", catalog=CATALOG)


def test_every_word_of_a_phrase_has_to_be_said(toy: Toy) -> None:
    toy.procedure("pen").add("not_covered", words=["green toes"], says="toes are not covered here: ask a doctor")
    catalog: Catalog = toy.catalog()
    with pytest.raises(InputError, match="toes are not covered"):
        decide.ask("my toes went green", catalog=catalog)
    with pytest.raises(InputError, match="no concern or procedure understood"):
        decide.ask("my toes went blue", catalog=catalog)


def test_what_is_told_ends_with_where_to_go() -> None:
    places = ("doctor", "surgeon", "pharmacist", "clinic")
    assert [x.words[0] for x in CATALOG.not_covered if not any(place in x.says for place in places)] == []
