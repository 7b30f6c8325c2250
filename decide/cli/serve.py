"""The page, served from this computer: loopback unless another address is named."""

import errno
import gc
import socket
from ipaddress import ip_address

import click

from decide.errors import InputError
from decide.version import install


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; anything else opens it to others."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="On which port.")
@click.option("--catalog", "folder", metavar="DIR", help="A folder of your own facts, laid over the catalogue.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--allow-host", "named", multiple=True, metavar="NAME", help="A name by which it is asked for; may be repeated."
)
@click.option("--behind-proxy", is_flag=True, help="A proxy on this computer says who the caller is.")
def serve(host: str, port: int, folder: str | None, workers: int, named: tuple[str, ...], behind_proxy: bool) -> None:
    """Open the page for a browser, with the same operations for programs under /api.

    Nothing that is asked is written anywhere, and nothing is fetched from elsewhere.
    """
    try:
        import uvicorn

        from decide.web import create_app
        from decide.web.app import tell
        from decide.web.guard import LOOPBACK
        from decide.web.wire import settings
    except ImportError as error:
        raise InputError(f"the page needs {error.name or 'more'}", install("web")) from None
    from decide.catalog import load_catalog

    # the command line turns the collector off for its one short answer; a server goes on
    gc.enable()
    catalog = load_catalog(folder)
    listener = _listen(host, port)
    within = _loopback(listener)
    hosts = (*LOOPBACK, *(name.lower() for name in (host, *named)))
    how = settings(proxied=behind_proxy)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"http://{shown}:{port}/ (stop with Ctrl-C)")
    if not within:
        click.echo(
            f"anyone who can reach {shown} can ask here, unencrypted: put a proxy with https before it for others"
            + ("" if named else "; to be asked for by name it needs --allow-host NAME"),
            err=True,
        )
    if workers == 1:
        config = uvicorn.Config(create_app(catalog, hosts=hosts), **how)
        uvicorn.Server(config).run(sockets=[listener])
        return
    tell(folder, hosts)
    # each process opens the address by itself
    listener.close()
    uvicorn.run("decide.web.app:served", factory=True, workers=workers, host=host, port=port, **how)


def _loopback(listener: socket.socket) -> bool:
    return ip_address(listener.getsockname()[0]).is_loopback


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
