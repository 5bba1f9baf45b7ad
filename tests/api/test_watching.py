"""What an operator watches: test_watching.py WAYMARK"""

import contextlib
import http.client
import os
import re
import sqlite3
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from checked import CheckedServer
from server import Answer
from servers.receivers import webhook_receiver
from tap import run

WAYMARK = sys.argv[1]
LIMIT_S = 30
LINE = re.compile(r'(\w+)(?:\{([^}]*)\})? (\S+)')


def setUpModule():
    global server
    server = CheckedServer(WAYMARK, "--webhooks-to-private-addresses", "true")
    unittest.enterModuleContext(server)


def ask(path):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def metrics():
    """Each sample's value by its name and labels, and the types of the metrics."""
    answer = ask("/metrics")
    assert answer.status == 200, answer
    samples, types, told = {}, {}, set()
    for line in answer.body.decode().splitlines():
        if line.startswith("# HELP "):
            told.add(line.split(" ", 3)[2])
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name in told and name not in types, line
            types[name] = kind
        else:
            name, labels, value = LINE.fullmatch(line).groups()
            assert (name, labels) not in samples, line
            samples[name, labels] = float(value)
    return samples, types


def until(wanted):
    end = time.monotonic() + LIMIT_S
    while not (found := wanted()):
        assert time.monotonic() < end, metrics()
        time.sleep(0.1)
    return found


class Watching(unittest.TestCase):
    def health(self):
        return ask("/healthz")

    def assert_unhealthy(self, word):
        until(lambda: self.health().status == 503)
        answer = self.health()
        self.assertEqual((answer.slug, answer.data["field"]), ("unavailable", "database"), answer)
        self.assertIn(word, answer.data["detail"])

    def assert_healthy(self):
        until(lambda: self.health().status == 200)
        self.assertEqual(self.health().data, {"status": "ok"})

    def change(self, sql):
        if not server.database.is_sqlite:
            server.database.rows(sql)
            return
        connection = sqlite3.connect(server.database.path, timeout=20)
        connection.execute(sql)
        connection.commit()
        connection.close()

    def test_health_is_of_the_database_and_of_its_version(self):
        self.assert_healthy()
        self.change("UPDATE schema_version SET number = 9999 WHERE number = 1")
        try:
            self.assert_unhealthy("")
        finally:
            self.change("UPDATE schema_version SET number = 1 WHERE number = 9999")
        self.assert_healthy()

    def test_a_database_that_lets_nobody_in_is_no_health(self):
        if server.database.is_sqlite:
            return
        name = server.database.name
        server.database.shell.close()
        server.database.in_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            server.database.in_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            self.assert_unhealthy("PostgreSQL")
        finally:
            server.database.in_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            server.database.shell = type(server.database.shell)(server.database.address)
        self.assert_healthy()
        server.sign_in()

    def test_metrics_are_told_as_they_are_read(self):
        samples, types = metrics()
        self.assertEqual(set(types.values()), {"counter", "gauge", "histogram"})
        for (name, _), value in samples.items():
            base = re.sub(r"_(bucket|sum|count)$", "", name)
            self.assertIn(types.get(name) or types.get(base), ("counter", "gauge", "histogram"), name)
            self.assertGreaterEqual(value, 0, name)
        for name in (name for name, kind in types.items() if kind == "histogram"):
            below = [value for (one, _), value in samples.items() if one == f"{name}_bucket"]
            self.assertEqual(below, sorted(below), name)
            self.assertEqual(below[-1], samples[f"{name}_count", None], name)
        self.assertGreater(samples["waymark_database_size_bytes", None], 0)

    def test_what_is_done_is_counted(self):
        owner = server.sign_in()
        before, _ = metrics()
        owner.made("/clients", {"name": "Client", "country": "DE", "currency": "EUR", "time_zone": "UTC"})
        after, _ = metrics()
        for name in ("waymark_writes_total", "waymark_commit_group_size_count", "waymark_http_request_duration_seconds_count"):
            self.assertGreater(after[name, None], before[name, None], name)

    def test_a_message_that_is_given_up_is_counted(self):
        dead = "waymark_delivery_attempts_total", 'kind="webhook",state="dead"'
        delivered = "waymark_delivery_attempts_total", 'kind="webhook",state="delivered"'
        before, _ = metrics()
        owner = server.sign_in()
        with webhook_receiver("--status", "204,410") as receiver:
            endpoint = owner.made("/webhooks", {"url": f"http://127.0.0.1:{receiver.port}/"})  # which is told of itself
            owner.made(f"/webhooks/{endpoint['id']}/test")
            until(lambda: metrics()[0][dead] == before[dead] + 1)
            self.assertEqual(metrics()[0][delivered], before[delivered] + 1)


run()
