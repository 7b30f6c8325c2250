"""A connection: who sends its headers slowly, or holds too many open, is let go."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 5.0
"""Seconds in which the headers of a request must have come in."""
EACH = 128
"""Connections of one caller at once; a browser holds six."""
ALL = 900
"""Connections of all callers at once: a process may commonly hold 1,024 files open."""


class Wire(H11Protocol):
    """HTTP/1.1 as uvicorn has it, with a time for headers and a share for each caller."""

    waiting: asyncio.TimerHandle | None = None
    each: int | None = EACH

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless its caller has enough of them."""
        super().connection_made(transport)
        mine = [one for one in self.connections if isinstance(one, Wire) and _host(one) == _host(self)]
        if self.each is not None and len(mine) > self.each:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what comes in; the time for headers runs from their first byte."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._let_be()
        elif self.waiting is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._let_be()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self.waiting = self.loop.call_later(HEADERS, self.transport.abort)

    def _let_be(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


def _host(wire: Wire) -> str:
    return wire.client[0] if wire.client else ""


class ProxiedWire(Wire):
    """As `Wire`, where all callers come by one proxy."""

    each = None


def settings(*, proxied: bool = False) -> dict[str, Any]:
    """How uvicorn is to serve: nothing logged but faults, and every wait bounded."""
    return {
        "http": ProxiedWire if proxied else Wire,
        "ws": "none",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 3,
        "limit_concurrency": ALL,
        "h11_max_incomplete_event_size": 32 * 1024,
        "proxy_headers": proxied,
    }
