"""Lists of words, written as prose is: separated by spaces, wrapped where the line ends."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a list that is separated by "|", in order, each once."""
    return tuple(dict.fromkeys(phrase for part in text.split("|") if (phrase := " ".join(part.split()))))
