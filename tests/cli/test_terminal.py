"""The command line helps: forms by a file's ending, groups of options, words misspelt, what was not used."""

import json
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from decide.catalog import Catalog
from decide.cli import output
from decide.cli.main import COMMANDS, cli, main

ANSWERING = {
    "ask": ("best for redness",), "best": ("redness",), "compare": ("ipl", "ivermectin cream", "--for", "redness"),
    "show": ("ipl",), "why": ("1", "--for", "redness"), "instead": ("ipl", "--for", "redness"),
    "plan": ("acne scars", "--budget", "2000"),
}  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(args)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("name", ANSWERING)
def test_json_is_the_same_by_flag_by_format_and_by_ending(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = (name, *ANSWERING[name])
    flag, form = (run(capsys, *asked, *more) for more in (("--json",), ("--format", "json")))
    file = tmp_path / "x.json"
    assert run(capsys, *asked, "-o", str(file)) == (0, "", "")
    assert flag == form
    assert json.loads(flag[1]) == json.loads(file.read_text("utf-8"))
    assert json.loads(flag[1])["answers"]
    assert json.loads(flag[1])["request"]["intent"] in COMMANDS


@pytest.mark.parametrize(
    ("ending", "begins"), [("csv", "rank,"), ("html", "<!doctype html>"), ("md", "# "), ("txt", "")]
)
def test_a_file_is_written_as_its_ending_says(
    ending: str, begins: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / f"x.{ending}"
    assert run(capsys, "best", "redness", "--exact", "-o", str(file))[0] == 0
    assert file.read_text("utf-8").lower().startswith(begins)


def test_a_picture_is_written_where_there_is_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    assert run(capsys, "why", "ipl", "--for", "redness", "-o", str(file)) == (0, "", "")
    assert file.read_text("utf-8").startswith("<svg")
    status, _, err = run(capsys, "show", "ipl", "-o", str(tmp_path / "y.svg"))
    assert (status, list(tmp_path.iterdir())) == (2, [file])
    assert "no picture" in err


def test_two_forms_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "best", "redness", "--json", "--format", "csv")[0] == 2


@pytest.mark.parametrize("name", ANSWERING)
def test_options_stand_in_groups(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, name, "--help")
    headings = [line for line in out.splitlines() if line.endswith(":") and not line.startswith((" ", "Usage"))]
    assert headings[-1] == "Output:"
    assert "Money and weights:" in headings
    below = out.split("Output:")[1]
    assert "--json" in below
    assert "--market" not in below


@pytest.mark.parametrize(
    ("said", "meant"),
    [(("bset", "acne scars"), "best"), (("plam",), "plan"), (("compair", "prp"), "compare"), (("shwo", "ipl"), "show")],
)
def test_a_command_misspelt_is_asked_back(
    said: tuple[str, ...], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *said)
    assert (status, out) == (2, "")
    assert f"did you mean '{meant}'?" in err


@pytest.mark.parametrize(
    "question", ["is botox worth it", "what helps redness", "redness", "hair loss", "any cream for redness"]
)
def test_a_question_that_begins_like_a_command_is_a_question(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *question.split())[0] == 0


def test_help_version_and_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "help")[:2] == run(capsys, "--help")[:2]
    assert run(capsys, "help", "why")[1] == run(capsys, "why", "--help")[1]
    assert run(capsys, "version")[:2] == run(capsys, "--version")[:2]
    assert run(capsys, "list", "markets") == run(capsys, "catalog", "list", "markets")
    # who needs help asks a question
    assert "redness" in run(capsys, "help", "with", "redness")[1]


@pytest.mark.parametrize(
    ("args", "unused"),
    [
        (("redness, and a flurgle",), "flurgle"),
        (("best", "pigment", "--pregnant", "--exact", "--price", "ipl=250"), "ipl=250"),
    ],
)
def test_what_is_not_used_is_warned_of_and_strict_refuses_it(
    args: tuple[str, ...], unused: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *args)
    assert (status in (0, 1), bool(out)) == (True, True)
    assert unused in err
    status, out, err = run(capsys, *(args if args[0] == "best" else ("ask", *args)), "--strict")
    assert (status, out) == (2, "")
    assert unused in err


def test_what_is_used_is_not_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "best", "redness", "--exact", "--price", "ipl=250", "--strict")
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("typed", "incomplete", "offered"),
    [
        (["best"], "acne", "acne-scars"), (["best", "acne-scars", "--subtype"], "roll", "rolling"),
        (["show"], "subc", "subcision"), (["best", "--profile"], "tight", "tight-budget"),
        (["best", "--market"], "u", "uk"), (["plan"], "red", "redness"), (["why", "--for"], "wri", "wrinkles"),
    ],
)  # fmt: skip
def test_the_shell_completes_names(typed: list[str], incomplete: str, offered: str) -> None:
    shell = ShellComplete(cli, {}, "decide", "_DECIDE_COMPLETE")
    assert offered in {item.value for item in shell.get_completions(typed, incomplete)}


def test_who_waits_is_told_so_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "LONG", 0.0)
    for terminal in (True, False):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal, raising=False)
        assert list(output.counted("abc", "letters")) == ["a", "b", "c"]
        assert ("of 3 letters" in capsys.readouterr().err) is terminal


def test_every_command_that_answers_has_the_same_ways_out() -> None:
    for name in ANSWERING:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert {"file", "form", "as_json", "strict"} <= {param.name for param in command.params}, name


def test_completion_offers_only_what_is_there(catalog: Catalog) -> None:
    shell = ShellComplete(cli, {}, "decide", "_DECIDE_COMPLETE")
    assert {item.value for item in shell.get_completions(["best"], "")} == set(catalog.concerns)
