"""What a shell completes: the catalogue's own names."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def completes(*kinds: str) -> "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]":
    """What a shell may complete: the ids of these kinds of the catalogue, each with its name."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        from decide.catalog import load_catalog

        catalog = load_catalog(ctx.params.get("folder"))
        named: dict[str, dict[str, str]] = {
            "concerns": {c.id: c.name for c in catalog.concerns.values()},
            "kinds": {kind.id: kind.name for c in catalog.concerns.values() for kind in c.subtype},
            "procedures": {p.id: p.name for p in catalog.procedures.values()}
            | {family.id: family.name for family in catalog.families.values()},
            "profiles": {p.id: p.name for p in catalog.profiles.values()},
            "markets": {m.id: m.name for m in catalog.markets.values()},
        }
        found = {identity: name for kind in kinds for identity, name in named[kind].items()}
        return [CompletionItem(i, help=name) for i, name in found.items() if i.startswith(incomplete)]

    return complete
