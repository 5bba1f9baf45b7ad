"""What the hour decides, with a clock that the test sets: days end where the contract says, sessions and links where
they must, numbers begin anew, and webhooks are tried again: test_time.py WAYMARK"""

import datetime
import json
import os
import sys
import time
import unittest
import zoneinfo

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Deal, money
from server import COMPANY, OWNER
from servers.receivers import webhook_receiver
from tap import run
from timed import TimedServer, text

WAYMARK = sys.argv[1]
START = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(1)).replace(
    hour=10, minute=0, second=0, microsecond=0)
MS = datetime.timedelta(milliseconds=1)
LOOKS_S = 1.3  # longer than it takes to look twice for what is due
LIMIT_S = 60
NOTICE = "Without an answer in time the work is deemed accepted."
MINUTE, HOUR = 60, 60 * 60
WAITS_S = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)


def soon(condition):
    """What it says once that is true."""
    end = time.monotonic() + LIMIT_S
    while not (found := condition()):
        assert time.monotonic() < end, server.read_log()[-2000:]
        time.sleep(0.05)
    return found


def midnight(day, zone):
    """The first moment of a day there."""
    return datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(zone)).astimezone(datetime.timezone.utc)


def day_of(value):
    return datetime.date.fromisoformat(value)


class Timed(unittest.TestCase):
    """Each with a server of its own, as time does not go back."""

    def setUp(self):
        global server
        server = TimedServer(WAYMARK, START, "--webhooks-to-private-addresses", "true")
        self.enterContext(server)
        self.owner = server.sign_in()

    def tearDown(self):
        server.run("verify")

    def set(self, moment):
        """What falls due then is done. Sessions may have ended."""
        server.set(moment)
        time.sleep(LOOKS_S)
        self.owner = server.sign_in()

    def refused(self, answer, status, slug, field=None):
        self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field), answer)


class Days(Timed):
    def deal(self, **terms):
        return Deal(server, self.owner, ["100.00"] * 2, **terms)

    def go_on(self, deal, moment):
        self.set(moment)
        deal.owner = self.owner

    def events(self, event):
        return self.owner.get(f"/evidence/leaves?event={event}").data["items"]

    def test_a_proposal_expires_when_its_day_ends_where_the_work_is(self):
        zone = "America/Los_Angeles"
        deal = self.deal()
        engagement = self.owner.made("/engagements", {"client_id": deal.client["id"], "title": "More",
                                                      "time_zone": zone})
        path = f"/engagements/{engagement['id']}"
        self.owner.made(f"{path}/requirements", {
            "code": "R1", "text": "It works", "priority": "must", "criteria": [{"code": CRITERION, "text": "Shown"}]})
        known = deal.approver.get(f"{path}/requirements/set").data
        deal.approver.made(f"{path}/requirements/confirm", {"set_hash": known["set_hash"]})
        last_day = START.date() + datetime.timedelta(3)
        offer = {"plan": deal.plan(), "valid_until_day": last_day.isoformat()}
        sent = self.owner.made(f"{path}/proposals", offer)
        self.owner.made(f"/proposals/{sent['id']}/send")

        end = midnight(last_day + datetime.timedelta(1), zone)
        self.go_on(deal, end - MS)
        self.assertEqual(self.owner.get(f"/proposals/{sent['id']}").data["state"], "sent")
        self.go_on(deal, end)
        expired = self.owner.get(f"/proposals/{sent['id']}").data
        self.assertEqual((expired["state"], expired["decided_at"]), ("expired", text(end)))
        approver = deal.enter("approver")
        self.refused(approver.post(f"/proposals/{sent['id']}/accept"), 409, "wrong-state", "state")
        late = self.owner.made(f"{path}/proposals", offer)
        self.refused(self.owner.post(f"/proposals/{late['id']}/send"), 422, "invalid", "valid_until_day")

    def test_silence_is_acceptance_when_the_last_day_ends_where_the_contract_says(self):
        zone = "Asia/Tokyo"
        deal = self.deal(silence="deemed", notice_text=NOTICE, time_zone=zone, acceptance_days=5,
                         reminders=[{"days_before": 2}])
        submission = deal.submit(1)
        last_day = START.date() + datetime.timedelta(5)
        end = midnight(last_day + datetime.timedelta(1), zone)
        self.assertEqual(submission["deadline_at"], text(end - MS))

        address = deal.contacts["approver"]["email"]
        mails = len(server.mail_to(address))
        reminder = midnight(last_day - datetime.timedelta(2), zone) + datetime.timedelta(hours=9)
        self.go_on(deal, reminder - MS)
        self.assertEqual(self.events("submission.reminded"), [])
        self.go_on(deal, reminder)
        soon(lambda: len(server.mail_to(address)) > mails)
        self.assertIn(NOTICE, " ".join(server.mail_to(address)[-1].split()))
        self.assertEqual(len(self.events("submission.reminded")), 1)

        self.go_on(deal, end - MS)
        self.assertEqual(deal.billing(1), "unbilled")
        self.go_on(deal, end)
        decided = self.owner.get(f"/submissions/{submission['id']}").data
        self.assertEqual((decided["state"], decided["decided_at"]), ("deemed_accepted", text(end - MS)))
        self.assertEqual(deal.billing(1), "invoiced")
        self.refused(deal.enter("approver").post(f"/submissions/{submission['id']}/accept", {
            "decisions": [{"criterion": CRITERION, "met": True}]}), 409, "wrong-state", "state")

    def test_the_client_objects_to_silence_as_long_as_the_contract_says_and_the_invoice_rests(self):
        zone = "America/New_York"
        deal = self.deal(silence="deemed", notice_text=NOTICE, time_zone=zone, acceptance_days=5, objection_days=3,
                         payment_days=5)
        submission = deal.submit(1)
        path = f"/submissions/{submission['id']}"
        deemed_day = START.date() + datetime.timedelta(5)
        end = midnight(deemed_day + datetime.timedelta(4), zone)
        self.go_on(deal, midnight(deemed_day + datetime.timedelta(1), zone))
        self.assertEqual(self.owner.get(path).data["objection_until_at"], text(end - MS))
        reason = {"reason": "The footer is missing"}
        self.refused(self.owner.post(f"{path}/disputes", reason), 403, "forbidden")
        dispute = deal.enter("approver").made(f"{path}/disputes", reason)
        self.assertEqual((dispute["kind"], dispute["credit"]), ("objection", None))

        self.go_on(deal, end + datetime.timedelta(20))
        self.assertEqual(self.events("invoice.overdue"), [])
        turns = self.owner.get(f"/turns?engagement_id={dispute['engagement_id']}").data["items"]
        self.assertIn("settle_dispute", [turn["kind"] for turn in turns])
        self.assertNotIn("pay_invoice", [turn["kind"] for turn in turns])
        settle = f"/disputes/{dispute['id']}/resolve"
        self.refused(self.owner.post(settle, {"note": "All of it", "credit": money("100.01")}), 422, "out-of-range",
                     "credit")
        self.refused(self.owner.post(settle, {"note": "Some", "credit": {"amount": "10", "currency": "JPY"}}), 422,
                     "invalid", "currency")
        self.owner.made(settle, {"note": "A tenth", "credit": money("10.00")})
        approver = deal.enter("approver")
        settled = approver.made(settle, {"note": "Well", "credit": money("10.00")})
        self.assertEqual((settled["state"], settled["credit"]), ("resolved", money("10.00")))
        note = approver.get(f"/invoices/{settled['credit_note_id']}").data
        self.assertEqual((note["kind"], note["net"]), ("credit_note", money("10.00")))
        self.assertIsNone(approver.get(f"/invoices/{note['credited_invoice_id']}").data["disputed_at"])
        soon(lambda: len(self.events("invoice.overdue")) == 1)
        self.refused(approver.post(f"{path}/disputes", reason), 409, "wrong-state", "state")

    def test_an_objection_that_comes_after_its_last_day_is_refused(self):
        deal = self.deal(silence="deemed", notice_text=NOTICE, time_zone="Asia/Tokyo", acceptance_days=5,
                         objection_days=3)
        submission = deal.submit(1)
        deemed_day = START.date() + datetime.timedelta(5)
        self.go_on(deal, midnight(deemed_day + datetime.timedelta(4), "Asia/Tokyo"))
        self.refused(deal.enter("approver").post(f"/submissions/{submission['id']}/disputes", {"reason": "Late"}), 410,
                     "expired", "objection_until_at")

    def test_where_silence_says_nothing_an_answer_counts_after_the_deadline_too(self):
        deal = self.deal(silence="none", acceptance_days=5)
        submission = deal.submit(1)
        self.go_on(deal, START + datetime.timedelta(12))
        self.assertEqual(self.owner.get(f"/submissions/{submission['id']}").data["state"], "submitted")
        accepted = deal.enter("approver").made(f"/submissions/{submission['id']}/accept", {
            "decisions": [{"criterion": CRITERION, "met": True}]})
        self.assertEqual(self.owner.get(f"/invoices/{accepted['invoice_id']}").data["issue_day"],
                         self.today().isoformat())

    def today(self):
        return server.now.date()

    def test_only_what_is_not_paid_is_overdue(self):
        deal = self.deal(payment_days=10)
        paid, left = deal.accept(1), deal.accept(2)
        received = {"received_day": START.date().isoformat()}
        deal.pay("119.00", **received, allocations=[{"invoice_id": paid["id"], "amount": money("119.00")}])
        deal.pay("100.00", **received, allocations=[{"invoice_id": left["id"], "amount": money("100.00")}])
        due = day_of(left["due_day"])
        self.assertEqual(due, START.date() + datetime.timedelta(10))
        address = deal.contacts["payer"]["email"]

        self.go_on(deal, midnight(due + datetime.timedelta(1), "UTC") - MS)
        self.assertEqual(self.events("invoice.overdue"), [])
        self.assertEqual(self.owner.get(f"/invoices?overdue_on={due}").data["items"], [])
        mails = len(server.mail_to(address))
        self.go_on(deal, midnight(due + datetime.timedelta(1), "UTC"))
        soon(lambda: len(server.mail_to(address)) > mails)
        self.assertEqual([leaf["subject_id"] for leaf in self.events("invoice.overdue")], [left["id"]])
        overdue = self.owner.get(f"/invoices?overdue_on={self.today()}").data["items"]
        self.assertEqual([one["id"] for one in overdue], [left["id"]])
        told = server.mail_to(address)[-1]
        self.assertIn(left["number"], told)
        self.assertIn("19.00", told)

    def test_numbers_begin_anew_with_the_year_where_the_company_is(self):
        zone = "America/New_York"
        company = self.owner.get("/company")
        changed = self.owner.put("/company", {"name": "Acme", "country": "US", "currency": "EUR", "time_zone": zone},
                                 headers={"If-Match": company.etag})
        self.assertEqual(changed.status, 200, changed)
        deal = self.deal()
        year = START.year + 1
        new_year = midnight(datetime.date(year + 1, 1, 1), zone)
        for number, moment, expected in ((1, new_year - MS, f"{year}-0001"), (2, new_year, f"{year + 1}-0001")):
            self.go_on(deal, moment)
            deal.approver = deal.enter("approver")
            invoice = deal.accept(number)
            self.assertEqual(invoice["number"], expected)
            self.assertEqual(invoice["issue_day"], (new_year - MS if number == 1 else new_year).astimezone(
                zoneinfo.ZoneInfo(zone)).date().isoformat())


class Credentials(Timed):
    def test_a_session_ends_after_twelve_hours(self):
        session = self.owner
        self.assertEqual(session.who["expires_at"], text(START + datetime.timedelta(hours=12)))
        server.set(START + datetime.timedelta(hours=12) - MS)
        self.assertEqual(session.get("/company").status, 200)
        server.set(START + datetime.timedelta(hours=12))
        self.refused(session.get("/company"), 401, "unauthenticated")
        self.refused(session.post("/clients", {"name": "x"}), 401, "unauthenticated")

    def test_a_link_opens_once_within_three_days(self):
        client = self.owner.made("/clients", {"name": "C", "country": "DE", "currency": "EUR", "time_zone": "UTC"})
        address = "carl@client.example"
        contact = self.owner.made(f"/clients/{client['id']}/contacts", {"name": "Carl", "email": address,
                                                                        "role": "viewer"})
        for count in (1, 2):
            self.owner.made(f"/contacts/{contact['id']}/invite")
            soon(lambda: len(server.links_to(address)) == count)
        first, second = server.links_to(address)
        server.set(START + datetime.timedelta(hours=72) - MS)
        redeemed = server.client().post("/session/redeem", {"token": second})
        self.assertEqual(redeemed.status, 201, redeemed)
        self.refused(server.client().post("/session/redeem", {"token": second}), 401, "unauthenticated", "token")
        server.set(START + datetime.timedelta(hours=72))
        self.refused(server.client().post("/session/redeem", {"token": first}), 401, "unauthenticated", "token")

    def test_a_token_ends_when_it_says(self):
        end = START + datetime.timedelta(hours=3)
        made = self.owner.made("/tokens", {"name": "program", "scopes": ["read"], "expires_at": text(end)})
        program = server.client({"Authorization": f"Bearer {made['secret']}"})
        server.set(end - MS)
        self.assertEqual(program.get("/company").status, 200)
        server.set(end)
        self.refused(program.get("/company"), 401, "unauthenticated")
        self.refused(self.owner.post("/tokens", {"name": "late", "scopes": ["read"], "expires_at": text(end)}),
                     422, "out-of-range", "expires_at")


class Webhooks(Timed):
    def delivery(self, endpoint):
        self.owner = server.sign_in()
        (delivery,) = self.owner.get(f"/deliveries?endpoint_id={endpoint['id']}").data["items"]
        return delivery

    def after(self, endpoint, attempts):
        """The delivery once it was tried that often."""
        def find():
            delivery = self.delivery(endpoint)
            return delivery if delivery["attempts"] == attempts else None
        return soon(find)

    def test_a_delivery_is_tried_ten_times_ever_later_and_again_when_asked(self):
        with webhook_receiver("--status", ",".join(["503"] * 10 + ["204"])) as receiver:
            endpoint = self.owner.made("/webhooks", {"url": f"http://127.0.0.1:{receiver.port}/in",
                                                     "events": ["client.created"]})
            self.owner.made("/clients", {"name": "C", "country": "DE", "currency": "EUR", "time_zone": "UTC"})
            for attempts, wait_s in enumerate(WAITS_S, 1):
                delivery = self.after(endpoint, attempts)
                self.assertEqual(delivery["state"], "pending", delivery)
                self.assertEqual(delivery["last_error"], "answered 503")
                next_at = datetime.datetime.fromisoformat(delivery["next_at"])
                waits = (next_at - server.now).total_seconds()
                self.assertTrue(wait_s <= waits <= wait_s * 1.2, (attempts, waits))
                server.set(next_at)
            dead = self.after(endpoint, len(WAITS_S) + 1)
            self.assertEqual((dead["state"], dead["next_at"]), ("dead", None))
            server.set(server.now + datetime.timedelta(30))
            time.sleep(LOOKS_S)
            self.assertEqual(len(receiver.received()), 10)

            self.owner = server.sign_in()
            self.owner.made(f"/deliveries/{dead['id']}/replay")
            soon(lambda: self.delivery(endpoint)["state"] == "delivered")
            requests = receiver.received()
            self.assertEqual(len(requests), 11)
            self.assertEqual({request["headers"]["webhook-id"] for request in requests}, {dead["id"]})
            self.assertEqual({json.loads(request["body"])["type"] for request in requests}, {"client.created"})


if __name__ == "__main__":
    run()
