"""Numbers with units, dates and links, as people and advertisements write them."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.product.values import NoProof, count, day, link, quantity, yes_no


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("2e10 per mL", "per mL", 2e10, 2e10),
        ("20 billion per mL", "per mL", 2e10, 2e10),
        ("5 billion exosomes per 5 mL", "per mL", 1e9, 1e9),
        ("1x1010 particles/ml", "per mL", 1e10, 1e10),
        ("1 × 10¹⁰ EVs / mL", "per mL", 1e10, 1e10),
        ("10^10 per ml", "per mL", 1e10, 1e10),
        ("≥ 1×10^10/mL", "per mL", 1e10, 1e10),
        ("10,000,000,000 per cc", "per mL", 1e10, 1e10),
        ("5-10 billion per mL", "per mL", 5e9, 1e10),
        ("1.5–2 × 10^10 per mL", "per mL", 1.5e10, 2e10),
        ("between 1e9 and 2e9 per mL", "per mL", 1e9, 2e9),
        ("2e7 per µL", "per mL", 2e10, 2e10),
        ("-5e9 per mL", "per mL", -5e9, -5e9),
        ("2-8 °C", "°C", 2, 8),
        ("−20 to −80 °C", "°C", -80, -20),
        ("20 °C to 25 °C", "°C", 20, 25),
        ("minus 80 °C", "°C", -80, -80),
        ("stored at -20C", "°C", -20, -20),
        ("below 8 °C", "°C", 8, 8),
        ("41 F", "°C", 5, 5),
        ("18 months", "months", 18, 18),
        ("1.5 years", "months", 18, 18),
        ("4 weeks", "days", 28, 28),
        ("0.5 EU/mL", "EU/mL", 0.5, 0.5),
    ],
)
def test_a_quantity_is_read(text: str, unit: str, low: float, high: float) -> None:
    assert quantity(text, unit) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("billions per mL", "per mL", "not a number"),
        ("5 billion", "per mL", "no unit"),
        ("10 billion per vial", "per mL", "any size"),
        ("up to 50 billion per mL", "per mL", "ceiling"),
        ("< 5e9 per mL", "per mL", "ceiling"),
        ("5 mg/mL", "per mL", "counts mg"),
        ("2e10 per mL before dilution", "per mL", "not understood"),
        ("1e999 per mL", "per mL", "not a number"),
        ("nan per mL", "per mL", "not a number"),
        ("5 per 0 mL", "per mL", "no volume"),
        (2e10, "per mL", "no unit"),
        (float("nan"), "per mL", "not a number"),
        (float("inf"), "°C", "not a number"),
        (True, "per mL", "not a number"),
        ({"value": 3}, "per mL", "not a number"),
        ("room temperature", "°C", "not a number"),
        ("above -20 °C", "°C", "floor"),
        ("4 months", "°C", "not in °C"),
        ("4 °C", "months", "not in months"),
        ("very cold: 4 °C", "°C", "begin with a number"),
    ],
)
def test_what_is_no_quantity_says_why(value: Any, unit: str, words: str) -> None:
    with pytest.raises(NoProof, match=words):
        quantity(value, unit)


@pytest.mark.parametrize("text", ["2026-03-14", "14 March 2026", "March 14th, 2026", "2026/3/14", "2026-03-14T09:00"])
def test_a_date_is_read(text: str) -> None:
    assert day(text) == date(2026, 3, 14)


@pytest.mark.parametrize(
    "value", ["03/04/2026", "14.03.26", "2026-02-30", "last year", "2026", 20260314, True, "March"]
)
def test_a_date_with_two_meanings_is_refused(value: Any) -> None:
    with pytest.raises(NoProof):
        day(value)


@pytest.mark.parametrize(
    "text",
    ["10.1093/asj/sjac321", "doi: 10.1093/asj/sjac321", "https://doi.org/10.1093/asj/sjac321", "PMID 36234567",
     "NCT06221787", "https://pubmed.ncbi.nlm.nih.gov/36234567/", "https://academic.oup.com/asj/article/1"],
)  # fmt: skip
def test_a_link_is_read(text: str) -> None:
    assert link(text)


@pytest.mark.parametrize(
    "value",
    ["see our paper", "10.1/x", "https://example.com/paper", "http://localhost/x", "http://127.0.0.1/x",
     "https://lab.org", "javascript:alert(1)", "https://[::1/x", "ftp://lab.org/x", 10.1093, True, "doi"],
)  # fmt: skip
def test_what_leads_nowhere_is_no_link(value: Any) -> None:
    with pytest.raises(NoProof):
        link(value)


@pytest.mark.parametrize("value", ["100+", "over 100", "1e3", 12.5, float("nan"), True, "many", None, "ten", "9" * 40])
def test_a_count_is_a_whole_number(value: Any) -> None:
    with pytest.raises(NoProof):
        count(value)
    assert count("1,204") == 1204
    assert count(56.0) == 56


def test_yes_and_no() -> None:
    assert yes_no("Yes.")
    assert not yes_no(False)
    for odd in ("partly", 1, None, "yes and no"):
        with pytest.raises(NoProof):
            yes_no(odd)


@given(st.one_of(st.text(max_size=60), st.text("0123456789eE+-x^.,/ mLbilonper°C–×", max_size=40)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (lambda t: quantity(t, "per mL"), lambda t: quantity(t, "°C"), count, day, link, yes_no):
        with suppress(NoProof):
            read(text)
