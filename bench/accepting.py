"""Accepting milestones over HTTP, against a bare loop that writes the same rows (bench/limit.c)."""

import json
import os
import random
import subprocess
import threading
import time

import scene
from figures import by_key, median

BUILD = os.environ.get("WAYMARK_BENCH_BUILD", "build")
COMPANIES = 100
CONNECTIONS = (1, 64, 256)
SECONDS = float(os.environ.get("WAYMARK_BENCH_SECONDS", "4"))
WARM_SECONDS = SECONDS / 4
ROUNDS = int(os.environ.get("WAYMARK_BENCH_ROUNDS", "3"))
# Milestones that the bare loop accepts in groups; singly an eighth of that. Enough that SQLite moves its log into the
# database meanwhile, as it does under every longer load.
LIMIT_COUNT = int(4000 * SECONDS)
READERS = 4


def tool(name, *arguments, **options):
    done = subprocess.run([f"{BUILD}/bench/{name}", *map(str, arguments)], check=False, stdout=subprocess.PIPE, **options)
    if done.returncode:
        raise SystemExit(f"{name} {arguments} ended with {done.returncode}")
    return done.stdout


class Ground:
    """A database with a template in it, and whatever else it is filled with."""

    def __init__(self, server):
        self.server = server
        self.url = server.database.address
        self.most = 6000  # a second: how much work is opened for a measurement
        scene.play(server)
        server.stop()

    def fill(self, invoices, how="fill"):
        started = time.monotonic()
        tool("ground", self.url, how, COMPANIES, invoices)
        self.count_rows()
        print(f"    {invoices:,} invoices of {COMPANIES} companies laid down in {time.monotonic() - started:.0f} s",
              flush=True)

    def count_rows(self):
        """What PostgreSQL does on its own within a minute, and plans by."""
        if not self.server.database.is_sqlite:
            self.server.database.rows("ANALYZE")

    def open_work(self, count, companies=COMPANIES):
        """Requests that accept so many milestones, in no order: people of many engagements work at a time."""
        requests = tool("ground", self.url, "open", companies, int(count)).splitlines(keepends=True)
        random.Random(len(requests)).shuffle(requests)
        self.count_rows()
        return requests

    def settle(self):
        tool("ground", self.url, "settle")

    def limit(self, group=32, loops=1, count=LIMIT_COUNT):
        rate = json.loads(tool("limit", self.url, COMPANIES, count, group, loops))["rate"]
        self.settle()
        return rate

    def load(self, connections, requests, seconds=SECONDS, cycle=False):
        address = f"127.0.0.1:{self.server.port}"
        return json.loads(tool("load", address, connections, seconds, *["cycle"] * cycle, input=requests))

    def accept(self, connections, companies=COMPANIES, reader=None):
        """One measurement; every answer must be 200, and nobody is refused. Before it the server, which has just started,
        works for a while: each connection to PostgreSQL plans each statement five times before it keeps a plan."""
        requests = self.open_work(self.most * (WARM_SECONDS + SECONDS), companies)
        warm = int(self.most * WARM_SECONDS)
        self.server.start()
        self.load(connections, b"".join(requests[:warm]), WARM_SECONDS)
        stop = self.read_along(reader) if reader else None
        seen = self.load(connections, b"".join(requests[warm:]))
        if stop:
            stop()
        self.memory = memory_mib(self.server.process.pid)
        self.server.stop()
        self.settle()
        if set(seen["statuses"]) != {"200"}:
            raise SystemExit(f"not all were accepted: {seen['statuses']}")
        return seen

    def read_along(self, requests):
        """Readers at full speed for a little longer than the measurement."""
        done = []
        thread = threading.Thread(target=lambda: done.append(self.load(READERS, requests, SECONDS + 1, True)))
        thread.start()
        time.sleep(0.3)
        return thread.join

    def requests_that_read(self, target, companies=COMPANIES):
        return tool("ground", self.url, "read", companies, target)


def memory_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def measure_rates(ground):
    """Each round measures everything once, so that what the machine does in between is shared."""
    rounds = []
    ground.accept(64)  # to warm up
    for _ in range(ROUNDS):
        one = {"limit": ground.limit(), "limit singly": ground.limit(group=1, count=LIMIT_COUNT // 8)}
        for connections in CONNECTIONS:
            seen = ground.accept(connections)
            one[f"{connections}"] = seen["rate"]
            one[f"{connections} p50"], one[f"{connections} p99"] = seen["p50_ms"], seen["p99_ms"]
        rounds.append(one)
    return by_key(rounds)


def note_rates(figures, label, rates):
    figures.note(f"bare loop, groups of 32, {label}", rates["limit"], "acceptances/s")
    figures.note(f"bare loop, one in a transaction, {label}", rates["limit singly"], "acceptances/s")
    for connections in CONNECTIONS:
        limit = rates["limit singly" if connections == 1 else "limit"]
        figures.hold(f"accept over HTTP, {connections} connections, {label}", rates[f"{connections}"], "acceptances/s",
                     limit, 0.8)
    for connections in CONNECTIONS:
        figures.note(f"time to the answer, {connections} connections, {label}, p50", rates[f"{connections} p50"], "ms")
    figures.hold(f"time to the answer, 64 connections, {label}, p99", rates["64 p99"], "ms", rates["64 p50"], 4,
                 at_most=True)


def measure_company_and_reader(figures, ground, label):
    """One hot company, and readers at full speed: what each costs, in turns with neither."""
    reader = ground.requests_that_read("/api/v1/engagements/{}")
    plain, hot, read = [], [], []
    for _ in range(ROUNDS):
        plain.append(ground.accept(64)["rate"])
        hot.append(ground.accept(64, companies=1)["rate"])
        read.append(ground.accept(64, reader=reader)["rate"])
    figures.hold(f"accept, 64 connections, all of one company, {label}", median(hot), "acceptances/s", median(plain), 0.8)
    figures.hold(f"accept, 64 connections, beside {READERS} readers at full speed, {label}", median(read),
                 "acceptances/s", median(plain), 0.8)


# What a plain schema would have for its foreign keys and reports.
NINE_INDEXES = (
    "invoice (company, contract_id)", "invoice (company, milestone_id)", "invoice (company, certificate_id)",
    "invoice_line (company, milestone_id)", "certificate (company, milestone_id)",
    "certificate (company, submission_id)", "ledger_entry (company, source_id)",
    "ledger_posting (company, account, client_id)", "outbox (company, subject_id)",
)


def measure_schema(figures, ground, label):
    """The bare loop on our schema, on one with nine more indexes, and on ours again."""
    import sqlite3  # pylint: disable=import-outside-toplevel

    def change(*statements):
        connection = sqlite3.connect(ground.server.database.path)
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    ours = [ground.limit() for _ in range(ROUNDS)]
    change(*(f"CREATE INDEX nine_{number} ON {place}" for number, place in enumerate(NINE_INDEXES)))
    theirs = [ground.limit() for _ in range(ROUNDS)]
    change(*(f"DROP INDEX nine_{number}" for number in range(len(NINE_INDEXES))))
    ours += [ground.limit() for _ in range(ROUNDS)]
    figures.hold(f"bare loop, groups of 32, {label}, over one with nine secondary indexes", median(ours),
                 "acceptances/s", median(theirs), 1.5)
