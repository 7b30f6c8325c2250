"""What is kept between runs: found again as it was, and in any doubt not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from decide.catalog import store

posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept; not there yet."""
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "decide"


def kept(name: str = "one", key: str = "key") -> bytes | None:
    found = store.read(name, key)
    return None if found is None else bytes(found)


def test_what_is_kept_is_found_by_its_name_and_key_alone(folder: Path) -> None:
    assert kept() is None
    store.write("one", "key", b"first\n\x00")
    store.write("two", "key", b"second")
    assert (kept(), kept("two")) == (b"first\n\x00", b"second")
    assert kept("one", "another") is None
    assert kept("on", "e key") is None
    store.write("one", "key", b"")
    assert kept() == b""


@posix
def test_it_is_the_users_alone(folder: Path) -> None:
    store.write("one", "key", b"data")
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


@posix
@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_may_enter_is_neither_read_nor_written(folder: Path, mode: int) -> None:
    store.write("one", "key", b"data")
    folder.chmod(mode)
    assert kept() is None
    store.write("two", "key", b"data")
    assert len(list(folder.iterdir())) == 1
    folder.chmod(0o700)
    assert kept() == b"data"


@posix
def test_what_is_anothers_is_neither_read_nor_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write("one", "key", b"data")
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert kept() is None
    store.write("two", "key", b"data")
    assert len(list(folder.iterdir())) == 1


@posix
def test_a_file_that_others_may_write_is_not_read(folder: Path) -> None:
    store.write("one", "key", b"data")
    (file,) = folder.iterdir()
    file.chmod(0o620)
    assert kept() is None


@posix
def test_a_link_to_a_folder_is_no_folder_of_ones_own(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o700)
    folder.parent.mkdir(0o700)
    folder.symlink_to(elsewhere)
    store.write("one", "key", b"data")
    assert kept() is None
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("broken", [b"", b"\n", b"data", b"0" * 64 + b"\ndata"])
def test_a_file_that_is_not_what_it_was_is_none(folder: Path, broken: bytes) -> None:
    store.write("one", "key", b"some data")
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for found in (broken, whole[:-1], whole + b" ", whole.replace(b"data", b"date")):
        file.write_bytes(found)
        assert kept() is None
    file.write_bytes(whole)
    assert kept() == b"some data"


def test_a_file_under_another_name_is_none(folder: Path) -> None:
    store.write("one", "key", b"some data")
    (one,) = folder.iterdir()
    store.write("two", "key", b"other data")
    (two,) = set(folder.iterdir()) - {one}
    two.write_bytes(one.read_bytes())
    assert kept("two") is None


@posix
def test_a_pipe_in_its_place_is_not_waited_for(folder: Path) -> None:
    store.write("one", "key", b"data")
    (file,) = folder.iterdir()
    file.unlink()
    os.mkfifo(file, 0o600)
    assert kept() is None


def test_where_nothing_can_be_written_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/dev/null")):
        monkeypatch.setenv("DECIDE_CACHE", str(place))
        store.write("one", "key", b"data")
        assert kept() is None


def test_what_is_too_large_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 8)
    store.write("one", "key", b"nine byte")
    assert kept() is None


def test_off_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECIDE_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert not store.is_used()
    store.write("one", "key", b"data")
    assert kept() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="another place there")
def test_without_a_word_it_is_where_the_system_has_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECIDE_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    store.write("one", "key", b"data")
    assert list((tmp_path / "xdg" / "decide").iterdir())
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    store.write("one", "key", b"data")
    assert list((tmp_path / "home" / ".cache" / "decide").iterdir())


def test_the_newest_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST", 3)
    for i in range(7):
        store.write(f"number {i}", "key", b"data")
        newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, ns=(i * 10**9, i * 10**9))
    assert [kept(f"number {i}") is not None for i in range(7)] == [False] * 4 + [True] * 3
    assert len(list(folder.iterdir())) == 3


def test_two_that_write_at_once_leave_one_whole_file(folder: Path) -> None:
    data = [bytes([i]) * 300_000 for i in range(6)]
    seen: list[bytes | None] = []

    def work(mine: bytes) -> None:
        for _ in range(5):
            store.write("one", "key", mine)
            seen.append(kept())

    threads = [threading.Thread(target=work, args=(one,)) for one in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(seen) <= set(data)
    assert len(list(folder.iterdir())) == 1
