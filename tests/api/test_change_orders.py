"""A contract is changed by people of both sides: test_change_orders.py WAYMARK PRINT_ROUTES"""

import copy
import hashlib
import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CONSENT
from checked import CheckedServer
from printed import text_of
from tap import run
from world import PLAN, World, day, milestone, usd

WAYMARK, PRINT_ROUTES = sys.argv[1:3]
UNWRITTEN = ("id", "version", "created_at", "archived_at", "erased_at")  # of a client, what is no part of its form


def plan_with(changes):
    plan = copy.deepcopy(PLAN)
    changes(plan)
    return plan


def raise_second(plan):
    plan["milestones"][1]["price"], plan["total"] = usd("250.00"), usd("350.00")


class ChangeOrders(unittest.TestCase):
    """S1 is accepted and billed; S2 is ready."""

    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
        cls.server = cls.enterClassContext(CheckedServer(WAYMARK))
        cls.world = World(cls.server, {route["operation"] for route in json.loads(printed)})
        cls.owner, cls.approver = cls.world.owner, cls.world.people["approver"]

    def refused(self, answer, status, slug, field=None):
        self.assertEqual((answer.status, answer.slug), (status, slug), answer)
        if field:
            self.assertEqual(answer.data.get("field"), field)

    def facts(self):
        path = self.world.path
        return [self.owner.get(f"{path}/{what}").data for what in ("position", "milestones", "contracts")]

    def compose(self, changes, **more):
        return self.owner.made(f"{self.world.path}/change-orders", {
            "title": "A change", "plan": plan_with(changes), "valid_until_day": day(10), **more})

    def propose(self, order):
        return self.owner.post(f"/change-orders/{order['id']}/propose", {"signers": self.world.signers()})

    def sign(self, person, order):
        text = person.get(f"/change-orders/{order['id']}/text").data
        self.assertEqual(hashlib.sha256(text["document"].encode()).hexdigest(), text["document_hash"])
        return person.post(f"/change-orders/{order['id']}/sign",
                           {"document_hash": text["document_hash"], "consent": CONSENT})

    def test_1_what_is_typed_is_previewed_and_nothing_is_saved(self):
        before = self.facts()
        path = f"{self.world.path}/change-orders/preview"
        effect = self.owner.made(path, {"plan": plan_with(raise_second)})
        self.assertEqual((effect["change"], effect["problems"]), (usd("50.00"), []))
        self.assertEqual(effect["milestones"][1]["summary"], "+50.00 USD")
        wrong = self.owner.made(path, {"plan": plan_with(lambda plan: plan.update(total=usd("1.00")))})
        self.assertEqual(wrong["problems"][0]["code"], "sum-mismatch")
        round_way = plan_with(lambda plan: plan["milestones"][0].update(after=["S2"]))
        self.refused(self.owner.post(path, {"plan": round_way}), 422, "cycle")
        self.refused(self.approver.post(path, {"plan": PLAN}), 403, "forbidden")
        self.assertEqual(self.facts(), before)

    def test_2_refusals_change_nothing(self):
        before = self.facts()

        def lower_first(plan):
            plan["milestones"][0]["price"], plan["total"] = usd("60.00"), usd("260.00")

        order = self.compose(lower_first)
        self.refused(self.propose(order), 409, "wrong-state", "credits")
        order = self.compose(lambda plan: plan["milestones"][0].update(title="Another"))
        self.refused(self.propose(order), 409, "wrong-state", "plan/milestones/0/title")
        order = self.compose(lambda plan: plan["terms"].update(time_zone="Europe/Berlin"))
        self.refused(self.propose(order), 409, "wrong-state", "plan/terms/time_zone")
        order = self.compose(lambda plan: None)
        self.refused(self.propose(order), 422, "invalid", "plan")
        self.refused(self.approver.post(f"/change-orders/{order['id']}/sign",
                                        {"document_hash": "0" * 64, "consent": CONSENT}), 404, "not-found")
        self.assertEqual(self.facts(), before)

    def test_3_it_is_signed_by_both_and_changes_the_contract_as_a_whole(self):
        before = self.facts()

        def add_third(plan):
            plan["milestones"].append(milestone("S3", "40.00", ["S2"]))
            plan["total"] = usd("340.00")

        order = self.compose(add_third)
        self.assertEqual(self.propose(order).status, 200)
        self.refused(self.sign(self.approver, order), 409, "wrong-state", "sequence")
        self.assertEqual(self.sign(self.owner, order).data["state"], "partly_signed")
        self.assertEqual(self.facts(), before)
        applied = self.sign(self.approver, order).data
        self.assertEqual((applied["state"], applied["applied_number"]), ("applied", 1))
        position = self.owner.get(f"{self.world.path}/position").data
        self.assertEqual((position["sum"], position["changes"], position["sum_to_date"]),
                         (usd("300.00"), usd("40.00"), usd("340.00")))
        self.assertEqual([one["code"] for one in self.owner.get(f"{self.world.path}/milestones").data["items"]],
                         ["S1", "S2", "S3"])
        for place in ("document", "document/signed"):
            paper = self.approver.get(f"/change-orders/{order['id']}/{place}")
            self.assertEqual(paper.body[:5], b"%PDF-")

    def test_4_another_one_is_stale_now_and_is_revised(self):
        path = f"/change-orders/{self.world.change_order}"
        self.assertTrue(self.approver.get(path).data["is_stale"])
        self.refused(self.sign(self.owner, {"id": self.world.change_order}), 412, "stale", "based_on_id")
        draft = self.owner.made(f"{path}/revise")
        self.assertEqual((draft["revision"], draft["sum_before"], draft["change"]),
                         (2, usd("340.00"), usd("50.00")))
        self.assertEqual(self.propose(draft).status, 200)
        self.assertEqual(self.approver.get(path).data["state"], "superseded")
        no = self.approver.made(f"/change-orders/{draft['id']}/decline", {"reason": "Too dear"})
        self.assertEqual((no["state"], no["reason"]), ("declined", "Too dear"))

    def test_5_its_paper_says_in_the_client_s_language_what_changes(self):
        def change_much(plan):
            raise_second(plan)
            plan["milestones"][1].update(due_day=day(40), after=[], description="As discussed")
            plan["terms"].update(payment_days=14, silence="deemed", jurisdiction="France", consumer_client=True,
                                 notice_text="Silence accepts.", reminders=[{"days_before": 2}])

        path = f"/clients/{self.world.client['id']}"
        shown = self.owner.get(path)
        client = {name: value for name, value in shown.data.items() if name not in UNWRITTEN}
        self.assertEqual(self.owner.put(path, {**client, "locale": "de"}, headers={"If-Match": shown.etag}).status, 200)
        order = self.compose(change_much)
        self.assertEqual(self.propose(order).status, 200)
        paper = text_of(self.approver.get(f"/change-orders/{order['id']}/document").body)
        for words in ("+50,00 USD · fällig ", "nicht mehr nach einem anderen · geändert: Beschreibung", "Entfällt",
                      "Zahlung 30 Tage ab Rechnungsdatum → 14 Tage ab Rechnungsdatum", "Gerichtsstand United States → France",
                      "Die Abnahme muss erklärt werden. → Ein Meilenstein", "→ Silence accepts.", "Erinnerung –",
                      "Kunde ist Verbraucher Nein → Ja"):
            self.assertIn(words, paper)
        for stored in ("deemed", "payment_days", "dropped", "+50.00"):
            self.assertNotIn(stored, paper)

    def test_6_a_page_of_large_ones_has_fewer(self):
        def write_much(plan):
            plan["milestones"] = [{**milestone(f"S{number}", "1.00", []), "description": "x" * 4000} for number in range(220)]
            plan["total"] = usd("220.00")

        before = len(self.all_orders()[0])
        for _ in range(11):
            self.compose(write_much)
        orders, pages = self.all_orders()
        self.assertEqual(len(orders), before + 11)
        self.assertEqual(len({order["id"] for order in orders}), len(orders))
        self.assertGreater(pages, 1)

    def all_orders(self):
        """All of the engagement by pages as large as there are, and how many of them."""
        path = f"{self.world.path}/change-orders?limit=200"
        orders, cursor, pages = [], "", 0
        while cursor is not None:
            page = self.owner.get(path + (f"&cursor={cursor}" if cursor else "")).data
            orders, cursor, pages = orders + page["items"], page["next_cursor"], pages + 1
        return orders, pages

    def test_7_it_is_seen_by_those_whose_it_is(self):
        stranger = self.world.meet_stranger()
        for place in ("", "/effect", "/text", "/document"):
            self.refused(stranger.get(f"/change-orders/{self.world.change_order}{place}"), 404, "not-found")
        listed = self.approver.get(f"{self.world.path}/change-orders").data["items"]
        self.assertTrue(all(one["proposed_at"] for one in listed))
        self.server.run("verify")  # which raises where something is wrong


if __name__ == "__main__":
    run()
