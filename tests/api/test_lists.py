"""Every list of the API: its pages, one item each, are its whole, in every order that its description names and in no
other, and its filters keep what they say: test_lists.py WAYMARK PRINT_ROUTES"""

import datetime
import json
import os
import re
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Deal
from checked import Contract
from server import PASSWORD
from tap import run
from timed import TimedServer
from world import CRITERION, PLAN, World, day, usd

WAYMARK, PRINT_ROUTES = sys.argv[1:3]
PAGED = {"cursor", "limit", "sort"}
LIMIT_S = 60


class ByProgress(Deal):
    """Of which progress is claimed twice: two approve the first, one rejects the second."""

    def __init__(self, server, owner):
        super().__init__(server, owner, ["100.00"], approvers_needed=2)
        self.contacts["second"] = owner.made(f"/clients/{self.client['id']}/contacts", {
            "name": "second", "email": "second@progress.example", "role": "approver"})
        second = self.enter("second")
        self.start(1)
        self.milestone_id = self.milestones[0]["id"]
        first = self.claim(300000)
        self.claim_id = first["id"]
        for approver in (self.approver, second):
            approver.made(f"/progress-claims/{self.claim_id}/accept", {"reason": "So it is"})
        second.made(f"/progress-claims/{self.claim(500000)['id']}/reject", {"reason": "Not yet"})

    def claim(self, percent_ppm):
        return self.owner.made(f"/milestones/{self.milestone_id}/progress-claims", {"percent_ppm": percent_ppm})

    def plan(self):
        plan = super().plan()
        plan["milestones"][0]["pricing"] = "progress"
        return plan


class Busy(World):
    """With two items in most lists, and one at least in each."""

    def __init__(self, server):
        routes = json.loads(subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout)
        super().__init__(server, {route["operation"] for route in routes})
        self.meet_stranger()
        self.token("read")
        self.token("read", "write")
        self.owner.made("/engagements", {"client_id": self.client["id"], "title": "Another"})
        self.owner.made("/webhooks", {"url": "http://127.0.0.1:9/other", "events": ["invoice.issued"]})
        self.owner.made(f"{self.path}/files?name=a.txt", raw=b"a", kind="text/plain")
        self.submit_again()
        self.owner.made(f"{self.path}/comments", {"subject_kind": "milestone", "subject_id": self.milestone_id,
                                                  "text": "Again"})
        self.owner.made("/payments", {"client_id": self.client["id"], "amount": usd("70.00"), "received_day": day(-1)})
        self.refund_twice()
        self.credit()
        self.progress = ByProgress(server, self.owner)
        self.wait()

    def wait(self):
        """Until what the client owes is late, over any weekend; sessions have ended by then."""
        self.server.set(self.server.now + datetime.timedelta(4))
        self.owner = self.server.sign_in()
        end = time.monotonic() + LIMIT_S
        while not self.owner.get(f"{self.path}/obligation-slips").data["items"]:
            assert time.monotonic() < end, self.server.read_log()[-2000:]
            time.sleep(0.1)

    def engage(self):
        """With a second requirement, that comes after the first is confirmed."""
        made = super().engage()
        self.owner.made(f"{self.path}/requirements", {"code": "R2", "text": "It is fast", "priority": "should",
                                                      "criteria": [{"code": "R2.1", "text": "Measured"}]})
        known = self.people["approver"].get(f"{self.path}/requirements/set").data
        self.people["approver"].made(f"{self.path}/requirements/confirm", {"set_hash": known["set_hash"]})
        return made

    def offer(self, plan, valid_until_day):
        """The second milestone costs more than one may accept alone."""
        terms = {**plan["terms"], "one_approver_limit": {"amount": usd("150.00")}}
        return super().offer({**plan, "terms": terms}, valid_until_day)

    def propose(self):
        """The second revision is accepted."""
        self.offer({**PLAN, "summary": "A first try"}, day(30))
        super().propose()

    def contract(self):
        """The first is declined, and another agreed to."""
        first = self.owner.made(f"{self.path}/contracts")
        path = f"/contracts/{first['id']}"
        self.owner.made(f"{path}/send", {"signers": [{"side": side, "signer_id": self.people[who].who["id"]}
                                                     for side, who in (("agency", "owner"), ("client", "approver"))]})
        self.people["approver"].made(f"{path}/decline", {"reason": "Not like this"})
        super().propose()
        super().contract()

    def submit_again(self):
        """The second milestone, handed over three times, and approved by one of two."""
        self.invite(self.client, "approver", "second.approver@gsa.example")
        second = self.owner.get(f"{self.path}/milestones").data["items"][1]
        self.milestone_id = second["id"]
        for step in ("start", "rework", "rework"):
            self.owner.made(f"/milestones/{second['id']}/{step}")
            submission = self.owner.made(f"/milestones/{second['id']}/submissions", {
                "deliverables": [{"title": "report", "kind": "file", "file_id":
                                  self.owner.get(f"{self.path}/files").data["items"][0]["id"]}]})
            self.submission_id = submission["id"]
            if submission["round"] == 3:
                self.people["approver"].made(f"/submissions/{submission['id']}/accept",
                                             {"decisions": [{"criterion": CRITERION, "met": True}]})
                return
            decision = {"decisions": [{"criterion": CRITERION, "met": False, "severity": "major"}],
                        "reason_code": "defect", "reason": "Not yet"}
            self.people["approver"].made(f"/submissions/{submission['id']}/reject", decision)

    def credit(self):
        """A second invoice, which is a credit note, and a second allocation."""
        invoice = self.owner.get("/invoices").data["items"][0]
        self.owner.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "All of it was wrong"})
        self.owner.made(f"/milestones/{invoice['milestone_id']}/invoice")
        payment = next(one for one in self.owner.get("/payments").data["items"] if one["amount"] == usd("70.00"))
        self.owner.made(f"/payments/{payment['id']}/allocate")

    def refund_twice(self):
        payment = next(one for one in self.owner.get("/payments").data["items"] if one["amount"] == usd("70.00"))
        for amount in ("10.00", "20.00"):
            self.owner.made("/refunds", {"payment_id": payment["id"], "amount": usd(amount), "reason": "too much"})


def setUpModule():
    global busy, contract, lists
    server = TimedServer(WAYMARK, datetime.datetime.now(datetime.timezone.utc))
    unittest.enterModuleContext(server)
    busy = Busy(server)
    contract = Contract()
    lists = [(path, operation) for path, item in contract.tree["paths"].items() if "get" in item
             for operation in [item["get"]]
             if PAGED <= {contract.resolve(one)["name"] for one in operation.get("parameters", [])}]


def address_of(path):
    known = {"engagement_id": busy.engagement["id"], "client_id": busy.client["id"],
             "milestone_id": (busy.progress if path.endswith("/progress-claims") else busy).milestone_id,
             "submission_id": getattr(busy, "submission_id", ""), "progress_claim_id": busy.progress.claim_id}
    return re.sub(r"\{(\w+)\}", lambda name: known[name[1]], path)


def flat(item):
    """What is listed with all that belongs to it is found by itself."""
    return item["engagement"] if isinstance(item.get("engagement"), dict) else item


def all_items(path, limit=200, **query):
    found, cursor = [], None
    while True:
        asked = {**query, "limit": limit, **({"cursor": cursor} if cursor else {})}
        page = busy.owner.get(f"{path}?{urllib.parse.urlencode(asked)}").data
        assert len(page["items"]) <= limit
        found += [flat(one) for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def in_order(value):
    """What amounts and the rest compare by."""
    return float(value["amount"]) if isinstance(value, dict) else value


def key_of(items):
    """Leaves of the log have no id."""
    return "id" if "id" in items[0] else "position"


class Lists(unittest.TestCase):
    def each(self):
        for path, operation in lists:
            address = address_of(path)
            yield address, operation, all_items(address)

    def test_no_list_is_empty_here(self):
        self.assertGreater(len(lists), 15)
        self.assertEqual([operation["operationId"] for _, operation, items in self.each() if not items], [])

    def test_pages_of_one_item_are_the_whole(self):
        for address, _, items in self.each():
            self.assertEqual(all_items(address, limit=1 if len(items) < 20 else 7), items)
            ids = [one[key_of(items)] for one in items]
            self.assertEqual(len(set(ids)), len(ids))

    def test_lists_are_sorted_by_what_their_description_names_and_nothing_else(self):
        for address, operation, items in self.each():
            named = {name for name in re.findall(r"`(\w+)`", " ".join(re.findall(
                r"[^.]*\b[Ss]orted by[^.]*", operation["description"])))} | {key_of(items)}
            for name in sorted({name for one in items for name in one} | named):
                member = name.removesuffix("_minor")
                answer = busy.owner.get(f"{address}?sort={name}")
                if name not in named:
                    self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (422, "invalid", "sort"),
                                     name)
                    continue
                self.assertEqual(answer.status, 200, (name, answer))
                rising = all_items(address, limit=1 if len(items) < 20 else 7, sort=name)
                values = [in_order(one[member]) for one in rising if one.get(member) is not None]
                self.assertEqual(values, sorted(values), name)
                key = key_of(items)
                self.assertCountEqual([one[key] for one in rising], [one[key] for one in items])
                falling = all_items(address, limit=1 if len(items) < 20 else 7, sort=f"-{name}")
                self.assertEqual(falling, rising[::-1], name)

    def test_filters_keep_what_they_say(self):
        for address, operation, items in self.each():
            names = {contract.resolve(one)["name"] for one in operation["parameters"]
                     if contract.resolve(one)["in"] == "query"} - PAGED
            for name in names & {name for one in items for name in one}:
                for value in {one[name] for one in items if isinstance(one[name], str)}:
                    kept = all_items(address, **{name: value})
                    self.assertEqual(kept, [one for one in items if one[name] == value], (name, value))


if __name__ == "__main__":
    run()
