"""Many requests from a file: read line by line, each answered or refused by itself."""

import json
from pathlib import Path

import pytest

from decide.batch.requests import read_requests
from decide.cli.main import main


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


def answers(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_json_lines_in_words_and_in_shape(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = [
        {"q": "best for acne scars under 900", "id": "first", "market": "UK"},
        {"concerns": [{"id": "redness"}], "budget": {"high": 500}, "id": 7},
        {"q": "how do I fix my bicycle"},
    ]
    source = put(tmp_path / "in.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n\n{oops\n[1]\n")
    target = tmp_path / "out.jsonl"
    status, out, err = run(capsys, "batch", "--whole", source, str(target), "--exact")
    assert (status, out) == (1, "")
    assert "3 of 5" in err
    found = answers(target)
    assert [row["id"] for row in found] == ["first", 7, 3, 5, 6]
    assert [(row["error"] is not None) for row in found] == [False, False, True, True, True]
    assert found[0]["answers"][0]["market"] == "uk"  # type: ignore[index]
    assert found[1]["answers"][0]["concern"] == "redness"  # type: ignore[index]
    assert found[2]["q"] == "how do I fix my bicycle"
    assert found[2]["hint"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_one_request_says_what_ask_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    question = "best for hair loss under $600"
    target = tmp_path / "out.jsonl"
    assert (
        run(capsys, "batch", "--whole", put(tmp_path / "in.txt", f"\n{question}\r\n"), str(target), "--draws", "50")[0]
        == 0
    )
    _, out, _ = run(capsys, "ask", question, "--draws", "50", "--format", "json")
    (row,) = answers(target)
    assert [row.pop(name) for name in ("id", "q", "error", "hint")] == [2, question, None, None]
    assert row == json.loads(out)


def test_csv_has_columns(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = put(tmp_path / "in.csv", '\ufeffID,Q,market,note\na,"best for redness, cheap",au,x\nb,,us,y\n,,,\n')
    status, _, err = run(capsys, "batch", "--whole", source, "-")
    assert status == 1, err
    target = tmp_path / "out.jsonl"
    run(capsys, "batch", "--whole", source, str(target), "--exact")
    first, second = answers(target)
    assert first["answers"][0]["market"] == "au"  # type: ignore[index]
    assert (second["id"], second["error"]) == ("b", "no question in column q")


def test_a_request_may_fail_for_its_market_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    prices = put(tmp_path / "p.toml", 'currency = "GBP"\n[[price]]\nprocedure = "microneedling"\nprice = 1\n')
    lines = [{"q": "best for acne scars", "market": m} for m in ("uk", "us", "mars")]
    source = put(tmp_path / "in.jsonl", "\n".join(map(json.dumps, lines)))
    target = tmp_path / "out.jsonl"
    assert run(capsys, "batch", "--whole", source, str(target), "--exact", "--prices", prices)[0] == 1
    assert [(row["error"] is not None) for row in answers(target)] == [False, True, True]


def test_a_failure_leaves_what_was_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source, target = put(tmp_path / "in.txt", "best for redness"), tmp_path / "out.jsonl"
    target.write_text("kept", "utf-8")
    for flag in (["--profile", "nobody"], ["--weight", "x=1"], ["--prices", "none.toml"], ["--horizon", "0"]):
        refused(capsys, "batch", "--whole", source, str(target), *flag)
    refused(capsys, "batch", "--whole", source, str(target), "--market", "mars")
    refused(capsys, "batch", "--whole", source, source)
    refused(capsys, "batch", "--whole", source, str(tmp_path))
    refused(capsys, "batch", "--whole", source, str(tmp_path / "no" / "folder.jsonl"))
    assert target.read_text("utf-8") == "kept"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("in.txt", b""),
        ("in.txt", b"\n \n"),
        ("in.txt", b"\xff\xfe"),
        ("in.csv", b"question\nbest for redness\n"),
        ("in.csv", b'q\n"best for\n'),
        ("in.csv", b""),
        ("in.json", b'[{"q": "best for redness"}]'),
    ],
)
def test_batch_refuses(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert name in refused(capsys, "batch", "--whole", str(tmp_path / name), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_batch_refuses_what_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    refused(capsys, "batch", "--whole", str(tmp_path / "none.txt"), str(tmp_path / "out"))
    refused(capsys, "batch", "--whole", str(tmp_path), str(tmp_path / "out"))


@pytest.mark.parametrize(
    "line",
    ['{"q": 3}', '{"q": ""}', '{"q": "x", "budget": 3}', '{"id": 1.5, "q": "x"}', '{"market": 3, "q": "x"}', "NaN",
     '{"q": "x"', "[" * 100_000, "1" * 5000],
)  # fmt: skip
def test_a_line_that_is_wrong_is_told_in_its_place(line: str) -> None:
    first, second, third = read_requests("in.jsonl", f'"best for redness"\n{line}\n{{"q": "x"}}')
    assert second.wrong is not None
    assert first.text == "best for redness"
    assert (third.text, third.wrong) == ("x", None)
