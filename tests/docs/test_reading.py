"""What a person reads is plain: grade 8 or lower (Flesch-Kincaid), text by text."""

import re
import warnings
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from decide import ask, compare, rank
from decide.answers.instead import instead
from decide.answers.plan import Plan
from decide.catalog import Catalog
from decide.report.views.checklist import checklist
from decide.report.views.instead import instead_view
from decide.report.views.plan import plan_view
from decide.report.words import capital
from decide.web import create_app
from tests.posed import posed

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # textstat still imports pkg_resources
    import textstat

GRADE = 8.0
CONCERNS = ("acne-scars", "wrinkles", "hair-loss", "redness")
LISTS = (
    "Matched to a kind by",
    "Signs:",
    "take care, for what you said ·",  # the signs behind "!", which ends no sentence there
    "Sources:",
    "With any of these",
    "it every day slows",
    "it: not compared",
    "Which kind matters",
    "Not for you",
    "Ask first",
    "Rx: On prescription only",
    "‼ Gravest harm known",
    "‼ Lasting or dangerous, however rare",
    "‼ No source read here names its gravest harm",
    "Over budget",
    "No price known here",
    "No course known",
    "Ruled out by",
    "Too much downtime",
)
"""Sentences that list names of treatments, conditions or harms: there is no prose in them to measure."""


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


def procedure_texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for procedure in catalog.procedures.values():
        for field in ("summary", "mode_of_action", "before", "during", "after", "caution"):
            yield f"{procedure.id}, {field}", getattr(procedure, field)


def concern_texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for concern in catalog.concerns.values():
        for field in ("summary", "untreated", "living_with"):
            yield f"{concern.id}, {field}", getattr(concern, field)
        for question in concern.question_for_clinician:
            yield f"{concern.id}, question", question
        for kind in concern.subtype:
            yield f"{concern.id}, {kind.id}", kind.summary


def test_the_catalogue_reads_plainly(catalog: Catalog) -> None:
    texts = [(where, text) for where, text in (*procedure_texts(catalog), *concern_texts(catalog)) if text]
    assert len(texts) > 400
    hard = [f"{where}: {grade(text):.1f}: {text}" for where, text in texts if grade(text) > GRADE]
    assert not hard, "\n".join(hard)


def prose(text: str, catalog: Catalog) -> Iterator[str]:
    """The paragraphs of an answer as sentences; tables, headings and lists of names are no prose.

    Names of treatments count as one short word each: they are what the answer is about, and cannot be simpler.
    """
    names = sorted({name for p in catalog.procedures.values() for name in (p.name,)}, key=len, reverse=True)
    known = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)
    for block in text.split("\n\n")[1:]:
        if "---" in block:
            continue
        lines = known.sub("it", " ".join(block.split()))
        kept = [s for s in re.split(r"(?<=[.!?])\s+", lines) if not s.startswith(LISTS)]
        paragraph = " ".join(kept)
        if len(paragraph.split()) > 5:
            yield paragraph


@pytest.mark.parametrize("concern", CONCERNS)
def test_an_answer_reads_plainly(concern: str, catalog: Catalog) -> None:
    text = str(rank(concern, budget=2000, person={"skin_type": 4}, catalog=catalog))
    paragraphs = list(prose(text, catalog))
    assert len(paragraphs) >= 3
    hard = [f"{grade(p):.1f}: {p}" for p in paragraphs if grade(p) > GRADE]
    assert not hard, "\n".join(hard)


@pytest.mark.parametrize("concern", CONCERNS)
def test_same_money_elsewhere_reads_plainly(concern: str, catalog: Catalog) -> None:
    found = instead(posed(catalog, concern), "exosomes")
    verdicts = [f"{capital(row.words)}." for row in instead_view(found).rows]
    paragraphs = [*prose(str(found), catalog), *prose("\n\n".join(["", *verdicts]), catalog)]
    assert paragraphs
    hard = [f"{grade(p):.1f}: {p}" for p in paragraphs if grade(p) > GRADE]
    assert not hard, "\n".join(hard)


def test_a_comparison_reads_plainly(catalog: Catalog) -> None:
    paragraphs = list(prose(str(compare(["exosomes", "tretinoin"], "wrinkles", catalog=catalog)), catalog))
    assert paragraphs
    hard = [f"{grade(p):.1f}: {p}" for p in paragraphs if grade(p) > GRADE]
    assert not hard, "\n".join(hard)


def test_a_plan_and_a_checklist_read_plainly(catalog: Catalog) -> None:
    (found,) = ask("acne scars and melasma under $3000", catalog=catalog).parts
    assert isinstance(found, Plan)
    view = plan_view(found)
    named = [*(f"{what}. {capital(more)}." for _, what, more in view.diary), view.unsaid]
    listed = ("Say so if one", "Have the sum")
    asked = [line for line in checklist([found]) if not line.startswith(listed)]
    assert len(asked) > 5
    hard = [line for text in (*named, *asked) for line in prose(f"\n\n{text}", catalog) if grade(line) > GRADE]
    assert not hard, "\n".join(hard)


def test_the_first_page_reads_plainly(catalog: Catalog) -> None:
    with TestClient(create_app(catalog, warm=False, hosts=None)) as client:
        response = client.get("/")
    assert response.status_code == 200
    page = response.text
    # names of concerns and of what may be true of a person are names
    told_in = re.findall(
        r"<(p|li|h1|h2|legend)\b[^>]*>(.*?)</\1>", re.sub(r"<strong>.*?</strong>", "", page), re.DOTALL
    )
    plain = [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for _, text in told_in]
    told = [text for text in plain if len(text.split()) > 5 and not text.startswith("For example")]
    assert len(told) > 12
    hard = [f"{grade(text):.1f}: {text}" for text in told if grade(text) > GRADE]
    assert not hard, "\n".join(hard)


def test_hard_prose_is_found() -> None:
    assert grade("Notwithstanding considerable methodological heterogeneity, administration appears efficacious.") > 12
