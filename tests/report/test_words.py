"""Units, signs and roundings."""

import string
import subprocess
import sys

import pytest

from decide.alternatives.cell import Cell
from decide.catalog import Catalog
from decide.report import words
from decide.report.views import marks


def cell(low: float, typical: float, high: float, basis: str = "facts") -> Cell:
    return Cell(low=low, typical=typical, high=high, basis=basis)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sign", "code"),
    [("£", "GBP "), ("€", "EUR "), ("¥", "JPY "), ("₹", "INR "), ("₩", "KRW "), ("₿", "BTC "), ("$", "$")],
)
def test_a_currency_is_told_in_ascii(sign: str, code: str) -> None:
    assert words.plain(words.money(900, sign)) == f"{code}900"


def test_a_currency_without_a_code_here_is_told_by_its_name() -> None:
    assert words.plain("\u20a2900") == "cruzeiro 900"


def test_every_sign_that_a_face_uses_is_told_apart_in_ascii() -> None:
    signs = [words.BORROWED, words.GUESSED, words.DOUBTFUL, words.OVER, words.DISAGREE, words.CAUTION]
    shown = [words.plain(sign) for sign in signs]
    assert len(set(shown)) == len(signs)
    assert set("".join(shown)) <= set(string.printable)


@pytest.mark.parametrize(
    ("text", "shown"), [("café", "cafe"), ("−4 to 12", "-4 to 12"), ("≥ 3 × 2…", ">= 3 x 2..."), ("中", "?")]
)
def test_letters_lose_their_accents_and_nothing_else_breaks(text: str, shown: str) -> None:
    assert words.plain(text) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(3, 7, "3–7"), (-4, 12, "−4 to 12"), (5, 5, "5"), (0.4, 1.25, "0.4–1.2"), (-2, -2, "−2")]
)
def test_spans(low: float, high: float, shown: str) -> None:
    assert words.span(low, high) == shown


@pytest.mark.parametrize(
    ("low", "high", "basis", "shown"),
    [(0, 0, "facts", "none"), (0.1, 0.5, "facts", "<1"), (0, 2.6, "prior", "~0–3"), (1, 1, "facts", "1"),
     (0, 0, "unknown", "?"), (12, 12, "as-used", "as long as used")],
)  # fmt: skip
def test_ranges_of_days(low: float, high: float, basis: str, shown: str) -> None:
    assert words.reach(cell(low, low, high, basis), whole=True) == shown


def test_money_has_cents_below_ten_and_a_mark_where_it_is_borrowed() -> None:
    assert words.money(4.49, "£") == "£4.49"
    assert words.money(9, "£") == "£9"
    assert words.money(1234.5, "$") == "$1,234"
    assert words.money_range(cell(99, 218, 2157, "borrowed"), "£") == "≈£218 (£99–2,157)"
    assert words.money_range(cell(40, 40, 40), "$") == "$40"


def test_a_third_scale_is_told_in_its_own_words(catalog: Catalog) -> None:
    percent = catalog.scales["percent-improvement"]
    grades = percent.model_copy(update={"unit": "grades", "step": "grades", "over": "better than a dummy"})
    found = cell(1, 2, 3, "studies")
    assert words.gain_short(found) == "2 (1–3)"
    assert words.gain_alone(found, percent) == "2 points (1–3)"
    assert words.gain_alone(found, grades) == "2 grades (1–3)"
    assert [words.gain(x, grades) for x in (2, 1, -1, 0)] == ["2 grades", "1 grade", "−1 grade", "0 grades"]
    assert words.gain_phrase(found, percent) == "about 2 points better than a dummy treatment, likely 1–3"
    assert words.gain_phrase(found, grades) == "about 2 grades better than a dummy, likely 1–3"
    assert (words.level(-2.4, percent), words.level(12, grades)) == ("−2%", "12 grades")
    assert words.gain_short(cell(0, 0, 9, "prior")) == words.NO_FIGURE
    for scale in (percent, grades):
        assert words.gain_alone(cell(0, 0, 9, "prior"), scale) == words.NO_FIGURE
        nothing = "no gain over a dummy treatment expected (−5 to 5)"
        assert words.gain_phrase(cell(-5, 0.2, 5, "studies"), scale) == nothing


def test_words_know_neither_numpy_nor_pydantic() -> None:
    heavy = ("numpy", "pydantic", "decide.alternatives", "decide.answers")
    code = f"import sys, decide.report.words; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_lists_and_rests() -> None:
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.some(["a", "b", "c"], 2) == "a; b; and 1 more"
    assert words.plural(1, "visit") == "1 visit"
    assert words.plural(3, "visit") == "3 visits"
    assert (words.plural(1, "study"), words.plural(2, "study")) == ("1 study", "2 studies")


def test_each_mark_has_a_sentence_and_a_sign() -> None:
    assert set(marks.SAYS) | {"borrowed", "caution", "product", "status", "clinic", "grave", "gravest"} == set(
        marks.KINDS
    )
    assert marks.simple("over", "+").line == "+ The high end of its range is over your budget."
    assert marks.simple("part", "2 of 4").line.startswith("2 of 4: a part course")


def test_cautions_say_of_what_and_other_marks_stand_once() -> None:
    over = marks.simple("over", "+")
    care = marks.Mark("caution", "!", "Take care with x (y)")
    found = marks.gathered([("A", (care, over)), ("B", (over, care)), ("C", (over,))])
    assert [mark.line for mark in found] == ["! Take care with x (y): A, B.", over.line]
