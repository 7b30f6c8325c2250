"""Performance tables are kept, and what is read back is what would be worked out: in any doubt it is worked out."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from decide.catalog import Catalog, content, store, worked
from decide.catalog.catalog import shipped_root
from decide.criteria import build, kept, table
from decide.criteria.table import PerformanceTable, for_person, listed, name_of
from decide.evidence.benefit import synthesis_of
from tests.overlays import overlay
from tests.posed import posed

ASKED = ("us", "sun-damage", "", 12, True)
PRICE = """
[[price]]
market = "us"
procedure = "ipl"
source = "lim-2024-exosomes"
year = 2026
currency = "USD"
unit = "session"
low = {0}
high = {0}
grade = "own-list"
covers = "a toy"
"""


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds all but tables."""
    folder = tmp_path_factory.mktemp("warm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DECIDE_CACHE", str(folder))
        catalog = shipped()
        for concern in ("acne-scars", "hair-loss", "redness", "sun-damage"):
            synthesis_of(catalog, concern, "")
    return folder


@pytest.fixture
def cache(warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept in this test."""
    shutil.copytree(warm, tmp_path / "cache")
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "decide"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kind of every table that is worked out."""
    seen: list[str] = []
    work_out = table._table

    def seeing(catalog: Catalog, book: Any, concern: str, kind: str, horizon: float) -> PerformanceTable:
        seen.append(kind)
        return work_out(catalog, book, concern, kind, horizon)

    monkeypatch.setattr(table, "_table", seeing)
    return seen


def shipped(*overlays: Path) -> Catalog:
    """A catalogue of which nothing is worked out yet."""
    return Catalog(shipped_root(), overlays)


def told(found: PerformanceTable) -> dict[str, Any]:
    """All that a table says."""
    plain = {
        name: getattr(found, name)
        for name in ("currency", "full", "concern", "horizon", "slices", "unpriced", "unstudied")
    }
    plain["seen"] = sorted(found.seen)
    rows = {name: list(getattr(found, name)) for name in ("options", "certainties", "cells", "unmeasured_sure")}
    arrays = {name: getattr(found, name).tolist() for name in ("own", "values", "equals")}
    money = {name: {per: costs.tolist() for per, costs in getattr(found, name).items()} for name in
             ("compared", "dearest")}  # fmt: skip
    offers = [
        [(o.effect, o.id, o.name, o.sessions, o.months, o.downtime, o.horizon, list(o.costs)) for o in listed_]
        for listed_ in (found.offers, found.unmeasured)
    ]
    return plain | rows | arrays | money | {"offers": offers, "gains": [side.tolist() for side in found.gains]}


@pytest.mark.parametrize(("market", "concern"), [("us", "acne-scars"), ("uk", "redness"), ("au", "hair-loss")])
def test_what_is_kept_is_what_is_worked_out(
    market: str, concern: str, catalog: Catalog, cache: Path, made: list[str]
) -> None:
    first, again = shipped(), shipped()
    kinds = [kind.id for kind in first.concerns[concern].subtype] or [""]
    for kind in kinds:
        listed(first, market, concern, kind, 12, True)
    assert made == kinds
    for kind in kinds:
        read = listed(again, market, concern, kind, 12, True)
        anew = listed(first, market, concern, kind, 12, True)
        assert told(read) == told(anew)
        assert repr(told(read)) == repr(told(anew))
        assert read.catalog is again
        assert all(offer.catalog is again for offer in read.offers)
    assert made == kinds


def test_a_person_is_measured_on_a_kept_table_as_on_one_worked_out(cache: Path, made: list[str]) -> None:
    first, again = shipped(), shipped()
    for about in ({}, {"skin_type": 6}, {"conditions": ("keloid-tendency",)}):
        asked = [posed(facts, "acne-scars", person=about) for facts in (first, again)]
        anew, read = (for_person(table.performance_table(p, p.concern), p, p.concern) for p in asked)
        assert told(read) == told(anew)
        assert np.array_equal(read.values, anew.values)
    assert len(made) == 1


def test_another_question_has_another_table(cache: Path, made: list[str]) -> None:
    for asked in (ASKED, ("uk", *ASKED[1:]), (*ASKED[:3], 24, True), (*ASKED[:4], False)):
        listed(shipped(), *asked)
    assert len(made) == 4
    assert len({name_of(*ASKED), name_of(*ASKED[:4], False), name_of(*ASKED[:3], 24, True)}) == 3


def edited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "0.toml").write_text(PRICE.format(41), encoding="utf-8")


def another_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "__version__", "another")


def other_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = content._digest
    monkeypatch.setattr(content, "_digest", lambda package: digest(package) + "x" * (package == "alternatives"))


@pytest.mark.parametrize(("change", "moves"), [(edited, True), (another_version, False), (other_code, False)])
def test_what_was_made_of_anything_else_is_worked_out_anew(
    change: Callable[[Path, pytest.MonkeyPatch], None], moves: bool, cache: Path, made: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mine = overlay(tmp_path / "mine", PRICE.format(40))
    before = told(listed(shipped(mine), *ASKED))
    assert told(listed(shipped(mine), *ASKED)) == before
    assert len(made) == 1
    change(mine, monkeypatch)
    after = told(listed(shipped(mine), *ASKED))
    assert len(made) == 2
    assert (after != before) is moves


@pytest.mark.parametrize("broken", [b"", slice(0, 4000), slice(0, -1), "lie"])
def test_a_file_that_is_not_whole_is_worked_out_anew(broken: Any, cache: Path, made: list[str]) -> None:
    catalog = shipped()
    before = told(listed(catalog, *ASKED))
    name, key = name_of(*ASKED), worked.key_of(catalog, *kept.CODE)
    file = cache / store._file(name, key)
    whole = file.read_bytes()
    if broken == "lie":
        store.write(name, key, b"      2 {}")
    else:
        file.write_bytes(whole[broken] if isinstance(broken, slice) else broken)
    assert told(listed(shipped(), *ASKED)) == before
    assert len(made) == 2
    assert file.read_bytes() == whole


def test_facts_in_memory_and_what_is_left_out_are_never_kept_or_taken(cache: Path, made: list[str]) -> None:
    plain = shipped()
    listed(plain, *ASKED)
    source = next(iter(plain.studies("sun-damage"))).source
    for _ in range(2):
        listed(plain.without([source]), *ASKED)
    assert len(made) == 3


def test_an_installed_catalogue_has_those_of_its_own_market(
    cache: Path, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = shipped()
    name, data = next(build.files(catalog))
    asked = (catalog.edition.default_market, "acne-scars", "ice-pick", 12, True)
    monkeypatch.setattr(worked, "SHIPPED", shipped_root())
    monkeypatch.setattr(worked, "FOLDER", str(tmp_path))
    monkeypatch.setenv("DECIDE_CACHE", "off")
    assert Path(name).name == name_of(*asked) + store.ENDING
    (tmp_path / Path(name).name).write_bytes(data)
    made.clear()
    assert told(listed(shipped(), *asked)) == told(listed(catalog, *asked))
    assert not made
    # not with an overlay, and not for a folder that is the user's
    assert kept.found(shipped(overlay(tmp_path / "mine", PRICE.format(40))), name_of(*asked)) is None
    monkeypatch.setattr(worked, "SHIPPED", tmp_path)
    assert kept.found(shipped(), name_of(*asked)) is None
