"""The way to a signed contract, by people of both sides: test_scope.py WAYMARK"""

import copy
import datetime
import hashlib
import itertools
import os
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CONSENT
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]
MAIL_LIMIT_S = 30
numbers = itertools.count(1)


def setUpModule():
    global server, owner
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()


def in_days(days):
    return (datetime.date.today() + datetime.timedelta(days)).isoformat()


def euro(amount):
    return {"amount": amount, "currency": "EUR"}


def milestone(code, price, due, after=()):
    return {"code": code, "title": f"Part {code}", "price": euro(price), "tax_category": "standard",
            "tax_rate_ppm": 190000, "due_day": in_days(due), "after": list(after), "criteria": ["R1.1"],
            "deliverables": [{"title": "report", "kind": "file"}]}


PLAN = {
    "currency": "EUR", "total": euro("145.05"), "summary": "In two parts",
    "milestones": [milestone("M1", "43.52", 10), milestone("M2", "101.53", 20, ["M1"])],
    "terms": {"payment_days": 30, "acceptance_days": 14, "acceptance_day_kind": "calendar", "silence": "none",
              "time_zone": "Europe/Berlin"},
}


class Way:
    """An engagement of a client of its own, and its approver."""

    def __init__(self):
        self.address = f"ada{next(numbers)}@client.example"
        self.client = owner.made("/clients", {"name": "Client", "country": "DE", "currency": "EUR",
                                              "time_zone": "Europe/Berlin"})
        self.contact = owner.made(f"/clients/{self.client['id']}/contacts",
                                  {"name": "Ada", "email": self.address, "role": "approver"})
        self.approver = server.enter_by_link(self.address)
        self.engagement = owner.made("/engagements", {"client_id": self.client["id"], "title": "Dashboard"})
        self.path = f"/engagements/{self.engagement['id']}"

    def confirm(self):
        owner.made(f"{self.path}/requirements", {"text": "It shows what it should", "priority": "must",
                                                 "criteria": [{"text": "shown and found right"}]})
        shown = self.approver.get(f"{self.path}/requirements/set").data
        return self.approver.made(f"{self.path}/requirements/confirm", {"set_hash": shown["set_hash"]})

    def draft(self, plan=None):
        self.proposal = owner.made(f"{self.path}/proposals", {"plan": plan or PLAN, "valid_until_day": in_days(30)})
        return f"/proposals/{self.proposal['id']}"

    def agree(self):
        self.confirm()
        proposal = self.draft()
        owner.made(f"{proposal}/send")
        return self.approver.made(f"{proposal}/accept")

    def send_contract(self, headers=None):
        if headers is None:
            self.contract = owner.made(f"{self.path}/contracts")
        signers = [{"side": "agency", "signer_id": owner.who["id"]},
                   {"side": "client", "signer_id": self.contact["id"], "role": "Head of everything"}]
        return owner.post(f"/contracts/{self.contract['id']}/send", {"signers": signers}, headers=headers)

    def sign(self, who):
        text = who.get(f"/contracts/{self.contract['id']}/text").data
        return who.post(f"/contracts/{self.contract['id']}/sign",
                        {"document_hash": text["document_hash"], "consent": CONSENT})

    def mails(self, text):
        """How many mails to the approver hold the text, once one does."""
        end = time.monotonic() + MAIL_LIMIT_S
        while not (found := [mail for mail in server.mail_to(self.address) if text in mail]):
            assert time.monotonic() < end, f"no mail says {text}"
            time.sleep(0.05)
        return len(found)


class Scope(unittest.TestCase):
    def refused(self, answer, status, slug, field):
        self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field), answer.body)

    def test_two_sides_come_from_the_first_requirement_to_a_signed_contract(self):
        way = Way()
        self.assertEqual(way.confirm()["requirement_count"], 1)
        proposal = way.draft()
        self.assertEqual(way.approver.get(proposal).status, 404)
        owner.made(f"{proposal}/send")
        self.assertEqual(way.mails(proposal), 1)
        self.assertEqual(way.approver.made(f"{proposal}/view")["state"], "viewed")
        self.assertEqual(way.approver.made(f"{proposal}/accept")["state"], "accepted")
        sent = way.send_contract().data
        contract = f"/contracts/{sent['id']}"
        self.assertRegex(sent["number"], r"^C-\d{4}-\d{4,}$")
        text = way.approver.get(f"{contract}/text").data
        self.assertEqual(hashlib.sha256(text["document"].encode()).hexdigest(), text["document_hash"])
        self.refused(way.sign(way.approver), 409, "wrong-state", "sequence")
        self.assertEqual(way.sign(owner).data["state"], "partly_signed")
        self.assertEqual(way.mails(text["document_hash"]), 1)
        self.assertEqual(way.sign(way.approver).data["state"], "active")
        self.assertEqual(owner.get(way.path).data["state"], "active")
        milestones = way.approver.get(f"{way.path}/milestones").data["items"]
        self.assertEqual([(one["state"], one["price"]) for one in milestones],
                         [("ready", euro("43.52")), ("planned", euro("101.53"))])
        signatures = way.approver.get(contract).data["signatures"]
        self.assertEqual([one["method"] for one in signatures], ["password", "email_link"])
        self.assertEqual({one["address"] for one in signatures}, {"127.0.0.1"})
        papers = [way.approver.get(f"{contract}/{paper}").body for paper in ("document", "document/signed")]
        self.assertTrue(all(paper.startswith(b"%PDF-") for paper in papers))
        self.assertNotEqual(*papers)

    def test_a_plan_that_does_not_hold_together_is_refused_by_the_place(self):
        way = Way()
        way.confirm()
        proposal = way.draft()
        spoilt = {"plan/total": ("sum-mismatch", lambda plan: plan.update(total=euro("145.06"))),
                  "plan/milestones/1/criteria/0":
                      ("invalid", lambda plan: plan["milestones"][1].update(criteria=["R9.9"]))}
        for field, (slug, spoil) in spoilt.items():
            plan = copy.deepcopy(PLAN)
            spoil(plan)
            form = {"plan": plan, "valid_until_day": in_days(30)}
            self.refused(owner.put(proposal, form), 428, "precondition-required", "If-Match")
            version = {"If-Match": owner.get(proposal).etag}
            self.assertEqual(owner.put(proposal, form, headers=version).status, 200)
            self.refused(owner.put(proposal, form, headers=version), 412, "stale", "If-Match")
            self.refused(owner.post(f"{proposal}/send"), 422, slug, field)
        before = owner.get(proposal)
        plan = copy.deepcopy(PLAN)
        plan["milestones"][0].update(after=["M2"])
        form = {"plan": plan, "valid_until_day": in_days(30)}
        self.refused(owner.put(proposal, form, headers={"If-Match": before.etag}), 422, "cycle", "plan/milestones")
        self.assertEqual(owner.get(proposal).data, before.data)
        self.assertEqual(before.data["state"], "draft")

    def test_a_form_names_what_is_wrong_in_it(self):
        way = Way()
        wrong = {"plan/milestones/0/price": lambda form: form["plan"]["milestones"][0].update(
                     price={"amount": "1.00", "currency": "USD"}),
                 "plan/milestones/1/due_day": lambda form: form["plan"]["milestones"][1].update(due_day="2016-02-30"),
                 "plan/terms/silence": lambda form: form["plan"]["terms"].update(silence="golden"),
                 "plan/terms/time_zone": lambda form: form["plan"]["terms"].update(time_zone="Europe/Nowhere"),
                 "valid_until_day": lambda form: form.pop("valid_until_day"),
                 "discount": lambda form: form.update(discount=1)}
        for field, spoil in wrong.items():
            form = {"plan": copy.deepcopy(PLAN), "valid_until_day": in_days(30)}
            spoil(form)
            self.refused(owner.post(f"{way.path}/proposals", form), 422, "invalid", field)
        self.assertEqual(owner.get(f"{way.path}/proposals").data["items"], [])

    def test_sending_twice_with_one_key_sends_once(self):
        way = Way()
        way.agree()
        way.contract = owner.made(f"{way.path}/contracts")
        key = {"Idempotency-Key": f"send-{way.contract['id']}"}
        first, second = way.send_contract(key), way.send_contract(key)
        self.assertEqual((first.status, first.body, first.etag), (second.status, second.body, second.etag))
        self.assertEqual(first.status, 200)
        way.sign(owner)
        self.assertEqual(way.mails("waits for your signature"), 1)

    def test_what_was_sent_can_be_compared_with_what_came_before(self):
        way = Way()
        way.confirm()
        proposal = way.draft()
        owner.made(f"{proposal}/send")
        way.approver.made(f"{proposal}/request-change", {"reason": "A little later, please"})
        draft = owner.post(f"{proposal}/revise")
        later = f"/proposals/{draft.data['id']}"
        plan = copy.deepcopy(PLAN)
        plan["milestones"][1]["due_day"] = in_days(29)
        owner.put(later, {"plan": plan, "valid_until_day": in_days(30)}, headers={"If-Match": draft.etag})
        owner.made(f"{later}/send")
        difference = way.approver.get(f"{later}/difference").data
        self.assertEqual(difference["difference"], euro("0.00"))
        self.assertEqual(difference["changes"], [{"milestone": "M2", "field": "due_day", "from": in_days(20),
                                                  "to": in_days(29), "difference": "+9 days"}])
        self.assertEqual(owner.get(proposal).data["state"], "superseded")

    def test_another_clients_people_find_nothing(self):
        way, other = Way(), Way()
        way.agree()
        way.send_contract()
        proposal, contract = f"/proposals/{way.proposal['id']}", f"/contracts/{way.contract['id']}"
        requirement = owner.get(f"{way.path}/requirements").data["items"][0]
        for path in (way.path, f"{way.path}/requirements", f"{way.path}/requirements/set",
                     f"{way.path}/requirements/confirmations", f"/requirements/{requirement['id']}",
                     f"{way.path}/proposals", proposal, f"{proposal}/difference", f"{way.path}/contracts", contract,
                     f"{contract}/text", f"{contract}/document"):
            self.assertEqual(other.approver.get(path).status, 404, path)
        for path, form in ((f"{proposal}/view", None), (f"{proposal}/accept", None),
                           (f"{proposal}/decline", {"reason": "No"}), (f"{contract}/decline", {"reason": "No"}),
                           (f"{way.path}/requirements/confirm", {"set_hash": "0" * 64}),
                           (f"{contract}/sign", {"document_hash": "0" * 64, "consent": CONSENT})):
            self.assertEqual(other.approver.post(path, form).status, 404, path)
        self.assertEqual([one["id"] for one in other.approver.get("/engagements").data["items"]],
                         [other.engagement["id"]])

    def test_staff_that_may_not_decide_cannot(self):
        way = Way()
        way.confirm()
        proposal = way.draft()
        owner.made(f"{proposal}/send")
        for path in (f"{proposal}/accept", f"{proposal}/view"):
            answer = owner.post(path)
            self.assertEqual((answer.status, answer.slug), (403, "forbidden"), path)
        recorded = owner.post(f"{proposal}/record-acceptance", {"proof": "Letter of today"})
        self.assertEqual((recorded.data["state"], recorded.data["proof"]), ("accepted", "Letter of today"))
        self.assertEqual(way.mails("Letter of today"), 1)


if __name__ == "__main__":
    run()
