"""An overlay may add to a shipped condition; what would let somebody have what is barred is refused."""

from pathlib import Path

import pytest

from decide.catalog import load_catalog
from decide.errors import InputError
from tests.faces.ask import terminal

LESS = '[[condition]]\nid = "{}"\nname = "X"\nkind = "{}"\nwords = [{}]\nquestion = "X?"\n{}'


def laid(tmp_path: Path, text: str) -> Path:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("identity", "kind"), [("myasthenia-gravis", "illness"), ("thrombosis-history", "advice")])
def test_a_condition_that_says_less_than_the_shipped_one_is_refused(tmp_path: Path, identity: str, kind: str) -> None:
    folder = laid(tmp_path, LESS.format(identity, kind, '"x word"', ""))
    code, said = terminal("best", "wrinkles", "--catalog", str(folder))
    assert (code, said.count("Traceback")) == (2, 0)
    assert f"condition '{identity}' is without" in said
    assert terminal("catalog", "check", "--catalog", str(folder))[0] == 2


def test_one_that_says_more_is_taken(tmp_path: Path) -> None:
    known = load_catalog().conditions["smoking"]
    words = ", ".join(f'"{w}"' for w in (*known.words, "a pipe of an evening"))
    found = load_catalog(laid(tmp_path, LESS.format("smoking", known.kind, words, 'implies = ["sun-exposure"]')))
    assert found.conditions["smoking"].implies == ("sun-exposure",)
    with pytest.raises(InputError, match="is without"):
        assert load_catalog(laid(tmp_path, LESS.format("smoking", known.kind, '"pipe"', ""))).conditions
