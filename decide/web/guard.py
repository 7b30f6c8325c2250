"""What stands between the network and the pages: headers on every answer, who is answered, and bounds on size, rate
and time.

Only named hosts are answered: a page elsewhere whose name is made to mean this computer reads nothing here. What is
still coming in counts apart from what is worked on, so that who sends slowly keeps nobody else out.

Nothing of a question is written anywhere: an unforeseen error is logged by its kind and place in the code alone.
The bounds live in this process and are forgotten with it; several processes bound each for itself.
"""

import asyncio
import logging
import re
import time
import traceback
from collections import OrderedDict
from collections.abc import Collection, Mapping
from ipaddress import ip_address

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from decide.lazily import dataclass

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
    """How much of anything one caller may ask: bytes, requests a second (with a burst), requests at once, seconds.

    `each` is how many of a caller's requests are worked on or come in at once, `line` how many more of them may wait;
    `at_once` is that of all callers. `sending` is the seconds in which a request must have come in whole.
    """

    body: int = 64 * 1024
    query: int = 8 * 1024
    rate: float = 100.0
    burst: float = 200.0
    callers: int = 4096
    seconds: float = 20.0
    sending: float = 5.0
    at_once: int = 512
    each: int = 16
    line: int = 128


@dataclass
class Caller:
    """What one caller has here: how many requests, and who of them may go on."""

    slots: asyncio.Semaphore
    here: int = 0


LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""What this computer is called by itself."""


def goes_by(name: str, hosts: Collection[str]) -> bool:
    """Whether a name is one of these; where they hold the address of all networks of this computer (0.0.0.0, ::), any
    address is, for only a name can be made to mean another computer.
    """
    if name in hosts:
        return True
    if not {"0.0.0.0", "::"}.intersection(hosts):
        return False
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def host_of(header: str) -> str:
    """The name in a Host header, without its port and an address's brackets; "" where it is no host."""
    found = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:]*?))\.?(?::\d+)?", header.strip().lower())
    return (found[1] or found[2]) if found else ""


class Guard:
    """ASGI middleware around everything else; answers only where it is asked for by one of `hosts`, or any for None."""

    def __init__(self, app: ASGIApp, bounds: Bounds | None = None, hosts: Collection[str] | None = LOOPBACK) -> None:
        self.app, self.hosts = app, hosts
        self.bounds = bounds or Bounds()
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.here: dict[str, Caller] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        begun = False
        bare = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _with_headers(message.get("headers", []))}
            elif bare:
                message = {**message, "body": b""}
            await send(message)

        refused = self._refusal(scope)
        if refused:
            await _say(guarded, *refused)
            return
        name = _caller(scope)
        caller = self.here.setdefault(name, Caller(asyncio.Semaphore(self.bounds.each)))
        caller.here += 1
        try:
            async with asyncio.timeout(self.bounds.seconds), caller.slots:
                body = await self._body(scope, receive)
                if isinstance(body, bytes):
                    # a page is made to be told of without being sent
                    asked = {**scope, "method": "GET"} if bare else scope
                    await self.app(asked, _replay(body, receive), guarded)
                else:
                    await _say(guarded, *body)
        except TimeoutError:
            if not begun:
                await _say(guarded, 503, "this took too long; please ask again")
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            LOG.error("%s in %s, line %s", type(error).__name__, where.name, where.lineno)
            if not begun:
                await _say(guarded, 500, "something went wrong here; nothing that you asked was kept")
        finally:
            caller.here -= 1
            if not caller.here:
                self.here.pop(name, None)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = dict(scope["headers"])
        if self.hosts is not None and not goes_by(host_of(headers.get(b"host", b"").decode("latin-1")), self.hosts):
            return 421, "nothing here goes by that name; 'decide serve --allow-host NAME' lets one in"
        if len(scope.get("query_string", b"")) + len(scope.get("raw_path") or b"") > self.bounds.query:
            return 414, f"an address of more than {self.bounds.query // 1024} kB is too long"
        name = _caller(scope)
        if not self._allowed(name):
            return 429, "too many requests; please wait a second"
        if name in self.here and self.here[name].here >= self.bounds.each + self.bounds.line:
            return 429, "too many questions at once; please wait for their answers"
        if sum(caller.here for caller in self.here.values()) >= self.bounds.at_once:
            return 503, "too many questions at once; please ask again"
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

    async def _body(self, scope: Scope, receive: Receive) -> bytes | tuple[int, str]:
        """The whole body, or why it was not waited for."""
        if scope["method"] in ("GET", "HEAD"):
            return b""
        found = bytearray()
        try:
            async with asyncio.timeout(self.bounds.sending):
                while True:
                    message = await receive()
                    if message["type"] != "http.request":
                        return bytes(found)
                    found += message.get("body", b"")
                    if len(found) > self.bounds.body:
                        return 413, f"more than {self.bounds.body // 1024} kB in one request is too much"
                    if not message.get("more_body"):
                        return bytes(found)
        except TimeoutError:
            return 408, "this came in too slowly; please send it again"


def _caller(scope: Scope) -> str:
    client = scope.get("client")
    return client[0] if client else ""


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
