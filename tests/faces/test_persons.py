"""Persons in their own words against a table written by hand: what is not for them, asked about first, or offered.

The table shares nothing with the program. Every contraindication of the catalogue's list stands in it at least twice,
and every kind of answer and every face is held to it: all of them through the library, some through each face.
"""

import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import decide
from decide.alternatives.alternative import effect_of_id
from decide.alternatives.eligibility import parts_of, screen
from decide.answers.ask import by_sex
from decide.answers.card import card
from decide.answers.comparison import compare
from decide.answers.instead import instead
from decide.answers.plan import plan
from decide.answers.ranking.rank import rank
from decide.errors import NothingFits
from decide.question.problem import Problem
from decide.question.reading import understand
from tests.faces.ask import FACES, Faces
from tests.faces.test_safety import bought, shown
from tests.shipped import CATALOG, rows

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = tomllib.loads((HERE / "persons.toml").read_text("utf-8"))["row"]
SOME = [row for i, row in enumerate(ROWS) if i % 12 == 0 and not row.get("red_flag")]
VERDICTS = {"not": "not-for-you", "ask": "ask-first", "offered": "offered"}


def names(row: dict[str, Any]) -> str:
    return str(row["says"])


def refused(row: dict[str, Any]) -> list[str]:
    return [*row.get("not", ()), *row.get("ask", ())]


@cache
def posed(says: str) -> Problem:
    """The problem of a row, told of nothing for sale but by the screening: a red flag would stop it before."""
    return replace(Problem.of(CATALOG, understand(says, CATALOG)), red_flags=())


def of_sex(problem: Problem) -> Problem:
    return by_sex(problem)[0]


def held(ids: list[str]) -> set[str]:
    return {part.id for i in ids for part in parts_of(CATALOG, effect_of_id(CATALOG, i.partition("/")[0]))}


def test_every_contraindication_in_the_files_stands_in_the_table_twice() -> None:
    barred = {fact["value"] for fact in rows("practice") if fact["fact"] == "contraindication"}
    counted = Counter(row["value"] for row in ROWS)
    assert barred <= set(counted)
    assert {value: n for value, n in counted.items() if n < 2} == {}


@pytest.mark.parametrize("row", ROWS, ids=names)
def test_each_procedure_has_the_verdict_of_the_table(row: dict[str, Any]) -> None:
    problem = of_sex(posed(row["says"]).about(posed(row["says"]).concern))
    wrong = {}
    for word, verdict in VERDICTS.items():
        for name in row.get(word, ()):
            found = screen(problem, effect_of_id(CATALOG, name), problem.concern)
            if found.verdict != verdict:
                wrong[name] = (found.verdict, verdict, [(g.kind, g.condition) for g in found.grounds])
    assert wrong == {}


@pytest.mark.parametrize("row", ROWS, ids=names)
def test_a_ranking_offers_nothing_that_the_table_refuses(row: dict[str, Any]) -> None:
    for problem in by_sex(posed(row["says"])):
        found = rank(problem)
        assert not held(bought(found)) & set(refused(row))
        left = {item.id: item for item in found.left_out}
        for name in refused(row):
            if name in left:
                assert left[name].why in ("not for you", "ask first", "no price", "no study"), name


@pytest.mark.parametrize("row", ROWS[::12], ids=names)
def test_plan_instead_compare_and_card_offer_nothing_that_the_table_refuses(row: dict[str, Any]) -> None:
    problem = of_sex(posed(row["says"]))
    if not refused(row):
        return
    name, other = refused(row)[0], next(iter(row.get("offered", ())), "")
    (line,) = instead(problem, name).rows[:1]
    assert line.named is None or name not in held([line.named.id])
    assert line.other is None or not held([line.other.id]) & set(refused(row))
    if other:
        sides = {side.asked: side for side in compare(problem, [name, other]).sides}
        assert sides[name].row is None
    assert card(problem, name).screening.verdict != "offered"
    try:
        found = plan(problem.spending(3000.0), most=2, least_stars=1)
    except NothingFits:
        return
    assert not held(bought(found)) & set(refused(row))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("row", SOME, ids=names)
def test_every_face_leaves_out_what_the_table_refuses(row: dict[str, Any], face: str, faces: Faces) -> None:
    said = faces.all()[face](row["says"])
    labels = {CATALOG.procedures[name].name for name in refused(row)}
    assert not shown(face, said) & (set(refused(row)) | labels)


@pytest.mark.parametrize("row", [row for row in ROWS if row.get("red_flag")], ids=names)
def test_what_a_doctor_has_to_see_first_is_sold_nothing(row: dict[str, Any]) -> None:
    # an answer without any part
    assert decide.ask(row["says"], catalog=CATALOG, draws=0).parts == ()
