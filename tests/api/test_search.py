"""Finding things by a word: test_search.py WAYMARK"""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from urllib.parse import quote

from billing import Books, Deal
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]


def setUpModule():
    global server, owner, deal, others, invoice
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    Books(server, owner)
    deal = Deal(server, owner, ["100.00", "50.00"])
    others = Deal(server, owner, ["200.00"])
    invoice = deal.accept(1)
    others.accept(1)
    deal.pay("10.00", payer_reference="RF18 Überweisung 50%_x")


class Search(unittest.TestCase):
    def find(self, who, word):
        answer = who.get(f"/search?q={quote(word)}")
        self.assertEqual(answer.status, 200, answer)
        return answer.data["items"]

    def kinds(self, who, word):
        return [(hit["kind"], hit["id"]) for hit in self.find(who, word)]

    def test_each_kind_is_found_by_a_word_of_its_own(self):
        for word, kind, wanted in ((deal.client["name"], "client", deal.client["id"]),
                                   (deal.contacts["payer"]["email"], "contact", deal.contacts["payer"]["id"]),
                                   (deal.engagement["title"], "engagement", deal.engagement["id"]),
                                   ("Part 2", "milestone", deal.milestones[1]["id"]),
                                   (invoice["number"], "invoice", invoice["id"])):
            for text in (word, word.upper(), word.lower(), f"  {word} "):
                if kind == "invoice" and text == word.lower() != word:
                    text = text[:-1]
                self.assertIn((kind, wanted), self.kinds(owner, text), text)

    def test_a_hit_says_where_it_is(self):
        hit = next(hit for hit in self.find(owner, "Part 2") if hit["id"] == deal.milestones[1]["id"])
        self.assertEqual(hit, {"kind": "milestone", "id": deal.milestones[1]["id"], "title": "Part 2", "snippet": "M2",
                               "engagement_id": deal.engagement["id"]})
        self.assertIn("proposal", [hit["kind"] for hit in self.find(owner, deal.engagement["title"])])

    def test_an_invoice_is_found_by_the_beginning_of_its_number_alone(self):
        number = invoice["number"]
        self.assertIn(("invoice", invoice["id"]), self.kinds(owner, number[:-2]))
        self.assertNotIn(("invoice", invoice["id"]), self.kinds(owner, number[2:]))

    def test_signs_of_a_pattern_stand_for_themselves(self):
        self.assertEqual([hit["kind"] for hit in self.find(owner, "50%_x")], ["payment"])
        for word in ("%%", "__", "50%x", "Par_ 2", "!!", "''", "\\\\"):
            self.assertEqual(self.find(owner, word), [], word)

    def test_letters_of_every_script_are_found_in_any_case(self):
        for word in ("rf18 Ü", "rf18 ü", "ÜBERWEISUNG", "überweisung"):
            self.assertEqual([hit["kind"] for hit in self.find(owner, word)], ["payment"], word)
        made = owner.made("/engagements", {"client_id": deal.client["id"], "title": "Letters"})
        path = f"/engagements/{made['id']}/requirements"
        text = "x" * 200 + " ÉLÉMENT à vérifier, ΣΧΕΔΙΟ, ЗАДАЧА, عقد"
        owner.made(path, {"code": "R7", "text": text, "priority": "could", "criteria": [{"code": "R7.1", "text": "Found"}]})
        for word in ("élément", "Élément À Vérifier", "σχεδιο", "задача", "عقد"):
            hit, = self.find(owner, word)
            self.assertIn("ÉLÉMENT", hit["snippet"], word)
        self.assertEqual(self.find(owner, "element"), [])
        self.assertEqual(self.find(owner, "ïöüÄëñçøåæœðþžščřýáíóúà"), [])  # more letters than are looked at in both cases

    def test_a_contact_finds_what_is_its_own_alone(self):
        own = self.find(deal.approver, "Part")
        self.assertEqual({hit["engagement_id"] for hit in own if hit["kind"] == "milestone"}, {deal.engagement["id"]})
        self.assertEqual(len([hit for hit in own if hit["kind"] == "milestone"]), 2)
        for word in (others.client["name"], others.engagement["title"], others.contacts["payer"]["email"]):
            self.assertEqual(self.find(deal.approver, word), [], word)
        numbers = {hit["title"] for hit in self.find(owner, invoice["number"][:-1]) if hit["kind"] == "invoice"}
        self.assertEqual(len(numbers), 2)
        self.assertEqual({hit["title"] for hit in self.find(deal.approver, invoice["number"][:-1])}, {invoice["number"]})

    def test_a_draft_is_not_found_by_the_client(self):
        made = owner.made("/engagements", {"client_id": deal.client["id"], "title": "Hidden draft"})
        path = f"/engagements/{made['id']}"
        owner.made(f"{path}/requirements", {"code": "R1", "text": "It works", "priority": "must",
                                            "criteria": [{"code": "R1.1", "text": "Shown"}]})
        known = deal.approver.get(f"{path}/requirements/set").data
        deal.approver.made(f"{path}/requirements/confirm", {"set_hash": known["set_hash"]})
        owner.made(f"{path}/proposals", {"plan": deal.plan(), "valid_until_day": "2099-01-01"})
        self.assertEqual([hit["kind"] for hit in self.find(owner, "Hidden")], ["engagement", "proposal"])
        self.assertEqual([hit["kind"] for hit in self.find(deal.approver, "Hidden")], ["engagement"])

    def test_of_a_long_text_what_is_around_the_word_is_shown(self):
        text = "ä" * 300 + " needle " + "ö" * 300
        made = owner.made("/engagements", {"client_id": deal.client["id"], "title": "Long"})
        owner.made(f"/engagements/{made['id']}/requirements", {"code": "R9", "text": text, "priority": "should",
                                                 "criteria": [{"code": "R9.1", "text": "Found"}]})
        hit, = self.find(owner, "NEEDLE")
        self.assertIn("needle", hit["snippet"])
        self.assertLess(len(hit["snippet"].encode()), 200)
        self.assertTrue(hit["snippet"].startswith("…ä") and hit["snippet"].endswith("ö…"), hit)

    def test_never_more_than_twenty_are_told(self):
        for i in range(9):
            owner.made("/clients", {"name": f"Crowd {i}", "reference": f"crowd-{i}", "country": "DE", "currency": "EUR",
                                    "time_zone": "UTC"})
        found = owner.get("/search?q=crowd").data
        self.assertEqual((len(found["items"]), found["has_more"]), (6, True))
        self.assertEqual(found["items"][0]["title"], "Crowd 8")
        self.assertLessEqual(len(self.find(owner, "client")), 20)

    def test_a_word_that_is_none_is_refused(self):
        for path in ("/search", "/search?q=", "/search?q=a", "/search?q=%20a%20", f"/search?q={'a' * 101}"):
            answer = owner.get(path)
            self.assertEqual((answer.status, answer.data["field"]), (422, "q"), answer)
        self.assertEqual(server.client().get("/search?q=abc").slug, "unauthenticated")


run()
