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
from decide.catalog import Catalog
from decide.cli.main import main
from decide.report.html import report
from decide.report.views.ranking import reasons
from decide.report.words import money_range
from tests.web.test_pages import Tags, seen

QUESTION = "what's best for acne scars under $2000"


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
    assert reasons(ranking) in text
    for row in ranking.rows[:8]:
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
    assert page.count("<svg ") == 2
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
def test_hostile_facts_are_text(face: str, catalog: Catalog) -> None:
    evil = '<script>alert("x")</script>\'" onload=x'
    ranking = decide.rank("acne scars", market="uk", person={"skin_type": 5}, draws=0, catalog=catalog)
    first = ranking.rows[0]
    bad = replace(
        ranking,
        concern_name=evil,
        market_name=evil,
        rows=(replace(first, option=replace(first.option, name=evil), stars_working=(evil,)), *ranking.rows[1:]),
        left_out=tuple(replace(item, name=evil, value=evil) for item in ranking.left_out),
    )
    page = report(bad) if face == "report" else bad._repr_html_()
    tags = Tags(page)
    assert "script" not in tags.names
    assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
    assert evil in seen(page).replace("” ", '" ') or evil in unescape(page)


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("words", [(QUESTION,), ("best for melasma, I'm pregnant",), ("hair loss under £900",)])
def test_it_prints_on_one_to_three_pages(tmp_path: Path, words: tuple[str, ...]) -> None:
    made(tmp_path, "report", *words)
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
