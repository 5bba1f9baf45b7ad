"""A server under load is killed at random, or told to stop: what clients were told is what is there.

    test_crash_http.py WAYMARK
"""
import os
import random
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from crash import CrashCase, Write, Writer, join, start
from server import COMPANY, OWNER, PASSWORD, Client, Server
from tap import run

WAYMARK = sys.argv[1]
ROUNDS = 10
WRITERS = 4
SIGN_INS = 40


def client_form(name):
    return {"name": name, "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}


class Keeper(Writer):
    """Keeps clients and their contacts."""

    def __init__(self, owner, label, chance):
        super().__init__([owner], chance)
        self.owner, self.label, self.clients = owner, label, []

    def next_write(self):
        label = f"{self.label}-{len(self.writes)}"
        kind = self.chance.choice(("client", "contact", "change"))
        if kind == "client" or not self.clients:
            return Write("client", self.owner, "POST", "/clients", client_form(label))
        client = self.chance.choice(self.clients)
        if kind == "contact":
            body = {"name": label, "email": f"{label}@client.example", "role": "viewer"}
            return Write("contact", self.owner, "POST", f"/clients/{client['id']}/contacts", body)
        return Write("change", self.owner, "PUT", f"/clients/{client['id']}", client_form(label),
                     f'"{client["version"]}"')

    def learn(self, write):
        """A client as it was last told."""
        told = write.answer.data
        if write.kind == "client":
            self.clients.append(told)
        elif write.kind == "change":
            self.clients = [told if one["id"] == told["id"] else one for one in self.clients]


def start_keepers(server, owner, label, chance):
    return start([Keeper(server.client(owner.headers), f"{label}-{number}", random.Random(chance.random()))
                  for number in range(WRITERS)])


def all_clients(client):
    """By id, page by page."""
    found, cursor = {}, ""
    while cursor is not None:
        page = client.get(f"/clients?limit=200{cursor and '&cursor=' + cursor}").data
        found.update((row["id"], row) for row in page["items"])
        cursor = page["next_cursor"]
    return found


class CrashHttp(CrashCase):
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
                writers = start_keepers(server, owner, f"k{turn}", chance)
                time.sleep(chance.uniform(0.05, 0.5))
                server.kill()
                of_round = join(writers)
                server.start()
                owner = server.client(owner.headers)
                counts = self.check_round(server, of_round, chance)
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
            writers = start_keepers(server, owner, "t", chance)
            time.sleep(0.3)
            server.stop()
            writes = join(writers)
            server.start()
            owner = server.client(owner.headers)
            told, unanswered, done = self.check_round(server, writes, chance)
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
