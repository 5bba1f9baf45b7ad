"""Every explanation is of what its address shows without "/explanation": to the same people, with the same
numbers, on a deal that is billed, paid and credited in parts, and on an engagement that is as far along as can be.

    test_explanations.py WAYMARK PRINT_ROUTES
"""
import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Deal, money, today
from checked import CheckedServer
from explained import differences, explained_path
from tap import run
from world import World

WAYMARK, PRINT_ROUTES = sys.argv[1:3]
NO_ID = "0191e5a0-0000-7000-8000-00000000000a"
TABLES = {"estimate_id": "estimate", "engagement_id": "engagement", "invoice_id": "invoice", "client_id": "client",
          "change_order_id": "change_order"}


def setUpModule():
    global server, world, routes, ids, people
    printed = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
    every = json.loads(printed)
    routes = {route["operation"]: route for route in every if route["path"].endswith("/explanation")}
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    world = World(server, {route["operation"] for route in every})
    owner = world.owner
    deal = Deal(server, owner, ["333.33", "0.07", "1000.00"], tax_rate_ppm=190000)
    first, _ = deal.accept(1), deal.accept(2)
    deal.pay("100.01", payer_reference=first["reference"])
    for net in ("111.11", "0.01"):
        owner.made(f"/invoices/{first['id']}/credit-notes",
                   {"reason": "Agreed", "lines": [{"number": 1, "net": money(net)}]})
    spare = owner.made("/payments", {"client_id": deal.client["id"], "amount": money("900.00"),
                                     "received_day": today()})
    owner.made("/refunds", {"payment_id": spare["id"], "amount": money("4.00"),
                            "reason": "too much"})
    deal.accept(3)
    ids = server.database.ids()
    world.meet_stranger()
    people = {**world.people, "the deal's approver": deal.approver}


def tearDownModule():
    server.run("verify")


def paths(route):
    """Its addresses: one for each row, or the only one."""
    if "{" not in route["path"]:
        return [route["path"]]
    name = route["path"].split("{")[1].split("}")[0]
    return [route["path"].replace("{" + name + "}", value) for value in sorted(ids[TABLES[name]])]


class Explanations(unittest.TestCase):
    def test_each_is_shown_to_those_who_see_what_it_explains_with_the_same_numbers(self):
        compared = {name: 0 for name in routes}
        for name, route in routes.items():
            for role, person in people.items():
                for path in paths(route):
                    explanation, answer = person.get(path), person.get(explained_path(path))
                    about = f"{role}, {path}: {explanation}"
                    self.assertEqual((explanation.status, explanation.slug), (answer.status, answer.slug), about)
                    if answer.status == 200:
                        self.assertEqual(differences(answer.data, explanation.data), [], about)
                        compared[name] += len(explanation.data["numbers"])
        print(f"# numbers: {compared}")
        self.assertGreater(min(compared.values()), 0, compared)
        self.assertEqual(len(compared), 9)

    def test_a_stranger_and_an_unknown_row_are_refused_as_by_what_is_explained(self):
        for route in routes.values():
            if "{" not in route["path"]:
                continue
            path = paths(route)[0].split("/")
            unknown = "/".join(NO_ID if len(part) == 36 else part for part in path)
            self.assertEqual(world.owner.get(unknown).slug, "not-found", unknown)
            refused = world.people["stranger"].get("/".join(path))
            self.assertIn(refused.slug, ("not-found", "forbidden"), refused)

    def test_every_account_is_told_by_its_movements(self):
        path = "/ledger/trial-balance/explanation"
        answer = world.owner.get(explained_path(path)).data
        for account in {one["account"] for one in answer["accounts"]}:
            told = world.owner.get(f"{path}?account={account}").data
            self.assertEqual(differences(answer, told), [], account)
            self.assertTrue(any(number["name"].startswith("accounts/") for number in told["numbers"]), account)
            entries = [part["subject_id"] for number in told["numbers"] for part in number["inputs"]
                       if part["kind"] == "entry"]
            self.assertGreater(len(entries), 0, account)
            self.assertEqual(world.owner.get(f"/ledger/entries/{entries[0]}").status, 200)
        for query, slug, field in (("account=nothing", "not-found", "account"),
                                   ("from_day=2999-01-01", "invalid", "from_day"),
                                   ("day=tomorrow", "invalid", "day")):
            refused = world.owner.get(f"{path}?{query}")
            self.assertEqual((refused.slug, refused.data["field"]), (slug, field), refused)

    def test_a_past_day_is_told_as_it_was_kept_or_refused_as_the_value_is(self):
        for engagement in sorted(ids["engagement"]):
            for day in ("1999-01-01", "2999-01-01"):
                path = f"/engagements/{engagement}/earned-value"
                refused = world.owner.get(f"{path}/explanation?day={day}")
                answer = world.owner.get(f"{path}?day={day}")
                self.assertEqual((refused.status, refused.slug), (answer.status, answer.slug))
                self.assertNotEqual(refused.status, 200)

    def test_no_client_is_told_of_effort(self):
        for name in ("explain_invoice", "explain_budget", "explain_position"):
            for path in paths(routes[name]):
                answer = world.people["approver"].get(path)
                for word in (b"per_hour", b"likely_minutes", b'"minutes"'):
                    self.assertNotIn(word, answer.body)


if __name__ == "__main__":
    run()
