"""The command line: a thin face over the library. `decide "question"` is the same as `decide ask "question"`."""

import gc
import os
import sys
from collections.abc import Sequence

import click

from decide.cli import output
from decide.errors import InputError, NothingFits
from decide.version import __version__

COMMANDS = {
    "ask": "decide.cli.ask:ask",
    "best": "decide.cli.ask:best",
    "understand": "decide.cli.ask:understand",
    "compare": "decide.cli.ask:compare",
    "show": "decide.cli.ask:show",
    "why": "decide.cli.ask:why",
    "instead": "decide.cli.ask:instead",
    "plan": "decide.cli.plan:plan",
    "product": "decide.cli.product:product",
    "report": "decide.cli.report:report",
    "serve": "decide.cli.serve:serve",
    "weigh": "decide.cli.weigh:weigh",
    "batch": "decide.cli.batch:batch",
    "prices": "decide.cli.prices:prices",
    "sources": "decide.cli.sources:sources",
    "catalog": "decide.cli.catalog:catalog",
    "schema": "decide.cli.schema:schema",
}
"""Commands by name and where each stands; a command's module is read only when it is used."""


class LazyGroup(click.Group):
    """A group whose commands are imported on use, and whose first argument may be a question instead of a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        from importlib import import_module

        module, name = place.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A first word that is no command begins a question, unless it looks like a command misspelt."""
        first, *rest = args or [""]
        if first == "help" and all(word in COMMANDS for word in rest[:1]) and len(rest) < 2:
            if rest and (known := self.get_command(ctx, rest[0])) is not None:
                click.echo(known.get_help(click.Context(known, info_name=rest[0], parent=ctx)))
            else:
                click.echo(ctx.get_help())
            ctx.exit()
        if args == ["version"]:
            click.echo(f"decide {__version__}")
            ctx.exit()
        if first == "list" and len(rest) < 2:
            return super().resolve_command(ctx, ["catalog", "list", *rest])
        if args and first not in COMMANDS and not first.startswith("-"):
            if near := _misspelt(args):
                raise click.UsageError(f"no command {first!r}; did you mean '{near}'?")
            args = ["ask", *args]
        return super().resolve_command(ctx, args)


LETTERS, LIKE = 2, 0.75
"""So many letters off a word may be a command misspelt; from this likeness on it is one."""


def _misspelt(args: Sequence[str]) -> str | None:
    """The command that a first word may mean: one very like it, or one that is near where the question that it would
    begin has no use for it.
    """
    from difflib import get_close_matches

    first = args[0]
    alike = get_close_matches(first, COMMANDS, n=1, cutoff=LIKE)
    if alike and " " not in first:
        return alike[0]
    from rapidfuzz.distance import OSA

    near = min(COMMANDS, key=lambda name: OSA.distance(first, name))
    if " " in first or OSA.distance(first, near) > min(LETTERS, len(near) // 2):
        return None
    from decide.catalog import load_catalog
    from decide.question.reading import understand

    left = understand(" ".join(args), load_catalog()).not_understood
    return near if any(first in words.split() for words in left) else None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 answered, 1 nothing fits, 2 bad input.",
)
@click.version_option(__version__, message="decide %(version)s")
def cli() -> None:
    """Which treatment is worth the money? Ranks skin and hair treatments by what a course costs in all, how much it
    helps, how sure that is, sessions, downtime and risk, with the source of every number.

    \b
    decide "what's best for acne scars under $2000"
    decide best "acne scars" --under 2000 --market us
    decide why microneedling --for "acne scars"
    decide compare exosomes tretinoin --for wrinkles

    Your shell completes concerns, kinds, procedures, profiles and markets after
    eval "$(_DECIDE_COMPLETE=bash_source decide)" (or zsh_source, fish_source).

    It informs a talk with a clinician; it does not replace one.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status comes back."""
    try:
        with output.patience():
            result = cli.main(args=list(args) if args is not None else None, prog_name="decide", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except InputError as error:
        output.complain(error.message, error.hint)
        return 2
    except NothingFits as none:
        output.complain(none.message, none.hint)
        return 1
    except click.exceptions.NoArgsIsHelpError as error:
        output.write(error.format_message())
        return 2
    except click.UsageError as error:
        hint = f"see '{error.ctx.command_path} --help'" if error.ctx else "see 'decide --help'"
        output.complain(error.format_message(), hint)
        return 2
    except click.ClickException as error:
        output.complain(error.format_message())
        return 2
    except click.Abort:
        output.complain("stopped")
        return 130
    except BrokenPipeError:
        # whoever read our output has gone; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def run() -> None:
    """Entry point of the installed command."""
    # one short question makes no garbage worth collecting: the collector's passes cost a tenth of the time
    gc.disable()
    # its matrices are many and small: a second thread of the linear algebra waits, and burns a core while it does
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status = main()
    # nor at the end: what a process leaves goes with it
    gc.freeze()
    sys.exit(status)
