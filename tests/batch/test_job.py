"""Files of requests: every kind in and out, wrong rows aside, and going on after a kill."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decide.batch import job
from decide.batch.columns import TAKEN
from decide.batch.job import Engine, Recipe, run
from decide.cli.main import main
from decide.errors import InputError

EXACT = Recipe()
ROWS: list[dict[str, Any]] = [
    {"id": "a", "concern": "redness", "budget": 2500.0, "age": 40, "conditions": ["rosacea"]},
    {"id": "b", "concern": "redness", "kind": "flushing", "market": "uk", "pregnant": True, "conditions": None},
    {"id": "c", "concern": "redness", "budget": -1.0},
    {"id": None, "concern": "redness", "budget": 900.0, "sex": "female", "conditions": []},
    {"id": "e", "concern": "gout"},
]
NAMES = list(dict.fromkeys(name for row in ROWS for name in row))


@pytest.fixture(autouse=True)
def _known_state(catalog: Any) -> None:
    """A state that the catalogue lists stands for what somebody has."""
    ROWS[0]["conditions"] = [next(c.id for c in catalog.conditions.values() if c.is_said)]


def put(path: Path, rows: list[dict[str, Any]]) -> str:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, NAMES)
            table.writeheader()
            for row in rows:
                table.writerow({n: ";".join(v) if isinstance(v, list) else v for n, v in row.items()})
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([{n: row.get(n) for n in NAMES} for row in rows]), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file of answers, as CSV tells them."""
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    def cell(value: Any) -> str:
        if isinstance(value, list):
            return ";".join(map(cell, value))
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

    return [{name: cell(value) for name, value in row.items()} for row in rows]


def plain(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    def short(cell: str) -> str:
        try:
            return ";".join(f"{float(part):g}" for part in cell.split(";"))
        except ValueError:
            return cell

    return [{name: short(cell) for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_every_kind_of_file_says_the_same(tmp_path: Path, ending: str) -> None:
    first = tmp_path / "first.csv"
    assert run(put(tmp_path / "in.jsonl", ROWS), first, EXACT, Engine) == (5, 2)
    source, target = put(tmp_path / f"in{ending}", ROWS), tmp_path / f"out{ending}"
    assert run(source, target, EXACT, Engine) == (5, 2)
    assert plain(read(target)) == plain(read(first))
    assert [row["id"] for row in read(target)] == ["a", "b", "4"]
    assert not target.with_name(f"out{ending}.parts").exists()
    wrong = [json.loads(line) for line in (tmp_path / f"out{ending}.bad.jsonl").read_text("utf-8").splitlines()]
    assert [(row["row"], row["id"]) for row in wrong] == [(3, "c"), (5, "e")]
    assert all(row["error"] and row["hint"] is not None for row in wrong if row["id"] == "e")
    assert wrong[1]["said"]["concern"] == "gout"


def test_rows_that_cannot_be_read_are_told_and_stop_no_other(tmp_path: Path) -> None:
    lines = [
        '{"concern": "redness"}', "{oops", "[1]", '{"pregnent": true, "concern": "redness"}', '{"concern": {}}',
        '{"conditions": [1], "concern": "redness"}', '"best for redness"', "", '{"concern": "redness", "age": 1e9}',
        "[" * 100_000,
    ]  # fmt: skip
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    assert run(str(source), target, EXACT, Engine) == (9, 7)
    assert [row["id"] for row in read(target)] == ["1", "7"]
    source = tmp_path / "in.csv"
    source.write_text('\ufeffConcern,budget\nredness,"1,000"\nredness,1,2\n\nredness\n', "utf-8")
    assert run(str(source), target, EXACT, Engine) == (3, 2)


def told_wrong(target: Path) -> list[dict[str, Any]]:
    lines = target.with_name(f"{target.name}.bad.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line, parse_constant=pytest.fail) for line in lines]


HUGE = "9" * 5000


@pytest.mark.parametrize(
    ("name", "lines", "wrong"),
    [
        (
            "in.jsonl",
            [
                b'{"id": "a", "concern": "gout"}', b'{"id": "b", "concern": "redness", "budget": "%s"}' % HUGE.encode(),
                b'{"id": 3, "concern": "redness", "budget": 1%s}' % (b"0" * 400), b'{"id": "d", "concern": "\\ud800"}',
                b'{"id": "\\udfff", "concern": "gout"}', b'{"id": "f", "concern": "redness", "budget": NaN}',
                b'{"id": [1], "concern": "gout"}', b'{"id": "h", "concern": "redness", "conditions": ["\\ud800"]}',
                b'{"id": "i", "concern": "gout\xff"}', b'{"id": "j", "pregnent": true}', b"{oops",
                b'{"concern": "gout"}',
            ],
            [(1, "a"), (2, "b"), (3, "3"), (4, "d"), (5, "\udfff"), (6, "f"), (7, None), (8, "h"), (9, None), (10, "j"),
             (11, None), (12, None)],
        ),
        (
            "in.csv",
            [
                b"id,concern,budget", b"a,gout,", b"b,redness,%s" % HUGE.encode(), b"c,gout\xff,", b'd,"gout"x,""',
                b'e,"go"ut,', b"f,%s," % (b"x" * 140_000), b"g,gout", b"h,gout,,more", b",gout,",
            ],
            [(1, "a"), (2, "b"), (3, "c"), (4, None), (5, None), (6, None), (7, "g"), (8, "h"), (9, None)],
        ),
        ("in.txt", [b"gout \xff"], [(1, None)]),
    ],
)  # fmt: skip
def test_a_row_that_nobody_can_use_is_told_with_what_it_said(
    tmp_path: Path, name: str, lines: list[bytes], wrong: list[tuple[int, str | None]]
) -> None:
    source, target = tmp_path / name, tmp_path / "out.jsonl"
    good = {".csv": b"z,redness,900", ".txt": b"best for redness"}.get(source.suffix, b'{"concern": "redness"}')
    source.write_bytes(b"\n".join([*lines, good, b""]))
    assert run(str(source), target, EXACT, Engine) == (len(wrong) + 1, len(wrong))
    found = told_wrong(target)
    assert [(row["row"], row["id"]) for row in found] == wrong
    assert all(row["said"] and row["error"] for row in found)
    assert "go" in str(found[0]["said"])
    if name == "in.jsonl":
        assert "finite" in found[5]["error"]
        assert found[10]["said"] == "{oops"
    if name == "in.csv":
        assert found[7]["said"] == {"id": "h", "concern": "gout", "budget": "", "": ["more"]}
    assert len(read(target)) == 1


def test_cells_of_parquet_that_nobody_can_use_are_their_rows_errors(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    columns: dict[str, Any] = {
        "conditions": pa.array([[1], [], None, None]),
        "exclude": pa.array([None, [["a"]], None, None]),
        "kind": pa.array([None, None, b"\xff", None]),
    }
    concern = pa.array(["redness", "redness", "redness", "redness"])
    pq.write_table(pa.table({"id": pa.array([5, 6, 7, None]), "concern": concern, **columns}), tmp_path / "in.parquet")
    assert run(str(tmp_path / "in.parquet"), target, EXACT, Engine) == (4, 3)
    assert [(row["row"], row["id"]) for row in told_wrong(target)] == [(1, "5"), (2, "6"), (3, "7")]
    assert [row["id"] for row in read(target)] == ["4"]


@pytest.mark.parametrize(
    "bad", [b'g,"redness', b'g,"red\nness"x,\nh,redness', b'g,"' + b"x" * 140_000 + b'\n"']
)  # fmt: skip
def test_where_rows_cannot_be_told_apart_what_was_done_stays(tmp_path: Path, bad: bytes) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(job, "PIECE", 2)
        patched.setattr(job, "answered", lambda *_: job.Done(b"done\n", b"", 0))
        source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
        source.write_bytes(b"id,concern\na,redness\nb,redness\nc,redness\n" + bad)
        with pytest.raises(InputError, match=r"line 5.*nothing after row 3") as refused:
            run(str(source), target, EXACT, Engine)
    parts = tmp_path / "out.jsonl.parts"
    assert str(parts) in str(refused.value)
    assert len([*parts.glob("0*.jsonl")]) == 2
    assert not target.exists()


def test_no_wrong_row_leaves_no_file_of_them(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    run(put(tmp_path / "in.jsonl", ROWS), target, EXACT, Engine)
    assert run(put(tmp_path / "in.jsonl", ROWS[:2]), target, EXACT, Engine) == (2, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_question_in_words_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from decide.question import reading

    asked: list[str] = []
    understand = reading.understand
    monkeypatch.setattr(reading, "understand", lambda text, facts: asked.append(text) or understand(text, facts))
    source, target = tmp_path / "in.txt", tmp_path / "out.csv"
    source.write_text("best for redness under $2000\nbest for redness\n" * 50, "utf-8")
    job.desk.cache_clear()
    assert run(str(source), target, EXACT, Engine) == (100, 0)
    assert sorted(asked) == ["best for redness", "best for redness under $2000"]
    assert len({row["scores"] for row in read(target)}) == 2


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("in.csv", b"concern,pregnent\nredness,yes\n", "unknown column"),
        ("in.csv", b'concern\n"redness', "not valid CSV"),
        ("in.csv", b"concern,concern\nredness,redness\n", "twice"),
        ("in.csv", b"\xff\xfec\0o\0\n\0", "UTF-8"),
        ("in.csv", b"concern\n", "no request"),
        ("in.jsonl", b"\n\n", "no request"),
        ("in.parquet", b"PAR1", "Parquet"),
        ("in.xlsx", b"x", "ending"),
        ("none.csv", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_out_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    target = tmp_path / "out.csv"
    target.write_text("kept", "utf-8")
    assert main(["batch", str(tmp_path / name), str(target), "--exact", "--workers", "1"]) == 2
    out, err = capsys.readouterr()
    assert (out, says in err) == ("", True), err
    assert target.read_text("utf-8") == "kept"


def many(count: int) -> list[dict[str, Any]]:
    rng = random.Random(4)
    return [
        {"id": f"p{k}", "concern": rng.choice(["redness", "redness", "gout"]), "budget": float(rng.randint(5, 4000))}
        for k in range(count)
    ]


class Killed(BaseException):
    """The process ends here."""


def killed(*_: Any) -> None:
    raise Killed


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_a_run_goes_on_where_it_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """Killed again and again at steps drawn by chance: nothing is lost, nothing stands twice."""
    monkeypatch.setattr(job, "PIECE", 10)
    source, target = put(tmp_path / "in.jsonl", many(35)), tmp_path / f"out{ending}"
    whole = tmp_path / f"whole{ending}"
    expected = run(source, whole, EXACT, Engine)
    rng = random.Random(2)
    for name in ("write_whole", "answered", "merged"):
        real = getattr(job, name)

        def killing(*args: Any, real: Any = real) -> Any:
            if rng.random() < 0.15:
                raise Killed
            found = real(*args)
            if rng.random() < 0.15:
                raise Killed
            return found

        monkeypatch.setattr(job, name, killing)
    kills, found = 0, None
    while found is None and kills < 200:
        try:
            found = run(source, target, EXACT, Engine, resume=(tmp_path / f"out{ending}.parts").exists())
        except Killed:
            kills += 1
            assert not target.exists()
    assert kills > 2
    assert found == expected
    assert target.read_bytes() == whole.read_bytes()
    bad = [path.with_name(f"{path.name}.bad.jsonl").read_bytes() for path in (target, whole)]
    assert bad[0] == bad[1]


def test_a_process_that_is_killed_is_gone_on_with(tmp_path: Path) -> None:
    source, target, whole = put(tmp_path / "in.csv", many(400)), tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    expected = run(source, whole, EXACT, Engine)
    code = "import sys; from decide.batch import job; job.PIECE = 5; from decide.cli.main import run; run()"
    command = [sys.executable, "-c", code, "batch", source, str(target), "--exact", "--workers", "1", "--resume"]
    parts = tmp_path / "out.jsonl.parts"
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=dict(os.environ))
    while len([*parts.glob("*.jsonl")] if parts.exists() else []) < 10 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not target.exists()
    assert subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 1
    assert expected.bad > 0
    assert target.read_bytes() == whole.read_bytes()


def test_another_run_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = put(tmp_path / "in.jsonl", many(5)), tmp_path / "out.csv"
    real = job.merged
    monkeypatch.setattr(job, "merged", killed)
    with pytest.raises(Killed):
        run(source, target, EXACT, Engine)
    monkeypatch.setattr(job, "merged", real)
    with pytest.raises(InputError, match="stopped midway"):
        run(source, target, EXACT, Engine)
    with pytest.raises(InputError, match="other options"):
        run(source, target, Recipe(market="uk"), Engine, resume=True)
    put(tmp_path / "in.jsonl", many(6))
    with pytest.raises(InputError, match="another file"):
        run(source, target, EXACT, Engine, resume=True)


def test_what_changed_under_the_same_name_is_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content counts, and what holds in the end: names, times and sizes of files may all be as they were."""
    source, target, facts = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "facts"
    prices, profile = tmp_path / "prices.toml", tmp_path / "mine.toml"
    facts.mkdir()
    for place, said in (
        (source, "concern,budget\nredness,100\nredness,200\n"),
        (prices, '[[price]]\nprocedure = "microneedling"\nprice = 100\n'),
        (profile, '[[profile]]\nid = "mine"\nname = "Mine"\nreason = "x"\nweights = { cost = 10 }\n'),
        (facts / "more.toml", "# 10\n"),
    ):
        place.write_text(said, "utf-8")
    monkeypatch.setenv("DECIDE_MARKET", "us")
    monkeypatch.setenv("DECIDE_CATALOG", str(facts))
    monkeypatch.setattr(job, "answered", lambda *_: job.Done(b"done\n", b"", 0))
    mine = Recipe(price_list=str(prices), profile=str(profile))
    merged, key_of = job.merged, job.key_of
    monkeypatch.setattr(job, "merged", killed)
    with pytest.raises(Killed):
        run(str(source), target, mine, Engine)

    def refused(what: str) -> None:
        with pytest.raises(InputError, match=rf"is of {what} \(") as found:
            run(str(source), target, mine, Engine, resume=True)
        assert "\n" not in str(found.value)

    for what, place in (
        ("another file", source), ("other prices", prices), ("another profile", profile),
        ("other facts", facts / "more.toml"),
    ):  # fmt: skip
        was, said = place.stat(), place.read_text("utf-8")
        for text in (said.replace("10", "11"), said):
            place.write_text(text, "utf-8")
            os.utime(place, ns=(was.st_atime_ns, was.st_mtime_ns))
            if text != said:
                refused(what)
    for what, change in (
        ("another market", lambda: monkeypatch.setenv("DECIDE_MARKET", "au")),
        ("another program", lambda: monkeypatch.setattr(job, "key_of", lambda *a: key_of(*a).replace(" ", " 0", 1))),
    ):
        change()
        refused(what)
        monkeypatch.setenv("DECIDE_MARKET", "us")
    monkeypatch.setattr(job, "key_of", key_of)
    monkeypatch.setattr(job, "merged", merged)
    assert run(str(source), target, mine, Engine, resume=True) == (2, 0)


def test_a_worker_whose_files_are_others_refuses(tmp_path: Path) -> None:
    held = tuple((what, "another" if what == "other facts" else is_) for what, is_ in job.held_by(EXACT))
    with pytest.raises(InputError, match="other facts than the run began with"):
        job.desk(Recipe(held=held))


def test_no_more_is_held_than_the_workers_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "PIECE", 2)
    given: list[int] = []
    settled: list[int] = []
    run(
        put(tmp_path / "in.jsonl", many(60)), tmp_path / "out.csv", EXACT,
        lambda: Counting(given), step=lambda reach, size: settled.append(reach),
    )  # fmt: skip
    assert len(given) == len(settled) == 30
    assert max(given) <= 3


class Counting(Engine):
    """Tells how many pieces are given away and not yet asked for."""

    def __init__(self, given: list[int]) -> None:
        self._given, self._open = given, 0

    def submit(self, work: Any, *args: Any) -> Any:
        self._open += 1
        self._given.append(self._open)
        engine, done = self, work(*args)

        class Later:
            def result(self) -> Any:
                engine._open -= 1
                return done

        return Later()


def test_processes_say_what_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = put(tmp_path / "in.csv", many(30))
    for workers in ("1", "2"):
        assert main(["batch", source, str(tmp_path / f"{workers}.csv"), "--draws", "50", "--workers", workers]) == 1
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert "could not be answered" in capsys.readouterr().err


def dying(marks: Path, times: int, work: Any, *args: Any) -> Any:
    """The work of a worker that is killed so many times over."""
    if args[1].first == 3:
        for k in range(times):
            try:
                (marks / str(k)).touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)
    return job.Done(f"{args[1].first}\n".encode(), b"", 0)


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_of_this_machine_that_is_killed_is_made_up_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    class Deadly(job.Local):
        def submit(self, work: Any, *args: Any) -> Any:
            return super().submit(partial(dying, tmp_path, times, work), *args)

    monkeypatch.setattr(job, "PIECE", 2)
    source, target = put(tmp_path / "in.csv", many(8)), tmp_path / "out.jsonl"
    if times == 1:
        assert run(source, target, EXACT, lambda: Deadly(1)).rows == 8
        assert target.read_text("utf-8") == "1\n3\n5\n7\n"
        return
    with pytest.raises(InputError, match="--resume goes on"):
        run(source, target, EXACT, lambda: Deadly(1))
    assert run(source, target, EXACT, lambda: Deadly(1), resume=True).rows == 8
    assert target.read_text("utf-8") == "1\n3\n5\n7\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no lock there")
@pytest.mark.parametrize("resume", [True, False])
def test_a_second_run_at_once_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resume: bool) -> None:
    source, target = put(tmp_path / "in.csv", many(4)), tmp_path / "out.jsonl"
    second: list[str] = []

    def answered(*_: Any) -> Any:
        with pytest.raises(InputError) as refused:
            run(source, target, EXACT, Engine, resume=resume)
        second.append(str(refused.value))
        return job.Done(b"done\n", b"", 0)

    monkeypatch.setattr(job, "answered", answered)
    assert run(source, target, EXACT, Engine) == (4, 0)
    (said,) = second
    assert "another run is at work" in said
    assert "\n" not in said
    assert target.read_text("utf-8") == "done\n"


def test_what_others_had_done_when_workers_died_twice_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Half(Engine):
        ahead = 4

        def submit(self, work: Any, *args: Any) -> Any:
            lost = args[1].first == 3

            class Later:
                finished = not lost

                def result(self) -> Any:
                    if lost:
                        raise InputError("died twice")
                    return job.Done(b"done\n", b"", 0)

            return Later()

    monkeypatch.setattr(job, "PIECE", 2)
    with pytest.raises(InputError, match="died twice; what is done stays"):
        run(put(tmp_path / "in.csv", many(8)), tmp_path / "out.jsonl", EXACT, Half)
    assert [p.stem for p in sorted(tmp_path.glob("out.jsonl.parts/0*.jsonl"))] == ["00000000", "00000002", "00000003"]


def test_one_process_saves_each_piece_as_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "PIECE", 2)
    saved: list[int] = []

    def answered(*_: Any) -> Any:
        saved.append(len([*tmp_path.glob("out.jsonl.parts/0*.jsonl")]))
        return job.Done(b"done\n", b"", 0)

    monkeypatch.setattr(job, "answered", answered)
    run(put(tmp_path / "in.csv", many(8)), tmp_path / "out.jsonl", EXACT, Engine)
    assert saved == [0, 1, 2, 3]


def test_the_page_on_scale_tells_every_column() -> None:
    from decide.batch.columns import GIVEN

    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    for name in (*TAKEN, *GIVEN):
        assert f"`{name}`" in page
