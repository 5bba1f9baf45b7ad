"""What a contract and the company say about billing: rounding of tax, what justifies a refusal, how documents are
numbered: test_billing_terms.py WAYMARK"""

import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Books, Deal, money, today
from checked import CheckedServer
from printed import text_of
from tap import run

WAYMARK = sys.argv[1]
YEAR = today()[:4]


def setUpModule():
    global server, owner, books
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    books = Books(server, owner)


def tearDownModule():
    server.run("verify")


class Terms(unittest.TestCase):
    def refused(self, answer, status, slug, field):
        self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field), answer)

    def test_a_contract_states_what_it_leaves_unsaid(self):
        deal = Deal(server, owner, ["100.00"])
        terms = deal.contract["plan"]["terms"]
        self.assertEqual((terms["tax_rounding"], terms["refusal_from"]), ("per_group", "major"))
        text = owner.get(f"/contracts/{deal.contract['id']}/text").data["document"]
        self.assertIn('"refusal_from":"major"', text)
        self.assertIn('"tax_rounding":"per_group"', text)
        paper = text_of(owner.get(f"/contracts/{deal.contract['id']}/document").body)
        self.assertIn("Only a major or critical defect justifies that work is refused", paper)
        self.assertIn("once for all lines of one category and rate", paper)

    def test_a_paper_may_be_shown_in_a_frame_of_the_portal_and_an_upload_may_not(self):
        deal = Deal(server, owner, ["100.00"])
        paper = owner.get(f"/contracts/{deal.contract['id']}/document")
        self.assertIn("frame-ancestors 'self'", paper.headers["Content-Security-Policy"])
        self.assertEqual(len(paper.headers.get_all("Content-Security-Policy")), 1)
        self.assertTrue(paper.headers["Content-Disposition"].startswith("inline; filename="), paper.headers)
        made = owner.post(f"/engagements/{deal.engagement['id']}/files?name=their.pdf", raw=paper.body,
                          kind="application/pdf")
        self.assertEqual(made.status, 201, made)
        upload = owner.get(f"/files/{made.data['id']}/content")
        self.assertIn("frame-ancestors 'none'", upload.headers["Content-Security-Policy"])
        self.assertTrue(upload.headers["Content-Disposition"].startswith("attachment; "), upload.headers)

    def test_a_contract_can_round_tax_for_each_line(self):
        deal = Deal(server, owner, ["100.05"], tax_rounding="per_line")
        self.assertIn('"tax_rounding":"per_line"', owner.get(f"/contracts/{deal.contract['id']}/text").data["document"])
        self.assertIn("Rounded half up for each line",
                      text_of(owner.get(f"/contracts/{deal.contract['id']}/document/signed").body))
        invoice = deal.accept(1)
        self.assertEqual(invoice["tax"], money("19.01"))
        path = f"/invoices/{invoice['id']}/credit-notes"
        taxes = [owner.made(path, {"reason": "x", "lines": [{"number": 1, "net": money(net)}]})["tax"]["amount"]
                 for net in ("33.35", "33.35", "33.35")]
        self.assertEqual(taxes, ["6.34", "6.33", "6.34"])

    def test_terms_that_there_are_not_are_refused(self):
        deal = Deal(server, owner, ["100.00"])
        engagement = owner.made("/engagements", {"client_id": deal.client["id"], "title": "More"})
        for field, value in (("tax_rounding", "per_cent"), ("refusal_from", "none"), ("refusal_from", "blocker")):
            plan = deal.plan()
            plan["terms"][field] = value
            answer = owner.post(f"/engagements/{engagement['id']}/proposals",
                                {"plan": plan, "valid_until_day": today()})
            self.refused(answer, 422, "invalid", f"plan/terms/{field}")

    def test_only_what_the_contract_says_justifies_a_refusal(self):
        severities = ("minor", "major", "critical")
        for number, least in enumerate(severities):
            deal = Deal(server, owner, ["1.00"] * 3, refusal_from=least)
            for i, severity in enumerate(severities):
                submission = f"/submissions/{deal.submit(i + 1)['id']}"
                decisions = [{"criterion": CRITERION, "met": False, "severity": severity}]
                refusal = {"decisions": decisions, "reason_code": "defect", "reason": "It does not work"}
                acceptance = {"decisions": decisions, "reservations": "To be mended within a week"}
                can_be_refused = i >= number
                if can_be_refused and severity != "minor":
                    self.refused(deal.approver.post(f"{submission}/accept", acceptance), 422, "invalid",
                                 "decisions/0/met")
                if can_be_refused:
                    self.assertEqual(deal.approver.made(f"{submission}/reject", refusal)["state"], "rejected")
                    continue
                self.refused(deal.approver.post(f"{submission}/reject", refusal), 422, "invalid", "decisions")
                self.refused(deal.approver.post(f"{submission}/accept", {"decisions": decisions}), 422, "invalid",
                             "reservations")
                accepted = deal.approver.made(f"{submission}/accept", acceptance)
                certificate = owner.get(f"/certificates/{accepted['certificate_id']}").data
                self.assertEqual(certificate["reservations"], "To be mended within a week")


class Numbering(unittest.TestCase):
    """In the order of their names: one company."""

    def choose(self, series, **form):
        return owner.put(f"/company/numbering/{series}", form, headers={"If-Match": owner.get("/company").etag})

    def chosen(self, series, **form):
        answer = self.choose(series, **form)
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.etag, owner.get("/company").etag)
        return answer.data

    def next(self, series):
        return next(one for one in owner.get("/company/numbering").data["items"] if one["series"] == series)

    def refused(self, answer, status, slug, field):
        self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field), answer)

    def test_a_series_goes_on_under_another_pattern(self):
        deal = Deal(server, owner, ["100.00"] * 3)
        before = deal.accept(1)
        count = int(before["number"][5:])
        self.assertEqual(self.next("invoice")["next"], f"{YEAR}-{count + 1:04}")
        company = self.chosen("invoice", pattern="RE-{year}/{number}", digits=6)
        self.assertEqual((company["numbering"][-1]["series"], company["numbering"][-1]["pattern"]),
                         ("invoice", "RE-{year}/{number}"))
        after = deal.accept(2)
        self.assertEqual(after["number"], f"RE-{YEAR}/{count + 1:06}")
        self.assertEqual(after["reference"][4:], f"RE{YEAR}{count + 1:06}")
        for invoice in (before, after):
            paid = owner.made("/payments", {"amount": money("119.00"), "received_day": today(),
                                            "payer_reference": invoice["reference"]})
            self.assertEqual([one["invoice_id"] for one in paid["allocations"]], [invoice["id"]])
        paper = text_of(deal.approver.get(f"/invoices/{after['id']}/document").body)
        self.assertIn(after["number"], paper)
        listed = owner.get(f"/invoices?number={after['number'].replace('/', '%2F')}").data["items"]
        self.assertEqual([one["id"] for one in listed], [after["id"]])

    def test_b_credit_notes_join_the_series_of_invoices_and_leave_it(self):
        deal = Deal(server, owner, ["100.00"] * 2)
        invoice = deal.accept(1)
        count = int(invoice["number"].rsplit("/", 1)[1])
        self.chosen("credit_note", drawn_from="invoice")
        self.assertEqual((self.next("credit_note")["drawn_from"], self.next("credit_note")["next"]),
                         ("invoice", f"RE-{YEAR}/{count + 1:06}"))
        note = owner.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"})
        self.assertEqual(note["number"], f"RE-{YEAR}/{count + 1:06}")
        self.assertEqual(deal.accept(2)["number"], f"RE-{YEAR}/{count + 2:06}")
        self.chosen("credit_note", pattern="G{number}", reset="never", digits=1)
        again = owner.made(f"/milestones/{invoice['milestone_id']}/invoice")
        note = owner.made(f"/invoices/{again['id']}/credit-notes", {"reason": "wrong"})
        self.assertEqual((again["number"], note["number"]), (f"RE-{YEAR}/{count + 3:06}", "G1"))

    def test_c_what_could_repeat_a_number_is_refused_and_changes_nothing(self):
        with books.unchanged(self):
            for series, form, slug, field in (
                    ("invoice", {"pattern": "{number}", "reset": "never"}, "conflict", "pattern"),
                    ("invoice", {"pattern": "{year}-{number}", "reset": "never"}, "conflict", "pattern"),
                    ("invoice", {"pattern": "C-{year}-{number}"}, "conflict", "pattern"),
                    ("refund", {"pattern": "p{year}{number}"}, "conflict", "pattern"),
                    ("invoice", {"pattern": "RE-{year}"}, "invalid", "pattern"),
                    ("invoice", {"pattern": "RE {number}", "reset": "never"}, "invalid", "pattern"),
                    ("invoice", {"pattern": "RE-{number}"}, "invalid", "pattern"),
                    ("invoice", {}, "invalid", "pattern"),
                    ("invoice", {"pattern": "ABCDEFGHI{number}", "reset": "never"}, "out-of-range", "pattern"),
                    ("invoice", {"pattern": "RE{number}", "reset": "never", "digits": 10}, "out-of-range", "digits"),
                    ("invoice", {"pattern": "RE{number}", "reset": "monthly"}, "invalid", "reset"),
                    ("payment", {"drawn_from": "invoice"}, "invalid", "drawn_from"),
                    ("credit_note", {"drawn_from": "invoice", "pattern": "X{number}"}, "invalid", "pattern")):
                status = 409 if slug == "conflict" else 422
                self.refused(self.choose(series, **form), status, slug, field)
            self.refused(self.choose("receipt", pattern="X{number}", reset="never"), 404, "not-found", None)
            self.refused(owner.put("/company/numbering/invoice", {"pattern": "X-{year}-{number}"}), 428,
                         "precondition-required", "If-Match")
            self.refused(owner.put("/company/numbering/invoice", {"pattern": "X-{year}-{number}"},
                                   headers={"If-Match": '"1"'}), 412, "stale", "If-Match")

    def test_d_clients_do_not_see_it(self):
        deal = Deal(server, owner, ["100.00"])
        self.assertNotIn("numbering", deal.approver.get("/company").data)
        self.assertEqual(deal.approver.get("/company/numbering").status, 403)
        self.assertTrue(re.fullmatch(r"C-\d{4}-\d{4}", deal.contract["number"]))


if __name__ == "__main__":
    run()
