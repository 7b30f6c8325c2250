"""The weeks that a plan's sessions fall in: each as early as spacing, downtime and the courses before it allow.

Courses are placed one after another, in the order given. Each takes the earliest first session from which all of its
sessions can be placed, then the earliest second one, and so on; later courses fill the weeks in between. A place is
always found, since after everything placed so far nothing is in the way.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import instance, mapping
from decide.mcda.labelled import listed, number, whole

_WEEK = 7
_LONGEST = 1000
"""Sessions, days of downtime and weeks between sessions beyond which nothing is planned."""


@dataclass(frozen=True)
class Course:
    """A course of `sessions`, `low` to `high` weeks apart (None: any time later), each with `downtime` days after it.

    Weeks are rounded to days, and two sessions of one course are a day apart at least.

    `with_course` is the place, among the courses, of the one at whose first sessions these are done, on the same days
    (an adjunct and its base); spacing is then the base's.
    """

    name: str
    sessions: int
    low: float = 0.0
    high: float | None = None
    downtime: int = 0
    with_course: int | None = None


class Session(NamedTuple):
    """One session: its course (place and name), its number from 1, its week from 1, its day from 0, and its downtime.

    The person may be seen again from day `clear` on: the day after the last day of downtime.
    """

    course: int
    name: str
    number: int
    week: int
    day: int
    clear: int


def schedule(
    courses: Sequence[Course],
    rules: Mapping[tuple[int, int], float] | None = None,
    *,
    apart: float = 0.0,
) -> tuple[Session, ...]:
    """When each session takes place, earliest first.

    Parameters
    ----------
    courses : in the order in which they are placed.
    rules : for pairs of courses (their places), the weeks that any session of the one keeps from any of the other.
    apart : the same for pairs without a rule.

    No session falls on a day of another course's downtime, unless the two are done together.

    Raises
    ------
    InputError : a course without sessions, intervals or downtimes below zero or upside down, a rule about a course
        that does not exist, or a course done with one that has fewer sessions, or has no days of its own.
    """
    courses = [instance("each of courses", course, Course) for course in listed("courses", courses)]
    gaps = _gaps(courses, mapping("rules", {} if rules is None else rules), apart)
    days: list[list[int]] = [[] for _ in courses]
    for i, course in enumerate(courses):
        if course.with_course is None:
            days[i] = _place(i, courses, gaps, days)
    for i, course in enumerate(courses):
        if course.with_course is not None:
            days[i] = days[course.with_course][: course.sessions]
    found = [
        Session(i, course.name, number, day // _WEEK + 1, day, day + course.downtime + 1)
        for i, course in enumerate(courses)
        for number, day in enumerate(days[i], 1)
    ]
    return tuple(sorted(found, key=lambda session: (session.day, session.course)))


def _place(i: int, courses: Sequence[Course], gaps: Mapping[tuple[int, int], int], days: list[list[int]]) -> list[int]:
    course = courses[i]
    low, high = _interval(course)
    taken = [
        (day, j) for base in range(len(courses)) for nth, day in enumerate(days[base]) for j in _at(base, nth, courses)
    ]

    def free(nth: int, day: int) -> bool:
        return all(
            _clear(day, courses[k], other_day, courses[j], gaps[min(j, k), max(j, k)])
            for other_day, j in taken
            for k in _at(i, nth, courses)
        )

    longest = max((other.downtime + 1 for other in courses), default=0)
    clear_from = max((day for day, _ in taken), default=-1) + max([longest, *gaps.values()])

    # can session `nth` be on this day, with all later ones placed? Read from the last session back.
    horizon = clear_from + 1
    possible = [[True] * (horizon + 1) for _ in range(course.sessions)]
    for nth in reversed(range(course.sessions)):
        for day in range(horizon):
            possible[nth][day] = free(nth, day) and (
                nth + 1 == course.sessions
                or any(
                    possible[nth + 1][min(later, horizon)]
                    for later in range(day + low, (horizon + low if high is None else day + high) + 1)
                )
            )
    placed: list[int] = []
    for nth in range(course.sessions):
        day = placed[-1] + low if placed else 0
        while not possible[nth][min(day, horizon)]:
            day += 1
        placed.append(day)
    return placed


def _at(i: int, number: int, courses: Sequence[Course]) -> list[int]:
    """The courses that have a session at this session (from 0) of course i: itself, and what is done with it."""
    return [i, *(j for j, other in enumerate(courses) if other.with_course == i and other.sessions > number)]


def _clear(day: int, course: Course, other_day: int, other: Course, gap: int) -> bool:
    """Whether two sessions of different courses keep their distance, and stay out of each other's downtime."""
    between = other_day - day
    rest = course.downtime if between >= 0 else other.downtime
    if not between:
        rest = max(course.downtime, other.downtime)
    return abs(between) >= gap and (abs(between) > rest or not rest)


def _together(courses: Sequence[Course], i: int, j: int) -> bool:
    def root(k: int) -> int:
        base = courses[k].with_course
        return k if base is None else base

    return root(i) == root(j)


def _interval(course: Course) -> tuple[int, int | None]:
    """Days between sessions: at least (one), at most."""
    low = max(1, round(course.low * _WEEK))
    return low, None if course.high is None else max(low, round(course.high * _WEEK))


def _gaps(
    courses: Sequence[Course], rules: Mapping[tuple[int, int], float], apart: float
) -> dict[tuple[int, int], int]:
    """Days that pairs of courses keep apart, by (smaller place, larger place); and everything checked."""
    for course in courses:
        called = f"{course.name!r:.60}"
        whole(f"the sessions of {called}", course.sessions, 1, _LONGEST + 1)
        whole(f"the downtime of {called}, in days,", course.downtime, 0, _LONGEST + 1)
        low = number(f"the low of {called}, in weeks,", course.low, 0, _LONGEST)
        if course.high is not None and number(f"the high of {called}, in weeks,", course.high, 0, _LONGEST) < low:
            raise InputError(f"{called} is to be {course.low:g} to {course.high:g} weeks apart", "0 <= low <= high")
        base = course.with_course
        if base is not None:
            if whole(f"with_course of {called}", base) >= len(courses) or courses[base].with_course is not None:
                raise InputError(f"{course.name!r} is to be done with a course that has no days of its own")
            if courses[base].sessions < course.sessions:
                name = courses[base].name
                raise InputError(f"{course.name!r} has more sessions than {name!r}, with which it is to be done")
    gaps = {}
    apart = number("apart, in weeks,", apart, 0, _LONGEST)
    for i in range(len(courses)):
        for j in range(i + 1, len(courses)):
            gaps[i, j] = math.ceil(apart * _WEEK - 1e-9)
    for pair, weeks in rules.items():
        both = listed("a pair of rules", pair, ordered=False)
        if len(both) != 2:
            raise InputError(f"a spacing rule is about two courses, not {pair!r:.60}")
        i, j = sorted(whole("a course of rules", place) for place in both)
        if i == j or j >= len(courses):
            raise InputError(f"a spacing rule is about courses {i} and {j}, and there are {len(courses)}")
        keep = number(f"the weeks that {courses[i].name!r:.60} and {courses[j].name!r:.60} keep", weeks, 0, _LONGEST)
        gaps[i, j] = math.ceil(keep * _WEEK - 1e-9)
    return gaps
