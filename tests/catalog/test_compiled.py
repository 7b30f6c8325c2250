"""The compiled twin of a file of facts says what the file says, and never what it once said."""

import json
import os
import shutil
import tomllib
from pathlib import Path

import pytest

from decide.answers.ranking.rank import rank
from decide.catalog import Catalog, read, store
from decide.catalog import compiled as module
from decide.catalog.compiled import COMPILED, compiled, from_compiled
from decide.catalog.read import read_toml
from tests.posed import posed

TEXT = b'[[source]]\nid = "one"\ntitle = "One, with \\u00e9 and \\"quotes\\""\nyear = 2020\n'


def twin_of(path: Path) -> Path:
    return path.with_name(path.name + COMPILED)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of facts of an installed catalogue, with its twin beside it."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    monkeypatch.setenv("DECIDE_CACHE", "off")
    path = tmp_path / "sources.toml"
    path.write_bytes(TEXT)
    twin_of(path).write_bytes(compiled(TEXT))
    return path


def test_a_twin_says_what_its_file_says(file: Path) -> None:
    assert from_compiled(file, TEXT) == tomllib.loads(TEXT.decode()) == read_toml(file)


def test_a_twin_is_read_in_place_of_its_file(file: Path) -> None:
    digest = compiled(TEXT).partition(b"\n")[0]
    twin_of(file).write_bytes(digest + b'\n{"source": [{"id": "from-the-twin"}]}')
    assert read_toml(file) == {"source": [{"id": "from-the-twin"}]}


def test_an_edited_file_is_never_answered_from_an_old_twin(file: Path) -> None:
    before = file.stat()
    file.write_bytes(TEXT.replace(b"2020", b"2021"))
    # an edit that leaves length and time as they were is an edit all the same
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert from_compiled(file, file.read_bytes()) is None
    assert read_toml(file)["source"][0]["year"] == 2021


def test_a_file_without_a_twin_is_read_itself(file: Path) -> None:
    twin_of(file).unlink()
    assert from_compiled(file, TEXT) is None
    assert read_toml(file)["source"][0]["year"] == 2020


@pytest.mark.parametrize("kept", [65, 66, 90, -1])
def test_a_twin_that_was_cut_short_is_none(file: Path, kept: int) -> None:
    # the digest is right, the tables stop half-way, in a name or before the last bracket
    twin_of(file).write_bytes(compiled(TEXT)[:kept])
    assert from_compiled(file, TEXT) is None
    assert read_toml(file) == tomllib.loads(TEXT.decode())


@pytest.mark.parametrize("tables", [b"[]", b"null", b"1", b'"source"', b'{"source": "\xff"}', b"[" * 200_000])
def test_a_twin_that_holds_no_tables_is_none(file: Path, tables: bytes) -> None:
    digest = compiled(TEXT).partition(b"\n")[0]
    twin_of(file).write_bytes(digest + b"\n" + tables)
    assert from_compiled(file, TEXT) is None
    assert read_toml(file) == tomllib.loads(TEXT.decode())


@pytest.mark.parametrize("twin", [b"", b"\n", b"no digest\n{}", b"{}"])
def test_a_twin_that_is_none_is_passed_over(file: Path, twin: bytes) -> None:
    twin_of(file).write_bytes(twin)
    assert from_compiled(file, TEXT) is None
    assert read_toml(file)["source"][0]["id"] == "one"


def test_what_lies_beside_a_users_file_is_no_twin(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = compiled(TEXT).partition(b"\n")[0]
    twin_of(file).write_bytes(digest + b'\n{"source": [{"id": "from-the-twin"}]}')
    monkeypatch.setattr(module, "SHIPPED", file.parent / "elsewhere")
    assert read_toml(file) == tomllib.loads(TEXT.decode())


def test_tables_of_a_users_file_are_kept_by_what_it_says(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin_of(file).unlink()
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    first = read_toml(file)
    (kept,) = (tmp_path / "cache" / "decide").iterdir()
    assert from_compiled(file, TEXT) == first == tomllib.loads(TEXT.decode())
    # the same text elsewhere has the same tables, another text its own
    assert from_compiled(tmp_path / "other.toml", TEXT) == first
    file.write_bytes(TEXT.replace(b"2020", b"2021"))
    assert read_toml(file)["source"][0]["year"] == 2021
    for broken in (b"", kept.read_bytes()[:-9], store.sealed("tables", "of another text", b"{}")):
        kept.write_bytes(broken)
        assert from_compiled(file, TEXT) is None


def test_what_json_cannot_say_is_not_kept(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twin_of(file).unlink()
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    file.write_text("day = 2020-01-02\n", encoding="utf-8")
    assert read_toml(file) == tomllib.loads("day = 2020-01-02") == read_toml(file)
    assert not (tmp_path / "cache").exists()


@pytest.fixture(scope="module")
def twinned(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Catalog:
    """The shipped catalogue as an installed one has it: each file with its twin."""
    root = tmp_path_factory.mktemp("installed") / "data"
    shutil.copytree(catalog.root, root, ignore=shutil.ignore_patterns(f"*{COMPILED}"))
    for path in root.rglob("*.toml"):
        twin_of(path).write_bytes(compiled(path.read_bytes()))
    return Catalog(root)


def test_twins_of_the_whole_catalogue_hold_the_same_facts(
    twinned: Catalog, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHIPPED", twinned.root)
    assert len(twinned.files()) == len(catalog.files()) > 50
    assert all(from_compiled(path, path.read_bytes()) is not None for path in twinned.files())
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


def test_a_twin_is_plain_json_after_its_digest() -> None:
    digest, _, tables = compiled(TEXT).partition(b"\n")
    assert len(digest) == 64
    assert json.loads(tables)["source"][0]["title"] == 'One, with é and "quotes"'


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
    found, _ = read.read_file(file)
    found.clear()
    assert read.read_file(file)[0]
