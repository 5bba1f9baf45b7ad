"""Many who accept and pay in the same moment: nobody is refused, numbers have no gap, and the books agree:
test_billing_crowd.py WAYMARK"""

import concurrent.futures
import os
import re
import sys
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Books, Deal, money, today
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]
CROWD, CLIENTS = 32, 8
EACH = CROWD // CLIENTS


def setUpModule():
    global server, owner, books
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    books = Books(server, owner)


def tearDownModule():
    server.run("verify")


def likewise(person):
    """The same person over a connection of its own."""
    return server.client(person.headers)


def all_at_once(tasks):
    """Runs them in threads that start together; what each returns."""
    barrier = threading.Barrier(len(tasks))

    def started(task):
        barrier.wait()
        return task()

    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(started, tasks))


def post(person, path, body, **headers):
    client = likewise(person)
    return lambda: client.post(path, body, headers=headers)


class Crowd(unittest.TestCase):
    def gapless(self, path, pattern, kind=""):
        """The numbers that a list shows are 1, 2, … without a gap; how many there are."""
        found, cursor = [], ""
        while cursor is not None:
            page = owner.get(f"{path}?limit=200{kind}{cursor and '&cursor='}{cursor}").data
            found += [int(re.fullmatch(pattern, one["number"])[1]) for one in page["items"]]
            cursor = page["next_cursor"]
        self.assertEqual(sorted(found), list(range(1, len(found) + 1)), path)
        return len(found)

    def test_a_crowd_accepts_pays_and_takes_back_at_once(self):
        deals = [books.add(Deal(server, owner, ["100.00"] * EACH)) for _ in range(CLIENTS)]
        work = [(deal, deal.submit(number)) for deal in deals for number in range(1, EACH + 1)]
        decisions = {"decisions": [{"criterion": CRITERION, "met": True}]}
        accepted = all_at_once([post(deal.approver, f"/submissions/{submission['id']}/accept", decisions)
                                for deal, submission in work])
        self.assertEqual([answer.status for answer in accepted], [200] * CROWD, accepted)
        self.assertEqual(self.gapless("/invoices", r"\d{4}-(\d{4})", "&kind=invoice"), CROWD)
        self.assertEqual(len({answer.data["invoice_number"] for answer in accepted}), CROWD)
        books.check(self)

        invoices = [owner.get(f"/invoices/{answer.data['invoice_id']}").data for answer in accepted]
        self.assertEqual(len({invoice["reference"] for invoice in invoices}), CROWD)
        paid = all_at_once([post(owner, "/payments", {"amount": money("119.00"), "received_day": today(),
                                                      "payer_reference": invoice["reference"]}) for invoice in invoices])
        self.assertEqual([answer.status for answer in paid], [201] * CROWD, paid)
        self.assertEqual(self.gapless("/payments", r"P-\d{4}-(\d{4})"), CROWD)
        self.assertEqual({owner.get(f"/invoices/{invoice['id']}").data["state"] for invoice in invoices}, {"paid"})
        books.check(self)

        credited = all_at_once([post(owner, f"/invoices/{invoice['id']}/credit-notes",
                                     {"reason": "discount", "lines": [{"number": 1, "net": money("10.00")}]})
                                for invoice in invoices])
        self.assertEqual([answer.status for answer in credited], [201] * CROWD, credited)
        self.assertEqual(self.gapless("/invoices", r"CN-\d{4}-(\d{4})", "&kind=credit_note"), CROWD)
        refunded = all_at_once([post(owner, "/refunds", {"credit_note_id": answer.data["id"], "reason": "discount",
                                                         "amount": money("11.90")}) for answer in credited])
        self.assertEqual([answer.status for answer in refunded], [201] * CROWD, refunded)
        self.assertEqual(self.gapless("/refunds", r"R-\d{4}-(\d{4})"), CROWD)
        books.check(self)

    def test_of_a_crowd_that_wants_the_same_one_gets_it(self):
        deal = books.add(Deal(server, owner, ["100.00"]))
        submission = deal.submit(1)
        decisions = {"decisions": [{"criterion": CRITERION, "met": True}]}
        answers = all_at_once([post(deal.approver, f"/submissions/{submission['id']}/accept", decisions)
                               for _ in range(CROWD)])
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * (CROWD - 1))
        invoice = next(answer.data["invoice_id"] for answer in answers if answer.status == 200)
        books.check(self)
        answers = all_at_once([post(owner, f"/invoices/{invoice}/credit-notes", {"reason": "all of it"})
                               for _ in range(CROWD)])
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [409] * (CROWD - 1))
        books.check(self)
        payment = deal.pay("100.00")
        answers = all_at_once([post(owner, "/refunds", {"payment_id": payment["id"], "amount": money("60.00"),
                                                        "reason": "too much"}) for _ in range(CROWD)])
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [422] * (CROWD - 1))
        books.check(self)

    def test_a_crowd_with_one_key_does_it_once(self):
        deal = books.add(Deal(server, owner, ["100.00"]))
        body = {"client_id": deal.client["id"], "amount": money("1.00"), "received_day": today()}
        key = {"Idempotency-Key": "one-and-the-same"}
        answers = all_at_once([post(owner, "/payments", body, **key) for _ in range(CROWD)])
        self.assertEqual({answer.status for answer in answers}, {201})
        self.assertEqual(len({answer.body for answer in answers}), 1)
        self.assertEqual(len(owner.get(f"/payments?client_id={deal.client['id']}").data["items"]), 1)
        books.check(self)

    def test_of_a_crowd_that_has_read_the_same_version_one_may_write(self):
        deal = books.add(Deal(server, owner, ["100.00"]))
        payment = deal.pay("100.00", rule="none")
        refund = owner.post("/refunds", {"payment_id": payment["id"], "amount": money("1.00"), "reason": "x"})
        answers = all_at_once([post(owner, f"/refunds/{refund.data['id']}/pay", {"paid_day": today()},
                                    **{"If-Match": refund.etag}) for _ in range(CROWD)])
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [412] * (CROWD - 1))


if __name__ == "__main__":
    run()
