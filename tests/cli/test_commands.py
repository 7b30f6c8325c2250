"""The command line as a person meets it: answers, formats, exit statuses, and bad input in one line."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(args)
    out, err = capsys.readouterr()
    return status, out, err


QUESTION = "what's best for acne scars under $2000"


def test_the_main_question_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, QUESTION)
    assert status == 0
    assert err == ""
    assert "acne scars" in out.splitlines()[0]
    assert "$2,000" in out.splitlines()[0]
    for word in ("Best overall", "The catch", "How sure", "Not worth it", "option", "total", "proof",
                 "Doing nothing", "Over budget", "clinician"):  # fmt: skip
        assert word in out
    assert not any(word in out for word in ("draws", "score", "Weights:"))
    _, details, _ = run(capsys, QUESTION, "--details")
    for word in ("Best overall", "score", "first in", "tries", "Weights:"):
        assert word in details


@pytest.mark.parametrize("market", ["us", "uk", "au"])
def test_everything_fits_a_hundred_columns(capsys: pytest.CaptureFixture[str], market: str, catalog: Catalog) -> None:
    for concern in catalog.concerns:
        _, out, _ = run(capsys, "best", concern, "--market", market, "--all", "--skin-type", "5")
        assert max(map(len, out.splitlines())) <= 100, concern


def test_ask_is_the_same_as_a_bare_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, QUESTION) == run(capsys, "ask", QUESTION)


@pytest.mark.parametrize("market", ["us", "uk", "au"])
@pytest.mark.parametrize("concern", ["acne scars", "pigment", "hair loss", "wrinkles", "volume loss", "redness"])
def test_every_market_answers(capsys: pytest.CaptureFixture[str], market: str, concern: str) -> None:
    status, out, _ = run(capsys, "best", concern, "--market", market)
    assert status == 0
    assert "Best overall" in out


def test_json_holds_the_working(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "best", "acne scars", "--under", "2000", "--format", "json")
    (answer,) = json.loads(out)["answers"]
    first = answer["rows"][0]
    assert first["cells"]["cost"]["refs"][0]["source"]
    assert sum(first["contributions"].values()) == pytest.approx(first["score"])
    assert answer["left_out"]


def test_csv_and_markdown_have_a_line_per_option(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "best", "acne scars", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["rank"] == "1"
    _, out, _ = run(capsys, "best", "acne scars", "--format", "markdown")
    lines = [line for line in out.splitlines() if line.startswith("|")]
    # beside the head, lines of tiers and what has no figure stand in the same table
    assert len(lines) >= sum(bool(row["rank"]) for row in rows) + 2
    gone = [row for row in rows if not row["rank"]]
    assert gone
    assert all(row["left_out"] or row["standing"] for row in gone)


def test_output_goes_to_a_file_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    status, out, _ = run(capsys, "best", "redness", "--format", "json", "-o", str(target))
    assert (status, out) == (0, "")
    assert json.loads(target.read_text("utf-8"))["answers"][0]["concern"] == "redness"
    assert [p.name for p in tmp_path.iterdir()] == ["answer.json"]


def test_a_quote_beats_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "best", "acne scars", "--price", "microneedling=$99", "--format", "json", "--all")
    row = next(r for r in json.loads(out)["answers"][0]["rows"] if r["option"]["id"] == "microneedling")
    assert row["cells"]["cost"]["typical"] == 99 * row["option"]["sessions"]
    assert row["cells"]["cost"]["refs"][0]["kind"] == "quote"


def test_nothing_fits_is_status_one_and_says_what_would(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "best", "volume loss", "--under", "5")
    assert status == 1
    assert "The nearest is" in out


def test_pregnancy_takes_retinoids_out_with_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "best", "wrinkles", "--pregnant", "--format", "json")
    (answer,) = json.loads(out)["answers"]
    assert not {"tretinoin", "adapalene", "botulinum-toxin"} & {r["option"]["id"] for r in answer["rows"]}
    gone = {item["id"]: item for item in answer["left_out"] if item["why"] == "not for you"}
    assert gone["adapalene"]["source"]


def test_why_says_for_what_in_words_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, by_option, _ = run(capsys, "why", "1", "--for", "acne scars")
    for words in (["why", "1", "for", "acne", "scars"], ["why 1 for acne scars"]):
        status, out, _ = run(capsys, *words)
        assert status == 0
        assert by_option.splitlines()[2] in out


def test_why_and_show_and_compare(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "why", "microneedling", "--for", "acne scars")
    assert status == 0
    assert "pull" in out
    assert "Total:" in out
    status, out, _ = run(capsys, "show", "botox", "--market", "uk")
    assert status == 0
    assert "How it works" in out
    status, out, _ = run(capsys, "compare", "pico laser", "tretinoin", "--for", "sun damage", "--market", "au")
    assert status == 0
    assert re.search(r"Pico laser costs [\d.]+ times as much as Tretinoin", " ".join(out.split()))
    assert re.search(r"No study compares Pico laser with Tretinoin directly\.", " ".join(out.split()))


def test_catalog_commands(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "catalog", "check")
    assert status == 0
    assert re.fullmatch(r"\d+ files, no problem\.\n", out)
    assert "tretinoin" in run(capsys, "catalog", "list", "procedures")[1]
    assert "lim-2024-exosomes" in run(capsys, "catalog", "sources", "--format", "csv")[1]
    status, out, _ = run(capsys, "catalog", "documents")
    assert status == 0
    assert "15 comparisons" in out


def test_a_broken_folder_of_facts_is_reported_in_full(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("[[price]]\nprocedure='nope'\n[[zzz]]\na=1\n")
    status, out, _ = run(capsys, "catalog", "check", "--catalog", str(tmp_path))
    assert status == 2
    assert "unknown table" in out
    status, _, err = run(capsys, "best", "acne scars", "--catalog", str(tmp_path))
    assert status == 2
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["best", "acne scras on mars"], "acne"),
        (["best", "xyzzy"], "unknown concern"),
        (["best", "acne scars", "--under", "-5"], "above zero"),
        (["best", "acne scars", "--under", "0"], "above zero"),
        (["best", "acne scars", "--under", "nan"], "not an amount"),
        (["best", "acne scars", "--under", "lots"], "not an amount"),
        (["best", "acne scars", "--under", "1e30"], "not an amount"),
        (["best", "acne scars", "--under", "99999999999"], "absurdly large"),
        (["best", "acne scars", "--under", "€500"], "no price list is in"),
        (["best", "acne scars", "--under", "£500", "--market", "us"], "GBP"),
        (["best", "acne scars", "--market", "mars"], "unknown market"),
        (["best", "acne scars", "--profile", "lavish"], "unknown profile"),
        (["best", "acne scars", "--weight", "beauty=3"], "unknown criterion"),
        (["best", "acne scars", "--weight", "cost"], "not NAME=NUMBER"),
        (["best", "acne scars", "--weight", "cost=nan"], "a number"),
        (["best", "acne scars", "--weight", "cost=-1"], "zero or more"),
        (["best", "acne scars", "--horizon", "0"], "out of range"),
        (["best", "acne scars", "--subtype", "wavy"], "no kind"),
        (["ask", "what's best for acne scars", "--subtype", "wavy"], "no kind"),
        (["what's best for acne scars", "-o", "a.pdf"], ".csv, .htm, .html, .json, .md, .svg, .txt"),
        (["best", "acne scars", "-o", "a.xlsx"], "no format ends in '.xlsx'"),
        (["best", "acne scars", "--price", "fraxel"], "name and a sum"),
        (["best", "acne scars", "--price", "fraxel=-3"], "above zero"),
        (["best", "acne scars", "--price", "fraxel=3/parsec"], "unknown unit"),
        (["best", "acne scars", "--price", "fraxel=£3"], "GBP"),
        (["best", "acne scars", "--prices", "/nowhere/list.toml"], "no such file"),
        (["best", "acne scars", "--catalog", "/nowhere"], "not a folder"),
        (["best", "acne scars", "-o", "/nowhere/answer.txt"], "cannot be written"),
        (["best", "acne scars", "-o", "/"], "is a folder"),
        (["best", "acne scars", "--format", "pdf"], "pdf"),
        (["best", "acne scars", "--skin-type", "9"], "9"),
        (["best"], "Missing argument"),
        (["show", "xyzzy"], "unknown procedure"),
        (["why", "botox", "--for", "acne scars"], "no study"),
        (["why", "1"], "name the concern with --for"),
        (["compare", "botox", "--for", "wrinkles"], "two different"),
        (["compre", "botox"], "did you mean"),
        ([" "], "decide"),
    ],
)
def test_bad_input_is_one_line_and_status_two(capsys: pytest.CaptureFixture[str], args: list[str], words: str) -> None:
    status, out, err = run(capsys, *args)
    assert status == 2, (out, err)
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("decide: ")
    assert words in err
    assert "Traceback" not in err


def test_weights_all_zero_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    names = ("benefit", "evidence", "cost", "downtime", "risk", "speed", "durability", "effort")
    flags = [part for name in names for part in ("--weight", f"{name}=0")]
    status, _, err = run(capsys, "best", "acne scars", *flags)
    assert status == 2
    assert "all zero" in err


def test_an_ascii_terminal_reads_well() -> None:
    command = [sys.executable, "-m", "decide", "best", "acne scars", "--under", "2000", "--market", "uk"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""}, check=True)
    text = done.stdout.decode("ascii")
    assert "**" in text
    assert "GBP" in text


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m decide best 'acne scars' | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("plot", ["acceptability", "tornado", "pairwise", "frontier"])
def test_every_plot_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path, plot: str) -> None:
    target = tmp_path / f"{plot}.svg"
    extra = ["--frontier"] if plot == "frontier" else []
    status, _, err = run(capsys, "best", "acne scars", "--plot", plot, "--chart", str(target), *extra)
    assert (status, err) == (0, "")
    assert target.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(("said", "type_"), [("5", 5), ("V", 5), ("brown", 5), ("very fair", 1), ("very-dark", 6)])
def test_skin_types_are_taken_in_words(capsys: pytest.CaptureFixture[str], said: str, type_: int) -> None:
    _, out, _ = run(capsys, "best", "redness", "--skin-type", said, "--exact", "--format", "json")
    assert json.loads(out)["request"]["person"]["skin_type"] == type_


def test_a_question_takes_a_kind_as_the_commands_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what's best for acne scars", "--subtype", "rolling", "--exact"]) == 0
    shown = capsys.readouterr().out
    assert "acne scars, rolling" in shown.splitlines()[0].lower()
    assert "You did not say which kind" not in shown
