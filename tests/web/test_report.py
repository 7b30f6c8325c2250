"""The report: one file that holds everything and needs nothing."""

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import decide
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import why
from decide.catalog import Catalog
from decide.cli.main import main
from decide.question.conditions import readable
from decide.question.names import OptionId
from decide.report.html import report
from decide.report.html.faces import Paper
from decide.report.views.verdict import verdict
from decide.report.words import money, money_range
from decide.web import create_app
from decide.web.guard import Bounds
from tests.posed import posed
from tests.toy import Toy
from tests.web.test_pages import Tags, seen

QUESTION = "what's best for acne scars under $2000"
PRINTED = (
    QUESTION,
    "best for melasma, I'm pregnant",
    "hair loss under £900",
    "redness and wrinkles",
    "are exosomes worth $2000",
    "is microneedling worth $1500 for acne scars",
    "acne scars and melasma under $3000",
    "exosomes or tretinoin for wrinkles",
    "tell me about exosomes",
    "why microneedling for acne scars",
)
"""One of each kind of answer, and two that are several at once."""


def made(tmp_path: Path, *words: str) -> str:
    file = tmp_path / "report.html"
    assert main([*words, "-o", str(file)]) == 0
    return file.read_text(encoding="utf-8")


def test_it_holds_the_answer_its_reasons_and_its_sources(tmp_path: Path, catalog: Catalog) -> None:
    page = made(tmp_path, "report", QUESTION)
    text = seen(page)
    ranking = decide.ask(QUESTION, catalog=catalog).ranking
    assert ranking is not None
    assert QUESTION in text
    assert all(line.says in text for line in verdict(ranking))
    for row in ranking.options[: Paper.most]:
        assert row.option.name in text
        assert money_range(row["cost"], "$") in text
    concern = catalog.concerns["acne-scars"]
    for part in (concern.summary, concern.untreated, concern.living_with, *concern.question_for_clinician):
        assert part in text
    for title in ("side by side", "Left out, and why", "Notes", "Sources", "Report of 20", catalog.edition.version):
        assert title in text
    assert "informs a talk with a clinician" in text
    assert 'href="https://doi.org/' in page
    cited = {int(n) for n in re.findall(r'href="#source-(\d+)"', page)}
    assert cited == {int(n) for n in re.findall(r'id="source-(\d+)"', page)}


@pytest.mark.parametrize(
    "words",
    [
        ("report", QUESTION),
        ("ask", QUESTION, "--format", "html"),
        ("best", "melasma", "--pregnant", "--format", "html"),
        ("compare", "exosomes", "tretinoin", "--for", "wrinkles", "--format", "html"),
        ("why", "microneedling", "--for", "acne scars", "--format", "html"),
        ("why", "exosomes", "--for", "wrinkles", "--format", "html"),
        ("show", "exosome-serum", "--format", "html"),
        ("instead", "exosomes", "--format", "html"),
        ("plan", "acne scars", "pigment", "--budget", "2000", "--format", "html"),
        ("catalog", "list", "concerns", "--format", "html"),
        ("catalog", "sources", "--format", "html"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_it_needs_nothing_from_anywhere(tmp_path: Path, words: tuple[str, ...]) -> None:
    page = made(tmp_path, *words)
    tags = Tags(page)
    assert "script" not in tags.names
    assert tags.names.count("h1") >= 1
    for name, attributes in tags.found:
        assert "src" not in attributes, name
        assert not any(a.startswith("on") for a in attributes)
        if not (attributes.get("href") or "#").startswith(("#", "data:,")):
            assert name == "a"
    assert "url(" not in page.replace("url(#", "")
    assert "@import" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert unescape(page)


def test_charts_are_within_and_have_words(tmp_path: Path) -> None:
    page = made(tmp_path, "report", QUESTION)
    assert page.count("<svg ") == 1
    assert all(len(label) > 40 for label in re.findall(r'<svg role="img" aria-label="([^"]*)"', page))


def test_without_the_charts_library_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "vl_convert", None)
    page = made(tmp_path, "report", QUESTION)
    assert "<svg " not in page
    assert "Charts are left out" in page


def test_the_page_gives_the_same_report(client: TestClient, tmp_path: Path) -> None:
    mine = client.get("/report", params={"q": QUESTION})
    assert seen(mine.text) == seen(made(tmp_path, "report", QUESTION))
    assert "'sha256-" in mine.headers["content-security-policy"]


@pytest.mark.parametrize("face", ["report", "notebook"])
def test_hostile_answers_are_text(face: str, catalog: Catalog) -> None:
    evil = '<script>alert("x")</script>\'" onload=x'
    ranking = decide.rank("acne scars", market="uk", person={"skin_type": 5}, draws=0, catalog=catalog)
    first = ranking.rows[0]
    bad = replace(
        ranking,
        concern_name=evil,
        market_name=evil,
        rows=(replace(first, option=replace(first.option, name=evil)), *ranking.rows[1:]),
        left_out=tuple(replace(item, name=evil, value=evil) for item in ranking.left_out),
    )
    page = report(bad) if face == "report" else bad._repr_html_()
    tags = Tags(page)
    assert "script" not in tags.names
    assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
    assert evil in seen(page).replace("” ", '" ') or evil in unescape(page)


SHORT = "<img src=x onerror=evil>\"'&amp;{{7*7}}"
HOSTILE = f"{SHORT} </script><script>evil()</script><!-- </style>"


def hostile(toy: Toy) -> Catalog:
    """Facts with markup wherever a text may stand, and addresses that are programs."""
    words = ("summary", "mode_of_action", "delivery", "best_used", "best_for", "caution", "before", "during", "after")
    for name in ("pen", "shot"):
        toy.procedure(name, **{**dict.fromkeys(words, HOSTILE), "name": f"{name} {SHORT}"[:40]})
        toy.practice(name, "sessions", 2, 4, concern="evil", note=HOSTILE, source="bad")
        toy.practice(name, "caution", value=HOSTILE, note=HOSTILE, source="bad")
        toy.practice(name, "caution", value="active-acne", note=HOSTILE, source="bad")
        toy.harm(name, 10, event=HOSTILE, source="bad", concern="evil")
        toy.price(name, 100, covers=HOSTILE, covers_partial=HOSTILE, doubtful=HOSTILE, note=HOSTILE, source="bad")
        toy.helped(name, "evil", source="bad", interest=HOSTILE, scale=HOSTILE)
    toy.procedure("none", name=SHORT[:40])
    toy.add("concern", id="evil", name=f"Evil {SHORT}", summary=HOSTILE, untreated=HOSTILE, living_with=HOSTILE,
            question_for_clinician=[HOSTILE], words=["evil"],
            subtype=[{"id": "kind", "name": SHORT, "summary": HOSTILE}])  # fmt: skip
    toy.guide("evil", "kind", "pen")
    toy.add("source", id="bad", title=HOSTILE, authors=HOSTILE, publisher=HOSTILE, url="javascript:evil()",
            interest=HOSTILE)  # fmt: skip
    toy.add("source", id="worse", title="Worse", doi='"><script>evil()</script>')
    toy.practice("pen", "downtime-days", 1, 2, source="worse")
    return toy.catalog()


def harmless(page: str) -> Tags:
    """Nothing of what the facts say has become markup, a handler, a style or an address that runs."""
    tags = Tags(page)
    for name, attributes in tags.found:
        assert name != "img" or (attributes.get("src") or "").startswith("/charts/"), attributes
        assert not any(a.startswith("on") for a in attributes), (name, attributes)
        for address in ("href", "src", "action", "formaction"):
            assert not (attributes.get(address) or "").strip().lower().startswith(("javascript:", "data:text")), (
                attributes
            )
    assert "<script>" not in page
    assert "<!-- </style>" not in page
    return tags


@pytest.mark.parametrize(
    "path",
    [
        "/?concern=evil",
        "/?q=evil",
        "/?concern=evil&condition=active-acne",
        "/?concern=evil&budget=1",
        "/answer?concern=evil",
        "/options/pen?concern=evil",
        "/options/pen",
        "/compare?concern=evil&with=pen&with=shot",
        "/instead?for=pen",
        "/report?concern=evil",
        "/about",
    ],
)
def test_hostile_facts_are_text_on_every_page(toy: Toy, path: str) -> None:
    found = TestClient(create_app(hostile(toy), Bounds(rate=1e9, burst=1e9), warm=False, hosts=None)).get(path)
    assert found.status_code == 200, found.text[:300]
    tags = harmless(found.text)
    assert tags.names.count("script") <= 1
    # it is there all the same, as text; the page about the program names no facts
    assert ("&lt;img src=x onerror=evil&gt;" in found.text) == (path != "/about")


def test_hostile_facts_are_text_in_reports_and_notebooks(toy: Toy) -> None:
    catalog = hostile(toy)
    person = {"conditions": ("active-acne",)}
    ranking = decide.rank("evil", person=person, catalog=catalog)
    answers = (
        ranking,
        decide.compare(["pen", "shot"], "evil", catalog=catalog),
        *why(posed(catalog, "evil", person=person), "pen"),
        decide.ask("evil", catalog=catalog),
        decide.instead("pen", catalog=catalog),
    )
    for answer in answers:
        page = report(answer, question=HOSTILE)
        assert "script" not in harmless(page).names
        assert "&lt;img src=x onerror=evil&gt;" in page
        cell = answer._repr_html_()
        names = harmless(cell).names
        assert set(names) <= {
            "div", "style", "section", "h2", "h3", "h4", "p", "strong", "small", "span", "a", "ul", "li", "dl", "dt",
            "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "meter",
        }  # fmt: skip
        assert names.count("style") == 1
        assert "&lt;img src=x onerror=evil&gt;" in cell


@pytest.mark.parametrize("question", PRINTED)
def test_every_kind_of_answer_has_a_checklist_for_the_appointment(question: str, catalog: Catalog) -> None:
    answer = decide.ask(question, catalog=catalog)
    text = seen(report(answer)).partition("Checklist for the appointment")[2].partition("Sources")[0]
    assert "names of all medicines" in text
    assert "what happens if you do nothing" in text
    # what may be owed at most is told of all that is named with a price
    for part in answer.parts:
        rows = {Ranking: lambda p: p.options[:3], Plan: lambda p: p.best.courses}.get(type(part), lambda _: ())(part)
        for row in rows:
            name, cost = (row.option.name, row["cost"]) if isinstance(part, Ranking) else (row.name, row.cost)
            assert f"{name} {money(cost.high, part.symbol)}" in text
            parts = OptionId.parse(row.option.id if isinstance(part, Ranking) else row.id)
            for fact in catalog.practice(parts.procedure, "contraindication"):
                assert readable(catalog, fact.value or "") in text


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("question", PRINTED)
def test_it_prints_on_one_to_three_pages(tmp_path: Path, question: str) -> None:
    made(tmp_path, "report", question)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={tmp_path / 'profile'}",
         f"--print-to-pdf={tmp_path / 'report.pdf'}", f"file://{tmp_path / 'report.html'}"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = (tmp_path / "report.pdf").read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    assert 1 <= pages <= 3
    assert re.search(rb"/MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]", pdf)
