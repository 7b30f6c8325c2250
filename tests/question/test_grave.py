"""What a doctor has to see first raises its flag in any order of words; harmless words that look like it raise none."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand
from decide.question.redflags import flags_in

with (Path(__file__).parent / "grave.toml").open("rb") as file:
    SAID = tomllib.load(file)


def grave() -> Iterator[tuple[str, str]]:
    for entry in SAID["grave"]:
        for said in entry["said"]:
            yield entry["told"], said


@pytest.mark.parametrize(("told", "said"), list(grave()))
def test_a_grave_sentence_raises_the_flag_of_its_kind(catalog: Catalog, told: str, said: str) -> None:
    read = understand(f"wrinkles, {said}", catalog)
    assert any(told in flag.says for words in read.red_flags for flag in flags_in(catalog, words))


@pytest.mark.parametrize("said", [said for entry in SAID["harmless"] for said in entry["said"]])
def test_harmless_words_that_look_grave_raise_none(catalog: Catalog, said: str) -> None:
    assert understand(said, catalog).red_flags == ()


def test_grave_words_need_no_concern_beside_them(catalog: Catalog) -> None:
    silent = [said for _, said in grave() if not understand(said, catalog).red_flags]
    assert silent == []
