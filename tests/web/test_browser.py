"""The page in a real browser: mouse, keyboard, phone, paper, and without a script."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Error

from decide.catalog import Catalog

QUESTION = "what's best for acne scars under $2000"
PAGES = (
    "/",
    f"/?q={quote(QUESTION)}",
    "/?q=best%20for%20melasma,%20I'm%20pregnant",
    "/?q=acne+scars+and+melasma+under+%243000",
    "/options/microneedling?concern=acne-scars",
    "/compare?concern=acne-scars&with=subcision&with=microneedling%2Bsuperficial-peel&with=adapalene",
    "/instead?for=exosomes",
    "/?concern=pigment&budget=10",
    "/about",
)


class Visit:
    """A page, and everything that it said or asked for while it was open."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.address = address
        self.context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **context})
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def order(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all("[data-option]", "all => all.map(e => e.dataset.option)")
        return found

    def close(self) -> None:
        host = urlsplit(self.address).netloc
        cookies = self.context.cookies()
        kept = self.page.evaluate("localStorage.length + sessionStorage.length")
        self.context.close()
        assert self.said == []
        assert {urlsplit(url).netloc for url in self.asked if not url.startswith("data:")} <= {host}
        assert cookies == []
        assert kept == 0


def until(page: Any, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the usual way, which evaluates text inside the page. What it
    names may be on a page that is still coming.
    """
    for _ in range(300):
        with contextlib.suppress(Error):
            if page.evaluate(condition):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")


def unfold(page: Any, *groups: str) -> None:
    """Open groups of controls."""
    for group in groups:
        page.locator(f"#{group} > summary").click()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Any]:
    opened: list[Visit] = []

    def opener(**context: Any) -> Visit:
        opened.append(Visit(browser, address, **context))
        return opened[-1]

    yield opener
    for item in opened:
        item.close()


def test_ask(visit: Any) -> None:
    here = visit()
    page = here.open("/")
    page.get_by_label(re.compile("your own words")).fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector(".card")
    assert "up to $2,000" in page.locator(".restated").inner_text()
    assert page.locator("#concern").input_value() == "acne-scars"
    assert page.locator("#budget").input_value() == "2000"
    assert "q=" in page.url


def test_a_slider_moves_the_order(visit: Any) -> None:
    here = visit()
    page = here.open("/?concern=acne-scars")
    before = here.order()
    unfold(page, "weights")
    page.locator("#w_downtime").fill("40")
    until(page, f"document.querySelector('[data-option]').dataset.option !== '{before[0]}'")
    until(page, "location.search.includes('w_downtime=40')")
    after = here.order()
    assert after != before
    until(page, "document.getElementById('said').textContent.includes('First:')")
    # the address alone gives the same page
    page.reload()
    page.wait_for_selector(".card")
    assert here.order() == after
    assert page.locator("#w_downtime").input_value() == "40"


def test_a_preset_sets_the_sliders(visit: Any, catalog: Catalog) -> None:
    here = visit()
    page = here.open("/?concern=wrinkles")
    unfold(page, "weights")
    page.locator("#profile").select_option("tight-budget")
    until(page, "location.search.includes('profile=tight-budget')")
    assert float(page.locator("#w_cost").input_value()) == catalog.profiles["tight-budget"].weights["cost"]
    assert "w_" not in page.url


def test_what_was_understood_can_be_changed(visit: Any) -> None:
    here = visit()
    page = here.open(f"/?q={quote(QUESTION)}")
    unfold(page, "for", "money")
    page.locator("#concern").select_option("wrinkles")
    until(page, "document.querySelector('.restated').textContent.startsWith('What is best for wrinkles? ·')")
    page.locator("#budget").fill("300")
    page.locator("#budget").blur()
    until(page, "document.querySelector('.restated').textContent.includes('$300')")
    page.locator("#market").select_option("uk")
    until(page, "document.querySelector('.restated').textContent.includes('UK prices')")
    page.get_by_text("Leave out", exact=True).first.click()
    page.get_by_label("Injections", exact=True).check()
    until(page, "document.querySelector('.restated').textContent.includes('no injections')")


def test_compare(visit: Any) -> None:
    here = visit()
    page = here.open("/?concern=acne-scars")
    boxes = page.locator(".cards input[name=with]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.get_by_role("button", name=re.compile("side by side")).click()
    page.wait_for_selector("table.side")
    heads = page.locator("table.side thead th").all_inner_texts()
    assert len(heads) == 3
    assert heads[-1] == "Doing nothing"


def test_why_and_back(visit: Any) -> None:
    here = visit()
    page = here.open(f"/?q={quote(QUESTION)}")
    page.locator(".card .why").first.click()
    page.wait_for_selector("table.studies")
    page.get_by_role("link", name="Back to the answer").click()
    page.wait_for_selector(".card")


def test_plan(visit: Any) -> None:
    here = visit()
    page = here.open("/?q=acne+scars+and+melasma+under+%243000")
    plan = page.locator("section.plan")
    assert plan.get_attribute("aria-label") == (
        "Plan for acne scars, atrophic scars + pigment, melasma · up to $3,000 in all · US prices"
    )
    assert 1 <= plan.locator("table").first.locator("tbody tr").count() <= 4
    assert page.locator(".cards").count() == 0


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(visit: Any, path: str) -> None:
    page = visit().open(path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (320, 390, 1400):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_gets_the_narrow_chart(visit: Any) -> None:
    here = visit(viewport={"width": 390, "height": 800})
    page = here.open("/?concern=acne-scars")
    picture = page.locator(".chart img").first
    picture.scroll_into_view_if_needed()
    until(page, "document.querySelector('.chart img').complete")
    assert "size=narrow" in picture.evaluate("e => e.currentSrc")
    assert picture.evaluate("e => e.naturalWidth") > 0


def test_by_keyboard_alone(visit: Any) -> None:
    here = visit()
    page = here.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("acne scars")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    page.wait_for_load_state("networkidle")
    before = here.order()
    # few steps lead to what may be changed, and a fold opens by its key
    page.evaluate("document.querySelector('#q').focus()")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement.id") == "weights":
            break
    page.keyboard.press("Enter")
    assert page.locator("#weights").get_attribute("open") is not None
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "w_benefit":
            break
    assert page.evaluate("document.activeElement.id") == "w_benefit"
    page.keyboard.press("Home")
    until(page, f"document.querySelector('[data-option]').dataset.option !== '{before[0]}'")
    assert page.evaluate("document.activeElement.id") == "w_benefit"
    page.evaluate("document.querySelector('.skip').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_another_question_keeps_what_the_form_says_now(visit: Any) -> None:
    here = visit()
    page = here.open("/?concern=wrinkles&condition=epilepsy&borrow=no")
    unfold(page, "you")
    page.locator("#age").fill("50")
    page.locator("#age").blur()
    until(page, "document.querySelector('.restated').textContent.includes('age 50')")
    page.locator("#q").fill("best for melasma under £900")
    page.get_by_role("button", name="Ask", exact=True).click()
    until(page, "document.querySelector('.restated').textContent.startsWith('What is best for pigment, melasma? ·')")
    assert "age 50" in page.locator(".restated").inner_text()
    assert page.locator("#details input[name=condition][value=epilepsy]").is_checked()
    assert page.locator("#details input[name=borrow]").is_checked()
    assert page.locator(".gap").first.inner_text() == "The words say otherwise, so this was let go: Wrinkles."


def test_without_a_script(visit: Any, catalog: Catalog) -> None:
    here = visit(java_script_enabled=False)
    page = here.page
    page.goto(here.address + "/")
    page.locator("#q").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_selector(".card")
    page.locator("#weights summary").click()
    page.locator("#w_benefit").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Answer again").click()
    page.wait_for_selector("text=Nothing here is worth more than doing nothing")
    assert page.locator(".card[data-option]").count() == 0
    unfold(page, "weights")
    page.locator("#profile").select_option("safest")
    page.get_by_role("button", name="Answer again").click()
    page.wait_for_selector(".card")
    assert page.locator("#profile").input_value() == "safest"
    assert float(page.locator("#w_risk").input_value()) == catalog.profiles["safest"].weights["risk"]
    page.locator(".cards input[name=with]").nth(0).check()
    page.locator(".cards input[name=with]").nth(1).check()
    page.get_by_role("button", name=re.compile("side by side")).click()
    page.wait_for_selector("table.side")


def test_on_paper(visit: Any, tmp_path: Path) -> None:
    here = visit()
    page = here.open(f"/?q={quote(QUESTION)}")
    page.emulate_media(media="print")
    assert not page.locator("#details").is_visible()
    assert page.locator(".card").first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").stat().st_size > 10_000


def test_dark(visit: Any) -> None:
    here = visit(color_scheme="dark")
    page = here.open("/?concern=acne-scars")
    red, green, blue = (
        int(x) for x in re.findall(r"\d+", page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    )
    assert red + green + blue < 150
    picture = page.locator(".chart img").first
    picture.scroll_into_view_if_needed()
    # it is loaded when it comes into sight, and has no address before
    for _ in range(50):
        if picture.evaluate("e => e.currentSrc"):
            break
        page.wait_for_timeout(200)
    assert "theme=dark" in picture.evaluate("e => e.currentSrc")


def axe() -> str:
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*PAGES, "/report?concern=acne-scars", "/?q=zzz"])
def test_axe_finds_nothing_serious(visit: Any, path: str) -> None:
    here = visit(bypass_csp=True)
    page = here.open(path)
    here.said.clear() if "zzz" in path else None
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(axe())
    # colours hang on the scheme alone, what is shown on the width alone
    for width, scheme in ((390, "dark"), (1400, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (width, scheme, v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in result["violations"]
            if v["impact"] in ("serious", "critical", "moderate")
        ]
        assert serious == []
