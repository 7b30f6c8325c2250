"""Plans have a lane of their own, one for each caller, and are called off when nobody waits for them."""

import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from decide import plans
from decide.answers.plan import plan
from decide.catalog import Catalog
from decide.plans import highs
from decide.plans.clock import Clock, Stopped, still_wanted, within
from decide.plans.highs import Process
from decide.web import lanes as lanes_module
from decide.web.lanes import Lanes
from tests.posed import posed
from tests.web.pagework import in_a_thread


def asked_by(host: str, hung_up: anyio.Event | None = None) -> Request:
    async def receive() -> dict[str, Any]:
        if hung_up is not None:
            await hung_up.wait()
            return {"type": "http.disconnect"}
        await anyio.sleep_forever()
        raise AssertionError

    return Request({"type": "http", "client": (host, 1), "headers": [], "method": "GET"}, receive)


class Slow:
    """A plan that goes on until it is called off, or let go."""

    def __init__(self) -> None:
        self.begun, self.done, self.ended = threading.Event(), threading.Event(), ""

    def __call__(self) -> str:
        within(60)
        self.begun.set()
        try:
            while not self.done.is_set():
                still_wanted()
                time.sleep(0.002)
        except Stopped:
            self.ended = "called off"
            raise
        self.ended = "made"
        return "a plan"


async def until(true: Callable[[], bool]) -> None:
    with anyio.fail_after(10):
        while not true():
            await anyio.sleep(0.005)


def test_a_plan_keeps_no_quick_answer_waiting() -> None:
    async def main() -> None:
        lanes, slow = Lanes(), [Slow() for _ in range(3)]
        async with anyio.create_task_group() as group:
            for n, one in enumerate(slow):
                group.start_soon(lanes.work, one, asked_by(f"caller {n}"))
            await until(lambda: any(one.begun.is_set() for one in slow))
            for _ in range(10):
                assert await lanes.work(lambda: "a page", asked_by("another")) == "a page"
            assert sum(one.begun.is_set() for one in slow) == 1
            for one in slow:
                one.done.set()
        assert [one.ended for one in slow] == ["made"] * 3

    in_a_thread(main)


def test_a_caller_has_one_plan_and_all_have_three() -> None:
    async def main() -> None:
        lanes, slow = Lanes(), [Slow() for _ in range(3)]
        async with anyio.create_task_group() as group:
            for n, one in enumerate(slow):
                group.start_soon(lanes.work, one, asked_by(f"caller {n}"))
            await until(lambda: len(lanes.planning) == 3)
            for host, status in (("caller 1", 429), ("another", 503)):
                with pytest.raises(HTTPException) as refused:
                    await lanes.work(Slow(), asked_by(host))
                assert refused.value.status_code == status
            for one in slow:
                one.done.set()
        assert not lanes.planning
        assert await lanes.work(lambda: within(60), asked_by("caller 1")) == lanes_module.SECONDS

    in_a_thread(main)


def test_who_hangs_up_is_not_solved_for() -> None:
    async def main() -> None:
        lanes, slow, hung_up = Lanes(), Slow(), anyio.Event()
        async with anyio.create_task_group() as group:

            async def asks() -> None:
                with pytest.raises(HTTPException):
                    await lanes.work(slow, asked_by("gone", hung_up))

            group.start_soon(asks)
            await until(slow.begun.is_set)
            hung_up.set()
        assert slow.ended == "called off"

    in_a_thread(main)


def test_a_plan_whose_time_is_up_is_called_off() -> None:
    async def main() -> None:
        lanes, slow = Lanes(), Slow()
        with anyio.move_on_after(0.2):
            await lanes.work(slow, asked_by("slow"))
        await until(lambda: slow.ended != "")
        assert slow.ended == "called off"

    in_a_thread(main)


def test_a_real_plan_goes_over_and_can_be_called_off(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = posed(catalog, "acne-scars", "wrinkles", budget=2345)
    with Clock(0.0), pytest.raises(Stopped):
        plan(problem)
    with Clock(30.0) as clock:
        clock.stop()
        with pytest.raises(Stopped):
            plan(problem)
    # nothing of what was called off is kept: the plan is whole
    monkeypatch.setattr(lanes_module, "SECONDS", 30.0)
    found = in_a_thread(Lanes().work, lambda: plan(problem))
    assert found.proven
    assert found.best.courses


def test_a_clock_is_for_its_own_context_alone() -> None:
    assert within(3.0) == 3.0
    with Clock(1.0):
        assert within(3.0) == 1.0
        with Clock(0.5):
            assert within(3.0) == 0.5
        assert within(3.0) == 1.0
    assert within(3.0) == 3.0


def test_one_process_solves_the_plans_of_a_server_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    begin = Process._started
    monkeypatch.setattr(Process, "_started", lambda self: started.append(begin(self)) or started[-1])
    monkeypatch.setattr(highs, "_LARGE", 0)
    lanes = Lanes()

    def solved() -> float:
        within(60)
        toy = plans.problem([3.0, 2.0, 2.0], [[0.5], [0.4], [0.4]], [0, 1, 2])
        best = plans.solve(toy, 4.0, time_limit=30)
        return best.value + len(plans.runner_ups(toy, 4.0, best, 1, time_limit=30))

    async def main() -> None:
        first = await lanes.work(solved)
        assert await lanes.work(solved) == first
        assert [child.poll() for child in started] == [None]
        # one that somebody ends in between is started anew
        started[0].kill()
        started[0].wait()
        assert await lanes.work(solved) == first
        assert [child.poll() is None for child in started] == [False, True]
        lanes.close()
        assert all(child.poll() is not None for child in started)

    in_a_thread(main)
