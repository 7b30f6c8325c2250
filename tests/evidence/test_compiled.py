"""What hangs on the catalogue alone is kept, and what is read back is what is worked out anew: in any doubt it is."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from decide.catalog import Catalog, content, read, store, worked
from decide.catalog.catalog import shipped_root
from decide.evidence import benefit, build, compiled, model
from decide.evidence.benefit import Benefits, benefits, synthesis_of
from decide.evidence.certainty import certainty, certainty_of
from decide.question.vocabulary import WORDS
from tests.overlays import overlay

HAIR = "hair-loss"
WIDER = """
[[constant]]
name = "gain-sd"
concern = "hair-loss"
value = {}
reason = "A test."
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept in this test."""
    monkeypatch.setenv("DECIDE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "decide"


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time that a network is fitted by a search, or a scale is worked out."""
    seen: list[str] = []
    fit, scale = benefit.network, model.scale_step

    def fitted(*args: Any, kept: Any = None, **more: Any) -> Any:
        if kept is None:
            seen.append("network")
        return fit(*args, kept=kept, **more)

    def scaled(problems: Any) -> Any:
        seen.append("scale")
        return scale(problems)

    monkeypatch.setattr(benefit, "network", fitted)
    monkeypatch.setattr(model, "scale_step", scaled)
    return seen


def shipped(*overlays: Path) -> Catalog:
    """A catalogue of which nothing is worked out yet."""
    return Catalog(shipped_root(), overlays)


def told(found: Benefits) -> list[Any]:
    """All that answers ask of a synthesis."""
    effects = sorted(found._expected, key=repr)
    given = [effect for effect in effects if effect.treatment not in ("placebo", "untreated")]
    joint, alone = found.joint(effects), found.gains(effects)
    left = found.left_alone()
    return [
        effects,
        [found.expected(effect) for effect in effects],
        [found.shares(effect) for effect in given],
        [[(item.study.id, pull) for item, pull in found.pull(effect)] for effect in given],
        [repr(found.tests(effect)) for effect in given],
        [joint.weights.tolist(), joint.means.tolist(), joint.covariances.tolist()],
        [alone.weights.tolist(), alone.means.tolist(), alone.sds.tolist()],
        found.draws(effects[:3], 50, 7).tolist(),
        found.nothing().interval(0.8),
        left.interval(0.8) if left else None,
        found.level_known,
        found.outliers,
    ]


def kinds(catalog: Catalog, concern: str) -> list[str]:
    return ["", *(kind.id for kind in catalog.concerns[concern].subtype)]


def test_what_is_kept_is_what_is_worked_out_for_every_concern_and_kind(
    catalog: Catalog, cache: Path, searches: list[str]
) -> None:
    first = shipped()
    for concern in first.concerns:
        synthesis_of(first, concern, "")
    assert searches
    searches.clear()
    again = shipped()
    compared = 0
    for concern in again.concerns:
        for kind in kinds(again, concern):
            anew, kept = synthesis_of(catalog, concern, kind), synthesis_of(again, concern, kind)
            if anew.fitted is None:
                continue
            anew = replace(anew, fitted=benefits(catalog, concern).fitted)
            assert kept._kept is not None
            for ours, theirs in zip(told(kept), told(anew), strict=True):
                assert ours == theirs, (concern, kind)
            for effect in anew.effects:
                if effect.treatment not in ("placebo", "untreated"):
                    assert certainty_of(again, concern, kind, effect) == certainty(catalog, anew, effect)
            compared += 1
    assert compared > 20
    # only to compare with was anything fitted
    assert set(searches) <= {"network"}


def test_the_network_itself_comes_back_without_a_search(cache: Path, searches: list[str]) -> None:
    anew = synthesis_of(shipped(), HAIR, "male-pattern")
    effects = sorted(anew.effects, key=str)
    wanted = [(anew.gain(one, predicted=True).interval(), anew.gain(one).mean) for one in effects]
    searches.clear()
    kept = synthesis_of(shipped(), HAIR, "male-pattern")
    assert [(kept.gain(one, predicted=True).interval(), kept.gain(one).mean) for one in effects] == wanted
    assert kept.network is not None
    assert anew.network is not None
    assert kept.network.log_evidence == anew.network.log_evidence
    assert kept.network.studies == anew.network.studies
    without = kept.network.studies[0]
    np.testing.assert_array_equal(kept.network.without(without).mean, anew.network.without(without).mean)
    assert not searches


def test_options_are_asked_about_as_the_products_that_have_a_price(catalog: Catalog) -> None:
    found = synthesis_of(catalog, "acne-scars", "")
    products = {effect: effect.product for effect in found._expected if effect.product}
    priced = {p.product for market in catalog.markets for prices in catalog.prices(market).values() for p in prices}
    assert products
    assert set(products.values()) <= priced
    for effect in products:
        assert found.studied(effect)
        assert found.expected(effect).mean == pytest.approx(found.gain(effect).mean)


def ask(catalog: Catalog) -> Any:
    found = synthesis_of(catalog, HAIR, "male-pattern")
    return {effect: found.expected(effect) for effect in found.effects}


def edited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "0.toml").write_text(WIDER.format(19), encoding="utf-8")


def another_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "1.toml").write_text(WIDER.format(19), encoding="utf-8")


def another_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "__version__", "another")


def other_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_digest", lambda package: "other")


@pytest.mark.parametrize(
    ("change", "moves"), [(edited, True), (another_file, True), (another_version, False), (other_code, False)]
)
def test_what_was_made_of_anything_else_is_worked_out_anew(
    change: Callable[[Path, pytest.MonkeyPatch], None],
    moves: bool,
    cache: Path,
    searches: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = overlay(tmp_path / "mine", WIDER.format(3))
    before = ask(shipped(mine))
    assert searches == ["scale", "network"]
    assert ask(shipped(mine)) == before
    assert searches == ["scale", "network"]
    change(mine, monkeypatch)
    after = ask(shipped(mine))
    assert searches == ["scale", "network"] * 2
    assert (after != before) is moves
    monkeypatch.setenv("DECIDE_CACHE", "off")
    assert ask(shipped(mine)) == after


def test_an_overlay_has_its_own_and_the_catalogue_keeps_its(cache: Path, searches: list[str], tmp_path: Path) -> None:
    plain = ask(shipped())
    laid_over = ask(shipped(overlay(tmp_path / "mine", WIDER.format(3))))
    assert laid_over != plain
    searches.clear()
    assert ask(shipped()) == plain
    assert ask(shipped(tmp_path / "mine")) == laid_over
    assert not searches


@pytest.mark.parametrize("broken", [b"", b"\n", b"{}", slice(0, 4000), slice(0, -1), "foreign", "lie"])
def test_a_file_that_is_not_whole_is_worked_out_anew(broken: Any, cache: Path, searches: list[str]) -> None:
    catalog = shipped()
    before = ask(catalog)
    name, key = compiled.gains_of(HAIR), worked.key_of(catalog, *compiled.CODE)
    file = cache / store._file(name, key)
    whole = file.read_bytes()
    if broken == "lie":
        # what it says is no synthesis, though the digest is right
        store.write(name, key, b"      2 {}")
    elif broken == "foreign":
        file.write_bytes((cache / store._file(compiled.scale_of("hairs-per-cm2"), key)).read_bytes())
    else:
        file.write_bytes(whole[broken] if isinstance(broken, slice) else broken)
    searches.clear()
    assert ask(shipped()) == before
    assert searches == ["network"]
    # and stands there whole again
    assert file.read_bytes() == whole


def test_facts_in_memory_and_what_is_left_out_are_never_kept_or_taken(cache: Path, tmp_path: Path) -> None:
    ask(shipped())
    (entry,), _ = read.read_file(overlay(tmp_path / "mine", WIDER.format(3)) / "0.toml")
    source = synthesis_of(shipped(), HAIR, "").used[0].study.source
    plain = ask(shipped())
    for other in (shipped().with_facts(entry), shipped().without([source])):
        assert other.content == ""
        assert ask(other) != plain
        assert synthesis_of(other, HAIR, "")._kept is None


def test_weights_of_ones_own_leave_what_was_kept_as_it_is(cache: Path, searches: list[str]) -> None:
    plain = ask(shipped())
    searches.clear()
    known = shipped().profiles["balanced"]
    mine = read.Entry("profile", known.model_copy(update={"id": "mine"}), cache / "mine.toml", 0)
    other = shipped().with_facts(mine)
    assert "mine" in other.profiles
    assert ask(other) == plain
    assert searches == []


def test_a_file_that_changes_while_it_is_read_is_kept_under_no_name(
    cache: Path, searches: list[str], tmp_path: Path
) -> None:
    mine = overlay(tmp_path / "mine", WIDER.format(3))
    catalog = shipped(mine)
    assert catalog.concerns
    assert catalog.content
    (mine / "0.toml").write_text(WIDER.format(19), encoding="utf-8")
    assert catalog.content == ""
    assert worked.key_of(catalog, *compiled.CODE) == ""
    ask(catalog)
    assert not (cache / store._file(compiled.gains_of(HAIR), "")).exists()
    searches.clear()
    ask(shipped(mine))
    assert searches == ["scale", "network"]


def test_an_installed_catalogue_has_them_beside_it(
    searches: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECIDE_CACHE", "off")
    before = ask(shipped())
    monkeypatch.setattr(worked, "SHIPPED", shipped_root())
    monkeypatch.setattr(worked, "FOLDER", str(tmp_path))
    catalog = shipped()
    for name, data in build.files(catalog):
        Path(name).write_bytes(data)
    assert {path.stem for path in tmp_path.iterdir()} == {
        WORDS,
        *(compiled.scale_of(scale) for scale in catalog.scales),
        *(compiled.gains_of(c) for c in catalog.concerns if benefits(catalog, c).fitted is not None),
    }
    searches.clear()
    assert ask(shipped()) == before
    assert not searches
    # not with an overlay, and not for a folder that is the user's
    ask(shipped(overlay(tmp_path / "mine", WIDER.format(3))))
    assert searches == ["scale", "network"]
    monkeypatch.setattr(worked, "SHIPPED", tmp_path)
    ask(shipped())
    assert searches == ["scale", "network"] * 2


def test_two_programs_that_start_at_once_say_the_same(cache: Path, tmp_path: Path) -> None:
    question = (
        "from decide.catalog import load_catalog\n"
        "from decide.evidence.benefit import synthesis_of\n"
        f"found = synthesis_of(load_catalog(), {HAIR!r}, '')\n"
        "print(sorted((str(e), found.expected(e)) for e in found.effects))\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", question], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert said[0] == said[1] != ""
    found = synthesis_of(shipped(), HAIR, "")
    assert said[0].strip() == repr(sorted((str(e), found.expected(e)) for e in found.effects))
    assert found._kept is not None
    names = [path.name for path in cache.iterdir()]
    assert len(names) == len(set(names))
    assert all(len(name) == 40 + len(store.ENDING) for name in names)


def test_draws_do_not_hang_on_what_else_is_asked(catalog: Catalog) -> None:
    found = synthesis_of(catalog, HAIR, "")
    first, second, third = list(found._expected)[:3]
    both, one = found.draws([first, second], 40, 1), found.draws([second, third, second], 40, 1)
    np.testing.assert_array_equal(both[:, 1], one[:, 0])
    np.testing.assert_array_equal(one[:, 0], one[:, 2])
