"""What a treatment did to the one who asks, in whatever order it is told: "X ruined my libido", "swelled after X".

It is a history, so that the treatment is no wish, and about the person, so that it is asked about before it is offered.
What is feared, denied or asked about ("does X cause …") is none.
"""

from collections.abc import Iterable
from typing import NamedTuple

from decide.question.sheet import CLAUSE_BREAKS, Sheet
from decide.question.vocabulary import PROCEDURE


class Harms(NamedTuple):
    """First and last token of each telling, and the tokens of the treatments that it names."""

    told: tuple[tuple[int, int], ...] = ()
    named: frozenset[int] = frozenset()


_IT = r"_(?: _){0,7}"
_ON = r"(?:(?!not\b|never\b|no\b|but\b)[^\W_]+ )"
_TELLINGS = (
    rf"{_IT} {_ON}{{0,2}}?@harmed (?:me|my|us|our|his|her|it|them)\b"
    r"(?: (?!but\b|and\b|what\b|which\b|so\b)[^\s.;?!:(),]+)*",
    rf"\b(?:@harmed|@harm) {_ON}{{0,2}}?(?:by|from|after|with|on|to|off|using)(?: (?:a|an|the|my|some|taking|using"
    rf"|having|getting))? {_IT}",
    rf"{_IT} {_ON}{{0,1}}@harm(?: {_ON}{{0,3}}?(?:last \w+|ago|before|was|were|previously|in the past|badly)\b"
    r"|(?= [.,;!]|$))",
    rf"\b(?:after|since|on|with|took|used|tried|had|using|taking|from|got) {_ON}{{0,2}}?{_IT} {_ON}{{0,1}}(?:, )?"
    rf"(?:i|my|me|it|we|and|got|had) {_ON}{{0,6}}?@harm\b",
)


def read_harms(sheet: Sheet, asked: frozenset[int] = frozenset()) -> Harms:
    """Everything that is told of a treatment that did harm; nothing that the words in `asked` ask for."""
    treated = {i for hit in sheet.of(PROCEDURE) for i in hit.indices}
    if not treated:
        return Harms()
    told: list[tuple[int, int]] = []
    for pattern in _TELLINGS:
        for _, span in sheet.find(pattern, treated):
            if asked.isdisjoint(span) and not (_is_asked(sheet, span) or _did_good(sheet, span)):
                told.append((span.start, span.stop - 1))
    return Harms(tuple(told), frozenset(i for a, b in told for i in range(a, b + 1) if i in treated))


def _is_asked(sheet: Sheet, span: range) -> bool:
    """Whether a word of asking, fearing or denying stands before it in the same clause."""
    at = span.start - 1
    while at >= 0 and sheet.word(at) not in (*CLAUSE_BREAKS, ","):
        if sheet.says("asking", at):
            return True
        at -= 1
    return False


def _did_good(sheet: Sheet, span: Iterable[int]) -> bool:
    places = list(span)
    return any(sheet.says("good", i) for i in places) and not any(sheet.says("harm", i) for i in places)
