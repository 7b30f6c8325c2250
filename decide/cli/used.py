"""What was said or quoted, and is not used in an answer."""

from collections.abc import Sequence

from decide.answers.ask import Answer
from decide.answers.ranking.result import Ranking
from decide.result import Result


def unused_inputs(whole: Answer | None, found: Result | Sequence[Result]) -> list[str]:
    """What was said or quoted and is not used in an answer."""
    lines = list(whole.gaps) if whole is not None else []
    for part in whole.parts if whole is not None else (found,):
        if isinstance(part, Ranking):
            priced = [row.option.effect for row in part.options] + [item.option.effect for item in part.unmeasured]
            there = {name for effect in priced for name in (effect.treatment, effect.adjunct)}
            lines += [
                f"your price {quote.said} is not used: nothing that is ranked here takes it"
                for quote in part.quotes
                if there.isdisjoint(use.procedure for use in quote.procedures)
            ]
    return lines
