"""A figure on the scale: a mean as it is, or a share of people who reached a cut.

A share r at or above a cut c is c + σΦ⁻¹(r), σ being the spread between people, with r kept off 0 and 1 by half a
person and its variance by the delta method. One figure an arm and study: a mean before a share, and of several shares
the one whose pooled share over the study's arms is nearest one half, where least is read out of the tail.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

from decide.errors import InputError
from decide.mcda.given import instance
from decide.mcda.labelled import listed, number

NORMAL = NormalDist()


class Share(NamedTuple):
    """How many of an arm's people reached a cut: `share` from 0 to 1 of `people`, at `cut` of class `of`."""

    share: float
    people: float
    cut: float
    of: str


class OnScale(NamedTuple):
    """A figure brought to the scale, with its sampling variance and the class of its cut (None for a mean)."""

    mean: float
    variance: float
    cut: str | None


def share_on_scale(found: Share, sigma: float) -> OnScale:
    """A share of people as a mean on the scale.

    Raises
    ------
    InputError : a share outside 0 to 1, no people, a spread of nought.
    """
    people = number("the people of a share", instance("found", found, Share).people, 1e-9)
    cut = number("the cut of a share", found.cut)
    sigma = number("the spread between people", sigma, 1e-9)
    share = number("a share", found.share, 0, 1)
    half = min(0.5 / people, 0.5)
    share = min(max(share, half), 1 - half)
    z = NORMAL.inv_cdf(share)
    variance = sigma**2 * share * (1 - share) / (people * NORMAL.pdf(z) ** 2)
    return OnScale(cut + sigma * z, variance, found.of)


def mean_on_scale(value: float, sd: float, people: float, low: float, high: float) -> OnScale:
    """A mean with the standard deviation between people.

    Raises
    ------
    InputError : a value outside the scale, from `low` to `high`: it was read wrongly.
    """
    value, low, high = number("value", value), number("low", low), number("high", high)
    if not low <= value <= high:
        raise InputError(f"a figure of {value:g} is outside the scale, {low:g} to {high:g}", "read its source again")
    people = number("the people of a mean", people, 1e-9)
    return OnScale(float(value), number("a standard deviation", sd, 1e-9) ** 2 / people, None)


def nearest_half(studies: Sequence[Sequence[Share]]) -> int:
    """Which of several ways to count one study's arms to use: the one whose pooled share is nearest one half.

    Each way is the shares of all the study's arms at one cut. Of equals the first.

    Raises
    ------
    InputError : no way, or one without people.
    """

    def off(way: Sequence[Share]) -> float:
        way = [instance("each share of studies", arm, Share) for arm in listed("each of studies", way)]
        people = sum(number("the people of studies", arm.people) for arm in way)
        if people <= 0:
            raise InputError("a share needs people")
        return abs(sum(number("a share of studies", arm.share, 0, 1) * arm.people for arm in way) / people - 0.5)

    studies = listed("studies", studies)
    if not studies:
        raise InputError("there is no share to choose from in studies")
    return min(range(len(studies)), key=lambda i: off(studies[i]))
