"""Everyday ways to say what one has, takes or reacts to: each is read as the condition that the catalogue has."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from decide.catalog import Catalog
from decide.question.conditions import implied
from decide.question.reading import understand

WAYS = {
    "nouns": ("I have {}", "{} here", "with {}", "diagnosed with {}", "{} sufferer", "{} and wrinkles", "I've got {}"),
    "drugs": ("I take {}", "I'm on {}", "taking {}", "prescribed {}", "currently on {}", "I use {}",
              "been taking {} for years"),
    "allergens": ("allergic to {}", "{} allergy", "allergy to {}", "I react to {}", "reacted badly to {}",
                  "bad reaction to {}", "I'm very allergic to {}"),
    "said": ("{}",),
    "misspelt": ("{}",),
}  # fmt: skip


def listed() -> list[dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "everyday.toml").read_text("utf-8"))["said"]  # type: ignore[no-any-return]


def ways(row: dict[str, Any]) -> Iterator[str]:
    for kind, frames in WAYS.items():
        for word in row.get(kind, ()):
            bare = word.split(" ", 1)[1] if word.split(" ", 1)[0] in ("a", "an", "the") else word
            yield from (frame.format(bare if frame[0] == "{" else word) for frame in frames)
            if kind == "nouns":
                yield f"my {bare}" if not word.startswith("my") else word


@pytest.mark.parametrize("row", listed(), ids=lambda row: row["condition"])
def test_an_everyday_way_to_say_it_is_read_as_the_condition(row: dict[str, Any], catalog: Catalog) -> None:
    missed = {}
    for way in ways(row):
        for text in (f"wrinkles, {way}", f"{way}. what helps wrinkles?"):
            read = understand(text, catalog)
            if row["condition"] not in implied(catalog, read.person.conditions) or "wrinkles" not in [
                c.id for c in read.concerns
            ]:
                missed[text] = (read.person.conditions, read.not_understood)
    assert missed == {}


def test_every_condition_that_can_be_chosen_has_at_least_six_everyday_ways(catalog: Catalog) -> None:
    counted: Counter[str] = Counter()
    for row in listed():
        counted[row["condition"]] += len(set(ways(row)))
    asked = {c.id for c in catalog.conditions.values() if c.is_said}
    assert asked <= set(counted)
    assert {name: n for name, n in counted.items() if n < 6} == {}
