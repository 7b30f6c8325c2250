"""A whole answer: the question as it was read, what was not, and a view of each part."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from decide.answers.ask import Answer


class AnswerView(NamedTuple):
    """Everything that a face shows of an answer to a question."""

    title: str
    status: str
    gaps: tuple[str, ...]
    parts: tuple[Any, ...]
    """A view for each part."""


def answer_view(answer: "Answer", most: int | None = None) -> AnswerView:
    """An answer, each of its rankings with so many options."""
    from decide.report.views import view_of

    parts = tuple(view_of(part, most) for part in answer.parts)
    ranked = [part.status for part, found in zip(parts, answer.parts, strict=True) if found is answer.ranking]
    return AnswerView(
        title=answer.restated, status=ranked[0] if ranked else answer.restated, gaps=answer.gaps, parts=parts
    )
