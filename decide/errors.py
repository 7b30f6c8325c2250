"""What goes wrong because of what was put in, told in one line with what would do.

Every face of the program (command line, library, page) shows an `InputError` the same way: the message says what and
where, the hint says what would do. `NothingFits` is not bad input: the question was understood and has no answer.
"""


class InputError(ValueError):
    """Input that cannot be used. `hint` says what would do instead; it may be empty. Both are one line each."""

    def __init__(self, message: str, hint: str = "") -> None:
        # what was put in may hold lines of its own, the name of a file included
        self.message, self.hint = (" ".join(part.splitlines()) for part in (message, hint))
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class CatalogError(InputError):
    """A catalogue that cannot be read or used as it stands."""


class NothingFits(Exception):  # noqa: N818 - an outcome, not an error
    """The question was understood and no option fits; `hint` says what would."""

    title = "Nothing fits"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class DoctorFirst(NothingFits):
    """Something was said that a doctor has to look at before anything is ranked, planned, compared or priced."""

    title = "See a doctor first"
