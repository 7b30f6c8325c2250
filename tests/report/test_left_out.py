"""What is left out is told by reason, and one reason once."""

import decide
from decide.catalog import Catalog
from decide.report.html import report
from decide.report.views.common import left_out_view


def test_what_was_not_read_is_said_once_of_all_that_waits_for_it(catalog: Catalog) -> None:
    found = decide.ask("best for hair loss, man, I have zorbitis", catalog=catalog)
    ranking = found.ranking
    assert ranking is not None
    (group,) = (g for g in left_out_view(ranking.left_out, catalog, "$") if g.why == "ask first")
    waiting = [item.name for item in ranking.left_out if item.why == "ask first"]
    assert group.things == len(waiting) > 5
    told = "; ".join(line.text for line in group.lines)
    assert all(name in told for name in waiting)
    for face in (told, report(found).partition("Ask first")[2]):
        assert face.count("zorbitis") <= 2
