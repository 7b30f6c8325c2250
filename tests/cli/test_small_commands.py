"""weigh, batch, prices and sources, and a profile from a file in the ranking commands."""

import csv
import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.catalog.profile_file import with_profile
from decide.cli.main import main
from decide.cli.prices import template
from decide.cli.weigh import Check, questions, swing
from decide.errors import InputError
from tests.toy import Toy


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(args)
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Bad input: status 2, nothing on standard output, one line on standard error."""
    status, out, err = run(capsys, *args)
    assert (status, out) == (2, ""), (args, out, err)
    assert err.startswith("decide: ")
    assert len(err.splitlines()) == 1
    return err


def put(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


# ---------------------------------------------------------------- weigh


def test_points_become_weights_in_proportion(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog
) -> None:
    target = tmp_path / "mine.toml"
    status, out, err = run(capsys, "weigh", "--points", "benefit=100, cost=60,risk=40", "-o", str(target))
    assert (status, err) == (0, "")
    assert "50.0%" in out
    assert "not checked" in out
    assert max(map(len, out.splitlines()[:14])) <= 100
    (profile,) = tomllib.loads(target.read_text("utf-8"))["profile"]
    assert (profile["id"], profile["name"]) == ("own", "Own")
    assert list(profile["weights"]) == list(catalog.criteria)
    assert {k: v for k, v in profile["weights"].items() if v} == {"benefit": 50, "cost": 30, "risk": 20}
    assert [p.name for p in tmp_path.iterdir()] == ["mine.toml"]


def test_without_a_file_the_profile_is_shown_and_dash_gives_it_alone(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "weigh", "--points", "cost=1")
    assert "[[profile]]" in out
    assert "criterion" in out
    _, out, _ = run(capsys, "weigh", "--points", "cost=1", "-o", "-")
    assert tomllib.loads(out)["profile"][0]["weights"]["cost"] == 100


def test_answers_from_a_file_are_held_against_the_points(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = """
    points = { benefit = 100, evidence = 60, cost = 30 }
    [[check]]
    first = ["benefit"]
    second = ["evidence", "cost"]
    prefer = "first"
    [[check]]
    first = "evidence"
    second = "cost"
    prefer = "second"
    """
    status, out, _ = run(capsys, "weigh", "--answers", put(tmp_path / "a.toml", text))
    assert status == 0
    assert "1 of 2 checks agree" in out
    assert "You chose cost over evidence, but gave 60 points to evidence and 30 to cost." in " ".join(out.split())


def test_questions_are_asked_and_points_can_be_changed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "asked.toml"
    # the first step, one that cannot be read, seven others, three checks, a change, no other change
    typed = ["1", "lots", "60", "50", "0", "30", "0", "0", "0", "second", "second", "second", "benefit=30", ""]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    status, out, err = run(capsys, "weigh", "-o", str(target), "--market", "uk")
    assert status == 0, err
    assert "£" in out
    assert "must be a number" in err
    # 100 to 110 is within a tenth: the same
    assert "You chose evidence and cost over benefit," not in err
    assert "You chose evidence and cost over benefit and risk, but gave 130 points" in err
    assert "3 of 3 checks agree" in out
    assert "benefit 30," in target.read_text("utf-8")
    (profile,) = tomllib.loads(target.read_text("utf-8"))["profile"]
    assert profile["weights"]["evidence"] > 0
    assert profile["weights"]["downtime"] == 0


def test_stopping_half_way_writes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n50\n"))
    status, _, err = run(capsys, "weigh", "-o", str(tmp_path / "half.toml"))
    assert status == 130
    assert err.endswith("decide: stopped\n")
    assert not list(tmp_path.iterdir())
    assert "decide weigh --points benefit=100,evidence=50\n" in err
    again = re.search(r"--points (\S+)", err)
    assert again is not None
    _, out, _ = run(capsys, "weigh", "--points", again[1], "-o", "-")
    assert tomllib.loads(out)["profile"][0]["weights"]["evidence"] == pytest.approx(33.33)


def test_what_is_weighed_is_told_as_it_is_met(catalog: Catalog) -> None:
    """As outcomes in words and in units that a person knows, not as points and shares."""
    for criterion in catalog.criteria.values():
        told = swing(criterion, catalog.market("us"))
        assert told.startswith("from ")
        assert not re.search(r"points|share|stars|-\d", told), told


def test_checks_agree_give_or_take_a_tenth() -> None:
    points = {"a": 100.0, "b": 95.0, "c": 20.0}
    assert all(Check(("a",), ("b",), said).agrees(points) for said in ("first", "second", "same"))
    assert not Check(("a",), ("c",), "second").agrees(points)
    assert not Check(("a",), ("c",), "same").agrees(points)
    assert questions(points) == [(("a",), ("b", "c"))]
    assert questions({"a": 1.0, "b": 0.0}) == []
    assert len(questions({"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0})) == 3


@pytest.mark.parametrize(
    "args",
    [
        ["--points", "benefit"],
        ["--points", "benefit=much"],
        ["--points", "benefit=-1"],
        ["--points", "benefit=nan"],
        ["--points", "benefit=1,benefit=2"],
        ["--points", "beauty=1"],
        ["--points", "benefit=0"],
        ["--points", ","],
        ["--points", "benefit=1", "--answers", "x.toml"],
        ["--points", "benefit=1", "--name", "Balanced"],
        ["--points", "benefit=1", "--name", "…"],
        ["--points", "benefit=1", "--market", "mars"],
        ["--points", "benefit=1", "-o", "mine.txt"],
        ["--points", "benefit=1", "-o", "no/such/folder/mine.toml"],
        ["--answers", "no-such.toml"],
    ],
)
def test_weigh_refuses(capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    refused(capsys, "weigh", *args)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "points = 3",
        "[points]",
        "[points]\nbenefit = true",
        "[points]\nbenefit = 1\n[other]",
        "check = 1\n[points]\nbenefit = 1",
        "[points]\nbenefit = 1\n[[check]]\nfirst = 'benefit'",
        "[points]\nbenefit = 1\n[[check]]\nfirst = 'benefit'\nsecond = []\nprefer = 'first'",
        "[points]\nbenefit = 1\n[[check]]\nfirst = 'benefit'\nsecond = 'cost'\nprefer = 'both'",
        "not toml",
    ],
)
def test_weigh_refuses_answers(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    assert "answers.toml" in refused(capsys, "weigh", "--answers", put(tmp_path / "answers.toml", text))


# ---------------------------------------------------------------- a profile from a file


def test_a_profile_from_a_file_weighs_as_the_same_weights_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog
) -> None:
    file = str(tmp_path / "mine.toml")
    run(capsys, "weigh", "--points", "benefit=10,cost=90", "-o", file)
    how = ["best", "acne scars", "--format", "json", "--exact"]
    _, out, _ = run(capsys, *how, "--profile", file)
    (mine,) = json.loads(out)["answers"]
    flags = [part for c in catalog.criteria for part in ("--weight", f"{c}={ {'benefit': 10, 'cost': 90}.get(c, 0) }")]
    _, out, _ = run(capsys, *how, *flags)
    (named,) = json.loads(out)["answers"]
    assert mine["profile"] == "own"
    assert mine["weights"] == named["weights"]
    assert [r["option"]["id"] for r in mine["rows"]] == [r["option"]["id"] for r in named["rows"]]
    _, out, _ = run(capsys, *how, "--profile", file, "--weight", "cost=0")
    assert json.loads(out)["answers"][0]["weights"]["benefit"] == 1


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "best for redness"],
        ["best", "redness"],
        ["why", "ipl", "--for", "redness"],
        ["instead", "exosomes"],
        ["compare", "exosomes", "tretinoin", "--for", "wrinkles"],
    ],
)
def test_every_ranking_command_takes_a_profile_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]
) -> None:
    file = str(tmp_path / "Mine.TOML")
    run(capsys, "weigh", "--points", "cost=1", "-o", file)
    status, out, err = run(capsys, *command, "--profile", file)
    assert status == 0, err
    assert out
    refused(capsys, *command, "--profile", str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[profile]]\nid = 'x'",
        "[[profile]]\nid = 'x'\nname = 'x'\nreason = 'x'\nweights = { beauty = 1 }",
        "[[profile]]\nid = 'x'\nname = 'x'\nreason = 'x'\nweights = { cost = 0 }",
        "[[profile]]\nid = 'x'\nname = 'x'\nreason = 'x'\nweights = { cost = -1 }",
        "[[profile]]\nid = 'x'\nname = 'x'\nreason = 'x'\nweights = { cost = 1 }\n" * 2,
        "[[family]]\nid = 'x'\nname = 'x'",
        "nonsense",
    ],
)
def test_a_profile_file_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog, text: str
) -> None:
    file = put(tmp_path / "mine.toml", text)
    assert "mine.toml" in refused(capsys, "best", "redness", "--profile", file)
    with pytest.raises(InputError):
        with_profile(catalog, file)
    assert with_profile(catalog, "balanced") == (catalog, "balanced")


# ---------------------------------------------------------------- prices


@pytest.mark.parametrize("market", ["us", "uk", "au"])
def test_a_template_line_is_a_price_when_switched_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, catalog: Catalog, market: str
) -> None:
    file = tmp_path / "clinic.toml"
    status, out, _ = run(capsys, "prices", "new", str(file), "--market", market)
    assert status == 0
    assert "prices check" in out
    text = file.read_text("utf-8")
    assert text.isascii()
    lines = [line for line in text.splitlines() if line.startswith("# {")]
    assert len(lines) == len(catalog.procedures)
    for procedure in catalog.procedures.values():
        assert f'"{procedure.id}"' in text
        assert procedure.name in text
    one = text.replace(lines[0], lines[0].removeprefix("# "))
    everything = text.replace("\n# {", "\n{")
    for changed, count in ((one, 1), (everything, len(lines))):
        file.write_text(changed, "utf-8")
        status, out, err = run(capsys, "prices", "check", str(file), "--market", market)
        assert status == 0, err
        assert f"{count} price" in " ".join(out.split())
        assert "!" not in out
        assert max(map(len, out.splitlines())) <= 100 + len(str(file))
        assert max(map(len, out.splitlines()[2:])) <= 100
        assert run(capsys, "best", "redness", "--market", market, "--prices", str(file), "--exact")[0] == 0


def test_a_template_does_not_overwrite_and_alone_is_no_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = str(tmp_path / "clinic.toml")
    assert run(capsys, "prices", "new", file)[0] == 0
    assert "--force" in refused(capsys, "prices", "new", file)
    assert run(capsys, "prices", "new", file, "--force")[0] == 0
    refused(capsys, "prices", "check", file)
    refused(capsys, "prices", "new", str(tmp_path / "x.toml"), "--market", "mars")
    refused(capsys, "prices", "new", str(tmp_path), "--force")


def test_check_shows_each_price_beside_the_catalogue(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = put(tmp_path / "p.toml", '[[price]]\nprocedure = "botox"\nprice = 90000\n')
    _, out, _ = run(capsys, "prices", "check", file)
    assert "90,000" in out
    assert "! is less than half" in out
    _, out, _ = run(capsys, "prices", "check", file, "--format", "json")
    (row,) = json.loads(out)
    assert row["outside"]
    _, out, _ = run(capsys, "prices", "check", file, "--format", "csv")
    assert next(csv.DictReader(io.StringIO(out)))["price_from"] == "90000.0"
    assert run(capsys, "prices", "check", file, "--format", "markdown")[1].startswith("|")


@pytest.mark.parametrize(
    "text",
    ["", "x", '[[price]]\nprocedure = "nothing like it"\nprice = 1', '[[price]]\nprocedure = "botox"\nprice = -1',
     'currency = "EUR"\n[[price]]\nprocedure = "botox"\nprice = 1'],
)  # fmt: skip
def test_check_refuses(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    assert "p.toml" in refused(capsys, "prices", "check", put(tmp_path / "p.toml", text))
    refused(capsys, "prices", "check", str(tmp_path / "none.toml"))


# ---------------------------------------------------------------- sources


def test_sources_add_up(capsys: pytest.CaptureFixture[str], catalog: Catalog) -> None:
    _, out, _ = run(capsys, "sources", "--format", "json")
    found = json.loads(out)
    assert len(found["sources"]) == len(catalog.sources)
    for part in ("kinds", "interests"):
        assert sum(r["facts"] for r in found[part]) == found["facts"] == sum(r["facts"] for r in found["sources"])
        assert sum(r["sources"] for r in found[part]) == len(catalog.sources)
        assert sum(r["share_percent"] for r in found[part]) == pytest.approx(100, abs=0.1)
    assert {r["source"] for r in found["sources"] if r["stands"] == "stands to gain"} == catalog.interested()
    prices = [p for m in catalog.markets for ps in catalog.prices(m).values() for p in ps]
    last = int(catalog.edition.date[:4]) - catalog.edition.stale_after_years
    assert len(found["stale"]) == sum(p.year < last for p in prices)
    assert found["prices"] == len(prices)
    for row in found["thin"]:
        seen = catalog.prices(row["market"])[row["procedure"]]
        assert row["source"] in {p.source for p in seen}
        sound = {catalog.sources[p.source].voice for p in seen if not (p.doubtful or p.promotion)}
        assert len(sound) != 1 or catalog.sources[row["source"]].voice in sound


@pytest.mark.parametrize(
    "flags",
    [[], ["--all"], ["--stale", "--thin"], ["--interested", "--all"], ["--kind", "clinic-page", "--thin", "--stale"],
     ["--kind", "government-page", "--interested"], ["--kind", "guideline", "--stale"]],
)  # fmt: skip
def test_sources_fit_a_hundred_columns(capsys: pytest.CaptureFixture[str], flags: list[str]) -> None:
    status, out, _ = run(capsys, "sources", *flags)
    assert status == 0
    assert max(map(len, out.splitlines())) <= 100
    assert "--stale" in out


def test_sources_of_a_kind_that_stand_to_gain(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "sources", "--kind", "vendor-page", "--interested", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows
    assert {(r["kind"], r["stands"]) for r in rows} == {("vendor-page", "stands to gain")}
    _, out, _ = run(capsys, "sources", "--thin", "--format", "markdown")
    assert "| thin" in out
    assert "| low" in out.replace("  ", " ")


def test_sources_refuse(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    refused(capsys, "sources", "--kind", "rumour")
    refused(capsys, "sources", "--catalog", str(tmp_path / "none"))


def test_a_new_price_list_starts_at_the_price_in_use_in_the_unit_that_is_used(toy: Toy) -> None:
    toy.add("source", id="a", title="A", publisher="A").add("source", id="b", title="B", publisher="B")
    toy.procedure("pen").price("pen", 90, 100, source="a").price("pen", 110, source="a").price("pen", 200, source="b")
    toy.price("pen", 999, grade="guide").price("pen", 10, promotion=True)
    # one clinic speaks with its median of 102.5, the other with 200
    toy.procedure("shot").assumption("shot", "session-units", 1, 2, 3, unit="unit").price("shot", 12.5, unit="unit")
    toy.price("shot", 300, market="uk").procedure("bare")
    catalog = toy.catalog()
    text = template(catalog, catalog.market("us"))
    assert '{ procedure = "pen", price = 151.25 },' in text
    assert "one session; 90-200" in text
    assert '{ procedure = "shot", price = 12.50 },' in text
    assert '{ procedure = "bare", price = 100 },' in text
    # there a session is what is priced, and a bare price would be one of a unit
    assert '{ procedure = "shot", price = 300, unit = "session" },' in template(catalog, catalog.market("uk"))
