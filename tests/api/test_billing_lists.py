"""Every list of billing: filters, sorting, and pages by cursor, while rows come in; for the agency and for a
client: test_billing_lists.py WAYMARK"""

import itertools
import os
import sys
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Deal, in_days, money, today
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]
SORTS = {"/invoices": ("issue_day", "due_day", "number", "total"), "/payments": ("received_day", "number", "amount"),
         "/refunds": ("number", "amount"), "/allocations": (), "/ledger/entries": ()}


def setUpModule():
    global server, owner, first, second, yen, invoices, notes, payments, refunds
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    first = Deal(server, owner, ["30.00", "10.00", "20.00", "10.00", "40.00"], payment_days=10)
    second = Deal(server, owner, ["10.00", "50.00"], payment_days=20)
    yen = Deal(server, owner, ["1000"], currency="JPY", tax_rate_ppm=0)
    invoices = [first.accept(number) for number in range(1, 6)] + [second.accept(1), second.accept(2), yen.accept(1)]
    notes = [owner.made(f"/invoices/{invoices[0]['id']}/credit-notes", {"reason": "wrong"}),
             owner.made(f"/invoices/{invoices[5]['id']}/credit-notes",
                        {"reason": "discount", "lines": [{"number": 1, "net": money("1.00")}]})]
    payments = [first.pay("11.90", payer_reference=invoices[1]["reference"], received_day=in_days(-3)),
                first.pay("5.00", payer_reference=invoices[2]["reference"], received_day=in_days(-1)),
                second.pay("100.00", rule="none"), second.pay("1.00", rule="none", received_day=in_days(-2)),
                yen.pay("500")]
    owner.made(f"/payments/{payments[3]['id']}/reverse", {"reason": "bounced"})
    refunds = [owner.made("/refunds", {"payment_id": payments[2]["id"], "amount": money(amount), "reason": "too much"})
               for amount in ("3.00", "1.00", "2.00")]
    owner.made(f"/refunds/{refunds[0]['id']}/pay", {"paid_day": today()})
    owner.made(f"/refunds/{refunds[1]['id']}/cancel", {"reason": "keeps it"})


def ask(who, path, **query):
    answer = who.get(f"{path}?{urllib.parse.urlencode(query)}")
    assert answer.status == 200, f"{path} {query}: {answer}"
    return answer.data


def walk(who, path, limit, **query):
    """All items, page by page."""
    found = []
    page = ask(who, path, limit=limit, **query)
    while True:
        found += page["items"]
        assert len(page["items"]) <= limit
        if page["next_cursor"] is None:
            return found
        assert len(page["items"]) == limit
        page = ask(who, path, limit=limit, cursor=page["next_cursor"], **query)


def ids(items):
    return [one["id"] for one in items]


def value_of(item, name):
    value = item[name]
    if isinstance(value, dict):  # minor units, whatever the currency
        return int(value["amount"].replace(".", ""))
    return value


class Lists(unittest.TestCase):
    def test_pages_of_any_length_hold_all_rows_once_and_in_order(self):
        for path, sorts in SORTS.items():
            whole = walk(owner, path, 200)
            self.assertGreaterEqual(len(whole), 3, path)
            self.assertEqual(ids(whole), sorted(ids(whole)), path)
            for name, sign, limit in itertools.product(("id", *sorts), ("", "-"), (1, 2, 3, 7)):
                column = {"total": "total_minor", "amount": "amount_minor"}.get(name, name)
                found = walk(owner, path, limit, sort=sign + column)
                expected = sorted(whole, key=lambda one: (value_of(one, name), one["id"]), reverse=sign == "-")
                self.assertEqual(ids(found), ids(expected), (path, sign + column, limit))

    def test_filters_keep_what_they_say(self):
        everything = walk(owner, "/invoices", 200)
        self.assertEqual(len(everything), len(invoices) + len(notes))
        for query, keeps in (
                ({"kind": "credit_note"}, lambda one: one["kind"] == "credit_note"),
                ({"kind": "invoice"}, lambda one: one["kind"] == "invoice"),
                ({"state": "paid"}, lambda one: one["state"] == "paid"),
                ({"state": "issued"}, lambda one: one["state"] == "issued"),
                ({"state": "part_paid"}, lambda one: one["state"] == "part_paid"),
                ({"state": "cancelled"}, lambda one: one["state"] == "cancelled"),
                ({"client_id": second.client["id"]}, lambda one: one["client_id"] == second.client["id"]),
                ({"engagement_id": first.engagement["id"]},
                 lambda one: one["engagement_id"] == first.engagement["id"]),
                ({"milestone_id": first.milestones[0]["id"]},
                 lambda one: one["milestone_id"] == first.milestones[0]["id"]),
                ({"number": invoices[3]["number"]}, lambda one: one["number"] == invoices[3]["number"]),
                ({"reference": invoices[3]["reference"]}, lambda one: one["reference"] == invoices[3]["reference"]),
                ({"due_before": in_days(15)}, lambda one: one["due_day"] < in_days(15)),
                ({"due_before": in_days(10)}, lambda one: one["due_day"] < in_days(10)),
                ({"overdue_on": in_days(11)}, lambda one: one["due_day"] < in_days(11) and one["kind"] == "invoice"
                 and one["state"] in ("issued", "part_paid")),
                ({"overdue_on": in_days(10)}, lambda one: False),
                ({"kind": "invoice", "state": "issued", "client_id": first.client["id"], "due_before": in_days(11)},
                 lambda one: one["kind"] == "invoice" and one["state"] == "issued"
                 and one["client_id"] == first.client["id"])):
            expected = ids(filter(keeps, everything))
            self.assertEqual(bool(expected), query != {"overdue_on": in_days(10)}, query)
            for limit in (1, 2, 200):
                self.assertEqual(ids(walk(owner, "/invoices", limit, **query)), expected, query)
            self.assertEqual(ids(walk(owner, "/invoices", 2, sort="-number", **query)),
                             ids(sorted(filter(keeps, everything), key=lambda one: (one["number"], one["id"]),
                                        reverse=True)), query)

    def test_payments_allocations_and_refunds_are_filtered_too(self):
        def found(path, **query):
            return ids(walk(owner, path, 2, **query))

        self.assertEqual(found("/payments", client_id=second.client["id"]), ids(payments[2:4]))
        self.assertEqual(found("/payments", state="reversed"), ids(payments[3:4]))
        self.assertEqual(found("/payments", currency="JPY"), ids(payments[4:]))
        self.assertEqual(found("/payments", number=payments[1]["number"]), ids(payments[1:2]))
        self.assertEqual(found("/payments", from_day=in_days(-2), to_day=in_days(-1)),
                         ids([payments[1], payments[3]]))
        self.assertEqual(found("/refunds", state="requested"), ids(refunds[2:]))
        self.assertEqual(found("/refunds", payment_id=payments[2]["id"]), ids(refunds))
        self.assertEqual(found("/refunds", credit_note_id=notes[0]["id"]), [])
        self.assertEqual(found("/refunds", client_id=first.client["id"]), [])
        self.assertEqual(found("/allocations", payment_id=payments[0]["id"]), ids(payments[0]["allocations"]))
        own = walk(owner, "/allocations", 1, credit_note_id=notes[0]["id"])
        self.assertEqual([one["invoice_id"] for one in own], [invoices[0]["id"]])
        self.assertEqual(found("/allocations", invoice_id=invoices[0]["id"]), ids(own))
        self.assertEqual(found("/allocations", state="reversed"), [])
        self.assertEqual(len(found("/allocations", client_id=first.client["id"])), 3)

    def test_entries_are_filtered_by_what_they_record_and_when(self):
        everything = walk(owner, "/ledger/entries", 200)
        for one in everything:
            self.assertEqual(ask(owner, f"/ledger/entries/{one['id']}"), one)  # with its postings
            self.assertGreater(len(one["postings"]), 1)
        for query, keeps in (({"kind": "reversal"}, lambda one: one["kind"] == "reversal"),
                             ({"currency": "JPY"}, lambda one: one["currency"] == "JPY"),
                             ({"source_id": payments[3]["id"]}, lambda one: one["source_id"] == payments[3]["id"]),
                             ({"from_day": in_days(-2), "to_day": in_days(-1)},
                              lambda one: in_days(-2) <= one["day"] <= in_days(-1))):
            expected = ids(filter(keeps, everything))
            self.assertTrue(expected, query)
            self.assertEqual(ids(walk(owner, "/ledger/entries", 2, **query)), expected, query)

    def test_a_cursor_goes_on_where_it_was_whatever_comes_in_between(self):
        page = ask(owner, "/payments", limit=2, sort="-amount_minor")
        first.pay("0.01", rule="none")
        first.pay("999.00", rule="none")
        rest, cursor = [], page["next_cursor"]
        while cursor:
            more = ask(owner, "/payments", limit=2, sort="-amount_minor", cursor=cursor)
            rest += more["items"]
            cursor = more["next_cursor"]
        seen = ids(page["items"] + rest)
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(set(ids(payments)), set(seen))

    def test_a_cursor_belongs_to_its_list_and_sort(self):
        cursor = ask(owner, "/invoices", limit=1, sort="number")["next_cursor"]
        for path, query in (("/invoices", {"sort": "-number"}), ("/invoices", {}), ("/invoices", {"sort": "due_day"}),
                            ("/payments", {"sort": "amount_minor"})):
            answer = owner.get(f"{path}?{urllib.parse.urlencode({**query, 'cursor': cursor})}")
            self.assertEqual((answer.status, answer.data["field"]), (422, "cursor"), (path, query))
        for bad in (cursor[:-4], cursor + "AAAA", cursor.swapcase(), "x"):
            answer = owner.get(f"/invoices?{urllib.parse.urlencode({'sort': 'number', 'cursor': bad})}")
            self.assertIn(answer.status, (200, 422), bad)

    def test_a_client_pages_through_its_own_only(self):
        mine = [one for one in walk(owner, "/invoices", 200) if one["client_id"] == first.client["id"]]
        for sort in ("id", "-number", "due_day", "-total_minor"):
            found = walk(first.approver, "/invoices", 2, sort=sort)
            self.assertEqual(sorted(ids(found)), ids(mine), sort)
        self.assertEqual(walk(first.approver, "/invoices", 2, client_id=second.client["id"]), [])
        cursor = ask(owner, "/invoices", limit=1)["next_cursor"]
        self.assertLessEqual(set(ids(ask(first.approver, "/invoices", cursor=cursor)["items"])), set(ids(mine)))

    def test_a_summary_has_no_lines_and_the_invoice_has(self):
        summary = ask(owner, "/invoices", number=invoices[0]["number"], kind="invoice")["items"][0]
        self.assertNotIn("lines", summary)
        whole = owner.get(f"/invoices/{summary['id']}").data
        self.assertEqual({**summary, "lines": whole["lines"]}, whole)
        self.assertEqual(len(whole["lines"]), 1)


if __name__ == "__main__":
    run()
