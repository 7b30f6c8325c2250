"""A fact of one's own that names what there is not is told by the first answer, and not left out without a word."""

from pathlib import Path

import pytest

import decide
from decide.errors import CatalogError

PRICE = """
[[source]]
id = "my-clinic-2026"
title = "Price list of our clinic"
kind = "clinic-page"
year = 2026

[[price]]
procedure = "microneedling"
market = "us"
currency = "USD"
year = 2026
unit = "session"
low = 90
high = 110
grade = "own-list"
covers = "one session, face"
source = "my-clinic-2026"
seen = "page"
"""


def asked(folder: Path, facts: str) -> object:
    (folder / "mine.toml").write_text(facts)
    return decide.rank("acne scars", draws=0, catalog=decide.load_catalog(folder))


def test_sound_facts_of_ones_own_are_used(tmp_path: Path) -> None:
    assert asked(tmp_path, PRICE)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'procedure = "microneedling"',
            'procedure = "microneedlng"',
            "procedure 'microneedlng', did you mean 'microneed",
        ),
        ('market = "us"', 'market = "fr"', "market 'fr'"),
        ('source = "my-clinic-2026"', 'source = "my-clinic"', "source 'my-clinic'"),
    ],
)
def test_a_name_that_nothing_bears_is_told_with_its_file(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    with pytest.raises(CatalogError, match=rf"mine\.toml: \[\[price\]\] unknown {told}"):
        asked(tmp_path, PRICE.replace(right, wrong))


def test_a_fact_that_stands_twice_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"\[\[source\]\] my-clinic-2026 stands twice"):
        asked(tmp_path, PRICE + PRICE[: PRICE.index("[[price]]")])
