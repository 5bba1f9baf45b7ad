"""A server is killed at random while milestones are accepted, paid and credited: each that was told is in the books
once, and nothing else is.

    test_crash_billing.py WAYMARK
"""
import os
import random
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Books, Deal, money, today
from crash import CrashCase, Write, Writer, join, start
from server import Server
from tap import run

WAYMARK = sys.argv[1]
ROUNDS = 6
DEALS, MILESTONES = 4, 50
# What each write leaves: where it is listed, how its number is written, what an answer calls its id and number, and
# the event of its leaf.
KINDS = {
    "acceptance": ("/invoices?kind=invoice&", r"\d{4}-(\d{4})", ("invoice_id", "invoice_number"), "milestone.accepted"),
    "payment": ("/payments?", r"P-\d{4}-(\d{4})", ("id", "number"), "payment.recorded"),
    "credit": ("/invoices?kind=credit_note&", r"CN-\d{4}-(\d{4})", ("id", "number"), "credit_note.issued"),
}


class Biller(Writer):
    """Accepts one milestone of a deal after the other; pays some of the invoices, and takes back a part of some."""

    def __init__(self, server, deal, submissions, chance):
        self.approver, self.owner = server.client(deal.approver.headers), server.client(deal.owner.headers)
        super().__init__([self.approver, self.owner], chance)
        self.deal, self.submissions, self.next = deal, submissions, []

    def next_write(self):
        if self.next:
            return self.next.pop()
        if not self.submissions:
            return None
        return Write("acceptance", self.approver, "POST", f"/submissions/{self.submissions.pop()['id']}/accept",
                     {"decisions": [{"criterion": CRITERION, "met": True}]})

    def learn(self, write):
        if write.kind != "acceptance":
            return
        if self.chance.random() < 0.7:
            self.next.append(Write("payment", self.owner, "POST", "/payments", {
                "client_id": self.deal.client["id"], "amount": money("119.00"), "received_day": today()}))
        if self.chance.random() < 0.4:
            self.next.append(Write("credit", self.owner, "POST", f"/invoices/{write.answer.data['invoice_id']}/credit-notes", {
                "reason": "discount", "lines": [{"number": 1, "net": money("10.00")}]}))


class CrashBilling(CrashCase):
    def pages(self, person, path):
        found, cursor = [], ""
        while cursor is not None:
            page = person.get(f"{path}limit=200{cursor and '&cursor='}{cursor}").data
            found += page["items"]
            cursor = page["next_cursor"]
        return found

    def check_books(self, server, owner, books, writes):
        """Every write of all rounds is there once, under the number that was told, numbers have no gap, and the books
        agree."""
        for kind, (path, pattern, names, event) in KINDS.items():
            told = [tuple(write.answer.data[name] for name in names) for write in writes if write.kind == kind]
            found = [(row["id"], row["number"]) for row in self.pages(owner, path)]
            self.assertEqual(sorted(found), sorted(told), kind)
            self.assertEqual(sorted(int(re.fullmatch(pattern, number)[1]) for _, number in found),
                             list(range(1, len(found) + 1)), kind)
            self.assertEqual(self.count(server, f"SELECT count(*) FROM leaf WHERE event = '{event}'"), len(told), kind)
        books.check(self)

    def test_what_was_told_is_in_the_books_once_after_each_kill(self):
        chance = random.Random(1494)
        writes, told, unanswered, done = [], 0, 0, 0
        with Server(WAYMARK) as server:
            owner = server.sign_in()
            books = Books(server, owner)
            deals = [books.add(Deal(server, owner, ["100.00"] * MILESTONES)) for _ in range(DEALS)]
            submissions = [[deal.submit(number) for number in range(1, MILESTONES + 1)] for deal in deals]
            for _ in range(ROUNDS):
                billers = start([Biller(server, deal, open_ones, random.Random(chance.random()))
                                 for deal, open_ones in zip(deals, submissions)])
                time.sleep(chance.uniform(0.05, 0.6))
                server.kill()
                of_round = join(billers)
                server.start()
                owner.close()
                owner.port = server.port
                counts = self.check_round(server, of_round, chance)
                told, unanswered, done = told + counts[0], unanswered + counts[1], done + counts[2]
                writes += of_round
                self.check_books(server, owner, books, writes)
            server.run("verify")
        self.assertGreater(told, ROUNDS)
        self.assertGreater(unanswered, 0)
        print(f"# {ROUNDS} kills: {told} writes were told, {unanswered} were not, {done} of these were done")


if __name__ == "__main__":
    run()
