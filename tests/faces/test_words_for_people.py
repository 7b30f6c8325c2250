"""What a person reads holds no id of the catalogue, no file name, no flag, no word of arithmetic, on any text face."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

import decide
from decide.answers.ask import Answer
from decide.catalog import Catalog
from decide.errors import InputError, NothingFits
from decide.report.formats import render, text
from decide.report.terminal import Screen

QUESTIONS = (
    "what's best for acne scars under $2000",
    "best for ice-pick scars under £900",
    "I am pregnant and have melasma, what can I use",
    "hair loss, I'm a woman, 28, what should I take",
    "wrinkles under $500, no needles, dark skin",
    "best for redness",
    "dark circles, blue ones",
    "volume loss in the cheeks under $3000",
    "sun damage at home without prescription",
    "recovery after laser",
    "skin rejuvenation, 40% of my money is for proof",
    "raised scars what helps",
    "my mole is bleeding, what laser is best",
    "best for redness, I had a flurgle",
    "are exosomes worth $2000",
    "is Rejuran worth it for dark circles, I have £900",
    "is botox worth it",
    "what else could I do for the price of Fraxel for wrinkles",
    "what should I do instead of exosomes",
    "plan for acne scars and melasma under $2000",
    "plan for hair loss under £600, I take isotretinoin",
    "subcision or microneedling for acne scars",
    "exosomes or PRP for hair loss",
    "Rejuran or PRP",
    "how many sessions of subcision",
    "what is the downtime of CO2 laser",
    "tell me about exosomes",
    "show tretinoin",
    "why microneedling for acne scars",
    "why dutasteride for hair loss",
    "why exosomes for acne scars",
)


class Seen(HTMLParser):
    """What stands on a page for a reader."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "title", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "title", "svg")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def faces(answer: Answer) -> Iterator[tuple[str, str]]:
    """Every text face, without its last lines of how to have more, which only the terminal has."""
    for width in (60, 80):
        yield f"terminal, {width}", re.sub(r"(?m)^More: (.*(\n|$))+?(?=\n|$)", "", text(answer, screen=Screen(width)))
    yield "at length", text(answer, None, Screen(whole=True))
    yield "markdown", render(answer, "markdown")
    yield "report", " ".join(Seen(render(answer, "html")).said)
    yield "notebook", " ".join(Seen(answer._repr_html_()).said)


@pytest.fixture(scope="module")
def ids(catalog: Catalog) -> frozenset[str]:
    """Ids that are no words: nobody writes them in the catalogue's own prose, nor are they a name."""
    concerns = catalog.concerns
    studies = (study for concern in concerns for study in catalog.studies(concern))
    found = {
        *catalog.sources, *catalog.procedures, *catalog.products, *concerns, *catalog.conditions, *catalog.avoids,
        *catalog.families, *catalog.scales, *(kind.id for known in concerns.values() for kind in known.subtype),
        *(study.id for study in studies), *(study.design for c in concerns for study in catalog.studies(c)),
    }  # fmt: skip
    prose = " ".join(
        " ".join(filter(None, (p.name, *p.aliases, p.summary, p.mode_of_action, p.best_for, p.best_used, p.caution)))
        for p in catalog.procedures.values()
    )
    prose += " ".join(f"{source.title} {source.authors} {source.interest}" for source in catalog.sources.values())
    prose += " ".join(kind.name for known in concerns.values() for kind in known.subtype)
    words = {*re.findall(r"[a-z0-9.+-]+", prose.lower())}
    return frozenset(one for one in found if re.search(r"[-.+\d]", one)) - words


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_person_reads_no_id_no_file_no_flag_and_no_draws(
    question: str, ids: frozenset[str], catalog: Catalog
) -> None:
    try:
        answer = decide.ask(question, catalog=catalog, draws=100)
    except (InputError, NothingFits) as error:
        pytest.fail(str(error))
    for face, said in faces(answer):
        where = set(re.findall(r"[a-z0-9][a-z0-9.+_-]*[a-z0-9]", said.lower()))
        # what was asked is said back as it was asked
        assert (where & ids) - {*question.lower().split()} == set(), face
        assert not re.findall(r"\w+\.toml|(?<!\w)--[a-z]\w+|\b[Dd]raws?\b", said), face
