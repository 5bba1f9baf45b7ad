"""A server under load is killed at random, or told to stop: what clients were told is what is there.

    test_crash_http.py WAYMARK
"""
import http.client
import os
import random
import sys
import threading
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from server import COMPANY, OWNER, PASSWORD, Client, Server
from tap import run

WAYMARK = sys.argv[1]
ROUNDS = 10
WRITERS = 4
RETRIED = 5  # of the acknowledged writes of a round
SIGN_INS = 40


class Write:
    """One write as its client knows it: what was sent, and the answer if one came."""

    def __init__(self, kind, method, path, body, etag=None):
        self.kind, self.method, self.path, self.body = kind, method, path, body
        self.headers = {"Idempotency-Key": f"key-{os.urandom(8).hex()}"}
        if etag:
            self.headers["If-Match"] = etag
        self.answer = None

    def send(self, client):
        self.answer = client.ask(self.method, self.path, self.body, self.headers)
        return self.answer


def client_form(name):
    return {"name": name, "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}


class Writer(threading.Thread):
    """Writes one thing after another until the server is gone."""

    def __init__(self, client, name, chance):
        super().__init__()
        self.client, self.label, self.chance = client, name, chance
        self.writes, self.clients = [], []

    def next_write(self):
        label = f"{self.label}-{len(self.writes)}"
        kind = self.chance.choice(("client", "contact", "change"))
        if kind == "client" or not self.clients:
            return Write("client", "POST", "/clients", client_form(label))
        client = self.chance.choice(self.clients)
        if kind == "contact":
            body = {"name": label, "email": f"{label}@client.example", "role": "viewer"}
            return Write("contact", "POST", f"/clients/{client['id']}/contacts", body)
        return Write("change", "PUT", f"/clients/{client['id']}", client_form(label),
                     f'"{client["version"]}"')

    def learn(self, write):
        """A client as it was last told."""
        told = write.answer.data
        if write.kind == "client":
            self.clients.append(told)
        elif write.kind == "change":
            self.clients = [told if one["id"] == told["id"] else one for one in self.clients]

    def run(self):
        try:
            while True:
                write = self.next_write()
                self.writes.append(write)
                if write.send(self.client).status not in (200, 201):
                    return
                self.learn(write)
        except (OSError, http.client.HTTPException):
            pass
        finally:
            self.client.close()


def start_writers(server, owner, label, chance):
    writers = [Writer(server.client(owner.headers), f"{label}-{number}", random.Random(chance.random()))
               for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    return writers


def join(writers):
    for writer in writers:
        writer.join()
    return [write for writer in writers for write in writer.writes]


def all_clients(client):
    """By id, page by page."""
    found, cursor = {}, ""
    while cursor is not None:
        page = client.get(f"/clients?limit=200{cursor and '&cursor=' + cursor}").data
        found.update((row["id"], row) for row in page["items"])
        cursor = page["next_cursor"]
    return found


class CrashHttp(unittest.TestCase):
    def assert_was_done(self, client, write):
        """Exactly what was told, under the same key, and nothing done again."""
        again = client.ask(write.method, write.path, write.body, write.headers)
        self.assertEqual((again.status, again.body, again.etag),
                         (write.answer.status, write.answer.body, write.answer.etag))
        self.assertEqual(again.headers.get("Idempotency-Replayed"), "true")

    def finish(self, client, write):
        """Sends what was not answered again, as a client would. Returns whether it had been done."""
        answer = write.send(client)
        self.assertIn(answer.status, (200, 201), answer)
        return answer.headers.get("Idempotency-Replayed") == "true"

    def count(self, server, sql):
        return int(server.database.rows(sql)[0])

    def check_round(self, server, owner, writes, chance):
        told = [write for write in writes if write.answer]
        for write in told:
            self.assertIn(write.answer.status, (200, 201), write.answer)
        open_writes = [write for write in writes if not write.answer]
        for write in chance.sample(told, min(RETRIED, len(told))) + told[-1:]:
            self.assert_was_done(owner, write)
        had_been_done = sum(self.finish(owner, write) for write in open_writes)
        for write in open_writes:
            self.assert_was_done(owner, write)
        return len(told), len(open_writes), had_been_done

    def check_everything(self, server, owner, writes):
        """Every write of all rounds is there once, with its event, and nothing else is."""
        for kind, table in (("client", "client"), ("contact", "contact")):
            ids = sorted(write.answer.data["id"] for write in writes if write.kind == kind)
            self.assertEqual(len(set(ids)), len(ids))
            self.assertEqual(self.count(server, f"SELECT count(*) FROM {table}"), len(ids))
            self.assertEqual(self.count(server, f"SELECT count(*) FROM leaf WHERE event = '{kind}.created'"),
                             len(ids))
        changes = [write for write in writes if write.kind == "change"]
        self.assertEqual(self.count(server, "SELECT count(*) FROM leaf WHERE event = 'client.changed'"),
                         len(changes))
        self.assertEqual(self.count(server, "SELECT count(*) FROM idempotency"), len(writes))
        self.assertEqual(self.count(server, "SELECT size FROM log_head WHERE company = 1"),
                         self.count(server, "SELECT count(*) FROM leaf WHERE company = 1"))
        latest = {}
        for write in writes:
            if write.kind != "contact":
                told = write.answer.data
                latest[told["id"]] = max(latest.get(told["id"], told), told, key=lambda row: row["version"])
        self.assertEqual(all_clients(owner), latest)

    def test_what_was_told_is_there_once_after_each_kill(self):
        chance = random.Random(1917)
        writes, told, unanswered, done = [], 0, 0, 0
        with Server(WAYMARK) as server:
            owner = server.sign_in()
            for turn in range(ROUNDS):
                writers = start_writers(server, owner, f"k{turn}", chance)
                time.sleep(chance.uniform(0.05, 0.5))
                server.kill()
                of_round = join(writers)
                server.start()
                owner = server.client(owner.headers)
                counts = self.check_round(server, owner, of_round, chance)
                told, unanswered, done = told + counts[0], unanswered + counts[1], done + counts[2]
                writes += of_round
                self.check_everything(server, owner, writes)
            server.run("verify")
        self.assertGreater(told, ROUNDS)
        print(f"# {ROUNDS} kills: {told} writes were told, {unanswered} were not, {done} of these were done")

    def test_a_server_told_to_stop_leaves_no_doubt_about_any_write(self):
        chance = random.Random(1928)
        with Server(WAYMARK) as server:
            owner = server.sign_in()
            writers = start_writers(server, owner, "t", chance)
            time.sleep(0.3)
            server.stop()
            writes = join(writers)
            server.start()
            owner = server.client(owner.headers)
            told, unanswered, done = self.check_round(server, owner, writes, chance)
            self.assertEqual(done, 0, "what was done was told")
            self.check_everything(server, owner, writes)
        self.assertGreater(told, WRITERS)
        print(f"# {told} writes were told, {unanswered} came too late")

    def test_requests_in_flight_are_answered_before_the_end(self):
        with Server(WAYMARK) as server:
            clients = [Client(server.port) for _ in range(SIGN_INS)]
            answers, ends = [], []

            def enter(client):
                answers.append(client.post(
                    "/session", {"company": COMPANY, "email": OWNER, "password": PASSWORD}).status)
                ends.append(time.monotonic())

            for client in clients:
                self.assertEqual(client.get("/session").status, 401)
            threads = [threading.Thread(target=enter, args=(client,)) for client in clients]
            for thread in threads:
                thread.start()
            while not answers:
                time.sleep(0.001)
            time.sleep(0.02)
            stopped = time.monotonic()
            server.stop()
            for thread, client in zip(threads, clients):
                thread.join()
                client.close()
            self.assertEqual(answers, [201] * SIGN_INS)
            print(f"# {sum(end > stopped for end in ends)} of {SIGN_INS} were answered after the signal")


if __name__ == "__main__":
    run()
