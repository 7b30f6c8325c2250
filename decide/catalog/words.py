"""Words looked for in what a fact says; a star stands for any ending, # for any number."""

import re
from functools import lru_cache


@lru_cache(maxsize=1024)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of these words or phrases, in whatever case, each as a whole; of none, nothing."""
    ways = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    ways = (way.replace(r"\#", r"\d+(?:[.,]\d+)*") for way in ways)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways) or '(?!)'})(?![\w-])", re.IGNORECASE)
