"""What people keep for themselves: test_person.py WAYMARK"""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Books, Deal
from checked import CheckedServer
from tap import run

WAYMARK = sys.argv[1]
UNSAID = {"locale": None, "time_zone": None, "theme": None, "changed_at": None}


def setUpModule():
    global server, owner, deal
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()
    Books(server, owner)
    deal = Deal(server, owner, ["100.00"])


def tearDownModule():
    server.run("verify")


class Preferences(unittest.TestCase):
    def chosen(self, who):
        return {name: value for name, value in who.get("/session/preferences").data.items() if name != "changed_at"}

    def test_who_has_said_nothing_has_chosen_nothing(self):
        self.assertEqual(deal.enter("payer").get("/session/preferences").data, UNSAID)

    def test_what_was_chosen_is_known_in_the_next_session_too(self):
        chosen = {"locale": "ar", "time_zone": "Africa/Cairo", "theme": "dark"}
        answer = deal.approver.put("/session/preferences", chosen)
        self.assertEqual(answer.status, 200, answer)
        self.assertIsNotNone(answer.data["changed_at"])
        again = deal.enter("approver")
        self.assertEqual(self.chosen(again), chosen)
        self.assertEqual((again.who["locale"], again.get("/session").data["locale"]), ("ar", "ar"))
        self.assertEqual(owner.get("/session").data["locale"], None)

    def test_users_choose_as_contacts_do_and_take_it_back(self):
        self.assertEqual(owner.put("/session/preferences", {"locale": "fr"}).status, 200)
        self.assertEqual(self.chosen(owner), {"locale": "fr", "time_zone": None, "theme": None})
        self.assertEqual(server.sign_in().who["locale"], "fr")
        self.assertEqual(owner.put("/session/preferences", {}).status, 200)
        self.assertEqual(self.chosen(owner), {"locale": None, "time_zone": None, "theme": None})

    def test_what_there_is_not_is_refused_and_changes_nothing(self):
        before = owner.get("/session/preferences").data
        for form, field in (({"locale": "xx"}, "locale"), ({"theme": "pink"}, "theme"),
                            ({"time_zone": "Europe/Nowhere"}, "time_zone"), ({"person_id": deal.client["id"]}, "person_id")):
            answer = owner.put("/session/preferences", form)
            self.assertEqual((answer.status, answer.slug, answer.data["field"]), (422, "invalid", field), answer)
        self.assertEqual(owner.get("/session/preferences").data, before)
        self.assertEqual(server.client().get("/session/preferences").slug, "unauthenticated")

    def test_nothing_is_left_of_a_contact_that_is_erased(self):
        contact = owner.made(f"/clients/{deal.client['id']}/contacts", {
            "name": "Gone", "email": "gone@client.example", "role": "viewer"})
        viewer = server.enter_by_invitation(owner, contact)
        self.assertEqual(viewer.put("/session/preferences", {"locale": "de"}).status, 200)
        count = len(server.database.rows("SELECT locale FROM preference"))
        owner.made(f"/contacts/{contact['id']}/erase")
        self.assertEqual(len(server.database.rows("SELECT locale FROM preference")), count - 1)


run()
