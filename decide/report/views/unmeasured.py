"""What may be had and has no figure, as texts and marks: it stands in a block of its own, without a place."""

from typing import TYPE_CHECKING, NamedTuple

from decide.report.views.common import ClaimView, claim_views
from decide.report.views.marks import Mark, name_signs, price_marks, safety, screening_marks, total_signs
from decide.report.words import money_range, some, stars, stars_says

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking, Unmeasured

CLAIMS = 2
"""Claims of one thing that are told."""
UNMEASURED = "No figure: no study gives one, so it has no place"


class UnmeasuredView(NamedTuple):
    """What may be had and has no figure."""

    id: str
    name: str
    signs: str
    total: str
    stars: str
    aloud: str
    claims: tuple[ClaimView, ...]
    marks: tuple[Mark, ...]

    @property
    def claimed(self) -> str:
        """Who claims what of it."""
        told = some([f"{claim.says} (says {claim.source.label})" for claim in self.claims], CLAIMS)
        return f"claimed: {told}" if told else ""

    @property
    def safety(self) -> str:
        """What bears on safety, in a few words each."""
        return safety(self.marks)

    @property
    def brief(self) -> str:
        """Name, total and what bears on safety."""
        more = f". {self.safety}" if self.safety else ""
        return f"{self.name}{self.signs}, {self.total}, {self.stars}{more}"

    @property
    def line(self) -> str:
        """All of it in one text."""
        return "; ".join(filter(None, (f"{self.name}{self.signs}, {self.total}, {self.stars}", self.claimed)))


def unmeasured_view(item: "Unmeasured", ranking: "Ranking") -> UnmeasuredView:
    """A line of what has no figure."""
    cost = item.option.cost
    marks = (
        *price_marks(
            item.total, cost.borrowed_from, cost.doubtful, item.high_end_over_budget, starting=cost.starting,
            voices=cost.voices,
        ),
        *screening_marks(item.screening, ranking.catalog),
    )  # fmt: skip
    return UnmeasuredView(
        id=item.id,
        name=item.name,
        signs=name_signs(marks),
        total=f"{money_range(item.total, ranking.symbol)}{total_signs(marks)}",
        stars=stars(item.stars),
        aloud=stars_says(item.stars),
        claims=claim_views(item.claims, ranking.catalog),
        marks=marks,
    )
