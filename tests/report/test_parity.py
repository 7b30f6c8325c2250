"""Every face says everything: of thirty questions each mark, caution, figure and sentence of the view, in each face."""

from collections.abc import Iterator
from functools import cache

import pytest
from fastapi.testclient import TestClient

import decide
from decide.answers.ask import Answer
from decide.catalog import Catalog
from decide.report import layout
from decide.report.views.answer import view_of
from decide.report.views.grid import ASKED
from decide.report.views.marks import KINDS, Mark
from decide.report.views.ranking import OptionView
from decide.web import create_app
from decide.web.guard import Bounds
from tests.report.faces import BRIEFLY, FACES, lost, missing, sentences
from tests.shipped import CATALOG

QUESTIONS = (
    "what's best for acne scars under $2000",
    "acne scars under £900 in the uk, skin type 5",
    "acne scars in australia under A$1500",
    "best for melasma, I'm pregnant",
    "wrinkles, I am breast-feeding, in the uk",
    "hair loss under £900",
    "hair loss without surgery in the us",
    "cheapest for wrinkles",
    "redness without lasers, A$1500",
    "sun damage, skin type 5",
    "volume loss under $3000",
    "volume loss under $5",
    "most effective for pigment in the uk",
    "skin rejuvenation with no downtime under $1000",
    "dark circles under £900",
    "is Rejuran worth it for dark circles, I have £900",
    "rolling acne scars, skin type 6, under $60 a month",
    "acne scars, I take isotretinoin",
    "microneedling or fractional laser for acne scars, skin type 5",
    "exosomes or tretinoin for wrinkles",
    "exosomes or tretinoin for wrinkles in the uk, pregnant",
    "minoxidil or prp for hair loss in australia",
    "instead of exosomes in the uk",
    "instead of fraxel, skin type 5",
    "plan acne scars and pigment under £2000",
    "plan acne scars and melasma under $3000, skin type 5",
    "plan hair loss under A$900",
    "why microneedling for acne scars",
    "why exosomes for wrinkles in the uk, skin type 5",
    "tell me about exosomes",
    "tell me about tretinoin in the uk",
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The page over the same facts: a plan is kept with them, and one that is sought anew in less time may have fewer
    runners-up.
    """
    with TestClient(create_app(CATALOG, Bounds(rate=1e9, burst=1e9), hosts=None)) as found:
        yield found


@cache
def answered(question: str) -> Answer:
    return decide.ask(question, catalog=CATALOG)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_face_says_all_that_the_view_says(question: str, client: TestClient) -> None:
    found = {face: lost(face, answered(question), client, question) for face in FACES}
    assert {face: less for face, less in found.items() if less} == {}


def test_the_questions_have_every_mark_and_every_view() -> None:
    kinds = {mark.kind for question in QUESTIONS for mark in marks(view_of(answered(question)))}
    assert kinds == set(KINDS)
    views = {type(part).__name__ for question in QUESTIONS for part in view_of(answered(question)).parts}
    assert views == {"RankingView", "ComparisonView", "InsteadView", "PlanTexts", "WhyView", "CardView"}


def marks(view: object) -> list[Mark]:
    if isinstance(view, Mark):
        return [view]
    return [mark for part in view for mark in marks(part)] if isinstance(view, tuple) else []


@pytest.mark.parametrize("face", FACES)
def test_one_sentence_less_is_noticed(face: str, client: TestClient) -> None:
    question = QUESTIONS[1]
    show, most = FACES[face]
    answer = answered(question)
    view = view_of(answer, most)
    whole = " ".join(show(answer, client, question).split())
    brief = face in BRIEFLY
    assert missing(view, whole, ascii_=face == "ascii", columns=True, brief=brief) == []
    for mark in dict.fromkeys(mark.brief if brief else mark.says for mark in marks(view)):
        said = " ".join(mark.split()) if face != "ascii" else mark
        cut = whole.casefold().replace(said.casefold(), "")
        assert missing(view, cut, ascii_=face == "ascii", columns=True, brief=brief), mark


@pytest.mark.parametrize("sign", ["≈", "+", "?", "!", "series", "~"])
def test_one_sign_less_is_noticed(sign: str, client: TestClient) -> None:
    for question in QUESTIONS[:10]:
        show, most = FACES["page"]
        page = show(answered(question), client, question)
        view = view_of(answered(question), most)
        if sign in "".join(mark.sign for mark in marks(view)):
            assert missing(view, page.replace(sign, ""))
            return
    pytest.fail(f"no question has {sign}")


def test_a_renderer_that_drops_its_marks_is_noticed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_marks", lambda legend: [])
    monkeypatch.setattr(OptionView, "safety", "")
    for face in ("terminal", "ascii", "everything", "markdown"):
        assert lost(face, answered(QUESTIONS[1]), client, QUESTIONS[1])


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sentence_stands_once_in_a_text(question: str) -> None:
    for part in view_of(answered(question)).parts:
        names = {name for mark in marks(part) for name in mark.of}
        said = [s for s in sentences(part, brief=True, marks=False) if len(s.split()) > 6 and s not in names]
        shown = " ".join(str(answered(question)).split())
        for one in dict.fromkeys(said):
            assert shown.count(" ".join(one.split())) <= max(1, len(view_of(answered(question)).parts)), one


def test_an_overlay_criterion_stands_on_every_face(catalog: Catalog, client: TestClient) -> None:
    """All criteria are told wherever one option is told whole, and side by side by name what no question is about."""
    why = view_of(answered("why microneedling for acne scars")).parts[0]
    assert [part.criterion for part in why.parts] == list(catalog.criteria)
    sides = view_of(answered("microneedling or fractional laser for acne scars, skin type 5")).parts[0].sides
    asked = {c.name for c in catalog.criteria.values() if c.measure not in ASKED}
    assert asked
    assert asked <= {label for label, _ in sides.rows}
