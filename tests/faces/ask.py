"""One question put to every face: what the library, the terminal, the page, the report, the API and a batch print."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

import decide
from decide.catalog import Catalog
from decide.cli.main import main
from decide.errors import InputError, NothingFits


def terminal(*args: str) -> tuple[int, str]:
    """Exit status, and what stands on both streams."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        status = main(args)
    return status, "".join(_read(stream) for stream in (out, err))


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


class Faces:
    """Every face over one catalogue."""

    def __init__(self, catalog: Catalog, client: TestClient, folder: Path) -> None:
        self.catalog, self.client, self.folder = catalog, client, folder

    def library(self, text: str, **how: Any) -> str:
        try:
            return str(decide.ask(text, catalog=self.catalog, **how))
        except (InputError, NothingFits) as error:
            return str(error)

    def notebook(self, text: str, **how: Any) -> str:
        try:
            return decide.ask(text, catalog=self.catalog, **how)._repr_html_()
        except (InputError, NothingFits) as error:
            return str(error)

    def terminal(self, text: str) -> str:
        return terminal("ask", text)[1]

    def page(self, text: str) -> str:
        return self.client.get("/answer", params={"q": text}).text

    def report(self, text: str) -> str:
        return self.client.get("/report", params={"q": text}).text

    def api(self, text: str) -> str:
        return json.dumps(self.client.post("/api/ask", json={"text": text}).json(), ensure_ascii=False)

    def batch(self, text: str) -> str:
        source, target = self.folder / "in.txt", self.folder / "out.jsonl"
        source.write_text(text + "\n", encoding="utf-8")
        status, printed = terminal("batch", "--whole", str(source), str(target))
        return target.read_text("utf-8") if status in (0, 1) and target.exists() else printed

    def all(self) -> dict[str, Callable[[str], str]]:
        """Every face by its name."""
        return {
            "library": self.library, "notebook": self.notebook, "terminal": self.terminal, "page": self.page,
            "report": self.report, "api": self.api, "batch": self.batch,
        }  # fmt: skip


FACES = ("library", "notebook", "terminal", "page", "report", "api", "batch")
