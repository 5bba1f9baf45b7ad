"""How a contract says what is billed and when, through whole processes: prices by percentage, work collected by
month, milestones billed by periods: test_billing_schedules.py WAYMARK"""

import datetime
import os
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CONSENT, CRITERION, Deal, in_days, money
from checked import CheckedServer
from printed import text_of
from tap import run

WAYMARK = sys.argv[1]
JOBS_LIMIT_S = 30


def setUpModule():
    global server, owner
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()


def tearDownModule():
    server.run("verify")


class Scheduled(Deal):
    """A deal whose milestones have more to them: one dict for each."""

    def __init__(self, more, prices, **terms):
        self.more = more
        super().__init__(server, owner, prices, **terms)

    def plan(self):
        plan = super().plan()
        for milestone, more in zip(plan["milestones"], self.more):
            milestone.update(more)
        return plan


def share(percent_ppm):
    return {"pricing": "percentage", "percent_ppm": percent_ppm}


def wait_for(what):
    end = time.monotonic() + JOBS_LIMIT_S
    while not (found := what()):
        if time.monotonic() > end:
            raise AssertionError("the jobs did not come")
        time.sleep(0.1)
    return found


class Prices(unittest.TestCase):
    def test_percentages_are_signed_with_the_prices_that_follow_from_them(self):
        deal = Scheduled([share(300000), share(700000)], ["43.52", "101.53"])
        document = owner.get(f"/contracts/{deal.contract['id']}/text").data["document"]
        self.assertIn('"percent_ppm":300000', document)
        self.assertIn("Price: 30% of the contract sum",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))
        self.assertEqual([deal.accept(number)["net"]["amount"] for number in (1, 2)], ["43.52", "101.53"])
        self.assertEqual(deal.position(), ("145.05", "145.05", "0.00", "0.00"))

    def test_a_price_that_is_not_its_percentage_is_refused_with_what_it_would_be(self):
        with self.assertRaisesRegex(AssertionError, "30% of the total, after 0% before it, is 43.52 EUR"):
            Scheduled([share(300000), share(700000)], ["43.53", "101.52"])

    def test_what_is_not_billable_is_closed_by_its_acceptance(self):
        deal = Scheduled([{"pricing": "non_billable"}, {}], ["0.00", "10.00"])
        submission = deal.submit(1)
        made = deal.approver.made(f"/submissions/{submission['id']}/accept",
                                  {"decisions": [{"criterion": CRITERION, "met": True}]})
        self.assertEqual((made["billing"], made["invoice_id"]), ("closed", None))
        self.assertIn("Not billed", text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))


class Restated(unittest.TestCase):
    """A change order on prices that follow from something."""

    def sign(self, deal, order):
        path = f"/change-orders/{order['id']}"
        owner.made(f"{path}/propose", {"signers": [
            {"side": "agency", "signer_id": owner.who["id"]},
            {"side": "client", "signer_id": deal.contacts["approver"]["id"]}]})
        for who in (owner, deal.approver):
            text = who.get(f"{path}/text").data
            signed = who.made(f"{path}/sign", {"document_hash": text["document_hash"], "consent": CONSENT})
        self.assertEqual(signed["state"], "applied")

    def compose(self, deal, plan):
        return owner.made(f"{deal.path}/change-orders", {"title": "A change", "plan": plan,
                                                         "valid_until_day": in_days(5)})

    def test_an_accepted_share_keeps_its_price_and_the_rest_falls_on_the_others(self):
        deal = Scheduled([share(300000), share(300000), share(400000)], ["300.00", "300.00", "400.00"])
        deal.accept(1)
        plan = deal.plan()
        plan["total"] = money("1200.01")
        effect = owner.made(f"{deal.path}/change-orders/preview", {"plan": plan})
        self.assertEqual([one["comes_to"]["amount"] for one in effect["milestones"]], ["300.00", "385.72", "514.29"])
        self.assertEqual([one["settled"] for one in effect["milestones"]], [money("300.00"), None, None])
        self.assertEqual((effect["problems"][0]["code"], effect["problems"][0]["field"]),
                         ("sum-mismatch", "plan/milestones/1/price"))
        order = self.compose(deal, plan)
        order = owner.made(f"/change-orders/{order['id']}/settle", {})
        self.assertEqual([one["price"]["amount"] for one in order["plan"]["milestones"]],
                         ["300.00", "385.72", "514.29"])
        self.sign(deal, order)
        self.assertEqual([deal.accept(number)["net"]["amount"] for number in (2, 3)], ["385.72", "514.29"])
        self.assertEqual(deal.position()[0], "1200.01")
        paper = text_of(owner.get(f"/change-orders/{order['id']}/document/signed").body)
        self.assertIn("300.00 EUR settled", paper)
        self.assertIn("30% of the contract sum before it was restated: settled, and stays", paper)
        self.assertIn("40% of the contract sum, its part of what is not settled", paper)

    def test_a_series_ends_with_what_is_billed(self):
        deal = Scheduled([{"pricing": "recurring", "recurrence": {
            "rhythm": "weekly", "start_day": in_days(-3), "end_day": in_days(24), "bill_at": "period_start"}}, {}],
            ["100.00", "50.00"])
        path = f"/milestones/{deal.milestones[0]['id']}/billing-schedule"
        wait_for(lambda: owner.get(path).data["billed"] == money("25.00"))
        plan = deal.plan()
        del plan["milestones"][0]["recurrence"]
        plan["milestones"][0] |= {"settled_periods": 1, "settled": money("25.00"), "price": money("25.00")}
        plan["milestones"][1]["price"] = money("60.00")
        plan["total"] = money("85.00")
        wrong = dict(plan, milestones=[plan["milestones"][0] | {"settled_periods": 5}, plan["milestones"][1]])
        effect = owner.made(f"{deal.path}/change-orders/preview", {"plan": wrong})
        self.assertEqual(effect["problems"][0]["field"], "plan/milestones/0/settled_periods")
        order = self.compose(deal, plan)
        self.sign(deal, order)
        self.assertIn("Settled periods that stay as agreed before: 1, 25.00 EUR in all. No others follow.",
                      text_of(owner.get(f"/change-orders/{order['id']}/document/signed").body))
        schedule = deal.approver.get(path).data
        self.assertEqual((schedule["price"], schedule["billed"], len(schedule["periods"])),
                         (money("25.00"), money("25.00"), 1))

    def test_nothing_is_settled_in_a_proposal(self):
        with self.assertRaisesRegex(AssertionError, "only a change order has something that is settled already"):
            Scheduled([share(1000000) | {"settled": money("10.00")}], ["10.00"])


class Months(unittest.TestCase):
    def test_an_acceptance_waits_for_its_month(self):
        deal = Scheduled([{}, {}], ["100.00", "200.00"], billing_mode="monthly", billing_day=31)
        submission = deal.submit(1)
        made = deal.approver.made(f"/submissions/{submission['id']}/accept",
                                  {"decisions": [{"criterion": CRITERION, "met": True}]})
        self.assertEqual((made["billing"], made["invoice_id"], made["invoice_number"]), ("billable", None, None))
        refused = owner.post(f"/milestones/{deal.milestones[0]['id']}/invoice")
        self.assertEqual((refused.status, refused.slug, refused.data["field"]), (409, "wrong-state", "billing"))
        self.assertIn("One invoice a calendar month",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))


class Periods(unittest.TestCase):
    def test_periods_that_passed_before_the_signature_are_billed_with_their_own_dates(self):
        start, end = in_days(-20), in_days(28)
        deal = Scheduled([{"pricing": "recurring", "recurrence": {
            "rhythm": "biweekly", "start_day": start, "end_day": end, "bill_at": "period_start"}}], ["100.00"])
        path = f"/milestones/{deal.milestones[0]['id']}"
        schedule = wait_for(lambda: (shown := deal.approver.get(f"{path}/billing-schedule").data)
                            ["billed"]["amount"] != "0.00" and sum(bool(one["invoice_id"])
                                                                   for one in shown["periods"]) == 2 and shown)
        self.assertEqual([one["net"]["amount"] for one in schedule["periods"]], ["25.00"] * 4)
        first = datetime.date.fromisoformat(start)
        self.assertEqual([one["start_day"] for one in schedule["periods"]],
                         [(first + datetime.timedelta(14 * k)).isoformat() for k in range(4)])
        for period in schedule["periods"][:2]:
            invoice = owner.get(f"/invoices/{period['invoice_id']}").data
            self.assertEqual((invoice["issue_day"], invoice["period_start_day"], invoice["period_end_day"]),
                             (period["bill_day"], period["start_day"], period["end_day"]))
            self.assertEqual(invoice["lines"][0]["certificate_id"], None)
            self.assertIn(f"Part 1, {period['start_day']} to {period['end_day']}",
                          text_of(owner.get(f"/invoices/{period['invoice_id']}/document").body))
        self.assertEqual(schedule["billed"], money("50.00"))
        self.assertIn("Billed every two weeks on the first day of each period",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))


class Progress(unittest.TestCase):
    def claim(self, deal, percent_ppm, note=None):
        return owner.made(f"/milestones/{deal.milestones[0]['id']}/progress-claims",
                          {"percent_ppm": percent_ppm, "note": note})

    def test_shares_that_are_claimed_and_accepted_are_billed_and_the_acceptance_bills_the_rest(self):
        deal = Scheduled([{"pricing": "progress"}], ["145.05"])
        self.assertIn("Billed by progress", text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))
        deal.start(1)
        claims = []
        for percent_ppm in (350000, 600000):
            claim = self.claim(deal, percent_ppm, "Design and data model")
            claims.append(deal.approver.made(f"/progress-claims/{claim['id']}/accept", {}))
        invoices = [owner.get(f"/invoices/{claim['invoice_id']}").data for claim in claims]
        self.assertEqual([one["net"]["amount"] for one in invoices], ["50.77", "36.26"])
        self.assertIn("progress 35% to 60%", text_of(owner.get(f"/invoices/{invoices[1]['id']}/document").body))
        milestone = owner.get(f"/milestones/{deal.milestones[0]['id']}").data
        self.assertEqual((milestone["claimed"], milestone["claimed_ppm"]), (money("87.03"), 600000))
        self.assertEqual(deal.accept(1, is_started=True)["net"]["amount"], "58.02")
        self.assertEqual(deal.position()[0], "145.05")
        listed = deal.approver.get(f"/milestones/{deal.milestones[0]['id']}/progress-claims?sort=-number").data["items"]
        self.assertEqual([one["number"] for one in listed], [2, 1])

    def test_a_claim_that_goes_back_or_past_the_whole_is_refused(self):
        deal = Scheduled([{"pricing": "progress"}], ["100.00"])
        deal.start(1)
        claim = self.claim(deal, 400000)
        deal.approver.made(f"/progress-claims/{claim['id']}/accept", {})
        for percent_ppm in (300000, 400000, 1000001, 0):
            refused = owner.post(f"/milestones/{deal.milestones[0]['id']}/progress-claims", {"percent_ppm": percent_ppm})
            self.assertEqual((refused.status, refused.slug, refused.data["field"]), (422, "out-of-range", "percent_ppm"))
        claim = self.claim(deal, 500000)
        refused = deal.approver.post(f"/progress-claims/{claim['id']}/reject", {"reason": " "})
        self.assertEqual((refused.status, refused.data["field"]), (422, "reason"))
        made = deal.approver.made(f"/progress-claims/{claim['id']}/reject", {"reason": "not yet"})
        self.assertEqual((made["state"], made["invoice_id"]), ("rejected", None))

    def test_accepted_progress_waits_for_its_month(self):
        deal = Scheduled([{"pricing": "progress"}], ["100.00"], billing_mode="monthly", billing_day=15)
        self.assertIn("One invoice a calendar month for the milestones and the progress that were accepted in it",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))
        deal.start(1)
        claim = self.claim(deal, 400000)
        made = deal.approver.made(f"/progress-claims/{claim['id']}/accept", {})
        self.assertEqual((made["state"], made["invoice_id"]), ("accepted", None))
        self.assertEqual(owner.get(f"/milestones/{deal.milestones[0]['id']}").data["claimed"], money("40.00"))
        self.assertEqual(owner.get(f"{deal.path}/position").data["accepted"], money("40.00"))
        events = deal.approver.get(f"{deal.path}/budget").data["events"]
        self.assertIn(money("40.00"), [part["net"] for event in events for part in event["parts"]])
        self.assertEqual(owner.get(f"/invoices?milestone_id={deal.milestones[0]['id']}").data["items"], [])

    def test_progress_that_several_have_to_approve_is_billed_after_the_last(self):
        deal = Scheduled([{"pricing": "progress"}], ["100.00"], approvers_needed=2)
        self.assertIn("Each acceptance, of progress too, needs the approval of 2 persons",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))
        deal.start(1)
        refused = owner.post(f"/milestones/{deal.milestones[0]['id']}/progress-claims", {"percent_ppm": 400000})
        self.assertEqual((refused.status, refused.slug, refused.data["field"]), (409, "wrong-state", "client"))
        second = server.enter_by_invitation(owner, owner.made(f"/clients/{deal.client['id']}/contacts", {
            "name": "Bert Budget", "email": "bert@budget.example", "role": "approver"}))
        path = f"/progress-claims/{self.claim(deal, 400000)['id']}"
        made = deal.approver.made(f"{path}/accept", {"reason": "seen"})
        self.assertEqual((made["state"], made["invoice_id"]), ("claimed", None))
        refused = deal.approver.post(f"{path}/accept", {})
        self.assertEqual((refused.status, refused.slug, refused.data["field"]), (409, "conflict", "approved_by"))
        made = second.made(f"{path}/accept", {})
        self.assertEqual(made["state"], "accepted")
        self.assertEqual(owner.get(f"/invoices/{made['invoice_id']}").data["net"], money("40.00"))
        approvals = owner.get(f"{path}/approvals").data["items"]
        self.assertEqual([(one["sequence"], one["note"]) for one in approvals], [(1, "seen"), (2, None)])


if __name__ == "__main__":
    run()
