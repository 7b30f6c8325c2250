"""Small drawings: of each way in which a thing is given, and of each concern.

What is drawn is a category of the catalogue: a drawing has the name of a route or the id of a concern.
"""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

SYMBOL = re.compile(r'<symbol id="([^"]+)">(.*?)</symbol>', re.DOTALL)
PLAIN = "concern"
"""Drawn for what has no drawing of its own, as a concern of somebody's own facts."""


@cache
def drawings() -> dict[str, str]:
    """Every drawing by its name."""
    return dict(SYMBOL.findall((Path(__file__).parent / "drawings.svg").read_text("utf-8")))


def drawing(name: str) -> Markup:
    """A drawing within the page; it says nothing that the words beside it do not say."""
    return Markup('<svg class="drawing" viewBox="0 0 32 32" aria-hidden="true" focusable="false">{}</svg>').format(
        Markup(drawings().get(name, drawings()[PLAIN]))
    )
