"""A criterion that practice facts alone speak of: the ladder of facts, the worse of two parts, the stand-in."""

from typing import Any

import pytest

from decide.alternatives.cell import Cell
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.toy import Toy
from tests.toy_rows import row

HURTS: dict[str, Any] = {
    "id": "hurts", "name": "Hurts", "unit": "points", "better": "lower", "question": "?", "reason": "A toy.",
    "measure": "figure", "fact": "pain-points", "column": "hurts", "phrase": "{} points", "ahead": "hurts less",
    "behind": "hurts more", "anchors": [{"at": 0, "value": 1}, {"at": 10, "value": 0}],
    "unknown": {"low": 1, "typical": 4, "high": 9},
}  # fmt: skip
GLOW = {**HURTS, "id": "glow", "fact": "glow-points", "better": "higher",
        "anchors": [{"at": 0, "value": 0}, {"at": 10, "value": 1}]}  # fmt: skip


@pytest.fixture
def pen(toy: Toy) -> Toy:
    toy.add("criterion", **HURTS).add("criterion", **GLOW)
    toy.procedure("pen").practice("pen", "sessions", 3, 3).price("pen", 100)
    return toy.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3).price("mix", 40)


def ends(cell: Cell) -> tuple[float, float, float]:
    return cell.low, cell.typical, cell.high


def test_its_facts_stand_on_the_ladder_of_all_facts(pen: Toy) -> None:
    pen.practice("pen", "pain-points", 9, 9, concern="lines").practice("pen", "pain-points", 2, 4)
    pen.practice("pen", "pain-points", 3, 7, source="two")
    found = row(pen, "pen")["hurts"]
    # middles 3 and 5, in general; what is known of lines is passed over
    assert ends(found) == (2, 4, 7)
    assert found.basis == "facts"
    assert [fact_says(ref) for ref in found.refs] == ["pain points: 2–4", "pain points: 3–7"]


def test_where_no_fact_speaks_its_stand_in_does_and_is_shown_as_unknown(pen: Toy) -> None:
    found = row(pen, "pen")["hurts"]
    assert ends(found) == (1, 4, 9)
    assert not found.known


def test_a_course_with_a_base_hurts_as_much_as_the_worse_of_the_two(pen: Toy) -> None:
    pen.practice("pen", "pain-points", 2, 4).practice("mix", "pain-points", 1, 9)
    # lows 2 and 1, middles 3 and 5, highs 4 and 9
    assert ends(row(pen, Effect("pen", "mix"))["hurts"]) == (2, 5, 9)
    assert ends(row(pen, "mix")["hurts"]) == (1, 5, 9)


def test_the_worse_is_the_lower_where_higher_is_better(pen: Toy) -> None:
    pen.practice("pen", "glow-points", 2, 4).practice("mix", "glow-points", 1, 9)
    assert ends(row(pen, Effect("pen", "mix"))["glow"]) == (1, 3, 4)


@pytest.mark.parametrize("known", ["pen", "mix"])
def test_the_part_that_is_known_stands_for_both(pen: Toy, known: str) -> None:
    pen.practice(known, "pain-points", 2, 4)
    assert ends(row(pen, Effect("pen", "mix"))["hurts"]) == (2, 3, 4)
