"""Random legal and illegal actions over HTTP against a small model of what must follow: each is allowed
exactly when the model says so; what is refused changes nothing that is stored; and after each step the
engagement, the invoices, the position and the ledger are what the model has. test_model.py WAYMARK

WAYMARK_TEST_SEEDS names other seeds than those that are kept; WAYMARK_TEST_STEPS how many steps each takes."""

import os
import random
import sys
import unittest
from decimal import Decimal

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Books, Deal, money, today
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]
# Kept, so that whatever one of them finds is found again.
SEEDS = [int(seed) for seed in os.environ.get("WAYMARK_TEST_SEEDS", "1 7 2016").split()]
STEPS = int(os.environ.get("WAYMARK_TEST_STEPS", "60"))
PRICES = ["100.01", "0.07", "333.33", "1.00"]
TAX = Decimal("0.19")
CENT = Decimal("0.01")
WRONG_SIDE = 0.1  # of the actions are tried by the other side


def setUpModule():
    global server, owner, books
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    books = Books(server, owner)


def tearDownModule():
    """All that was done must stand up to `waymark verify`."""
    server.run("verify")


class Milestone:
    def __init__(self, number, row, price):
        self.number, self.id, self.due_day, self.price = number, row["id"], row["due_day"], Decimal(price)
        self.state, self.billing, self.submission, self.invoice = "ready", "unbilled", None, None


class Invoice:
    """paid: by payment; credited: by its own credit note, and taken back in full."""

    def __init__(self, milestone, data):
        self.milestone, self.id, self.number = milestone, data["id"], data["number"]
        self.total = milestone.price + (milestone.price * TAX).quantize(CENT, "ROUND_HALF_UP")
        self.paid, self.credited, self.is_taken_back = {}, Decimal(0), False

    def outstanding(self):
        return self.total - sum(self.paid.values()) - self.credited


class Model:
    """What is known of one engagement, and which actions it allows."""

    def __init__(self, deal):
        self.deal = deal
        self.milestones = [Milestone(i, row, price) for i, (row, price) in enumerate(zip(deal.milestones, deal.prices), 1)]
        self.invoices, self.payments, self.allocations = [], {}, {}

    # Each action: whether the model allows it, the request, and what follows when it is done.

    def start(self, choose):
        one = choose(self.milestones)

        def follow(_):
            one.state = "in_progress"
        return one.state == "ready", owner, f"/milestones/{one.id}/start", None, follow

    def submit(self, choose):
        one = choose(self.milestones)

        def follow(data):
            one.state, one.submission = "submitted", data["id"]
        return (one.state in ("in_progress", "rework"), owner, f"/milestones/{one.id}/submissions",
                {"deliverables": [{"title": "page", "link": "https://example.org/"}]}, follow)

    def decide(self, choose, verb, body, state):
        one = choose([each for each in self.milestones if each.submission])

        def follow(data):
            one.state = state
            if state != "accepted":
                return
            one.billing = "invoiced"
            self.bill(one, data["invoice_id"])
        return one.state == "submitted", None, f"/submissions/{one.submission}/{verb}", body, follow

    def bill(self, one, invoice_id):
        one.invoice = Invoice(one, owner.get(f"/invoices/{invoice_id}").data)
        self.invoices.append(one.invoice)

    def accept(self, choose):
        return self.decide(choose, "accept", {"decisions": [{"criterion": CRITERION, "met": True}]}, "accepted")

    def reject(self, choose):
        return self.decide(choose, "reject", {
            "decisions": [{"criterion": CRITERION, "met": False, "severity": "major"}],
            "reason_code": "defect", "reason": "It does not do what it says"}, "rejected")

    def withdraw(self, choose):
        allowed, _, path, _, follow = self.decide(choose, "withdraw", None, "in_progress")
        return allowed, owner, path, None, follow

    def rework(self, choose):
        one = choose(self.milestones)

        def follow(_):
            one.state = "rework"
        return one.state == "rejected", owner, f"/milestones/{one.id}/rework", None, follow

    def pay(self, choose):
        """A payment that names the invoice that it is for: all of it, a part, or more than is outstanding."""
        invoice = choose(self.invoices)
        amount = choose([invoice.outstanding(), CENT, invoice.outstanding() + CENT, invoice.outstanding() / 2])
        amount = amount.quantize(CENT)

        def follow(data):
            self.payments[data["id"]] = "confirmed"
            self.allocations[data["allocations"][0]["id"]] = (data["id"], invoice)
            invoice.paid[data["id"]] = amount
            self.settle(invoice)
        return (0 < amount <= invoice.outstanding(), owner, "/payments", {
            "client_id": self.deal.client["id"], "amount": money(str(amount)), "received_day": today(),
            "allocations": [{"invoice_id": invoice.id, "amount": money(str(amount))}]}, follow)

    def take_off(self, choose):
        """A payment off its invoice: it is the client's credit then."""
        allocation = choose(sorted(self.allocations))
        payment, invoice = self.allocations[allocation]

        def follow(_):
            del invoice.paid[payment]
            self.settle(invoice)
        return (payment in invoice.paid, owner, f"/allocations/{allocation}/reverse",
                {"reason": "It was for another one"}, follow)

    def reverse(self, choose):
        """A payment that was not received after all, once it is off its invoice."""
        payment = choose(sorted(self.payments))

        def follow(_):
            self.payments[payment] = "reversed"
        return (self.payments[payment] == "confirmed" and not any(payment in each.paid for each in self.invoices), owner,
                f"/payments/{payment}/reverse", {"reason": "It was not received"}, follow)

    def settle(self, invoice):
        one = invoice.milestone
        if one.invoice is invoice and one.billing in ("invoiced", "settled"):
            one.billing = "settled" if invoice.outstanding() == 0 and not invoice.credited else "invoiced"

    def credit(self, choose):
        """Takes an unpaid invoice back in full."""
        invoice = choose([each for each in self.invoices if not each.paid])

        def follow(_):
            invoice.credited, invoice.is_taken_back = invoice.total, True
            invoice.milestone.billing = "credited"
        return (not invoice.is_taken_back, owner, f"/invoices/{invoice.id}/credit-notes",
                {"reason": "Not what was agreed"}, follow)

    def bill_again(self, choose):
        one = choose(self.milestones)

        def follow(data):
            one.billing = "invoiced"
            self.bill(one, data["id"])
        return one.billing == "credited", owner, f"/milestones/{one.id}/invoice", None, follow

    ACTIONS = (start, submit, submit, accept, accept, reject, withdraw, rework, pay, pay, take_off, reverse, credit, bill_again)


class Missing(Exception):
    """There is nothing to choose from."""


class Sequences(unittest.TestCase):
    def holds(self, model):
        """The engagement is what the model has; no signed day moved, nothing is billed that was not accepted."""
        shown = {row["id"]: row for row in model.deal.pages(f"{model.deal.path}/milestones")}
        for one in model.milestones:
            row = shown[one.id]
            self.assertEqual((row["state"], row["billing"], row["due_day"]), (one.state, one.billing, one.due_day), one.number)
            self.assertEqual(Decimal(row["price"]["amount"]), one.price)
        numbers = []
        for invoice in model.invoices:
            row = owner.get(f"/invoices/{invoice.id}").data
            self.assertEqual(Decimal(row["total"]["amount"]), invoice.total)
            self.assertEqual(Decimal(row["paid"]["amount"]), sum(invoice.paid.values(), Decimal(0)))
            self.assertEqual(Decimal(row["credited"]["amount"]), invoice.credited)
            numbers.append(int(row["number"].rsplit("-", 1)[1]))
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))) if numbers else [])
        accepted = sum((one.price for one in model.milestones if one.state == "accepted"), Decimal(0))
        invoiced = sum((each.milestone.price for each in model.invoices if not each.is_taken_back), Decimal(0))
        position = owner.get(f"{model.deal.path}/position").data
        self.assertEqual(Decimal(position["accepted"]["amount"]), accepted)
        self.assertEqual(Decimal(position["invoiced"]["amount"]), invoiced)
        self.assertLessEqual(invoiced, accepted)
        self.assertLessEqual(accepted, sum(map(Decimal, PRICES)))
        budget = owner.get(f"{model.deal.path}/budget").data
        self.assertEqual(Decimal(budget["outstanding"]["amount"]), sum((each.outstanding() for each in model.invoices), Decimal(0)))
        books.check(self)

    def step(self, model, chance):
        def choose(among):
            if not among:
                raise Missing
            return chance.choice(among)
        action = chance.choice(Model.ACTIONS)
        try:
            allowed, who, path, body, follow = action(model, choose)
        except Missing:
            return None
        who = who or model.deal.approver
        if chance.random() < WRONG_SIDE:
            with books.unchanged(self):
                answer = (model.deal.approver if who is owner else owner).post(path, body)
            self.assertEqual((answer.status, answer.slug), (403, "forbidden"), f"{action.__name__} {path}: {answer}")
            return action.__name__, False
        if allowed:
            answer = who.post(path, body)
            self.assertIn(answer.status, (200, 201), f"{action.__name__} {path}: {answer}")
            follow(answer.data)
        else:
            with books.unchanged(self):
                answer = who.post(path, body)
            self.assertIn(answer.status, (409, 422), f"{action.__name__} {path}: {answer}")
        return action.__name__, allowed

    def walk(self, seed):
        chance = random.Random(seed)
        deal = books.add(Deal(server, owner, PRICES))
        model = Model(deal)
        taken = []
        while len(taken) < STEPS:
            done = self.step(model, chance)
            if not done:
                continue
            taken.append(done)
            with self.subTest(seed=seed, steps=taken[-5:]):
                self.holds(model)
        books.close()
        self.assertTrue(any(allowed for _, allowed in taken) and not all(allowed for _, allowed in taken))
        return taken


def named(seed):
    def test(self):
        self.walk(seed)
    return test


for one_seed in SEEDS:
    setattr(Sequences, f"test_the_model_holds_through_random_actions_seed_{one_seed}", named(one_seed))

if __name__ == "__main__":
    run()
