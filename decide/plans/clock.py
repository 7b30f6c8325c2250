"""Time for plans, where somebody waits for them: how long one may take, and whether it is still wanted.

    with Clock(8.0) as clock:      # in the thread that solves
        ...                        # clock.stop() from any other ends it

Nothing is bounded where no clock was set. The clock belongs to the context, so that who solves need not be told of it.
"""

from contextvars import ContextVar, Token
from typing import Self

_CLOCK: ContextVar["Clock | None"] = ContextVar("clock", default=None)


class Stopped(Exception):  # noqa: N818 - no error: nobody waits for it any more
    """A plan that was called off, or that may not be begun here."""


class Clock:
    """At most so many `seconds` for one plan, none where they are 0, until it is stopped."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._stopped = seconds, False
        self._before: Token[Clock | None] | None = None

    def __enter__(self) -> Self:
        self._before = _CLOCK.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._before is not None
        _CLOCK.reset(self._before)

    def stop(self) -> None:
        """Call off what is solved by this clock; it ends within one round of the solver."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether it was called off, or could never begin."""
        return self._stopped or not self.seconds


def within(seconds: float) -> float:
    """The seconds that a plan may take here, of those it would take by itself.

    Raises
    ------
    Stopped : it was called off, or none may be begun here.
    """
    still_wanted()
    clock = _CLOCK.get()
    return seconds if clock is None else min(seconds, clock.seconds)


def still_wanted() -> None:
    """Go on where nobody called it off.

    Raises
    ------
    Stopped : somebody did.
    """
    clock = _CLOCK.get()
    if clock is not None and clock.stopped:
        raise Stopped
