"""Things that lead back to themselves: what a thing is made of, what it is given on, who stands for whom."""

from collections.abc import Iterable, Iterator, Mapping


def circles(links: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Each name from which links lead back to itself, once a circle, with the way round."""
    seen: set[str] = set()
    for start in links:
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        while stack and start not in seen:
            name, way = stack.pop()
            for following in links.get(name, ()):
                if following == start:
                    seen.update(way)
                    yield start, " → ".join((*way, start))
                    stack.clear()
                    break
                if following not in way:
                    stack.append((following, (*way, following)))
