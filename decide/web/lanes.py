"""Where answers are worked out: most take a moment; a plan takes seconds, so plans have a lane of their own.

What turns out to need a plan in the lane of the quick ones goes over to the other, whatever page or call asked for it.
A caller has one plan at a time; one whose caller has gone, or whose time is up, is called off.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request

from decide.plans.clock import Clock, Stopped
from decide.plans.highs import Process, own_process

T = TypeVar("T")
THREADS = 2
"""Answers worked out at once; the rest wait their turn."""
LINE = 3
"""Plans of all callers at once: as many as are made, one after another, within the time of an answer."""
SECONDS = 5.0
"""What a plan may take here; the best so far is given then, and the gap is told."""


class Lanes:
    """Two lanes of work for one process."""

    def __init__(self) -> None:
        self.quick, self.plans = anyio.CapacityLimiter(THREADS), anyio.CapacityLimiter(1)
        self.planning: set[str] = set()
        self.idle: list[Process] = []
        """The solver's process that stands ready for the next plan: to start one takes longer than most plans."""

    async def work(self, call: Callable[[], T], request: Request | None = None) -> T:
        """What a call gives, in the lane that it needs.

        Raises
        ------
        HTTPException : 429, the caller has a plan here; 503, all who may wait do, or it was called off.
        """

        def quickly() -> T:
            with Clock(0.0):
                return call()

        try:
            return await anyio.to_thread.run_sync(quickly, abandon_on_cancel=True, limiter=self.quick)
        except Stopped:
            return await self._plan(call, request)

    def close(self, left: int = 0) -> None:
        """End the processes that stand ready, but for so many."""
        while len(self.idle) > left:
            self.idle.pop().end()

    async def _plan(self, call: Callable[[], T], request: Request | None) -> T:
        caller = request.client.host if request is not None and request.client else ""
        if caller in self.planning:
            raise HTTPException(429, "one plan at a time; please wait for the last one", {"retry-after": "5"})
        if len(self.planning) >= LINE:
            raise HTTPException(503, "too many plans at once; please ask again", {"retry-after": "10"})
        self.planning.add(caller)
        try:
            return await self._in_time(call, request)
        finally:
            self.planning.remove(caller)

    async def _in_time(self, call: Callable[[], T], request: Request | None) -> T:
        clock = Clock(SECONDS)

        def solved() -> T:
            process = self.idle.pop() if self.idle else Process()
            try:
                with clock, own_process(process):
                    return call()
            finally:
                self.idle.append(process)
                self.close(1)

        gone = asyncio.create_task(_gone(request, clock)) if request is not None else None
        try:
            return await anyio.to_thread.run_sync(solved, abandon_on_cancel=True, limiter=self.plans)
        except Stopped:
            raise HTTPException(503, "this was called off") from None
        finally:
            clock.stop()
            if gone is not None:
                gone.cancel()
                with suppress(asyncio.CancelledError):
                    await gone


async def _gone(request: Request, clock: Clock) -> None:
    """Call off the plan of a caller who has hung up."""
    message: Any = {}
    while message.get("type") != "http.disconnect":
        message = await request.receive()
    clock.stop()
