"""When somebody was born or comes of an age decides who is a minor today; in doubt it is asked about first.

The day is held to 29 November 2026.
"""

from datetime import date

import pytest

from decide.catalog import Catalog
from decide.question import births
from decide.question.asker import holding
from decide.question.reading import understand
from decide.question.vague import meant


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(births, "today", lambda: date(2026, 11, 29))


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("my daughter will be 14 next week", 13),
        ("I'll be 18 next month", 17),
        ("turning 17 in May", 16),
        ("turning 18 in May", 17),
        ("my son is 18 tomorrow", 17),
        ("I'm 18 in 3 weeks", 17),
        ("turning eighteen soon", 17),
        ("my 18th birthday is next week", 17),
        ("18 next month", 17),
        ("she turns 13 in July", 12),
        ("he'll be 16 in a month", 15),
        ("I'll be 40 next month", 39),
        ("turning 50 in May", 49),
        ("born March 2010", 16),
        ("born on 3 Dec 2010", 15),
        ("born 30/11/2010", 15),
        ("born 28/11/2008", 18),
        ("D.O.B. 2010-05-12", 16),
        ("DOB 20/4/09", 17),
        ("date of birth: 1.1.1990", 36),
        ("I turned 30 last week", 30),
    ],
)
def test_a_date_or_a_birthday_to_come_is_an_age(catalog: Catalog, said: str, age: int) -> None:
    read = understand(f"frown lines, {said}", catalog)
    assert (read.person.age, read.unread) == (age, ())


@pytest.mark.parametrize(
    ("said", "ages"),
    [
        ("born in 2011", (14, 15)),
        ("born 12/03/2009", (16, 17)),  # of March or of December
        ("DOB 03/12/2009", (16, 17)),
        ("born November 2008", (17, 18)),
        ("my birth year is 2010", (15, 16)),
        ("a 2010 baby", (15, 16)),
        ("born in '09", (16, 17)),
        ("born in the 90s", (26, 36)),
        ("class of 2028", (14, 22)),
        ("class of '28", (14, 22)),
        ("graduating in 2028", (14, 22)),
        ("I turn 18 next year", (16, 17)),
        ("I'll be 18 in two years", (15, 16)),
        ("my son turns 17 this year", (16, 17)),
        ("18 in October", (17, 18)),
        ("16th birthday in June", (15, 16)),
        ("born 1985", (40, 41)),
        ("born on the 31/31/2010", (0, 120)),
        ("date of birth on file", (0, 120)),
    ],
)
def test_what_leaves_the_age_open_is_asked_about(catalog: Catalog, said: str, ages: tuple[int, int]) -> None:
    read = understand(f"frown lines, {said}", catalog)
    assert read.person.age is None
    assert meant(catalog, read.person, read.unread).ages == ages


@pytest.mark.parametrize(
    "said", ["my daughter will be 14 next week", "born 12/03/2010", "born in 2011", "DOB 03/12/2009"]
)
def test_who_is_a_minor_today_is_one_to_every_rule(catalog: Catalog, said: str) -> None:
    read = understand(f"frown lines, {said}", catalog)
    assert "under-18" in holding(catalog, read.person, "wrinkles", "dynamic", read.unread).true_of


@pytest.mark.parametrize(
    "said",
    [
        "melasma since my son was born in 2015",
        "I'm 34, melasma since my daughter was born in 2015",
        "I have scars, my daughter will be 11 next month",
        "my wedding will be in 14 weeks, acne scars",
        "the price is 40 this week, acne scars",
        "born with dark circles",
        "acne scars, 3 sessions in May",
        "acne scars, the deal will be 50 % in May",
        "it will be 20 days tomorrow, acne scars",
        "in 2010 I had acne scars",
    ],
)
def test_what_is_no_birth_of_who_is_to_be_treated_makes_nobody_young(catalog: Catalog, said: str) -> None:
    read = understand(said, catalog)
    assert read.person.age in (None, 34)
    assert meant(catalog, read.person, read.unread).ages is None
