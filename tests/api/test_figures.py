"""Figures for reports against what was done: test_figures.py WAYMARK"""

import collections
import decimal
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Books, Deal, in_days, money, today
from checked import CheckedServer
from server import PASSWORD
from tap import run

WAYMARK = sys.argv[1]
PARTS = ("billed", "credited", "paid", "refunded", "due", "resting")


def setUpModule():
    global server, owner, books, deal, dollars
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    books = Books(server, owner)
    deal = Deal(server, owner, ["100.00", "50.00"])
    dollars = Deal(server, owner, ["30.00"], currency="USD", tax_rate_ppm=0)
    first = deal.accept(1)
    deal.accept(2)
    dollars.accept(1)
    deal.pay("20.00")
    for day in ("2024-02-29", "2024-03-01", "2024-12-31", "2025-01-01", "2000-02-29", "2025-02-28"):
        deal.pay("1.00", received_day=day)
    mistake, spare = (owner.made("/payments", {"client_id": dollars.client["id"], "amount": money(amount), "received_day": today()})
                      for amount in ("7.00", "9.00"))  # in a currency in which nothing is owed
    owner.made(f"/payments/{mistake['id']}/reverse", {"reason": "booked twice"})
    refund = owner.made("/refunds", {"payment_id": spare["id"], "amount": money("4.00"), "reason": "too much"})
    owner.made(f"/refunds/{refund['id']}/pay", {"paid_day": today()})
    owner.made(f"/invoices/{first['id']}/credit-notes", {"reason": "Agreed"})


def tearDownModule():
    server.run("verify")


class Figures(unittest.TestCase):
    def figures(self, query="", who=None):
        answer = (who or owner).get(f"/reports/billing{query}")
        self.assertEqual(answer.status, 200, answer)
        return answer.data["items"]

    def recount(self):
        """The same from the lists, by month, client and currency."""
        sums = collections.defaultdict(lambda: dict.fromkeys(PARTS, decimal.Decimal(0)))

        def add(day, row, part, amount):
            key = (day[:8] + "01", row["client_id"], amount["currency"])
            sums[key][part] += decimal.Decimal(amount["amount"])

        for row in deal.pages("/invoices"):
            kind = "billed" if row["kind"] == "invoice" else "credited"
            add(row["issue_day"], row, kind, row["total"])
            if row["kind"] == "invoice" and row["state"] in ("issued", "part_paid"):
                for part, sign in (("total", 1), ("paid", -1), ("credited", -1)):
                    amount = {**row[part], "amount": decimal.Decimal(row[part]["amount"]) * sign}
                    for counts in ("due", "resting") if row["disputed_at"] else ("due",):
                        add(row["due_day"], row, counts, amount)
        for row in deal.pages("/payments"):
            if row["state"] != "reversed":
                add(row["received_day"], row, "paid", row["amount"])
        for row in deal.pages("/refunds"):
            if row["state"] == "paid":
                add(row["paid_day"], row, "refunded", row["amount"])
        return dict(sums)

    def test_the_figures_are_those_of_the_documents(self):
        found = {(row["month_day"], row["client_id"], row["currency"]):
                 {part: decimal.Decimal(row[part]["amount"]) for part in PARTS} for row in self.figures()}
        self.assertEqual(found, self.recount())
        self.assertEqual(len(found), len(self.figures()))
        self.assertEqual({key[2] for key in found}, {"EUR", "USD"})

    def test_months_end_where_the_calendar_ends_them(self):
        months = [row["month_day"] for row in self.figures(f"?until_day={in_days(-60)}")]
        self.assertEqual(months, ["2000-02-01", "2024-02-01", "2024-03-01", "2024-12-01", "2025-01-01", "2025-02-01"])

    def test_only_the_days_that_were_asked_for_count(self):
        self.assertEqual([row["month_day"] for row in self.figures("?from_day=2024-02-29&until_day=2024-03-01")],
                         ["2024-02-01", "2024-03-01"])
        self.assertEqual(self.figures("?from_day=2024-03-02&until_day=2024-12-30"), [])
        for row in self.figures(f"?from_day={today()}&until_day={today()}"):
            self.assertEqual(decimal.Decimal(row["due"]["amount"]), 0)
            self.assertEqual(row["client_name"], {deal.client["id"]: deal.client["name"],
                                                  dollars.client["id"]: dollars.client["name"]}[row["client_id"]])

    def test_who_keeps_the_books_reads_them_and_nobody_else(self):
        for role, status in (("finance", 200), ("auditor", 200), ("sales", 403), ("delivery", 403)):
            owner.made("/users", {"email": f"{role}@acme.example", "name": role, "role": role, "password": PASSWORD})
            self.assertEqual(server.sign_in(f"{role}@acme.example").get("/reports/billing").status, status, role)
        self.assertEqual(deal.approver.get("/reports/billing").status, 403)
        self.assertEqual(server.client().get("/reports/billing").status, 401)

    def test_a_time_that_ends_before_it_begins_is_refused(self):
        answer = owner.get("/reports/billing?from_day=2024-03-02&until_day=2024-03-01")
        self.assertEqual((answer.status, answer.slug, answer.data["field"]), (422, "out-of-range", "until_day"))


run()
