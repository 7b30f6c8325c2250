"""Files: templates that come back empty, odd ones that are refused in one line, keys that nobody asks for."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.catalog import Catalog, load_catalog
from decide.catalog.check import check
from decide.catalog.toml import value
from decide.cli.main import main
from decide.errors import InputError
from decide.product import check_description, check_file
from decide.product.read import Description
from tests.product.conftest import TODAY, Describe


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(args)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("ending", ["toml", "json"])
@pytest.mark.parametrize(
    "framework",
    [None, "ev-product-five-criteria", "exosome-shopping", "ev-defensible-use", "fair-trial", "evidence-layers"],
)
def test_a_fresh_template_checks_as_all_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, framework: str | None, ending: str
) -> None:
    file = str(tmp_path / f"new.{ending}")
    flags = ("--framework", framework) if framework else ()
    assert run(capsys, "product", "new", file, *flags)[0] == 0
    status, out, err = run(capsys, "product", "check", file, "--format", "json", *flags)
    (found,) = json.loads(out)["answers"]
    assert (status, err) == (0, "")
    assert found["not_understood"] == []
    assert {i["status"] for one in found["frameworks"] for i in one["items"]} == {"missing"}
    assert not any(one["verdict"]["met"] for one in found["frameworks"])
    assert run(capsys, "product", "check", file)[0] == 0


def test_a_template_of_every_example_is_documented(tmp_path: Path, catalog: Catalog) -> None:
    """What the template gives as an example would do, so nobody is led astray."""
    for framework in catalog.frameworks.values():
        for item in framework.item:
            for field in item.field:
                if field.example and not (field.at_least or field.more_than):
                    table = {field.id: field.example}
                    parts = {"product": {"maker": "Someone Else"}, item.place: table}
                    header = {"study": [table] if framework.kind == "evidence" else table}
                    body = parts if framework.kind == "product" else header
                    found = check_description(catalog, Description("x", body), [framework.id], TODAY)
                    states = {
                        f.id: f for one in found.frameworks for i in one.items for f in i.fields if i.id == item.id
                    }
                    if states:
                        assert states[field.id].state == "proven", states[field.id]


def test_a_field_that_two_lists_ask_for_is_asked_alike(catalog: Catalog) -> None:
    """Its words and limits stand at each place where it is asked; they must not drift apart."""
    seen: dict[tuple[str, str, str], Any] = {}
    for framework in catalog.frameworks.values():
        for item in framework.item:
            for field in item.field:
                said = field.model_dump(exclude={"wanted", "short"})
                assert seen.setdefault((framework.kind, item.place, field.id), said) == said, (
                    framework.id,
                    item.id,
                    field.id,
                )


def test_new_does_not_write_over_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("precious")
    status, _, err = run(capsys, "product", "new", str(file))
    assert status == 2
    assert "already there" in err
    assert file.read_text() == "precious"
    assert run(capsys, "product", "new", str(file), "--force")[0] == 0
    assert "[product]" in file.read_text("utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.toml"]


BAD: dict[str, tuple[str, bytes, str]] = {
    "torn": ("a.toml", b"[product\nname = ", "not valid TOML"),
    "torn json": ("a.json", b'{"product": ', "not valid JSON"),
    "binary": ("a.toml", bytes(range(256)), "not a text file"),
    "latin": ("a.toml", "[product]\nname = 'Café'".encode("latin-1"), "not UTF-8"),
    "utf-16": ("a.toml", "[product]\nname = 'x'".encode("utf-16"), "not a text file"),
    "huge": ("a.toml", b"# " + b"x" * 2**21, "too large"),
    "empty": ("a.toml", b"", "nothing in it is known"),
    "list": ("a.json", b"[1, 2]", "not a description"),
    "number": ("a.json", b"7", "not a description"),
    "deep json": ("a.json", b"[" * 100_000, "nested too deeply"),
    "deep": ("a.json", b'{"product": ' + b'{"a": ' * 50 + b"1" + b"}" * 51, "nested too deeply"),
    "twice": ("a.json", b'{"product": {"maker": "A", "maker": "B"}}', "stands twice"),
    "twice in two forms": (
        "a.toml",
        b"[cold-chain]\ntemperature='4 C'\n[cold_chain]\ntemperature='90 C'",
        "stands twice",
    ),
    "twice toml": ("a.toml", b"[product]\nmaker='a'\nmaker='b'", "not valid TOML"),
    "long number": ("a.json", b'{"product": {"batch": ' + b"9" * 5000 + b"}}", "not valid JSON"),
    "other thing": ("a.toml", b"[[price]]\nprocedure = 'x'", "nothing in it is known"),
    "slip": ("a.toml", b"[prodcut]\nname = 'x'", "did you mean 'product'"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_odd_file_is_one_line_and_status_two(capsys: pytest.CaptureFixture[str], tmp_path: Path, case: str) -> None:
    name, data, words = BAD[case]
    (tmp_path / name).write_bytes(data)
    status, out, err = run(capsys, "product", "check", str(tmp_path / name))
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err
    assert len(err) < 400


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["check", "/nowhere/x.toml"], "no such file"),
        (["check", "/"], "is a folder"),
        (["check"], "Missing argument"),
        (["check", "FILE", "--framework", "fair-trail"], "did you mean 'fair-trial'"),
        (["check", "FILE", "--framework", "zzz"], "frameworks are"),
        (["check", "FILE", "--framework", "fair-trial"], "describes a product"),
        (["check", "FILE", "--format", "csv"], "csv"),
        (["check", "FILE", "-o", "/nowhere/x"], "cannot be written"),
        (["new", "/nowhere/x.toml"], "cannot be written"),
        (["new", "x.toml", "--framework", "fair-trial", "--framework", "exosome-shopping"], "different things"),
    ],
)
def test_bad_arguments(capsys: pytest.CaptureFixture[str], tmp_path: Path, args: list[str], words: str) -> None:
    file = tmp_path / "p.toml"
    file.write_text("[product]\nname = 'x'")
    status, out, err = run(capsys, "product", *[str(file) if a == "FILE" else a for a in args])
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert words in err


def test_keys_that_nobody_asks_for_are_named(checked: Describe) -> None:
    found = checked(
        {
            "product": {"name": "x", "makr": "y", "note": "free"},
            "isolation_methd": {"method": "TFF"},
            "cells": "x",
            "cold-chain": {"temprature": "4 °C", "issuer": "z"},
        }
    )
    text = "\n".join(found.not_understood)
    assert "'makr' under product: did you mean 'maker'?" in text
    assert "'isolation-methd': did you mean 'isolation-method'?" in text
    assert "'cells': it belongs under source" in text
    assert "'temprature' under cold-chain: did you mean 'temperature'?" in text
    assert "'issuer' under cold-chain: it belongs under certificate-of-analysis" in text
    assert len(found.not_understood) == 5


def test_toml_dates_and_underscores_are_read(tmp_path: Path, catalog: Catalog) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        "\ufeff[product]\nMaker='A Co'\n"
        "[certificate_of_analysis]\nIssuer='Northside Analytical'\nbatch=118\ndate=2026-03-14\n",
        "utf-8",
    )
    found = check_file(catalog, str(file), (), TODAY)
    assert found["ev-product-five-criteria"]["certificate-of-analysis"].status == "documented"
    assert found.not_understood == ()


def test_nothing_of_a_file_reaches_the_terminal_or_a_page_raw(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"product": {"name": "\x1b[31mRed | <script>x</script>", "\x1b]0;x\x07": 1}}))
    for form in ("table", "markdown"):
        _, out, _ = run(capsys, "product", "check", str(file), "--format", form)
        assert "\x1b" not in out
        assert "\x07" not in out
        assert form == "table" or "<script>" not in out


def test_every_format_and_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, honest: dict[str, Any]) -> None:
    honest["certificate-of-analysis"]["date"] = (date.today() - timedelta(days=30)).isoformat()
    file = tmp_path / "x.json"
    file.write_text(json.dumps(honest))
    status, out, _ = run(capsys, "product", "check", str(file))
    assert status == 0
    assert out.count("\nMet: ") == 3
    assert max(map(len, out.splitlines())) <= 100
    status, out, _ = run(capsys, "product", "check", str(file), "--format", "markdown", "-o", str(tmp_path / "a.md"))
    assert (status, out) == (0, "")
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# Clearvesicle Serum")


MINE = """
[[framework]]
id = "clinic-list"
title = "Our clinic's own list"
kind = "product"
rule = "Both"
rule_kind = "all"
met = "We stock it."
unmet = "We do not stock it."
source = "biothera-ev-post-procedure"
like = "ev-product-five-criteria"

  [[framework.item]]
  id = "endotoxin"
  name = "Endotoxin"
  ask = "Low enough"
    [[framework.item.field]]
    id = "level"
    ask = "Level"
    kind = "quantity"
    unit = "EU/mL"
    at_most = 0.5

  [[framework.item]]
  id = "five"
  name = "Five criteria"
  ask = "All five"
  framework = "ev-product-five-criteria"
"""


def test_a_framework_is_added_without_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, honest: dict[str, Any]
) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "mine.toml").write_text(MINE)
    catalog = load_catalog(folder)
    assert check(catalog) == []
    honest["endotoxin"] = {"level": "0.2 EU/mL"}
    found = check_description(catalog, Description("x", honest), ["clinic-list"], TODAY)
    assert found["clinic-list"].verdict.says == "We stock it."
    honest["endotoxin"] = {"level": "3 EU/mL"}
    found = check_description(catalog, Description("x", honest), ["clinic-list"], TODAY)
    assert "at most 0.5" in found["clinic-list"]["endotoxin"].reason
    file = str(tmp_path / "t.toml")
    assert run(capsys, "product", "new", file, "--catalog", str(folder))[0] == 0
    assert "[endotoxin]" in Path(file).read_text("utf-8")
    _, out, _ = run(capsys, "product", "check", file, "--catalog", str(folder))
    assert "Our clinic's own list" in out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('like = "ev-product-five-criteria"', 'like = "nope"', "unknown framework 'nope'"),
        ('framework = "ev-product-five-criteria"\n', 'framework = "clinic-list"\n', "answers itself"),
        ('framework = "ev-product-five-criteria"\n', 'framework = "fair-trial"\n', "judges something else"),
        ('rule_kind = "all"', 'rule_kind = "most"', "rule_kind"),
        ('rule_kind = "all"', 'rule_kind = "layers"', "layers is the rule for evidence"),
        ('unit = "EU/mL"', "", "needs its unit"),
        ('kind = "quantity"', 'kind = "choice"', "limits"),
        ("at_most = 0.5", 'wanted = ["low"]', "no answer 'low'"),
        ("at_most = 0.5", 'differs_from = ["product.makr"]', "no field 'product.makr'"),
        ('id = "five"', 'id = "endotoxin"', "stands twice"),
        ('source = "biothera-ev-post-procedure"', 'source = "nobody"', "unknown source"),
        ('ask = "Level"', 'aks = "Level"', "unknown key"),
    ],
)
def test_a_curators_slip_is_found(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "mine.toml").write_text(MINE.replace(old, new))
    assert any(words in str(problem) for problem in check(load_catalog(tmp_path)))


def test_a_framework_that_answers_itself_is_no_endless_loop(tmp_path: Path, honest: dict[str, Any]) -> None:
    (tmp_path / "mine.toml").write_text(
        MINE.replace('framework = "ev-product-five-criteria"\n', 'framework = "clinic-list"\n')
    )
    with pytest.raises(InputError, match="answers itself"):
        check_description(load_catalog(tmp_path), Description("x", honest), ["clinic-list"], TODAY)


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates())
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
PARTS = st.sampled_from(
    ["source", "particle-concentration", "certificate-of-analysis", "isolation-method", "cold-chain", "use", "odd"]
)
FIELDS = st.sampled_from(["cells", "donor", "count", "method", "issuer", "batch", "date", "temperature", "maker", "x"])


@given(st.dictionaries(PARTS, st.one_of(VALUES, st.dictionaries(FIELDS, VALUES, max_size=4)), max_size=5))
def test_nothing_that_can_be_written_breaks_the_check(catalog: Catalog, parts: dict[str, Any]) -> None:
    found = check_description(catalog, Description("x", {"product": {}, **parts}), (), TODAY)
    assert str(found)
    assert found["ev-product-five-criteria"].verdict.met is False


@given(st.text(max_size=40))
def test_any_text_can_be_written_as_toml(text: str) -> None:
    import tomllib

    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return
    assert tomllib.loads(f"x = {value(text)}")["x"] == text
