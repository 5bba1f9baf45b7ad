"""Reads of a database that is full: what people look at most."""

import json
import time
import urllib.request

from accepting import SECONDS
from figures import median

PAGES = (("engagement page", "/api/v1/engagements/{}"), ("contract position", "/api/v1/engagements/{}/position"),
         ("milestones of an engagement", "/api/v1/engagements/{}/milestones"))
LIST_SIZE, PAGE_SIZE = 1000, 100


def ask(server, request, path):
    session = request.decode().split("\t")[2]
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}",
                                   headers={"Cookie": f"waymark_session={session}"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.load(answer)


def list_by_pages(server, request):
    """Milliseconds for a thousand invoices, page by page, or for as many as there are."""
    started, seen, cursor = time.monotonic(), 0, ""
    while seen < LIST_SIZE:
        page = ask(server, request, f"/api/v1/invoices?sort=-issue_day&limit={PAGE_SIZE}{cursor}")
        seen += len(page["items"])
        if not page.get("next_cursor"):
            break
        cursor = f"&cursor={page['next_cursor']}"
    return (time.monotonic() - started) * 1000


def measure(figures, ground, label, rounds):
    requests = {name: ground.requests_that_read(target) for name, target in PAGES}
    ground.server.start()
    try:
        for name, lines in requests.items():
            seen = [ground.load(16, lines, SECONDS / 2, cycle=True) for _ in range(rounds)]
            if any(set(one["statuses"]) != {"200"} for one in seen):
                raise SystemExit(f"{name}: {seen}")
            figures.note(f"{name}, 16 connections, {label}", median([one["rate"] for one in seen]), "reads/s")
            figures.note(f"{name}, 16 connections, {label}, p99", median([one["p99_ms"] for one in seen]), "ms")
        first = requests["engagement page"].splitlines()[0]
        times = [list_by_pages(ground.server, first) for _ in range(rounds + 1)]
        figures.note(f"{LIST_SIZE} invoices by pages of {PAGE_SIZE}, {label}", median(times), "ms")
    finally:
        ground.server.stop()
