"""Derived values: what is worked out from a catalogue hangs on it, bounded, and dies with it.

    @derived(most=64)
    def synthesis(catalog, concern): ...

Results are kept by function and arguments on the catalogue itself, so that no catalogue is kept alive by what was once
worked out from it, and two catalogues never share a result.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Keeper(Protocol):
    """Something that results can hang on: `kept` holds them by function, then by arguments."""

    kept: dict[Callable[..., Any], dict[tuple[Any, ...], Any]]


K = TypeVar("K", bound=Keeper)
P = ParamSpec("P")
T = TypeVar("T")


def derived(
    most: int = 256, *, unless: Callable[..., bool] = lambda *args: False
) -> Callable[[Callable[Concatenate[K, P], T]], Callable[Concatenate[K, P], T]]:
    """A function of a catalogue (and hashable arguments, by position) whose last `most` results are kept on it.

    What `unless` says of the arguments is not kept: words that somebody said of themselves.
    """

    def decorated(make: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
        @wraps(make)
        def once(keeper: K, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if unless(*args):
                return make(keeper, *args, **kwargs)
            store = keeper.kept.get(make)
            if store is None:
                store = keeper.kept.setdefault(make, {})
            key = args if not kwargs else (*args, *sorted(kwargs.items()))
            try:
                found: T = store[key]
                return found
            except KeyError:
                pass
            made = make(keeper, *args, **kwargs)
            while len(store) >= most:
                # the oldest goes; another thread may have taken it already
                store.pop(next(iter(tuple(store))), None)
            store[key] = made
            return made

        return once

    return decorated
