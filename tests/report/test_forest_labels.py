"""Lines of a forest plot are told by author and year; where nobody is named by the title, never by who prints it."""

import re

import pytest

from decide.catalog import Catalog
from decide.report.views.screening import source_label
from tests.toy import Toy

AUTHORS = [
    # authors, id of the study, what it is called
    ("Yoon HJ, Lee DH", "other-2001-x", "Yoon 2010"),
    ("Beer et al. (names not shown; a maker among the addresses)", "x", "Beer 2010"),
    ("names not shown", "yoon-2008-pdl", "Yoon 2008"),
    ("", "yoon-2008-pdl", "Yoon 2008"),
    # a word of the title is a thing; letters of the journal are its short form; and no year is no name
    ("", "laser-2008-faces", "Laser for faces 2010"),
    ("names not shown", "lims-2017-co2", "Laser for faces 2010"),
    ("", "yoon-pdl", "Laser for faces 2010"),
    ("Lasers in Medical Science", "yoon-pdl", "Laser for faces 2010"),
]


@pytest.mark.parametrize(("authors", "study", "label"), AUTHORS)
def test_a_study_is_told_by_who_wrote_it(toy: Toy, authors: str, study: str, label: str) -> None:
    toy.add(
        "source", id="paper", title="Laser for faces (a split-face trial)", authors=authors, year=2010,
        publisher="Lasers in Medical Science",
    )  # fmt: skip
    assert source_label(toy.catalog(), "paper", study) == label


def test_every_study_has_a_year_or_says_that_none_is_known(catalog: Catalog) -> None:
    for concern in catalog.concerns:
        for study in catalog.studies(concern):
            label = source_label(catalog, study.source, study.id)
            assert re.fullmatch(r"\S.* ((19|20)\d\d|\(no year\))", label), label
            source = catalog.sources[study.source]
            assert source.authors or label != f"{source.publisher} {source.year}", label
            assert "not shown" not in label
