"""Calendars keep what they must, and are as early as can be."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import InputError
from decide.plans import Course, Session, schedule
from tests.plans.violations import violations

Rules = dict[tuple[int, int], float]


@st.composite
def calendars(draw: st.DrawFn, most: int = 5) -> tuple[list[Course], Rules, float]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    courses: list[Course] = []
    for i in range(int(rng.integers(1, most + 1))):
        bases = [j for j, course in enumerate(courses) if course.with_course is None]
        base = int(rng.choice(bases)) if bases and rng.random() < 0.25 else None
        low = float(rng.choice([0.2, 1, 2, 4]))
        courses.append(
            Course(
                name=f"c{i}",
                sessions=int(rng.integers(1, 5 if base is None else courses[base].sessions + 1)),
                low=low,
                high=None if rng.random() < 0.3 else low + float(rng.choice([0, 0.5, 2])),
                downtime=int(rng.choice([0, 0, 2, 6])),
                with_course=base,
            )
        )
    pairs = itertools.combinations(range(len(courses)), 2)
    rules = {pair: float(rng.choice([0, 1, 2.5, 6])) for pair in pairs if rng.random() < 0.5}
    return courses, rules, float(rng.choice([0, 0.5, 1]))


@given(calendars())
def test_nothing_is_broken(case: tuple[list[Course], Rules, float]) -> None:
    courses, rules, apart = case
    found = schedule(courses, rules, apart=apart)
    assert violations(courses, found, rules, apart=apart) == []
    assert [s.day for s in found] == sorted(s.day for s in found)
    assert found == schedule(courses, rules, apart=apart)
    for session in found:
        assert session.week == session.day // 7 + 1
        assert session.clear == session.day + courses[session.course].downtime + 1


@given(calendars(most=3))
def test_each_course_is_as_early_as_those_before_it_allow(case: tuple[list[Course], Rules, float]) -> None:
    """Any earlier day for a session, with the sessions before it as they are, leaves no way to place the rest."""
    courses, rules, apart = case
    courses = [c for c in courses if c.with_course is None][:2]
    courses = [
        Course(c.name, min(c.sessions, 3), min(c.low, 1), c.high and min(c.high, 2), c.downtime) for c in courses
    ]
    rules = {pair: weeks for pair, weeks in rules.items() if max(pair) < len(courses)}
    found = schedule(courses, rules, apart=apart)
    last = len(courses) - 1
    mine = [s.day for s in found if s.course == last]
    others = [s for s in found if s.course != last]
    horizon = max((s.day for s in found), default=0) + 1
    for days in itertools.combinations(range(min(horizon, 45)), len(mine)):
        if list(days) >= mine:
            break
        tried = [*others, *(Session(last, "x", i, 0, day, 0) for i, day in enumerate(days, 1))]
        assert violations(courses, tried, rules, apart=apart), (days, mine)


def test_a_laser_a_peel_and_a_serum_done_with_the_laser() -> None:
    courses = [
        Course("laser", 3, 4, 6, downtime=5),
        Course("peel", 3, 2, 3, downtime=1),
        Course("exosomes", 2, with_course=0),
        Course("tretinoin", 1),
    ]
    rules = {(0, 1): 2.0, (0, 3): 1.0}
    found = schedule(courses, rules)
    assert [(s.name, s.week, s.day) for s in found] == [
        ("laser", 1, 0),
        ("exosomes", 1, 0),
        ("tretinoin", 2, 7),
        # a peel in week 3 would keep its two weeks, but the next one, at most three weeks on, would not
        ("laser", 5, 28),
        ("exosomes", 5, 28),
        ("laser", 9, 56),
        ("peel", 11, 70),
        ("peel", 13, 84),
        ("peel", 15, 98),
    ]
    assert violations(courses, found, rules) == []


def test_downtime_keeps_others_away() -> None:
    found = schedule([Course("laser", 1, downtime=6), Course("peel", 1)])
    assert [(s.name, s.day) for s in found] == [("laser", 0), ("peel", 7)]
    # the one without downtime may come just before
    assert [s.day for s in schedule([Course("peel", 2, 1, 1), Course("laser", 1, downtime=6)])] == [0, 7, 8]


def test_the_checker_sees_what_is_wrong() -> None:
    courses = [Course("a", 2, 2, 3, downtime=2), Course("b", 1), Course("c", 1, with_course=0)]

    def said(*days: tuple[int, int]) -> list[str]:
        return violations(courses, [Session(c, "", 0, 0, day, 0) for c, day in days], {(0, 1): 1.0})

    assert said((0, 0), (0, 14), (1, 21), (2, 0)) == []
    assert said((0, 0), (1, 21), (2, 0)) == ["a has 1 sessions, not 2"]
    assert said((0, 0), (0, 13), (1, 21), (2, 0)) == ["a on days 0 and 13"]
    assert said((0, 0), (0, 22), (1, 29), (2, 0)) == ["a on days 0 and 22"]
    assert said((0, 0), (0, 14), (1, 20), (2, 0)) == ["a on day 14 and b on day 20"]
    assert said((0, 0), (0, 14), (1, 21), (2, 14)) == ["c is not on the days of a"]
    assert violations([courses[0], courses[1]], [Session(0, "", 0, 0, d, 0) for d in (0, 14)]) == [
        "b has 0 sessions, not 1"
    ]


@pytest.mark.parametrize(
    ("courses", "rules", "words"),
    [
        ([Course("a", 0)], {}, "the sessions of 'a' must be from 1"),
        ([Course("a", 2, 3, 2)], {}, "3 to 2 weeks apart"),
        ([Course("a", 2, -1)], {}, "the low of 'a', in weeks"),
        ([Course("a", 2, math.nan)], {}, "the low of 'a', in weeks"),
        ([Course("a", 1, downtime=-1)], {}, "the downtime of 'a'"),
        ([Course("a", 1)], {(0, 1): 1}, "courses 0 and 1"),
        ([Course("a", 1), Course("b", 1)], {(0, 1): math.inf}, "must be between 0 and 1000, not inf"),
        ([Course("a", 1, with_course=0)], {}, "no days of its own"),
        ([Course("a", 1), Course("b", 2, with_course=0)], {}, "more sessions than 'a'"),
    ],
)
def test_bad_input_is_refused_in_words(courses: list[Course], rules: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        schedule(courses, rules)
    with pytest.raises(InputError, match="apart, in weeks, must be"):
        schedule([Course("a", 1)], apart=-1)
