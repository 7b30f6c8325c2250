"""Curating: what a folder moves in the answers, and facts that are added to one, whole or not at all."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from decide.answers.moves import Moves
from decide.catalog import Catalog, load_catalog
from decide.catalog.check import check
from decide.catalog.toml import tables_text
from decide.cli.curate import add as add_command
from decide.cli.main import main
from decide.curate import adding, moves, plan, write_addition
from decide.errors import InputError
from tests.shipped import CATALOG

CHEAP = """
[[price]]
procedure = "microneedling"
market = "us"
currency = "USD"
year = 2026
unit = "session"
low = 5
high = 5
grade = "own-list"
source = "lim-2024-exosomes"
"""
GREAT = """
# a trial that never was
[[source]]
id = "smith-2026"
title = "A trial"
kind = "journal-article"

[[study]]
id = "smith-2026"
concern = "acne-scars"
source = "smith-2026"
design = "split-body-rct"
blinded = true
participants = 5000
[[study.arm]]
procedure = "silicone-gel"
n = 5000
measure = "percent-improvement"
value = 95
[[study.arm]]
procedure = "untreated"
n = 5000
measure = "percent-improvement"
value = 1
"""


@pytest.fixture
def unmoved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only what is written counts: no answer is compared, which takes seconds."""

    def nothing(before: Catalog, after: Catalog, names: tuple[str, str]) -> Moves:
        return Moves(before=names[0], after=names[1], rankings=0, changed=0, moves=())

    monkeypatch.setattr(adding, "moves", nothing)


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(args)
    out, err = capsys.readouterr()
    return status, out, err


def put(folder: Path, text: str, name: str = "mine.toml") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return str(folder)


def first_sum(shown: str) -> float:
    """The typical total as it is shown: `$1,500 (…)`."""
    return float(shown.split(maxsplit=1)[0].strip("$").replace(",", ""))


def great(catalog: Catalog) -> str:
    """The made-up trial, for a cheap cream that could lead."""
    return GREAT.replace("silicone-gel", "niacinamide" if "niacinamide" in catalog.procedures else "tretinoin")


# ---------------------------------------------------------------- diff


def test_an_empty_folder_moves_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capsys, "catalog", "diff", str(tmp_path))
    assert status == 0
    assert "Nothing moves in 30 rankings" in " ".join(out.split())


def test_a_repeated_fact_moves_nothing(tmp_path: Path, catalog: Catalog) -> None:
    put(tmp_path, (catalog.root / "markets" / "us.toml").read_text("utf-8"))
    assert moves(catalog, load_catalog(tmp_path)).moves == ()


def test_a_first_place_that_moves_is_listed_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog
) -> None:
    folder = put(tmp_path, great(catalog))
    status, out, _ = run(capsys, "catalog", "diff", folder, "--format", "json")
    (found,) = json.loads(out)["answers"]
    assert status == 0
    kinds = [m["kind"] for m in found["moves"]]
    assert kinds[0] == "first place"
    order = ["first place", "appears", "vanishes", "rank", "benefit", "total", "stars"]
    assert kinds == sorted(kinds, key=order.index)
    # what all studies of a scale share (how far series run high) reaches other concerns by a little
    assert found["moves"][0]["concern"] == "acne-scars"
    _, out, _ = run(capsys, "catalog", "diff", folder)
    text = out.split("\n\n")
    assert text[2].startswith("First places that move:")
    assert " instead of " in text[2]


def test_a_price_moves_totals_in_its_own_market_alone(tmp_path: Path, catalog: Catalog) -> None:
    put(tmp_path, CHEAP)
    found = moves(catalog, load_catalog(tmp_path), ("a", "b"))
    assert {m.market for m in found.moves} == {"us"}
    totals = [m for m in found.moves if m.kind == "total"]
    assert totals
    assert all(first_sum(m.after) < first_sum(m.before) for m in totals)
    assert not [m for m in found.moves if m.kind == "benefit"]
    assert len(found.records()) == len(found.moves)


def test_moves_mirror_each_other(tmp_path: Path, catalog: Catalog) -> None:
    put(tmp_path, great(catalog))
    other = load_catalog(tmp_path)
    there, back = moves(catalog, other), moves(other, catalog)
    assert {(m.kind, m.market, m.option, m.before, m.after) for m in there.moves if m.kind in ("rank", "total")} == {
        (m.kind, m.market, m.option, m.after, m.before) for m in back.moves if m.kind in ("rank", "total")
    }
    assert sum(m.kind == "appears" for m in there.moves) == sum(m.kind == "vanishes" for m in back.moves)


def test_a_new_option_appears(tmp_path: Path, catalog: Catalog) -> None:
    known = {s.id for s in catalog.studies("redness")}
    assert "smith-2026" not in known
    great_ = GREAT.replace("acne-scars", "redness").replace("silicone-gel", "microneedling")
    put(tmp_path, great_.replace('concern = "redness"\n', 'concern = "redness"\nsubtype = "persistent-erythema"\n'))
    found = moves(catalog, load_catalog(tmp_path))
    new = [m for m in found.moves if m.kind == "appears"]
    assert {m.before for m in new if m.option == "microneedling"} == {"no study"}


def test_the_environment_does_not_change_what_is_compared(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path, CHEAP)
    monkeypatch.setenv("DECIDE_CATALOG", folder)
    assert "Totals that change" in run(capsys, "catalog", "diff", folder)[1]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["diff", "/nowhere"], "not a folder"),
        (["diff"], "Missing argument"),
        (["add", "--from", "x.toml"], "--to"),
        (["add", "--to", "DIR", "--from", "/nowhere.toml"], "no such file"),
        (["add", "--to", "DIR", "--from", "/"], "is a folder"),
        (["add", "study", "--to", "DIR", "--from", "/x.toml"], "give one"),
        (["add", "sutdy", "--to", "DIR"], "sutdy"),
    ],
)
def test_bad_arguments(capsys: pytest.CaptureFixture[str], tmp_path: Path, args: list[str], words: str) -> None:
    target = tmp_path / "facts"
    status, out, err = run(capsys, "catalog", *[str(target) if a == "DIR" else a for a in args])
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err
    assert not target.exists()


def test_a_broken_folder_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    put(tmp_path, "[[zzz]]\na = 1\n")
    status, out, err = run(capsys, "catalog", "diff", str(tmp_path))
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


# ---------------------------------------------------------------- add, from a file


def test_facts_from_a_file_are_added_and_what_they_move_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog
) -> None:
    file = tmp_path / "trial.toml"
    file.write_text(great(catalog), "utf-8")
    folder = tmp_path / "deep" / "facts"
    status, out, err = run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))
    assert (status, err) == (0, "")
    assert "trial.toml: written (1 source, 1 study)." in out
    assert "First places that move" in out
    assert [p.name for p in folder.iterdir()] == ["trial.toml"]
    assert (folder / "trial.toml").read_bytes() == file.read_bytes()
    assert check(load_catalog(folder)) == []


@pytest.mark.usefixtures("unmoved")
def test_what_stands_there_is_never_touched(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    put(folder, "# mine\n" + CHEAP.replace("low = 5", "low = 4"), "price.toml")
    before = (folder / "price.toml").read_bytes()
    file = tmp_path / "price.toml"
    file.write_text(CHEAP)
    assert run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))[0] == 0
    assert (folder / "price.toml").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["price-2.toml", "price.toml"]
    assert len(load_catalog(folder).prices("us")["microneedling"]) == len(CATALOG.prices("us")["microneedling"]) + 2


@pytest.mark.usefixtures("unmoved")
def test_the_same_fact_again_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "price.toml"
    file.write_text(CHEAP)
    folder = tmp_path / "facts"
    assert run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))[0] == 0
    status, out, err = run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))
    assert (status, out) == (2, "")
    assert "stands twice" in err
    assert len(list(folder.iterdir())) == 1


def test_any_problem_and_nothing_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        CHEAP.replace('"microneedling"', '"microneedlin"').replace('"lim-2024-exosomes"', '"nobody"') + "[[zzz]]\na=1\n"
    )
    folder = tmp_path / "facts"
    status, out, err = run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))
    assert (status, out) == (2, "")
    for words in ("unknown procedure 'microneedlin'", "unknown source 'nobody'", "unknown table", "3 problems"):
        assert words in err
    assert str(folder / "bad.toml") in err
    assert not folder.exists()


@pytest.mark.parametrize("data", [b"", b"# only words\n", b"[[price]\n", b"\xff\xfe\x00", b"x = 1\n"])
def test_a_file_without_facts_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "odd.toml"
    file.write_bytes(data)
    status, out, _ = run(capsys, "catalog", "add", "--to", str(tmp_path / "facts"), "--from", str(file))
    assert (status, out) == (2, "")
    assert not (tmp_path / "facts").exists()


def test_a_folder_that_is_broken_already_takes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    put(folder, "[[zzz]]\na = 1\n")
    file = tmp_path / "price.toml"
    file.write_text(CHEAP)
    status, _, err = run(capsys, "catalog", "add", "--to", str(folder), "--from", str(file))
    assert status == 2
    assert "mine.toml" in err
    assert len(list(folder.iterdir())) == 1


@pytest.mark.usefixtures("unmoved")
def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "price.toml"
    file.write_text(CHEAP)
    status, out, _ = run(capsys, "catalog", "add", "--to", str(tmp_path / "f"), "--from", str(file), "--dry-run")
    assert status == 0
    assert "would be written" in out
    assert not (tmp_path / "f").exists()


def test_a_plan_with_problems_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing written"):
        write_addition(plan("[[zzz]]\n", tmp_path / "f", "x"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="not a folder"):
        plan(CHEAP, tmp_path / "file", "x")


@pytest.mark.usefixtures("unmoved")
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    assert plan(CHEAP, tmp_path, "../../etc/passwd").path.parent == tmp_path
    assert plan(CHEAP, tmp_path, "..").path == tmp_path / "facts.toml"


# ---------------------------------------------------------------- add, by questions


def answer(tmp_path: Path, kind: str, *lines: str) -> tuple[int | None, str, Path]:
    folder = tmp_path / "facts"
    done = CliRunner().invoke(
        add_command, [kind, "--to", str(folder)], input="\n".join(lines) + "\n", standalone_mode=False
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.return_value, done.output, folder


@pytest.mark.usefixtures("unmoved")
def test_a_price_by_questions(tmp_path: Path) -> None:
    status, out, folder = answer(
        tmp_path, "price", "microneedlng of mars", "microneedling", "us", "session", "2026", "cheap", "150", "", "180",
        "face", "guide", "yes", "no", "lim-2024-exosomes",
    )  # fmt: skip
    assert status == 0, out
    assert "Error" in out
    (price,) = [p for p in load_catalog(folder).prices("us")["microneedling"] if p.source == "lim-2024-exosomes"]
    assert (price.low, price.high, price.covers, price.grade) == (150, 180, "face", "guide")
    assert (price.from_, price.promotion) == (True, False)


@pytest.mark.usefixtures("unmoved")
def test_a_study_with_a_new_source_by_questions(tmp_path: Path) -> None:
    status, out, folder = answer(
        tmp_path, "study", "acne scars", "", "smith-2026", "A trial", "journal", "2026", "", "", "", "split", "yes",
        "40", "12", "", "yes", "done", "arm", "microneedling", "", "40", "percent-improvement", "55", "", "arm",
        "untreated", "", "40", "percent-improvement", "3", "", "done",
    )  # fmt: skip
    assert status == 0, out
    catalog = load_catalog(folder)
    (study,) = [s for s in catalog.studies("acne-scars") if s.id == "smith-2026"]
    assert [a.value for a in study.arm] == [55, 3]
    assert catalog.sources["smith-2026"].title == "A trial"
    assert [p.name for p in folder.iterdir()] == ["study-acne-scars-smith-2026.toml"]


@pytest.mark.usefixtures("unmoved")
def test_a_practice_fact_and_a_procedure_by_questions(tmp_path: Path) -> None:
    for fact, *value in (("pairing", "", "", "not with wax"), ("caution", "", "", "no such", "keloid-tendency")):
        status, out, folder = answer(tmp_path, "practice", "tretinoin", "", fact, *value, "lim-2024-exosomes")
        assert status == 0, out
        added = [f.value for f in load_catalog(folder).practice("tretinoin") if f.source == "lim-2024-exosomes"]
        assert value[-1] in added
    status, out, folder = answer(
        tmp_path, "procedure", "Glow Bath", "peels", "A bath.", "It soaks.", "magic", "controlled-injury", "clinic",
        "topical", "no", "yes", "standalone", "surface", "clinic", "",
    )  # fmt: skip
    assert status == 0, out
    assert load_catalog(folder).procedures["glow-bath"].name == "Glow Bath"


def test_stopping_half_way_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    done = CliRunner().invoke(add_command, ["price", "--to", str(folder)], input="microneedling\nus\n")
    assert done.exit_code != 0
    assert not folder.exists()


def test_tables_are_written_as_toml() -> None:
    import tomllib

    text = tables_text(
        [("study", {"id": "a", "n": None, "blinded": True, "arm": [{"value": 3.5}, {"value": 4}]})], "hi"
    )
    assert tomllib.loads(text) == {"study": [{"id": "a", "blinded": True, "arm": [{"value": 3.5}, {"value": 4}]}]}
