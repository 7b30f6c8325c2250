"""The page, served from this computer: loopback unless another address is named."""

import errno
import gc
import socket

import click

from decide.errors import InputError
from decide.version import install


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; anything else opens it to others."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="On which port.")
@click.option("--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue.")
def serve(host: str, port: int, folder: str | None) -> None:
    """Open the page for a browser, with the same operations for programs under /api.

    Nothing that is asked is written anywhere, and nothing is fetched from elsewhere.
    """
    try:
        import uvicorn

        from decide.web import create_app
    except ImportError as error:
        raise InputError(f"the page needs {error.name or 'more'}", install("web")) from None
    from decide.catalog import load_catalog

    # the command line turns the collector off for its one short answer; a server goes on
    gc.enable()
    catalog = load_catalog(folder)
    listener = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port}/ (stop with Ctrl-C)")
    config = uvicorn.Config(
        create_app(catalog),
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        limit_concurrency=200,
        h11_max_incomplete_event_size=32 * 1024,
        proxy_headers=False,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, or one clear line on why there is none."""
    try:
        family, kind, proto, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(128)
    except socket.gaierror:
        raise InputError(f"no address is called {host!r}", "leave out --host to serve this computer alone") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"port {port} is taken", "choose another with --port") from None
        raise InputError(
            f"cannot listen on {host}:{port}: {error.strerror or error}", "choose another --port"
        ) from None
    return listener
