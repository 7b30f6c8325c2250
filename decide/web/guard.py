"""What stands between the network and the pages: headers on every answer, and bounds on size, rate and time.

Nothing of a question is written anywhere: an unforeseen error is logged by its kind and place in the code alone.
The bounds live in this process and are forgotten with it; several processes bound each for itself.
"""

import asyncio
import logging
import time
import traceback
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src {style}; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY.format(style="'self'"),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
    "cache-control": "no-store",
}
LOG = logging.getLogger("decide.web")


@dataclass(frozen=True)
class Bounds:
    """How much of anything one caller may ask: bytes, requests a second (with a burst), seconds."""

    body: int = 64 * 1024
    query: int = 8 * 1024
    rate: float = 100.0
    burst: float = 200.0
    callers: int = 4096
    seconds: float = 20.0
    at_once: int = 64


class Guard:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, bounds: Bounds | None = None) -> None:
        self.app = app
        self.bounds = bounds or Bounds()
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _with_headers(message.get("headers", []))}
            await send(message)

        refused = self._refusal(scope)
        if refused:
            await _say(guarded, *refused)
            return
        self.running += 1
        try:
            async with asyncio.timeout(self.bounds.seconds):
                body = await self._body(scope, receive)
                if body is None:
                    await _say(guarded, 413, f"more than {self.bounds.body // 1024} kB in one request is too much")
                    return
                await self.app(scope, _replay(body, receive), guarded)
        except TimeoutError:
            if not begun:
                await _say(guarded, 503, "this took too long; please ask again")
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            LOG.error("%s in %s, line %s", type(error).__name__, where.name, where.lineno)
            if not begun:
                await _say(guarded, 500, "something went wrong here; nothing that you asked was kept")
        finally:
            self.running -= 1

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        if self.running >= self.bounds.at_once:
            return 503, "too many questions at once; please ask again"
        if len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"") > self.bounds.query:
            return 414, f"an address of more than {self.bounds.query // 1024} kB is too long"
        client = scope.get("client")
        if not self._allowed(client[0] if client else ""):
            return 429, "too many requests; please wait a second"
        return None

    def _allowed(self, caller: str) -> bool:
        """A bucket for each caller that fills at the rate and holds the burst; the longest unseen are forgotten."""
        now = time.monotonic()
        left, before = self.left.pop(caller, (self.bounds.burst, now))
        left = min(self.bounds.burst, left + (now - before) * self.bounds.rate)
        self.left[caller] = (max(0.0, left - 1), now)
        if len(self.left) > self.bounds.callers:
            self.left.popitem(last=False)
        return left >= 1

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, or None where it is larger than allowed."""
        if scope["method"] in ("GET", "HEAD"):
            return b""
        found = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return bytes(found)
            found += message.get("body", b"")
            if len(found) > self.bounds.body:
                return None
            if not message.get("more_body"):
                return bytes(found)


def _with_headers(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    set_already = {name.lower() for name, _ in headers}
    more = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in set_already]
    return [(n, v) for n, v in headers if n.lower() != b"server"] + more


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again


async def _say(send: Send, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
    body = text.encode()
    head = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **(headers or {})}
    if status in (429, 503):
        head["retry-after"] = "1"
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(k.encode(), v.encode()) for k, v in head.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
