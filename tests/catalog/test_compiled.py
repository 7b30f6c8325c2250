"""The compiled twin of a file of facts holds what the file says, and never what it once said."""

import os
import shutil
from pathlib import Path

import pytest

from decide.answers.ranking.rank import rank
from decide.catalog import Catalog, content, read, store
from decide.catalog import compiled as module
from decide.catalog.compiled import COMPILED, compiled, found
from decide.catalog.models import Source
from decide.catalog.read import Tables, by_table, read_file, tables_of
from tests.posed import posed

TEXT = rb"""
[[source]]
id = "one"
title = "One, with \u00e9 and \"quotes\""
year = 2020
kind = "guideline"
"""


def twin_of(path: Path) -> Path:
    return path.with_name(path.name + COMPILED)


def made(path: Path) -> bytes:
    """The twin of a file."""
    return compiled(path.read_bytes(), by_table(read_file(path)[0]))


def years(path: Path) -> list[int | None]:
    tables, problems = tables_of(path)
    assert not problems
    return [entry.fact.year for entry in tables]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of facts of an installed catalogue, with its twin beside it."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    monkeypatch.setenv("DECIDE_CACHE", "off")
    path = tmp_path / "sources.toml"
    path.write_bytes(TEXT)
    twin_of(path).write_bytes(made(path))
    return path


def lie(file: Path) -> None:
    """A twin of the file that says another year."""
    (entry,), _ = read_file(file)
    twin_of(file).write_bytes(compiled(TEXT, {"source": [entry.fact.model_copy(update={"year": 1999})]}))


def test_a_twin_holds_the_facts_of_its_file(file: Path) -> None:
    known = found(file, TEXT)
    assert known is not None
    entries, _ = read_file(file)
    assert list(Tables(file, known)) == entries
    assert isinstance(entries[0].fact, Source)
    assert next(iter(Tables(file, known))).fact.model_dump_json() == entries[0].fact.model_dump_json()


def test_a_twin_is_read_in_place_of_its_file(file: Path) -> None:
    lie(file)
    assert years(file) == [1999]


def test_an_edited_file_is_never_answered_from_an_old_twin(file: Path) -> None:
    before = file.stat()
    file.write_bytes(TEXT.replace(b"2020", b"2021"))
    # an edit that leaves length and time as they were is an edit all the same
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert found(file, file.read_bytes()) is None
    assert years(file) == [2021]


def test_what_other_code_found_sound_is_checked_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lie(file)
    monkeypatch.setattr(content, "_digest", lambda package: "other")
    assert found(file, TEXT) is None
    assert years(file) == [2020]


def test_a_file_without_a_twin_is_read_itself(file: Path) -> None:
    twin_of(file).unlink()
    assert found(file, TEXT) is None
    assert years(file) == [2020]


@pytest.mark.parametrize("kept", [0, 1, 64, 65, 90, -1])
def test_a_twin_that_was_cut_short_is_none(file: Path, kept: int) -> None:
    twin_of(file).write_bytes(made(file)[:kept])
    assert found(file, TEXT) is None
    assert years(file) == [2020]


@pytest.mark.parametrize("told", [b"", b"[]", b"      2 {}", b"      1 1", b'     13 [[],"\xff"]   ', b"[" * 200_000])
def test_a_twin_that_holds_no_facts_is_none(file: Path, told: bytes) -> None:
    twin_of(file).write_bytes(store.sealed(module.KEPT, module._key(TEXT), told))
    assert found(file, TEXT) is None
    assert years(file) == [2020]


def test_what_lies_beside_a_users_file_is_no_twin(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lie(file)
    monkeypatch.setattr(module, "SHIPPED", file.parent / "elsewhere")
    assert years(file) == [2020]


def test_facts_of_a_users_file_are_kept_by_what_it_says(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin_of(file).unlink()
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    assert years(file) == [2020]
    (kept,) = (tmp_path / "cache" / "decide").iterdir()
    # the same text elsewhere has the same facts, another text its own
    assert found(tmp_path / "other.toml", TEXT) is not None
    file.write_bytes(TEXT.replace(b"2020", b"2021"))
    assert years(file) == [2021]
    for broken in (b"", kept.read_bytes()[:-9], store.sealed(module.KEPT, "of another text", b"{}")):
        kept.write_bytes(broken)
        assert found(file, TEXT) is None


def test_a_file_with_a_fault_is_never_kept(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twin_of(file).unlink()
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    file.write_bytes(TEXT + b'nonsense = "x"\n')
    for _ in range(2):
        _, problems = tables_of(file)
        assert [problem.reason for problem in problems] == ["nonsense: unknown key"]
    assert not (tmp_path / "cache").exists()


@pytest.fixture(scope="module")
def twinned(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Catalog:
    """The shipped catalogue as an installed one has it: each file with its twin."""
    root = tmp_path_factory.mktemp("installed") / "data"
    shutil.copytree(catalog.root, root, ignore=shutil.ignore_patterns(f"*{COMPILED}"))
    for path in root.rglob("*.toml"):
        twin_of(path).write_bytes(made(path))
    return Catalog(root)


def test_twins_of_the_whole_catalogue_hold_the_same_facts(
    twinned: Catalog, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHIPPED", twinned.root)
    assert len(twinned.files()) == len(catalog.files()) > 50
    assert all(found(path, path.read_bytes()) is not None for path in twinned.files())
    for table in ("procedures", "concerns", "sources", "markets", "criteria", "profiles", "scales", "families",
                  "frameworks", "risk_priors", "downtime_priors", "spacings", "measures", "comparisons", "guidelines",
                  "claims", "exchange", "edition", "conditions", "avoids"):  # fmt: skip
        assert getattr(twinned, table) == getattr(catalog, table), table
    for concern in catalog.concerns:
        assert twinned.studies(concern) == catalog.studies(concern)
    for market in catalog.markets:
        assert twinned.prices(market) == catalog.prices(market)
    for procedure in catalog.procedures:
        for facts in ("practice", "courses", "harms", "assumptions"):
            assert getattr(twinned, facts)(procedure) == getattr(catalog, facts)(procedure), (facts, procedure)


def test_an_installed_catalogue_gives_the_same_answer(twinned: Catalog, catalog: Catalog) -> None:
    one, other = (rank(posed(facts, "redness", budget=900)) for facts in (twinned, catalog))
    assert one.to_dict() == other.to_dict()


def test_a_file_at_rest_is_read_once_and_an_edit_is_seen_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    parse = read.read_toml
    monkeypatch.setattr(read, "read_toml", lambda path: parsed.append(path) or parse(path))
    file = tmp_path / "mine.toml"

    def names(text: str) -> list[str]:
        file.write_text(text, encoding="utf-8")
        return [entry.fact.name for _ in range(3) for entry in read.read_file(file)[0]]

    kin = '[[family]]\nid = "x"\nname = "{}"\n'
    # just written, it may be written again before the disk's clock ticks
    for name in ("One", "Two", "Six"):
        assert names(kin.format(name)) == [name] * 3
    assert len(parsed) == 9
    monkeypatch.setattr(read, "AT_REST", 0)
    parsed.clear()
    assert names(kin.format("Seven")) == ["Seven"] * 3
    assert names(kin.format("Eleven")) == ["Eleven"] * 3
    assert len(parsed) == 2
    entries, _ = read.read_file(file)
    entries.clear()
    assert read.read_file(file)[0]
