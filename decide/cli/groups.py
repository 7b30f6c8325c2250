"""Commands whose help tells their options in groups."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from decide.cli.options import ANSWER, DETAILS, DRAWING, EVERYTHING, PERSON, PREFERENCES, Option


def _names(group: Iterable[Option]) -> list[str]:
    """The parameters that a group of options makes."""
    made: Any = click.Command("", params=[])
    for option in group:
        made = option(made)
    return [param.name for param in made.params]


_HEADINGS = {
    name: heading
    for heading, group in {
        "Money and weights": PREFERENCES,
        "About you": PERSON,
        "How sure": DRAWING,
        "Output": (*ANSWER, EVERYTHING, DETAILS),
    }.items()
    for name in _names(group)
}
"""Under which heading of a command's help an option stands; what is not here is the command's own."""


class Grouped(click.Command):
    """A command whose help tells its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command alone has first, then the groups that several share."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                groups.setdefault(_HEADINGS.get(param.name or "", "Options"), []).append(record)
        for heading in dict.fromkeys(("Options", *_HEADINGS.values())):
            if heading in groups:
                with formatter.section(heading):
                    formatter.write_dl(groups[heading])


def command(**settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its options in groups."""
    return click.command(cls=Grouped, **settings)
