"""`decide catalog check` reports every problem at once, each with file, table, entry and reason."""

from pathlib import Path

import pytest

from decide.catalog import Catalog, load_catalog
from decide.catalog.check import check
from decide.catalog.text import MAX_BYTES
from decide.errors import CatalogError

BROKEN = """
[[price]]
procedure = "microneedling"
market = "us"
currency = "GBP"
year = 2025
unit = "session"
low = 300
high = 200
grade = "guide"
source = "nobody-said-so"

[[price]]
procedure = "microneedlin"
market = "us"
currency = "GBP"
year = 2025
unit = "session"
low = 200
high = 300
grade = "guide"
source = "nobody-said-so"

[[price]]
procedure = "microneedling"
market = "us"
currency = "USD"
year = 2025
unit = "session"
low = 200
high = 300

[[practice]]
procedure = "tretinoin"
fact = "onset-weeks"
low = 6
source = "lim-2024-exosomes"

[[practice]]
procedure = "tretinoin"
fact = "onset-weeks"
low = 6
source = "lim-2024-exosomes"

[[nonsense]]
x = 1

[[study]]
id = "s"
concern = "acne-scars"
source = "lim-2024-exosomes"
subtype = "wavy"
design = "rct"
  [[study.arm]]
  procedure = "tretinoin"
  measure = "responders"
  value = 120
"""


def test_the_shipped_catalogue_has_no_problem(catalog: Catalog) -> None:
    assert check(catalog) == []


def test_all_problems_come_at_once_with_place_and_reason(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(BROKEN)
    (tmp_path / "latin.toml").write_bytes("name = 'Café'".encode("latin-1"))
    (tmp_path / "torn.toml").write_text("[[price]\nprocedure =")
    found = [str(problem) for problem in check(load_catalog(tmp_path))]
    text = "\n".join(found)
    assert "mine.toml:2: [[price]] microneedling / session / nobody-said-so: low 300, typical None, high 200" in text
    assert "unknown source 'nobody-said-so'" in text
    assert "unknown procedure 'microneedlin'" in text
    assert "currency GBP is not the market's USD" in text
    assert "source: missing" in text
    assert "stands twice" in text
    assert "unknown table or key 'nonsense'" in text
    assert "responders are a share from 0 to 100" in text
    assert "latin.toml: not UTF-8 text" in text
    assert "torn.toml: not valid TOML" in text
    assert len(found) >= 10


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "huge.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert any("too large" in str(p) for p in check(load_catalog(tmp_path)))


def test_a_broken_overlay_is_one_clear_error_when_asked(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(BROKEN)
    with pytest.raises(CatalogError, match=r"mine\.toml:\d+: .*and \d+ more"):
        _ = load_catalog(tmp_path).procedures


def test_an_empty_folder_changes_nothing(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "empty.toml").write_text("")
    assert load_catalog(tmp_path).procedures == catalog.procedures


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="not a folder"):
        load_catalog(tmp_path / "nowhere")


def test_an_overlay_replaces_the_same_id_and_adds_a_new_one(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "mine.toml").write_text(
        """
[[family]]
id = "prp"
name = "Platelets"

[[family]]
id = "snake-oil"
name = "Snake oil"
"""
    )
    mine = load_catalog(tmp_path)
    assert mine.families["prp"].name == "Platelets"
    assert set(mine.families) == {*catalog.families, "snake-oil"}
    assert list(mine.procedures) == list(catalog.procedures)
