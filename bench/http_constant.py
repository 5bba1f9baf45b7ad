"""Compares src/http with libevent's own HTTP server: http_constant.py HTTP_CONSTANT [SECONDS] [ROUNDS]

Needs wrk. Rounds are interleaved; the figures are medians."""

import re
import statistics
import subprocess
import sys

PROGRAM = sys.argv[1]
SECONDS = sys.argv[2] if len(sys.argv) > 2 else "3"
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3


def measure(kind, connections):
    """Requests a second as wrk saw them, and processor microseconds of one request."""
    server = subprocess.Popen([PROGRAM, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    seen = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", f"http://{address}/api/v1/milestones/7"],
        check=True, capture_output=True, text=True,
    ).stdout
    rest, _ = server.communicate("\n")
    if "Non-2xx" in seen or "Socket errors" in seen:
        raise SystemExit(seen)
    return float(re.search(r"Requests/sec: +([0-9.]+)", seen)[1]), float(rest.split()[1])


print("connections  server   requests/s  processor us each")
for connections in (1, 64, 256):
    figures = {"waymark": [], "evhttp": []}
    for _ in range(ROUNDS):
        for kind in figures:
            figures[kind].append(measure(kind, connections))
    for kind, rounds in figures.items():
        rate, cost = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{connections:11}  {kind:7}  {rate:10.0f}  {cost:17.1f}")
