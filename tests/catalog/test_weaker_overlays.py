"""An overlay may add to what ships; what would let somebody have what is barred is refused."""

import json
from pathlib import Path

import pytest

from decide.catalog import Catalog, load_catalog
from decide.catalog.models import Practice
from decide.errors import InputError
from tests.faces.ask import terminal
from tests.shipped import CATALOG

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
    known = CATALOG.conditions["smoking"]
    words = ", ".join(f'"{w}"' for w in (*known.words, "a pipe of an evening"))
    found = load_catalog(laid(tmp_path, LESS.format("smoking", known.kind, words, 'implies = ["sun-exposure"]')))
    assert found.conditions["smoking"].implies == ("sun-exposure",)
    with pytest.raises(InputError, match="is without"):
        assert load_catalog(laid(tmp_path, LESS.format("smoking", known.kind, '"pipe"', ""))).conditions


def bar(catalog: Catalog, strength: str | None) -> Practice:
    facts = (f for p in catalog.procedures for f in catalog.practice(p, "contraindication"))
    return next(f for f in facts if f.strength == strength and not f.concern and not f.kinds)


def written(fact: Practice, **changed: str) -> str:
    values = {
        k: v for k, v in fact.model_dump(exclude_none=True).items() if v not in ("", (), False) and k != "strength"
    }
    return "[[practice]]\n" + "\n".join(f"{k} = {v!r}" for k, v in {**values, **changed}.items())


def refused(folder: Path, reads: str) -> None:
    code, said = terminal("ask", "what is best for hair loss", "--catalog", str(folder))
    assert (code, said.count("Traceback")) == (2, 0)
    assert reads in said
    assert terminal("catalog", "check", "--catalog", str(folder))[0] == 2


def test_a_strong_bar_is_not_made_weak_and_a_weak_one_may_be_made_strong(tmp_path: Path) -> None:
    facts = CATALOG
    strong, weak = bar(facts, None), bar(facts, "weak")
    refused(laid(tmp_path, written(strong, strength="weak")), f"{strong.procedure} / contraindication")
    stricter = load_catalog(laid(tmp_path, written(weak)))
    assert weak not in stricter.practice(weak.procedure)


@pytest.mark.parametrize(("name", "lower", "higher"), [("adult-age", 16, 21), ("fertile-below-age", 30, 60)])
def test_who_is_taken_to_be_grown_or_past_bearing_is_not_made_younger(
    tmp_path: Path, name: str, lower: int, higher: int
) -> None:
    text = f'[[constant]]\nname = "{name}"\nreason = "mine"\nvalue = '
    refused(laid(tmp_path, f"{text}{lower}"), f"constant '{name}' is lower")
    assert load_catalog(laid(tmp_path, f"{text}{higher}")).constant(name) == higher


def test_words_that_leave_something_open_still_mean_as_much(tmp_path: Path) -> None:
    known = next(v for v in CATALOG.vague if v.ages == (13, 19))
    words = ", ".join(f'"{w}"' for w in known.words)
    text = f'[[vague]]\nwords = [{words}]\nasks = "x"\nages = [{{}}, 19]'
    refused(laid(tmp_path, text.format(18)), "leaves less open")
    assert load_catalog(laid(tmp_path, text.format(12))).vague


def test_a_red_flag_is_still_raised_by_all_that_raises_it(tmp_path: Path) -> None:
    known = next(f for f in CATALOG.red_flags if f.near)
    words = ", ".join(f'"{w}"' for w in known.words)
    refused(laid(tmp_path, f'[[red_flag]]\nwords = [{words}]\nsays = "x"\nsource = "{known.source}"'), "is without")


@pytest.mark.parametrize(
    ("more", "said"),
    [("", "is without 'alopecia-areata'"), ('concerns = ["wrinkles"]', "raised for fewer concerns")],
)
def test_a_red_flag_is_still_raised_by_conditions_wherever_it_was(tmp_path: Path, more: str, said: str) -> None:
    known = next(f for f in CATALOG.red_flags if "alopecia-areata" in f.conditions)
    lists = {"words": known.words, "near": known.near, **({"conditions": known.conditions} if more else {})}
    lines = [f"{name} = {json.dumps(value)}" for name, value in lists.items()]
    refused(laid(tmp_path, "\n".join(["[[red_flag]]", *lines, more, 'says = "x"', f'source = "{known.source}"'])), said)


def test_a_mix_still_holds_what_it_is_made_of(tmp_path: Path) -> None:
    known = CATALOG.procedures["triple-combination-cream"].model_dump(exclude_none=True)
    kept = {k: list(v) if isinstance(v, tuple) else v for k, v in known.items() if v not in ("", (), False)}
    lines = [f"{k} = {str(v).lower() if isinstance(v, bool) else repr(v)}" for k, v in kept.items() if k != "parts"]
    refused(laid(tmp_path, "\n".join(["[[procedure]]", "clinic = false", *lines])), "is without")
