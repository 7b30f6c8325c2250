"""The page for programs: every operation is there, and every example works as it is printed."""

import json
import re
import shlex
from html import unescape

from fastapi.testclient import TestClient


def test_every_example_is_answered_as_it_is_printed(client: TestClient) -> None:
    shown = unescape(client.get("/docs").text)
    commands = re.findall(r"<pre[^>]*><code>(curl .*?)</code></pre>", shown, re.DOTALL)
    assert len(commands) == 8
    for command in commands:
        _, address, _, header, _, body = shlex.split(command.replace("\\\n", " "))
        assert header == "content-type: application/json"
        answer = client.post(address.removeprefix("http://127.0.0.1:8000"), json=json.loads(body))
        assert answer.status_code == 200, (address, answer.text)


def test_every_operation_and_field_is_told(client: TestClient) -> None:
    shown, schema = client.get("/docs").text, client.get("/openapi.json").json()
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in shown
            if "requestBody" in one:
                name = one["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                for field in schema["components"]["schemas"][name]["properties"]:
                    assert f"<dt>{field}</dt>" in shown
    assert '<a href="/docs">' in client.get("/").text
