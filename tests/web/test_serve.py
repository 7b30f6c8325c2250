"""`decide serve`: clear about what is missing or taken, and silent about what is asked."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from decide.cli.main import main


def test_a_taken_port_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"decide: port {port} is taken (choose another with --port)\n"


def test_an_unknown_host_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "no.such.host.invalid"]) == 2
    assert "no address is called 'no.such.host.invalid'" in capsys.readouterr().err


def test_a_missing_extra_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "pip install 'decide-treatments[web]'" in err


def test_it_answers_on_loopback_and_writes_nothing_of_a_question() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "decide", "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith(f"http://127.0.0.1:{port}/")
        for _ in range(300):
            try:
                page = urlopen(f"http://127.0.0.1:{port}/?q=acne+scars+secretword", timeout=5).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "Acne scars" in page
    finally:
        server.send_signal(signal.SIGINT)
        rest = server.communicate(timeout=20)[0]
    assert "secretword" not in rest
    assert "GET" not in rest
