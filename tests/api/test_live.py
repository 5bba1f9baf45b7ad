"""Being told of what changed, as it happens: test_live.py WAYMARK"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import unittest
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Books, Deal, today
from checked import CheckedServer
from server import ENVIRONMENT
from tap import run

WAYMARK = sys.argv[1]
PER_PERSON = 12
HEARTBEAT_S = 15
IS_SQLITE = os.environ["WAYMARK_TEST_DATABASE"] == "sqlite"


def setUpModule():
    global server, owner, deal, others
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    Books(server, owner)
    deal = Deal(server, owner, ["100.00"])
    others = Deal(server, owner, ["200.00"])


class Stream:
    """GET /live as a browser's EventSource would have it."""

    def __init__(self, person, query="", last=None, port=None):
        self.socket = socket.create_connection(("127.0.0.1", port or server.port), timeout=30)
        names = ("Cookie", "Authorization")
        sent = "".join(f"{name}: {person.headers[name]}\r\n" for name in names if name in person.headers)
        sent += f"Last-Event-ID: {last}\r\n" if last is not None else ""
        self.socket.sendall(f"GET /api/v1/live{query} HTTP/1.1\r\nHost: a\r\n{sent}\r\n".encode())
        self.buffer = b""
        head, *_ = self.until(b"\r\n\r\n").decode().split("\r\n\r\n")
        self.status = int(head.split(" ")[1])
        self.head = head.lower()
        self.last_id = None
        if self.status == 200:
            self.start = self.block()

    def until(self, mark):
        while mark not in self.buffer:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError(self.buffer)
            self.buffer += data
        found, self.buffer = self.buffer.split(mark, 1)
        return found

    def block(self):
        fields = {}
        for line in self.until(b"\n\n").decode().split("\n"):
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        self.last_id = fields.get("id", self.last_id)
        return fields

    def event(self):
        """The data of the next event; comments and positions are passed over."""
        while "data" not in (fields := self.block()):
            pass
        event = json.loads(fields["data"])
        assert fields["id"] == str(event["position"]), fields
        return event

    def until_event(self, kind):
        while (event := self.event())["kind"] != kind:
            pass
        return event

    def is_over(self, within):
        self.socket.settimeout(within)
        try:
            while self.socket.recv(65536):
                pass
            return True
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def metric(name):
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
        return int(re.search(rf"^{name} (\d+)$", answer.read().decode(), re.MULTILINE)[1])


def say(who, place, text="Hello"):
    requirement = owner.get(f"{place.path}/requirements").data["items"][0]
    return who.made(f"{place.path}/comments", {"subject_kind": "requirement", "subject_id": requirement["id"],
                                               "text": text})


class Changes(unittest.TestCase):
    def all_of(self, who, limit=7):
        found, after, more = [], -1, True
        while more:
            page = who.get(f"/changes?after={after}&limit={limit}").data
            self.assertLessEqual(len(page["items"]), limit)
            self.assertGreaterEqual(page["position"], after)
            found += page["items"]
            after, more = page["position"], page["has_more"]
        return found

    def test_without_a_position_only_the_present_one_is_told(self):
        now = owner.get("/changes").data
        self.assertEqual((now["items"], now["has_more"]), ([], False))
        made = say(owner, deal)
        page = owner.get(f"/changes?after={now['position']}").data
        self.assertEqual([(one["kind"], one["subject_kind"], one["subject_id"], one["engagement_id"])
                          for one in page["items"]],
                         [("comment.added", "comment", made["id"], deal.engagement["id"])])
        self.assertEqual(page["position"], now["position"] + 1)

    def test_the_agency_is_told_of_every_leaf_once_and_in_order(self):
        found = self.all_of(owner)
        positions = [one["position"] for one in found]
        self.assertEqual(positions, list(range(len(positions))))
        leaves = owner.get("/evidence/leaves?limit=200").data["items"]
        for leaf, one in zip(leaves, found):
            self.assertEqual((leaf["event"], leaf["subject_id"], leaf["at"]), (one["kind"], one["subject_id"], one["at"]))

    def test_a_contact_is_told_of_its_own_clients_changes_alone(self):
        found = self.all_of(deal.approver)
        self.assertEqual({one["engagement_id"] for one in found} - {None}, {deal.engagement["id"]})
        kinds = {one["kind"] for one in found}
        self.assertLessEqual({"proposal.accepted", "contract.signed", "requirements.confirmed"}, kinds)
        self.assertFalse(kinds & {"user.created", "session.opened", "login_link.sent"}, kinds)
        foreign = {one["subject_id"] for one in self.all_of(others.approver) if one["kind"] != "company.created"}
        self.assertEqual({one["subject_id"] for one in found} & foreign, set())

    def test_a_contact_is_not_told_of_drafts_nor_of_the_agencys_own_work(self):
        before = owner.get("/changes").data["position"]
        task = owner.made(f"/milestones/{deal.milestones[0]['id']}/tasks", {
            "title": "Inside", "estimate_minutes": 60, "planned_start_day": today(), "planned_due_day": today()})
        told = owner.get(f"/changes?after={before}").data["items"]
        self.assertEqual([one["subject_id"] for one in told], [task["id"]])
        page = deal.approver.get(f"/changes?after={before}").data
        self.assertEqual((page["items"], page["has_more"]), ([], False))
        self.assertGreater(page["position"], before)

    def test_positions_that_there_are_not_are_refused(self):
        last = owner.get("/changes").data["position"]
        for path in ("/changes", "/live"):
            for after, slug in ((last + 100, "out-of-range"), (-2, "out-of-range"), ("x", "invalid")):
                answer = owner.get(f"{path}?after={after}")
                self.assertEqual((answer.status, answer.slug, answer.data["field"]), (422, slug, "after"), answer)
        answer = owner.get("/changes?limit=201")
        self.assertEqual((answer.status, answer.slug), (422, "out-of-range"))

    def test_nobody_is_told_nothing(self):
        for path in ("/changes", "/live"):
            self.assertEqual(server.client().get(path).slug, "unauthenticated")


class Live(unittest.TestCase):
    def test_from_the_position_of_the_session_nothing_is_missed(self):
        for person, other in ((owner, deal.approver), (deal.approver, owner)):
            position = person.get("/session").data["position"]
            self.assertEqual(position, owner.get("/changes").data["position"])
            made = say(other, deal)
            with Stream(person, f"?after={position}") as stream:
                self.assertEqual(stream.event()["subject_id"], made["id"])

    def test_a_page_is_told_of_a_change_soon_after_it(self):
        with Stream(owner) as stream:
            self.assertIn("content-type: text/event-stream", stream.head)
            self.assertIn("cache-control: no-store", stream.head)
            self.assertEqual(int(stream.last_id), owner.get("/changes").data["position"])
            start = time.monotonic()
            made = say(deal.approver, deal)
            event = stream.event()
            self.assertLess(time.monotonic() - start, 5)
            self.assertEqual(set(event), {"position", "kind", "subject_kind", "subject_id", "engagement_id", "at"})
            self.assertEqual((event["kind"], event["subject_id"]), ("comment.added", made["id"]))

    def test_a_page_that_comes_back_misses_nothing_and_hears_nothing_twice(self):
        with Stream(owner) as stream:
            say(owner, deal, "one")
            known = stream.event()["position"]
        missed = [say(owner, deal, text)["id"] for text in ("two", "three")]
        with Stream(owner, last=known) as stream:
            self.assertEqual([stream.event()["subject_id"] for _ in missed], missed)
        with Stream(owner, query=f"?after={known}") as stream:
            self.assertEqual([stream.event()["subject_id"] for _ in missed], missed)
        with Stream(owner, query="?after=0", last=known) as stream:
            self.assertEqual(stream.event()["subject_id"], missed[0])
        with Stream(owner, last=10 ** 9) as stream:  # the log was restored from a backup
            self.assertEqual(int(stream.last_id), owner.get("/changes").data["position"])
        for wrong in ("x", "-2", "1.5"):
            with Stream(owner, last=wrong) as stream:
                self.assertEqual(stream.status, 422)

    def test_a_stranger_hears_nothing_of_another_client(self):
        with Stream(others.approver) as stranger, Stream(deal.approver) as own:
            first = say(owner, deal, "not yours")
            second = say(owner, others, "yours")
            self.assertEqual(own.event()["subject_id"], first["id"])
            self.assertEqual(stranger.event()["subject_id"], second["id"])

    def test_a_token_listens_too(self):
        made = self.token()
        with Stream(server.client({"Authorization": f"Bearer {made['secret']}"})) as stream:
            said = say(owner, deal)
            self.assertEqual(stream.until_event("comment.added")["subject_id"], said["id"])
            owner.made(f"/tokens/{made['id']}/revoke")
            self.assertTrue(stream.is_over(5))

    def token(self):
        end = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + 86400))
        return owner.made("/tokens", {"name": "program", "scopes": ["read"], "expires_at": end})

    def test_a_stream_ends_with_its_session(self):
        payer = deal.enter("payer")
        with Stream(payer) as stream:
            self.assertEqual(payer.ask("DELETE", "/session").status, 204)
            self.assertTrue(stream.is_over(5))
        with Stream(payer) as stream:
            self.assertEqual(stream.status, 401)

    def test_a_stream_ends_when_its_person_is_shut_out(self):
        payer = deal.enter("payer")
        with Stream(payer) as stream:
            owner.made(f"/contacts/{deal.contacts['payer']['id']}/disable")
            self.assertTrue(stream.is_over(5))
        owner.made(f"/contacts/{deal.contacts['payer']['id']}/enable")

    def test_one_person_has_so_many_streams_and_no_more(self):
        payer = others.enter("payer")
        streams = [Stream(payer) for _ in range(PER_PERSON)]
        self.assertEqual({stream.status for stream in streams}, {200})
        self.assertGreaterEqual(metric("waymark_live_streams"), PER_PERSON)
        refused = metric("waymark_live_refused_total")
        with Stream(payer) as one_more:
            self.assertEqual(one_more.status, 429)
            self.assertIn("retry-after: ", one_more.head)
        self.assertEqual(metric("waymark_live_refused_total"), refused + 1)
        with Stream(others.approver) as somebody_else:
            self.assertEqual(somebody_else.status, 200)
        for stream in streams:
            stream.close()
        end = time.monotonic() + 10
        while (stream := Stream(payer)).status != 200 and time.monotonic() < end:
            stream.close()
            time.sleep(0.1)
        self.assertEqual(stream.status, 200)
        stream.close()

    def test_a_slow_reader_holds_up_nobody(self):
        with Stream(owner, query="?after=-1") as slow, Stream(owner) as quick:
            for i in range(30):
                made = say(owner, deal, f"number {i}")
            while quick.event()["subject_id"] != made["id"]:
                pass
            self.assertEqual(slow.status, 200)

    def test_something_is_heard_while_nothing_happens(self):
        with Stream(owner) as stream:
            stream.socket.settimeout(HEARTBEAT_S + 10)
            start = time.monotonic()
            fields = stream.block()
            while "data" in fields:
                start, fields = time.monotonic(), stream.block()
            self.assertIn("id", fields)
            self.assertGreater(time.monotonic() - start, HEARTBEAT_S - 2)

    @unittest.skipIf(IS_SQLITE, "one process has an SQLite database to itself")
    def test_what_another_server_wrote_is_told_of(self):
        second = subprocess.Popen([server.program, "serve", *server.settings()], env=ENVIRONMENT,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            while not (found := re.search(r'"listening".*?127\.0\.0\.1:(\d+)', second.stderr.readline())):
                pass
            with Stream(owner, port=int(found[1])) as stream:
                made = say(owner, deal)
                self.assertEqual(stream.until_event("comment.added")["subject_id"], made["id"])
        finally:
            second.terminate()
            second.communicate(timeout=40)
        self.assertEqual(second.returncode, 0)


class Stopping(unittest.TestCase):
    def test_a_stop_ends_all_streams_at_once(self):
        with CheckedServer(WAYMARK) as other:
            who = other.sign_in()
            streams = [Stream(who, port=other.port) for _ in range(5)]
            start = time.monotonic()
            other.stop()
            self.assertLess(time.monotonic() - start, 10)
            for stream in streams:
                self.assertTrue(stream.is_over(1))
                stream.close()


run()
