"""A reading said back in one line, and its gaps in plain lines."""

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand
from decide.question.restate import explain_gaps, restate


@pytest.mark.parametrize(
    ("text", "market", "line"),
    [
        ("what's best for rolling acne scars under $2000", "us",
         "What is best for acne scars, rolling? · up to $2,000 in all · US prices"),
        ("Botox vs fillers for frown lines, £300 a session, no needles", "uk",
         "Botulinum toxin (Botox) or Fillers for wrinkles, dynamic? · up to £300 a session · no needles · UK prices"),
        ("melasma, at least $500, not hydroquinone, pregnant, skin type 4", "us",
         "What is best for pigment, melasma? · at least $500 in all · not Hydroquinone · pregnant · skin type 4"
         " · US prices"),
        ("wrinkles, between 600 and 800 AUD, 3 days off, cheapest", "au",
         "What is best for wrinkles? · A$600 to A$800 in all · at most 3 days of downtime · the cheapest first"
         " · Australia prices"),
        ("acne scars under 900", "uk", "What is best for acne scars? · up to £900 in all · UK prices"),
        ("acne scars under 900", "au", "What is best for acne scars? · up to $900 in all · Australia prices"),
        ("hello", "us", "US prices"),
    ],
)  # fmt: skip
def test_the_reading_in_one_line(text: str, market: str, line: str, catalog: Catalog) -> None:
    assert restate(understand(text, catalog), catalog, catalog.markets[market]) == line


def test_an_ambiguous_word_asks_back_with_the_choices(catalog: Catalog) -> None:
    lines = explain_gaps(understand("what gets rid of spots", catalog), catalog)
    assert lines == ["'spots' may mean Pigment, Redness or Sun damage: say which"]


def test_what_was_not_used_is_named(catalog: Catalog) -> None:
    lines = explain_gaps(understand("dark circles, my wedding is in six weeks", catalog), catalog)
    assert lines == ["not used: 'six weeks', 'wedding'"]


def test_the_least_to_spend_is_said_not_to_be_used(catalog: Catalog) -> None:
    """ "From $500 to $2000" holds nothing back that costs less."""
    for asked in ("acne scars, at least $500", "acne scars, $500 to $2000"):
        assert explain_gaps(understand(asked, catalog), catalog) == [
            "the least to spend is not used: what costs less is told too"
        ]


@pytest.mark.parametrize("asked", ["plan acne scars and melasma, at least $500", "plan acne scars and melasma"])
def test_a_plan_without_the_most_to_spend_is_said_to_be_none(asked: str, catalog: Catalog) -> None:
    lines = explain_gaps(understand(asked, catalog), catalog)
    assert "a plan needs the most that may be spent: each concern is told by itself" in lines


def test_nothing_left_open_says_nothing(catalog: Catalog) -> None:
    assert explain_gaps(understand("acne scars", catalog), catalog) == []
