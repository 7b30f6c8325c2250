"""The same work on a Dask cluster, one of whose workers dies midway."""

import os
import signal
from pathlib import Path

import pytest

from decide.batch import job
from decide.batch.job import Dask, Engine, Recipe, run
from decide.errors import InputError
from tests.batch.test_job import many, put

distributed = pytest.importorskip("distributed")


def test_a_worker_dies_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "PIECE", 2)
    source, recipe = put(tmp_path / "in.csv", many(400)), Recipe()
    whole, target = tmp_path / "whole.csv", tmp_path / "out.csv"
    expected = run(source, whole, recipe, Engine)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0, host="127.0.0.1"
    ) as cluster:
        victim = next(iter(cluster.workers.values()))
        pid = victim.pid
        killed: list[int] = []

        def kill(reach: int, size: int) -> None:
            if not killed:
                killed.append(reach)
                os.kill(pid, signal.SIGKILL)

        assert run(source, target, recipe, lambda: Dask(cluster.scheduler_address), step=kill) == expected
        assert 0 < killed[0] < Path(source).stat().st_size
    assert target.read_bytes() == whole.read_bytes()


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "WAIT", 1)
    with pytest.raises(InputError, match="no Dask scheduler"):
        run(put(tmp_path / "in.csv", many(2)), tmp_path / "out.csv", Recipe(), lambda: Dask("127.0.0.1:9"))
