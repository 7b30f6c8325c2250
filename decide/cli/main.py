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
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            if len(args[0].split()) == 1 and not any(" " in arg for arg in args):
                from difflib import get_close_matches

                near = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.75)
                if near:
                    raise click.UsageError(f"no command {args[0]!r}; did you mean '{near[0]}'?")
            args = ["ask", *args]
        return super().resolve_command(ctx, args)


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

    It informs a talk with a clinician; it does not replace one.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status comes back."""
    try:
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
    sys.exit(main())
