"""What is wrong with a calendar: a checker that says it of any set of sessions."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from decide.plans import Course, Session
from decide.plans.calendar import _clear, _gaps, _interval, _together


def violations(
    courses: Sequence[Course],
    sessions: Iterable[Session],
    rules: Mapping[tuple[int, int], float] | None = None,
    *,
    apart: float = 0.0,
) -> list[str]:
    """What is wrong with these sessions, one line each; parameters are those of `schedule`."""
    gaps = _gaps(courses, rules or {}, apart)
    days: list[list[int]] = [[] for _ in courses]
    for session in sorted(sessions, key=lambda session: session.day):
        days[session.course].append(session.day)
    said = []
    for i, course in enumerate(courses):
        if len(days[i]) != course.sessions:
            said.append(f"{course.name} has {len(days[i])} sessions, not {course.sessions}")
        if course.with_course is not None:
            if days[i] != days[course.with_course][: course.sessions]:
                said.append(f"{course.name} is not on the days of {courses[course.with_course].name}")
            continue
        low, high = _interval(course)
        for before, after in pairwise(days[i]):
            if after - before < low or (high is not None and after - before > high):
                said.append(f"{course.name} on days {before} and {after}")
    for i, a in enumerate(courses):
        for j in range(i + 1, len(courses)):
            if _together(courses, i, j):
                continue
            said += [
                f"{a.name} on day {one} and {courses[j].name} on day {other}"
                for one in days[i]
                for other in days[j]
                if not _clear(one, a, other, courses[j], gaps[i, j])
            ]
    return said
