"""Invoices, credit notes, payments, allocations, refunds and the ledger over HTTP, by whole processes; after each
step the books must agree, after each refusal nothing may have changed: test_billing.py WAYMARK"""

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
NO_ID = "0191e5a0-0000-7000-8000-00000000000a"


def setUpModule():
    global server, owner, finance, books
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    owner.made("/users", {"email": "finance@acme.example", "name": "Fred", "role": "finance", "password": PASSWORD})
    finance = server.sign_in("finance@acme.example")
    books = Books(server, owner)


def tearDownModule():
    """All that was done must stand up to `waymark verify`."""
    server.run("verify")


def new_deal(*arguments, **options):
    return books.add(Deal(server, owner, *arguments, **options))


class Case(unittest.TestCase):
    def tearDown(self):
        books.check(self)
        books.close()

    def check(self):
        books.check(self)

    def refused(self, status, slug, field, method, path, body=None, who=None, headers=None):
        """The request is refused so, and nothing that is stored has changed."""
        with books.unchanged(self):
            return self.refuses(status, slug, field, method, path, body, who, headers)

    def refuses(self, status, slug, field, method, path, body=None, who=None, headers=None):
        answer = (who or finance).ask(method, path, body, headers=headers)
        self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field),
                         f"{path} {body}: {answer}")
        self.assertEqual(answer.data["status"], status)
        self.assertTrue(answer.data["title"] and answer.data["detail"], answer)
        return answer


class Payments(Case):
    def test_an_invoice_is_paid_in_two_parts(self):
        deal = new_deal(["100.00", "200.00"])
        invoice = deal.accept(1)
        self.assertEqual((invoice["net"], invoice["tax"], invoice["total"]),
                         (money("100.00"), money("19.00"), money("119.00")))
        self.assertEqual(deal.position(), ("100.00", "100.00", "0.00", "200.00"))
        self.assertEqual(deal.balance(), ("119.00", "0.00", "0.00", "119.00"))
        self.check()

        first = deal.pay("50.00", allocations=[{"invoice_id": invoice["id"], "amount": money("50.00")}])
        self.assertEqual((first["allocated"], first["state"]), (money("50.00"), "confirmed"))
        shown = deal.invoice(invoice)
        self.assertEqual((shown["state"], shown["paid"]), ("part_paid", money("50.00")))
        self.assertEqual(deal.billing(1), "invoiced")
        self.assertEqual(deal.position(), ("100.00", "100.00", "42.02", "200.00"))  # 50.00 less its tax
        self.assertEqual(deal.balance(), ("69.00", "0.00", "0.00", "69.00"))
        self.check()

        deal.pay("69.00")
        self.assertEqual(deal.invoice(invoice)["state"], "paid")
        self.assertEqual(deal.billing(1), "settled")
        self.assertEqual(deal.position(), ("100.00", "100.00", "100.00", "200.00"))
        self.assertEqual(deal.balance(), ("0.00", "0.00", "0.00", "0.00"))

    def test_a_quoted_reference_finds_its_invoice_and_its_client(self):
        deal = new_deal(["10.00", "20.00", "30.00"])
        first, second, third = (deal.accept(number) for number in (1, 2, 3))
        reference = second["reference"]
        self.assertRegex(reference, r"^RF\d\d\d{8,}$")
        spaced = " ".join(reference[i:i + 4] for i in range(0, len(reference), 4)).lower()
        paid = finance.made("/payments", {"amount": money("23.80"), "received_day": today(), "payer_reference": spaced})
        self.assertEqual((paid["client_id"], paid["payer_reference"]), (deal.client["id"], spaced))
        self.assertEqual([one["invoice_id"] for one in paid["allocations"]], [second["id"]])
        self.check()
        deal.pay("35.70", payer_reference=f"Invoice {third['reference']}, thank you")
        self.assertEqual([deal.invoice(one)["state"] for one in (first, second, third)], ["issued", "paid", "paid"])
        self.check()
        deal.pay("11.90", payer_reference="thank you")  # none: the oldest due
        self.assertEqual(deal.invoice(first)["state"], "paid")

    def test_who_paid_must_be_known(self):
        deal = new_deal(["10.00"])
        reference = deal.accept(1)["reference"]
        mistyped = reference[:-1] + str((int(reference[-1]) + 1) % 10)
        for text in (None, "thank you", mistyped, "RF18539007547034"):
            self.refused(422, "invalid", "client_id", "POST", "/payments",
                         {"amount": money("11.90"), "received_day": today(), "payer_reference": text})
        self.refused(422, "invalid", "client_id", "POST", "/payments",
                     {"client_id": NO_ID, "amount": money("11.90"), "received_day": today()})

    def test_too_much_is_credit_at_once_and_can_be_applied_later(self):
        deal = new_deal(["100.00", "50.00"])
        invoice = deal.accept(1)
        paid = deal.pay("200.00")
        self.assertEqual((paid["allocated"], deal.invoice(invoice)["state"]), (money("119.00"), "paid"))
        self.assertEqual(deal.balance(), ("0.00", "81.00", "0.00", "-81.00"))
        credit, = deal.statement()["credits"]
        self.assertEqual((credit["payment_id"], credit["credit_note_id"], credit["number"], credit["amount"],
                          credit["rest"]), (paid["id"], None, paid["number"], money("200.00"), money("81.00")))
        self.check()
        self.refused(409, "wrong-state", "allocations", "POST", f"/payments/{paid['id']}/allocate")
        later = deal.accept(2)
        self.assertEqual(deal.balance(), ("59.50", "81.00", "0.00", "-21.50"))
        self.check()
        used = finance.made(f"/payments/{paid['id']}/allocate")
        self.assertEqual(used["allocated"], money("178.50"))
        self.assertEqual(deal.invoice(later)["state"], "paid")
        self.assertEqual(deal.balance(), ("0.00", "21.50", "0.00", "-21.50"))

    def test_the_oldest_due_is_paid_first_unless_nothing_is_to_be_applied(self):
        deal = new_deal(["10.00", "10.00", "10.00"])
        invoices = [deal.accept(number) for number in (1, 2, 3)]
        deal.pay("20.00", rule="oldest_due", payer_reference=invoices[2]["reference"])
        self.assertEqual([deal.invoice(one)["state"] for one in invoices], ["paid", "part_paid", "issued"])
        self.check()
        kept = deal.pay("15.70", rule="none")
        self.assertEqual((kept["allocated"], kept["allocations"]), (money("0.00"), []))
        self.assertEqual(deal.balance(), ("15.70", "15.70", "0.00", "0.00"))
        self.check()
        finance.made(f"/payments/{kept['id']}/allocate", {"allocations": [
            {"invoice_id": invoices[2]["id"], "amount": money("11.90")},
            {"invoice_id": invoices[1]["id"], "amount": money("3.80")}]})
        self.assertEqual([deal.invoice(one)["state"] for one in invoices], ["paid"] * 3)
        self.refused(409, "wrong-state", "state", "POST", f"/payments/{kept['id']}/allocate")

    def test_parts_that_cannot_be_applied_are_named(self):
        deal, other = new_deal(["100.00", "50.00"]), new_deal(["100.00"])
        invoice, foreign = deal.accept(1), other.accept(1)
        note = finance.made(f"/invoices/{foreign['id']}/credit-notes", {"reason": "agreed"})
        self.check()

        def parts(*pairs):
            return {"client_id": deal.client["id"], "amount": money("100.00"), "received_day": today(),
                    "allocations": [{"invoice_id": which, "amount": amount} for which, amount in pairs]}

        mine = invoice["id"]
        for status, slug, field, body in (
                (422, "out-of-range", "allocations/0/amount", parts((mine, money("100.01")))),
                (422, "out-of-range", "allocations/0/amount", parts((mine, money("0.00")))),
                (422, "out-of-range", "allocations/0/amount", parts((mine, money("-1.00")))),
                (422, "invalid", "allocations/0/amount", parts((mine, money("1.00", "USD")))),
                (422, "invalid", "allocations/0/amount", parts((mine, money("1.001")))),
                (422, "invalid", "allocations/1/invoice_id", parts((mine, money("1.00")), (mine, money("1.00")))),
                (422, "invalid", "allocations/0/invoice_id", parts((NO_ID, money("1.00")))),
                (422, "invalid", "allocations/0/invoice_id", parts((foreign["id"], money("1.00")))),
                (422, "invalid", "allocations/1/invoice_id", parts((mine, money("1.00")), (note["id"], money("1.00"))))):
            self.refused(status, slug, field, "POST", "/payments", body)
        big = {**parts((mine, money("119.01"))), "amount": money("500.00")}
        answer = self.refused(422, "out-of-range", "allocations/0/amount", "POST", "/payments", big)
        self.assertIn("119.00 EUR is outstanding", answer.data["detail"])

    def test_what_was_not_received_is_taken_back_once_nothing_stands_on_it(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("119.00")
        payment, allocation = f"/payments/{paid['id']}", paid["allocations"][0]
        self.refused(409, "wrong-state", "allocated", "POST", f"{payment}/reverse", {"reason": "bounced"})
        self.refused(422, "invalid", "reason", "POST", f"/allocations/{allocation['id']}/reverse", {"reason": " "})
        back = finance.made(f"/allocations/{allocation['id']}/reverse", {"reason": "bounced"})
        self.assertEqual((back["state"], back["reason"]), ("reversed", "bounced"))
        self.assertTrue(back["reversed_at"])
        shown = deal.invoice(invoice)
        self.assertEqual((shown["state"], shown["paid"], deal.billing(1)), ("issued", money("0.00"), "invoiced"))
        self.assertEqual(deal.position(), ("100.00", "100.00", "0.00", "0.00"))
        self.assertEqual(deal.balance(), ("119.00", "119.00", "0.00", "0.00"))
        self.check()
        self.refused(409, "wrong-state", "state", "POST", f"/allocations/{allocation['id']}/reverse", {"reason": "x"})
        gone = finance.made(f"{payment}/reverse", {"reason": "bounced"})
        self.assertEqual((gone["state"], [one["state"] for one in gone["allocations"]]), ("reversed", ["reversed"]))
        self.assertEqual(deal.balance(), ("119.00", "0.00", "0.00", "119.00"))
        self.check()
        self.refused(409, "wrong-state", "state", "POST", f"{payment}/reverse", {"reason": "bounced"})
        self.refused(409, "wrong-state", "state", "POST", f"{payment}/allocate")
        self.refused(422, "out-of-range", "amount", "POST", "/refunds",
                     {"payment_id": paid["id"], "amount": money("1.00"), "reason": "x"})

    def test_a_payment_has_a_day_that_has_come_and_a_known_way(self):
        deal = new_deal(["100.00"])
        good = {"client_id": deal.client["id"], "amount": money("1.00"), "received_day": today()}
        for field, value in (("received_day", in_days(2)), ("received_day", "2016-02-30"), ("received_day", None),
                             ("method", "barter"), ("rule", "newest"), ("note", 17), ("client_id", "x")):
            self.refused(422, "invalid", field, "POST", "/payments", {**good, field: value})


class Amounts(Case):
    def test_amounts_that_are_none_are_refused_everywhere(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("200.00", rule="none")
        forms = (
            ("/payments", "amount", lambda amount: {"client_id": deal.client["id"], "amount": amount,
                                                    "received_day": today()}),
            ("/refunds", "amount", lambda amount: {"payment_id": paid["id"], "amount": amount, "reason": "x"}),
            (f"/invoices/{invoice['id']}/credit-notes", "lines/0/net",
             lambda amount: {"reason": "x", "lines": [{"number": 1, "net": amount}]}),
            (f"/payments/{paid['id']}/allocate", "allocations/0/amount",
             lambda amount: {"allocations": [{"invoice_id": invoice["id"], "amount": amount}]}))
        for path, field, form in forms:
            with books.unchanged(self):
                self.refuse_amounts(path, field, form)
        raw = b'{"client_id": "%s", "amount": {"amount": 1e400, "currency": "EUR"}}' % deal.client["id"].encode()
        with books.unchanged(self):
            answer = finance.post("/payments", raw=raw)
        self.assertIn(answer.slug, ("malformed", "invalid"), answer)

    def refuse_amounts(self, path, field, form):
        for amount in (money("1.001"), money("1,00"), money("1e2"), money("1E2"), money(" 1.00"), money("+1.00"),
                       money("0x10"), money("1.00 "), money(""), money("."), money("NaN"), money("\u0661.00"),
                       money("1_000.00"), money(1.5), money(1), money(None), money("1.00", "XQQ"),
                       money("1.00", "eur"), money("1.00", None), "1.00", 1.0, 100, True, [], {"amount": "1.00"},
                       {**money("1.00"), "cents": 0}):
            self.refuses(422, "invalid", field, "POST", path, form(amount))
        for amount in (money("0"), money("0.00"), money("-0.01"), money("-1"), money("10000000000000.01"),
                       money("99999999999999999.99"), money("9" * 40)):
            self.refuses(422, "out-of-range", field, "POST", path, form(amount))

    def test_the_largest_amount_that_there_can_be_goes_through(self):
        deal = new_deal(["8403361344537.81"])
        invoice = deal.accept(1)
        self.assertEqual(invoice["total"], money("9999999999999.99"))
        deal.pay("9999999999999.99")
        self.assertEqual(deal.invoice(invoice)["state"], "paid")

    def test_an_invoice_beyond_the_largest_amount_is_refused_before_the_acceptance(self):
        deal = new_deal(["10000000000000.00"])
        submission = deal.submit(1)
        self.refused(422, "out-of-range", "total", "POST", f"/submissions/{submission['id']}/accept",
                     {"decisions": [{"criterion": "R1.1", "met": True}]}, who=deal.approver)

    def test_a_currency_without_decimals_is_billed_in_whole_yen(self):
        deal = new_deal(["1005", "335"], currency="JPY", tax_rate_ppm=100000)
        invoice = deal.accept(1)
        self.assertEqual((invoice["net"], invoice["tax"], invoice["total"]),
                         (money("1005", "JPY"), money("101", "JPY"), money("1106", "JPY")))  # 100.5 rounded up
        self.refused(422, "invalid", "amount", "POST", "/payments", {
            "client_id": deal.client["id"], "amount": money("1106.0", "JPY"), "received_day": today()})
        self.refused(422, "invalid", "lines/0/net", "POST", f"/invoices/{invoice['id']}/credit-notes",
                     {"reason": "x", "lines": [{"number": 1, "net": money("1.5", "JPY")}]})
        deal.pay("600")
        self.assertEqual(deal.position(), ("1005", "1005", "545", "335"))
        self.check()
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes",
                            {"reason": "agreed", "lines": [{"number": 1, "net": money("335", "JPY")}]})
        self.assertEqual((note["tax"], note["total"]), (money("34", "JPY"), money("369", "JPY")))
        self.assertEqual(deal.balance(), ("137", "0", "0", "137"))
        self.check()
        rest = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "all of it"})
        self.assertEqual((rest["net"], rest["tax"]), (money("670", "JPY"), money("67", "JPY")))
        self.assertEqual(deal.balance(), ("0", "600", "0", "-600"))

    def test_a_currency_with_three_decimals_is_billed_to_the_fils(self):
        deal = new_deal(["10.005", "3.335"], currency="KWD", tax_rate_ppm=50000)
        invoice = deal.accept(1)
        self.assertEqual((invoice["tax"], invoice["total"]), (money("0.500", "KWD"), money("10.505", "KWD")))
        self.refused(422, "invalid", "amount", "POST", "/payments", {
            "client_id": deal.client["id"], "amount": money("1.0005", "KWD"), "received_day": today()})
        deal.pay("10.506")
        self.assertEqual(deal.balance(), ("0.000", "0.001", "0.000", "-0.001"))

    def test_currencies_do_not_mix(self):
        deal = new_deal(["1005"], currency="JPY", tax_rate_ppm=0)
        invoice = deal.accept(1)
        euros = deal.owner.made("/payments", {"client_id": deal.client["id"], "amount": money("5.00"),
                                              "received_day": today()})
        self.assertEqual((euros["allocations"], deal.invoice(invoice)["state"]), ([], "issued"))
        self.check()
        self.refused(409, "wrong-state", "allocations", "POST", f"/payments/{euros['id']}/allocate")
        self.refused(422, "invalid", "allocations/0/currency", "POST", f"/payments/{euros['id']}/allocate",
                     {"allocations": [{"invoice_id": invoice["id"], "amount": money("5.00")}]})
        self.refused(422, "invalid", "currency", "POST", f"/payments/{euros['id']}/allocate",
                     {"allocations": [{"invoice_id": invoice["id"], "amount": money("5", "JPY")}]})
        self.refused(422, "invalid", "currency", "POST", f"/invoices/{invoice['id']}/credit-notes",
                     {"reason": "x", "lines": [{"number": 1, "net": money("5.00")}]})
        self.refused(422, "invalid", "currency", "POST", "/refunds",
                     {"payment_id": euros["id"], "amount": money("5", "JPY"), "reason": "x"})
        self.assertEqual([one["currency"] for one in deal.statement()["balances"]], ["EUR", "JPY"])


class Refunds(Case):
    def test_money_goes_back_and_may_come_back_again(self):
        deal = new_deal(["100.00"])
        deal.accept(1)
        paid = deal.pay("150.00")
        self.assertEqual(deal.balance(), ("0.00", "31.00", "0.00", "-31.00"))
        self.refused(422, "out-of-range", "amount", "POST", "/refunds",
                     {"payment_id": paid["id"], "amount": money("31.01"), "reason": "paid too much"})
        refund = finance.made("/refunds", {"payment_id": paid["id"], "amount": money("30.00"), "reason": "too much"})
        path = f"/refunds/{refund['id']}"
        self.assertRegex(refund["number"], r"^R-\d{4}-\d{4,}$")
        self.assertEqual((refund["state"], refund["client_id"], refund["paid_day"]),
                         ("requested", deal.client["id"], None))
        self.assertEqual(deal.balance(), ("0.00", "1.00", "30.00", "-31.00"))
        self.check()
        self.refused(422, "invalid", "paid_day", "POST", f"{path}/pay", {"paid_day": in_days(2)})
        self.refused(409, "wrong-state", "state", "POST", f"{path}/return", {"reason": "x"})
        self.refused(409, "wrong-state", "allocated", "POST", f"/payments/{paid['id']}/reverse", {"reason": "x"})
        self.assertEqual(finance.made(f"{path}/pay", {"paid_day": today()})["state"], "paid")
        self.assertEqual(deal.balance(), ("0.00", "1.00", "0.00", "-1.00"))
        self.check()
        self.refused(409, "wrong-state", "state", "POST", f"{path}/pay", {"paid_day": today()})
        self.refused(409, "wrong-state", "state", "POST", f"{path}/cancel", {"reason": "x"})
        back = finance.made(f"{path}/return", {"reason": "account closed"})
        self.assertEqual((back["state"], back["paid_day"]), ("requested", None))
        self.assertEqual(deal.balance(), ("0.00", "1.00", "30.00", "-31.00"))
        self.check()
        finance.made(f"{path}/pay", {"paid_day": today()})
        finance.made(f"{path}/return", {"reason": "account closed"})
        self.check()
        self.assertEqual(finance.made(f"{path}/cancel", {"reason": "keeps it"})["state"], "cancelled")
        self.assertEqual(deal.balance(), ("0.00", "31.00", "0.00", "-31.00"))
        self.check()
        for step, form in (("pay", {"paid_day": today()}), ("return", {"reason": "x"}), ("cancel", {"reason": "x"})):
            self.refused(409, "wrong-state", "state", "POST", f"{path}/{step}", form)

    def test_a_payment_that_went_back_in_full_is_refunded(self):
        deal = new_deal(["100.00"])
        paid = deal.pay("20.00")
        refund = finance.made("/refunds", {"payment_id": paid["id"], "amount": money("20.00"), "reason": "unasked"})
        shown = owner.get(f"/payments/{paid['id']}").data
        self.assertEqual((shown["state"], shown["refunded"]), ("refunded", money("20.00")))
        self.refused(409, "wrong-state", "refunded", "POST", f"/payments/{paid['id']}/reverse", {"reason": "x"})
        self.refused(409, "wrong-state", "state", "POST", f"/payments/{paid['id']}/allocate")
        finance.made(f"/refunds/{refund['id']}/cancel", {"reason": "keeps it"})
        self.assertEqual(owner.get(f"/payments/{paid['id']}").data["state"], "confirmed")

    def test_a_refund_is_of_a_payment_or_of_a_credit_note(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("119.00")
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "agreed"})
        self.check()
        good = {"amount": money("1.00"), "reason": "agreed"}
        for field, body in (("payment_id", good),
                            ("payment_id", {**good, "payment_id": paid["id"], "credit_note_id": note["id"]}),
                            ("payment_id", {**good, "payment_id": NO_ID}),
                            ("credit_note_id", {**good, "credit_note_id": NO_ID}),
                            ("credit_note_id", {**good, "credit_note_id": invoice["id"]}),
                            ("reason", {**good, "credit_note_id": note["id"], "reason": "\n"})):
            self.refused(422, "invalid", field, "POST", "/refunds", body)
        self.refused(422, "out-of-range", "amount", "POST", "/refunds",
                     {**good, "payment_id": paid["id"]})  # all of it is applied
        refund = finance.made("/refunds", {**good, "credit_note_id": note["id"], "amount": money("119.00")})
        self.assertEqual(deal.invoice(note)["state"], "paid")
        self.assertEqual(deal.balance(), ("0.00", "0.00", "119.00", "-119.00"))
        self.check()
        finance.made(f"/refunds/{refund['id']}/pay", {"paid_day": today()})
        self.assertEqual(deal.balance(), ("0.00", "0.00", "0.00", "0.00"))


class CreditNotes(Case):
    def test_an_invoice_is_taken_back_in_parts_and_billed_again(self):
        deal = new_deal(["100.00", "10.00"])
        invoice = deal.accept(1)
        path = f"/invoices/{invoice['id']}/credit-notes"
        part = finance.made(path, {"reason": "discount", "lines": [{"number": 1, "net": money("33.33")}]})
        self.assertEqual((part["kind"], part["credited_invoice_id"], part["net"], part["tax"], part["state"]),
                         ("credit_note", invoice["id"], money("33.33"), money("6.33"), "paid"))
        self.assertEqual((part["reference"], part["reason"], part["due_day"]), (None, "discount", part["issue_day"]))
        shown = deal.invoice(invoice)
        self.assertEqual((shown["state"], shown["credited"]), ("issued", money("39.66")))
        self.assertEqual((deal.billing(1), deal.position()), ("invoiced", ("100.00", "66.67", "0.00", "43.33")))
        self.check()
        self.refused(422, "out-of-range", "lines/0/net", "POST", path,
                     {"reason": "x", "lines": [{"number": 1, "net": money("66.68")}]})
        self.refused(422, "invalid", "lines/0/number", "POST", path,
                     {"reason": "x", "lines": [{"number": 2, "net": money("1.00")}]})
        self.refused(422, "invalid", "lines/1/number", "POST", path,
                     {"reason": "x", "lines": [{"number": 1, "net": money("1.00")}] * 2})
        self.refused(409, "wrong-state", "billing", "POST", f"/milestones/{invoice['milestone_id']}/invoice")
        rest = finance.made(path, {"reason": "all of it"})
        self.assertEqual((rest["net"], rest["tax"]), (money("66.67"), money("12.67")))
        self.assertEqual((deal.invoice(invoice)["state"], deal.billing(1)), ("cancelled", "credited"))
        self.assertEqual(deal.position(), ("100.00", "0.00", "0.00", "110.00"))
        self.assertEqual(deal.balance(), ("0.00", "0.00", "0.00", "0.00"))
        self.check()
        self.refused(409, "wrong-state", "invoice_id", "POST", path, {"reason": "again"})
        self.refused(422, "invalid", "invoice_id", "POST", f"/invoices/{rest['id']}/credit-notes", {"reason": "x"})
        again = finance.made(f"/milestones/{invoice['milestone_id']}/invoice")
        self.assertNotEqual(again["number"], invoice["number"])
        self.assertEqual((again["total"], again["certificate_id"]), (invoice["total"], invoice["certificate_id"]))
        self.assertEqual((deal.billing(1), deal.position()), ("invoiced", ("100.00", "100.00", "0.00", "10.00")))
        self.check()
        self.refused(409, "wrong-state", "billing", "POST", f"/milestones/{invoice['milestone_id']}/invoice")
        deal.pay("119.00", payer_reference=invoice["reference"])  # quotes the old one: it is open no more
        self.assertEqual(deal.balance(), ("0.00", "0.00", "0.00", "0.00") if deal.invoice(again)["state"] == "paid"
                         else ("119.00", "119.00", "0.00", "0.00"))

    def test_of_a_part_paid_invoice_the_unpaid_goes_first_and_the_rest_is_credit(self):
        deal = new_deal(["100.00", "50.00"])
        invoice, other = deal.accept(1), deal.accept(2)
        deal.pay("70.00", payer_reference=invoice["reference"])
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"})
        shown = deal.invoice(invoice)
        self.assertEqual((shown["credited"], shown["paid"], shown["state"]),
                         (money("49.00"), money("70.00"), "paid"))
        self.assertEqual((note["paid"], note["state"]), (money("49.00"), "part_paid"))
        self.assertEqual(deal.balance(), ("59.50", "70.00", "0.00", "-10.50"))
        self.assertEqual(deal.position(), ("150.00", "50.00", "0.00", "100.00"))
        self.assertEqual([(one["credit_note_id"], one["rest"]) for one in deal.statement()["credits"]],
                         [(note["id"], money("70.00"))])
        self.check()
        own = owner.get(f"/allocations?credit_note_id={note['id']}").data["items"][0]
        self.refused(409, "wrong-state", "invoice_id", "POST", f"/allocations/{own['id']}/reverse", {"reason": "x"})
        self.refused(422, "out-of-range", "allocations/0/amount", "POST", f"/credit-notes/{note['id']}/allocate",
                     {"allocations": [{"invoice_id": other["id"], "amount": money("59.51")}]})
        used = finance.made(f"/credit-notes/{note['id']}/allocate")
        self.assertEqual((used["paid"], deal.invoice(other)["state"]), (money("108.50"), "paid"))
        self.assertEqual((deal.billing(2), deal.balance()), ("settled", ("0.00", "10.50", "0.00", "-10.50")))
        self.check()
        self.refused(409, "wrong-state", "allocations", "POST", f"/credit-notes/{note['id']}/allocate")
        self.refused(404, "not-found", None, "POST", f"/credit-notes/{other['id']}/allocate")
        self.refused(404, "not-found", None, "POST", f"/credit-notes/{NO_ID}/allocate")
        reversed_one = next(one for one in owner.get(f"/allocations?credit_note_id={note['id']}&state=active"
                                                     f"&invoice_id={other['id']}").data["items"])
        finance.made(f"/allocations/{reversed_one['id']}/reverse", {"reason": "another one first"})
        self.assertEqual((deal.billing(2), deal.balance()), ("invoiced", ("59.50", "70.00", "0.00", "-10.50")))

    def test_when_the_payment_bounces_after_the_credit_the_credit_steps_in(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("119.00")
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"})
        self.assertEqual(deal.balance(), ("0.00", "119.00", "0.00", "-119.00"))
        self.check()
        finance.made(f"/allocations/{paid['allocations'][0]['id']}/reverse", {"reason": "bounced"})
        shown = deal.invoice(invoice)
        self.assertEqual((shown["state"], shown["credited"], shown["paid"]),
                         ("cancelled", money("119.00"), money("0.00")))
        self.assertEqual((deal.invoice(note)["state"], deal.balance()), ("paid", ("0.00", "119.00", "0.00", "-119.00")))
        self.check()
        finance.made(f"/payments/{paid['id']}/reverse", {"reason": "bounced"})
        self.assertEqual(deal.balance(), ("0.00", "0.00", "0.00", "0.00"))

    def test_both_papers_are_there_and_always_the_same(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"})
        for document in (invoice, note):
            key = {"Idempotency-Key": f"paper-{document['id']}"}
            first, second = (deal.approver.ask("GET", f"/invoices/{document['id']}/document", headers=key)
                             for _ in range(2))
            self.assertTrue(first.body.startswith(b"%PDF-"))
            self.assertEqual(first.body, second.body)

    def test_a_reason_is_needed(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        path = f"/invoices/{invoice['id']}/credit-notes"
        for body in (None, {}, {"reason": ""}, {"reason": " \n"}, {"reason": None}, {"reason": "x" * 4001}):
            slug = "out-of-range" if body and len(str(body["reason"])) > 4000 else "invalid"
            self.refused(422, slug, "reason", "POST", path, body)
        self.refused(404, "not-found", None, "POST", f"/invoices/{NO_ID}/credit-notes", {"reason": "x"})
        self.refused(404, "not-found", None, "POST", f"/milestones/{NO_ID}/invoice")


class Ledger(Case):
    def entry(self, kind, source):
        items = owner.get(f"/ledger/entries?kind={kind}&source_id={source['id']}").data["items"]
        return f"/ledger/entries/{items[-1]['id']}"

    def test_each_event_posts_what_it_should(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("150.00")
        refund = finance.made("/refunds", {"payment_id": paid["id"], "amount": money("31.00"), "reason": "too much"})
        finance.made(f"/refunds/{refund['id']}/pay", {"paid_day": today()})
        note = finance.made(f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"})
        for kind, source, expected in (
                ("invoice", invoice, {"receivable": "119.00", "revenue": "-100.00", "output_tax": "-19.00"}),
                ("payment", paid, {"bank": "150.00", "client_credit": "-150.00"}),
                ("allocation", paid["allocations"][0], {"client_credit": "119.00", "receivable": "-119.00"}),
                ("refund_request", refund, {"client_credit": "31.00", "refunds_payable": "-31.00"}),
                ("refund", refund, {"refunds_payable": "31.00", "bank": "-31.00"}),
                ("credit_note", note, {"revenue": "100.00", "output_tax": "19.00", "client_credit": "-119.00"})):
            entry = owner.get(self.entry(kind, source)).data
            self.assertEqual({one["account"]: one["amount"]["amount"] for one in entry["postings"]}, expected, kind)
            self.assertEqual((entry["currency"], entry["reverses_id"]), ("EUR", None))

    def test_an_entry_is_reversed_with_what_it_records(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        paid = deal.pay("150.00")
        refund = finance.made("/refunds", {"payment_id": paid["id"], "amount": money("31.00"), "reason": "too much"})
        self.refused(409, "wrong-state", "kind", "POST", f"{self.entry('invoice', invoice)}/reverse", {"reason": "x"})
        self.refused(409, "wrong-state", "allocated", "POST", f"{self.entry('payment', paid)}/reverse",
                     {"reason": "x"})
        self.refused(404, "not-found", None, "POST", f"/ledger/entries/{NO_ID}/reverse", {"reason": "x"})
        paying = finance.made(f"/refunds/{refund['id']}/pay", {"paid_day": today()})
        self.check()
        back = finance.made(f"{self.entry('refund', paying)}/reverse", {"reason": "returned"})
        self.assertEqual((back["kind"], back["source_id"]), ("reversal", refund["id"]))
        self.assertEqual(owner.get(f"/refunds/{refund['id']}").data["state"], "requested")
        self.check()
        self.refused(409, "wrong-state", "state", "POST", f"{self.entry('refund', paying)}/reverse", {"reason": "x"})
        self.refused(409, "wrong-state", "kind", "POST", f"/ledger/entries/{back['id']}/reverse", {"reason": "x"})
        finance.made(f"{self.entry('refund_request', refund)}/reverse", {"reason": "keeps it"})
        self.assertEqual((owner.get(f"/refunds/{refund['id']}").data["state"], deal.balance()),
                         ("cancelled", ("0.00", "31.00", "0.00", "-31.00")))
        self.check()
        finance.made(f"{self.entry('allocation', paid['allocations'][0])}/reverse", {"reason": "not his"})
        self.assertEqual((deal.invoice(invoice)["state"], deal.balance()),
                         ("issued", ("119.00", "150.00", "0.00", "-31.00")))
        self.check()
        mirror = finance.made(f"{self.entry('payment', paid)}/reverse", {"reason": "not his"})
        self.assertEqual({one["account"]: one["amount"]["amount"] for one in mirror["postings"]},
                         {"bank": "-150.00", "client_credit": "150.00"})
        self.assertTrue(mirror["narrative"].endswith("not his"), mirror)
        self.assertEqual(owner.get(f"/payments/{paid['id']}").data["state"], "reversed")

    def test_an_accounts_statement_goes_from_opening_to_closing(self):
        deal = new_deal(["100.00"], currency="USD")
        deal.accept(1)
        before = owner.get(f"/ledger/accounts/bank/statement?currency=USD&from_day={today()}").data
        paid = owner.made("/payments", {"client_id": deal.client["id"], "amount": money("40.00", "USD"),
                                        "received_day": in_days(-10)})
        deal.pay("5.00")
        path = "/ledger/accounts/bank/statement?currency=USD"
        shown = owner.get(f"{path}&from_day={in_days(-10)}").data
        self.assertEqual((shown["account"], shown["kind"], shown["to_day"]), ("bank", "asset", today()))
        self.assertEqual(sum(float(one["amount"]["amount"]) for one in shown["movements"]),
                         float(shown["closing"]["amount"]) - float(shown["opening"]["amount"]))
        self.assertEqual((shown["movements"][0]["entry_id"], shown["movements"][0]["day"],
                          shown["movements"][0]["amount"]), (paid["id"], in_days(-10), money("40.00", "USD")))
        later = owner.get(f"{path}&from_day={in_days(-9)}").data
        self.assertEqual(float(later["opening"]["amount"]), float(before["opening"]["amount"]) + 40)
        self.assertEqual(owner.get(f"{path}&from_day={in_days(-10)}&to_day={in_days(-10)}").data["closing"],
                         later["opening"])
        with books.unchanged(self):
            for status, slug, field, query in (
                    (422, "invalid", "from_day", ""), (422, "invalid", "from_day", "?from_day=2016-02-30"),
                    (422, "invalid", "from_day", f"?from_day={in_days(1)}&to_day={today()}"),
                    (422, "invalid", "currency", f"?from_day={today()}&currency=XQQ")):
                answer = owner.get(f"/ledger/accounts/bank/statement{query}")
                self.assertEqual((answer.status, answer.slug, answer.data.get("field")), (status, slug, field), query)
            self.assertEqual(owner.get(f"/ledger/accounts/cash/statement?from_day={today()}").status, 404)

    def test_the_trial_balance_of_a_past_day_stays(self):
        day = in_days(-3)
        before = owner.get(f"/ledger/trial-balance?day={day}").data
        deal = new_deal(["100.00"])
        deal.accept(1)
        deal.pay("119.00")
        self.assertEqual(owner.get(f"/ledger/trial-balance?day={day}").data, before)
        self.assertEqual(before["day"], day)

    def test_accounts_are_told(self):
        codes = [one["code"] for one in owner.get("/ledger/accounts").data["items"]]
        self.assertEqual(codes, ["bank", "client_credit", "output_tax", "receivable", "refunds_payable", "revenue"])


class Repeating(Case):
    def test_a_replayed_request_is_answered_as_before_and_does_nothing(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        payment = {"client_id": deal.client["id"], "amount": money("119.00"), "received_day": today()}
        steps = [("/payments", payment)]
        first = finance.post(*steps[0], headers={"Idempotency-Key": "pay-1"})
        allocation = f"/allocations/{first.data['allocations'][0]['id']}/reverse"
        for number, (path, body, other) in enumerate((
                ("/payments", payment, {**payment, "amount": money("119.01")}),
                (allocation, {"reason": "not his"}, {"reason": "another"}),
                ("/refunds", {"payment_id": first.data["id"], "amount": money("19.00"), "reason": "too much"},
                 {"payment_id": first.data["id"], "amount": money("18.00"), "reason": "too much"}),
                (f"/invoices/{invoice['id']}/credit-notes", {"reason": "wrong"}, {"reason": "wrong!"}))):
            key = {"Idempotency-Key": f"pay-{1 + number}"}
            made = first if number == 0 else finance.post(path, body, headers=key)
            self.assertLess(made.status, 300, made)
            self.check()
            with books.unchanged(self):
                again = finance.post(path, body, headers=key)
            self.assertEqual((again.status, again.body, again.etag), (made.status, made.body, made.etag))
            self.assertEqual(again.headers["Idempotency-Replayed"], "true")
            self.assertIsNone(made.headers.get("Idempotency-Replayed"))
            self.refused(422, "idempotency-mismatch", "Idempotency-Key", "POST", path, other, headers=key)

    def test_a_key_is_ones_own_and_a_refusal_does_not_use_it(self):
        deal = new_deal(["100.00"])
        key = {"Idempotency-Key": "shared-by-chance"}
        wrong = {"client_id": deal.client["id"], "amount": money("0.00"), "received_day": today()}
        right = {**wrong, "amount": money("1.00")}
        self.refused(422, "out-of-range", "amount", "POST", "/payments", wrong, headers=key)
        one, other = (who.made("/payments", right, headers=key) for who in (finance, owner))
        self.assertNotEqual(one["id"], other["id"])

    def test_a_version_that_has_passed_is_refused(self):
        deal = new_deal(["100.00"])
        invoice = deal.accept(1)
        read = finance.get(f"/invoices/{invoice['id']}")
        paid = finance.post("/payments", {"client_id": deal.client["id"], "amount": money("200.00"),
                                          "received_day": today()})
        self.check()
        stale = {"If-Match": read.etag}
        self.refused(412, "stale", "If-Match", "POST", f"/invoices/{invoice['id']}/credit-notes", {"reason": "x"},
                     headers=stale)
        wrong = {"If-Match": '"17"'}
        refund = finance.made("/refunds", {"payment_id": paid.data["id"], "amount": money("1.00"), "reason": "x"})
        allocation = paid.data["allocations"][0]
        for path, body in ((f"/payments/{paid.data['id']}/allocate", None),
                           (f"/payments/{paid.data['id']}/reverse", {"reason": "x"}),
                           (f"/allocations/{allocation['id']}/reverse", {"reason": "x"}),
                           (f"/refunds/{refund['id']}/pay", {"paid_day": today()}),
                           (f"/refunds/{refund['id']}/cancel", {"reason": "x"}),
                           (f"/refunds/{refund['id']}/return", {"reason": "x"}),
                           (f"/milestones/{invoice['milestone_id']}/invoice", None)):
            self.refused(412, "stale", "If-Match", "POST", path, body, headers=wrong)
        for etag in ("17", '"x"', 'W/"1"', '"0"', ""):
            self.refused(422, "invalid", "If-Match", "POST", f"/refunds/{refund['id']}/cancel", {"reason": "x"},
                         headers={"If-Match": etag})
        now = finance.get(f"/invoices/{invoice['id']}").etag
        self.assertEqual(finance.post(f"/invoices/{invoice['id']}/credit-notes", {"reason": "x"},
                                      headers={"If-Match": now}).status, 201)


class People(Case):
    def test_the_client_reads_what_is_its_own_and_changes_nothing(self):
        deal, other = new_deal(["100.00"]), new_deal(["100.00"])
        invoice, foreign = deal.accept(1), other.accept(1)
        paid = deal.pay("150.00")
        stranger = other.pay("1.00")
        payer = deal.enter("payer")
        for who in (deal.approver, payer):
            self.assertEqual([one["id"] for one in who.get("/invoices").data["items"]], [invoice["id"]])
            self.assertEqual([one["id"] for one in who.get("/payments").data["items"]], [paid["id"]])
            self.assertEqual(who.get(f"/clients/{deal.client['id']}/statement").data["balances"][0]["credit"],
                             money("31.00"))
            self.assertNotIn("note", who.get(f"/payments/{paid['id']}").data)
            for path in (f"/invoices/{foreign['id']}", f"/payments/{stranger['id']}", f"{other.path}/position",
                         f"/clients/{other.client['id']}/statement", f"/invoices/{foreign['id']}/document"):
                self.assertEqual(who.get(path).status, 404, path)
            for path in ("/ledger/accounts", "/ledger/entries", "/ledger/trial-balance",
                         f"/ledger/accounts/bank/statement?from_day={today()}"):
                self.assertEqual(who.get(path).status, 403, path)
            for path, body in (("/payments", {"amount": money("1.00"), "received_day": today()}),
                               (f"/payments/{paid['id']}/allocate", None),
                               ("/refunds", {"payment_id": paid["id"], "amount": money("1.00"), "reason": "x"}),
                               (f"/invoices/{invoice['id']}/credit-notes", {"reason": "x"}),
                               (f"/milestones/{invoice['milestone_id']}/invoice", None)):
                self.refused(403, "forbidden", None, "POST", path, body, who=who)


if __name__ == "__main__":
    run()
