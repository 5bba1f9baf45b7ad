"""Guessing is slowed down, for each account and each address that it comes from, of which a trusted proxy tells:
test_guessing.py WAYMARK"""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Deal
from checked import CheckedServer
from server import COMPANY, OWNER, PASSWORD
from tap import run

WAYMARK = sys.argv[1]
HOME = "198.51.100.1"
FAILURES = 10
WINDOW_S = 15 * 60
SIGN_IN = {"company": COMPANY, "email": OWNER, "password": PASSWORD}


class Behind(CheckedServer):
    """All come by way of a proxy, which is the test itself; most from HOME."""

    def client(self, headers=None):
        return super().client({"X-Forwarded-For": HOME, **(headers or {})})


def setUpModule():
    global server, owner
    server = Behind(WAYMARK, "--proxies", "127.0.0.0/8")
    unittest.enterModuleContext(server)
    owner = server.sign_in()


class Guessing(unittest.TestCase):
    def slowed_down(self, answer):
        self.assertEqual((answer.status, answer.slug), (429, "rate-limited"), answer)
        self.assertIn(int(answer.headers["Retry-After"]), range(WINDOW_S - 60, WINDOW_S + 1))

    def fail(self, client, count, **wrong):
        for _ in range(count):
            answer = client.post("/session", {**SIGN_IN, **wrong})
            self.assertEqual((answer.status, answer.slug), (401, "unauthenticated"), answer)

    def test_an_account_is_guessed_at_ten_times_from_wherever(self):
        owner.made("/users", {"email": "sam@acme.example", "name": "Sam", "role": "sales", "password": PASSWORD})
        for i in range(FAILURES):
            self.fail(server.client({"X-Forwarded-For": f"203.0.113.{i}"}), 1, email="sam@acme.example",
                      password=f"guess {i}")
        fresh = server.client({"X-Forwarded-For": "203.0.113.99"})
        self.slowed_down(fresh.post("/session", {**SIGN_IN, "email": "sam@acme.example"}))
        self.assertEqual(fresh.post("/session", SIGN_IN).status, 201)

    def test_an_address_guesses_ten_times_at_whatever(self):
        guessing = server.client({"X-Forwarded-For": "203.0.113.101"})
        for i in range(FAILURES):
            self.fail(guessing, 1, email=f"user{i}@acme.example")
        self.slowed_down(guessing.post("/session", SIGN_IN))
        # What it says itself, before the proxy, does not help.
        guessing.headers["X-Forwarded-For"] = "203.0.113.102, 203.0.113.101"
        self.slowed_down(guessing.post("/session", SIGN_IN))
        self.assertEqual(server.client().post("/session", SIGN_IN).status, 201)

    def test_whoever_is_signed_in_goes_on(self):
        self.fail(server.client({"X-Forwarded-For": "203.0.113.103"}), FAILURES, company="nowhere")
        visitor = server.client({**owner.headers, "X-Forwarded-For": "203.0.113.103"})
        self.assertEqual(visitor.get("/company").status, 200)

    def test_links_are_asked_for_ten_times(self):
        asking = server.client({"X-Forwarded-For": "203.0.113.104"})
        for i in range(FAILURES):
            self.assertEqual(asking.post("/session/link", {"company": COMPANY, "email": f"c{i}@client.example"}).status,
                             202)
        self.slowed_down(asking.post("/session/link", {"company": COMPANY, "email": "c@client.example"}))

    def test_who_asks_for_links_guesses_at_no_password(self):
        office = server.client({"X-Forwarded-For": "203.0.113.105"})
        for i in range(FAILURES):
            office.post("/session/link", {"company": COMPANY, "email": f"d{i}@client.example"})
        self.assertEqual(office.post("/session", SIGN_IN).status, 201)

    def test_the_evidence_has_the_address_that_the_proxy_tells(self):
        deal = Deal(server, owner, ["100.00"])
        signatures = owner.get(f"/contracts/{deal.contract['id']}").data["signatures"]
        self.assertEqual([one["address"] for one in signatures], [HOME, HOME])


class Unproxied(unittest.TestCase):
    def test_without_a_proxy_nobody_chooses_an_address(self):
        with CheckedServer(WAYMARK) as alone:
            for i in range(FAILURES):
                guessing = alone.client({"X-Forwarded-For": f"203.0.113.{i}"})
                guessing.post("/session", {**SIGN_IN, "email": f"user{i}@acme.example"})
            self.assertEqual(alone.client({"X-Forwarded-For": "203.0.113.99"}).post("/session", SIGN_IN).slug,
                             "rate-limited")


if __name__ == "__main__":
    run()
