"""The page's speed, weight and steadiness, measured on loopback: python benchmarks/web.py [seconds].

First answer: a question that the server has not seen, after it is up. Redraw: the fragment that a moving slider asks
for, and the one that follows with the chance of being best. Load: questions over one process, with its memory before
and after. The client runs on the same computer and takes its share of it.
"""

import asyncio
import gzip
import re
import socket
import statistics
import subprocess
import sys
import time
from html import unescape
from pathlib import Path

import httpx

RATE = 50
QUESTION = "what's best for acne scars under $2000"
CONCERNS = ("acne-scars", "dark-circles", "hair-loss", "pigment", "redness", "rejuvenation", "wrinkles", "volume-loss")


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def timed(client: httpx.Client, path: str) -> float:
    begun = time.perf_counter()
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return 1000 * (time.perf_counter() - begun)


def latencies(base: str) -> None:
    with httpx.Client(base_url=base, timeout=30) as client:
        timed(client, "/about")
        first = timed(client, f"/?q={QUESTION}")
        other = [timed(client, f"/?q=best for {c.replace('-', ' ')} under ${1000 + 7 * k}") for k, c in enumerate(
            ("acne scars", "hair loss", "wrinkles", "redness", "pigment"))]  # fmt: skip
        print(f"first answer: {first:.0f} ms; five other new questions: median {statistics.median(other):.0f} ms")
        for name, quick in (("moving slider", "&quick=1"), ("settled slider", "")):
            times = [timed(client, f"/answer?concern=acne-scars&w_cost={k % 97 + 0.5}{quick}") for k in range(60)]
            ordered = sorted(times)
            print(f"{name}: median {statistics.median(times):.0f} ms, 95th in 100 {ordered[int(0.95 * 60)]:.0f} ms")
        again = [timed(client, f"/?q={QUESTION}") for _ in range(40)]
        print(f"the same question again: median {statistics.median(again):.0f} ms")


def weight(base: str) -> None:
    with httpx.Client(base_url=base, timeout=60) as client:
        page = client.get(f"/?q={QUESTION}")
        linked = [unescape(x) for x in re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)]
        parts = {"page": page.content, "style, script, icon": b"".join(client.get(x).content for x in linked)}
        charts = [unescape(x) for x in re.findall(r'<img src="(/charts/[^"]+)"', page.text)]
        parts["charts (three, wide)"] = b"".join(client.get(x).content for x in charts)
        total = 0
        for name, data in parts.items():
            total += len(data)
            print(f"{name}: {len(data) / 1000:.0f} kB ({len(gzip.compress(data)) / 1000:.0f} kB if compressed)")
        print(f"all: {total / 1000:.0f} kB")


async def load(base: str, rate: float, seconds: float, fresh: bool, start: int) -> tuple[int, list[float]]:
    """Questions at a steady rate, whether or not the earlier ones are answered; `fresh` ones are all different."""
    failed = 0
    times: list[float] = []

    async def one(k: int, client: httpx.AsyncClient) -> None:
        nonlocal failed
        budget = 300 + (k if fresh else k % 12) * 3
        begun = time.perf_counter()
        response = await client.get(f"/?edit=1&concern={CONCERNS[k % len(CONCERNS)]}&budget={budget}")
        times.append(1000 * (time.perf_counter() - begun))
        failed += response.status_code != 200

    async with httpx.AsyncClient(base_url=base, timeout=30) as client:
        begun = time.perf_counter()
        asked = []
        for k in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, begun + k / rate - time.perf_counter()))
            asked.append(asyncio.create_task(one(start + k, client)))
        await asyncio.gather(*asked)
    return failed, times


def main(seconds: float) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "decide", "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                httpx.get(f"{base}/api/health")
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        print(f"up after {time.perf_counter() - begun:.1f} s, {resident(server.pid):.0f} MB")
        time.sleep(2)
        print(f"with the charts' engine started: {resident(server.pid):.0f} MB")
        latencies(base)
        weight(base)
        asyncio.run(load(base, 60, 10, True, 0))  # what is kept for a while is full after this
        for k, (name, fresh) in enumerate((("questions asked before", False), ("all questions new", True))):
            before = resident(server.pid)
            failed, times = asyncio.run(load(base, RATE, seconds, fresh, 1000 + 10_000 * k))
            ordered = sorted(times)
            print(
                f"load, {name}: {RATE} a second for {seconds:g} s, {failed} failed, "
                f"median {statistics.median(times):.0f} ms, "
                f"99th in 100 {ordered[int(0.99 * len(ordered))]:.0f} ms, memory {before:.0f} MB before, "
                f"{resident(server.pid):.0f} MB after"
            )
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
