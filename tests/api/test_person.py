"""What people keep for themselves: test_person.py WAYMARK"""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import Books, Deal, in_days, today
from checked import CheckedServer
from server import PASSWORD
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
        for session in (again.who, again.get("/session").data):
            self.assertEqual((session["locale"], session["theme"]), ("ar", "dark"))
        of_owner = owner.get("/session").data
        self.assertEqual((of_owner["locale"], of_owner["theme"]), (None, None))

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


def events_of(text):
    """The events of an iCalendar, each as a dict of its properties, with parameters as they stand."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found, inside = [], None
    for line in lines:
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            found.append(inside)
            inside = None
        elif inside is not None:
            name, value = line.split(":", 1)
            inside[name] = value
    return found


class Calendar(unittest.TestCase):
    def feed(self, key):
        answer = server.client().get(f"/calendar.ics?key={key}")
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
        text = answer.body.decode()
        self.assertTrue(text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n"), text)
        self.assertLessEqual(max(len(line.encode()) for line in text.split("\r\n")), 75)
        return events_of(text)

    def refused(self, key):
        answer = server.client().get(f"/calendar.ics?key={key}")
        self.assertEqual((answer.status, answer.slug, answer.data["field"]), (401, "unauthenticated", "key"), answer)

    def test_a_contact_reads_the_days_of_its_client_and_no_others(self):
        stranger = Deal(server, owner, ["70.00"])
        day = deal.milestones[0]["due_day"]
        key = deal.approver.made("/calendar-key")
        self.assertTrue(key["url"].endswith(f"/api/v1/calendar.ics?key={key['key']}"))
        found = self.feed(key["key"])
        event = next(event for event in found if deal.milestones[0]["id"] in event["UID"])
        self.assertEqual(event["DTSTART;VALUE=DATE"], day.replace("-", ""))
        self.assertRegex(event["DTSTAMP"], r"^\d{8}T\d{6}Z$")
        self.assertIn("M1 Part 1 is due", event["SUMMARY"])
        self.assertTrue(event["URL"].endswith(f"/milestones/{deal.milestones[0]['id']}"))
        self.assertFalse([event for event in found if stranger.milestones[0]["id"] in event["UID"]])
        self.assertEqual(self.feed(key["key"]), found)

    def test_what_falls_due_is_in_it_until_it_is_done(self):
        own = Deal(server, owner, ["10.00", "20.00"])
        key = own.approver.made("/calendar-key")["key"]
        invoice = own.accept(1)
        submission = own.submit(2)
        obligation = owner.made(f"{own.path}/obligations", {
            "text": "Access, keys; and \\ more", "due_day": in_days(5),
            "milestones": [{"milestone_id": own.milestones[1]["id"]}]})
        meeting = owner.made(f"{own.path}/meetings", {"title": "Review", "day": today(), "is_shared": True,
                                                      "participants": [{"side": "agency", "name": "Olga"}],
                                                     "decisions": [], "actions": []})
        inside = owner.made(f"{own.path}/meetings", {"title": "Inside", "day": today(), "is_shared": False,
                                                     "participants": [{"side": "agency", "name": "Olga"}],
                                                     "decisions": [], "actions": []})
        rhythm = owner.made(f"{own.path}/communications", {"title": "Standup", "channel": "call", "audience": "Both",
                                                           "rhythm": "weekly", "weekday": "monday", "from_day": today()})
        found = self.feed(key)
        uids = [event["UID"].split("@")[0] for event in found]
        self.assertEqual(len(uids), len(set(uids)))
        self.assertIn(f"invoice-{invoice['id']}", uids)
        self.assertIn(f"milestone-{own.milestones[1]['id']}", uids)
        self.assertNotIn(f"milestone-{own.milestones[0]['id']}", uids)
        self.assertIn(f"obligation-{obligation['id']}", uids)
        self.assertIn(f"meeting-{meeting['id']}", uids)
        self.assertNotIn(f"meeting-{inside['id']}", uids)
        self.assertEqual(len([uid for uid in uids if uid.startswith(f"communication-{rhythm['id']}-")]), 13)
        text = next(event["SUMMARY"] for event in found if f"obligation-{obligation['id']}" in event["UID"])
        self.assertIn("Access\\, keys\\; and \\\\ more", text)
        owner.made(f"/meetings/{meeting['id']}/revise", {
            "title": "For us alone", "day": today(), "is_shared": False,
            "participants": [{"side": "agency", "name": "Olga"}], "decisions": [], "actions": []})
        shown = [event["SUMMARY"] for event in self.feed(key) if f"meeting-{meeting['id']}" in event["UID"]]
        self.assertEqual((len(shown), "Review" in shown[0]), (1, True), shown)
        own.pay(invoice["total"]["amount"])
        owner.made(f"/obligations/{obligation['id']}/waive", {"note": "Not needed"})
        uids = [event["UID"].split("@")[0] for event in self.feed(key)]
        self.assertNotIn(f"invoice-{invoice['id']}", uids)
        self.assertNotIn(f"obligation-{obligation['id']}", uids)
        self.assertEqual(submission["state"], "submitted")

    def test_a_user_in_a_team_has_its_days_and_one_in_none_has_all(self):
        other = Deal(server, owner, ["30.00"])
        user = owner.made("/users", {"email": "dora@acme.example", "name": "Dora", "role": "delivery", "password": PASSWORD})
        key = server.sign_in("dora@acme.example").made("/calendar-key")["key"]

        def ids():
            return " ".join(event["UID"] for event in self.feed(key))
        self.assertIn(other.milestones[0]["id"], ids())
        self.assertIn(deal.milestones[0]["id"], ids())
        owner.made(f"{other.path}/team", {"user_id": user["id"], "part": "project_manager", "from_day": today()})
        self.assertIn(other.milestones[0]["id"], ids())
        self.assertNotIn(deal.milestones[0]["id"], ids())
        owner.made(f"/users/{user['id']}/disable")
        self.refused(key)

    def test_a_key_opens_nothing_else_and_ends_with_the_next_or_when_it_is_revoked(self):
        payer = deal.enter("payer")
        self.assertEqual(payer.get("/calendar-key").data, {"key": None, "url": None, "made_at": None})
        first = payer.made("/calendar-key")["key"]
        shown = payer.get("/calendar-key").data
        self.assertEqual((shown["key"], shown["url"]), (None, None))
        self.assertIsNotNone(shown["made_at"])
        self.assertEqual(server.client({"Authorization": f"Bearer {first}"}).get("/session").slug, "unauthenticated")
        self.assertEqual(server.client({"Cookie": f"waymark_session={first}"}).get("/session").slug, "unauthenticated")
        second = payer.made("/calendar-key")["key"]
        self.refused(first)
        self.feed(second)
        self.assertEqual(payer.ask("DELETE", "/calendar-key").status, 204)
        self.refused(second)
        self.assertEqual(payer.ask("DELETE", "/calendar-key").slug, "not-found")
        for wrong in ("x", "1.x", first[:-1], "9" * 30 + first):
            self.refused(wrong)
        self.assertEqual(server.client().get("/calendar.ics").slug, "invalid")

    def test_a_key_that_is_asked_for_again_is_not_shown_again(self):
        key = {"Idempotency-Key": "once"}
        made = owner.post("/calendar-key", headers=key)
        again = owner.post("/calendar-key", headers=key)
        self.assertEqual((made.status, again.status), (201, 201))
        self.assertEqual((again.data["key"], again.data["url"]), (None, None))
        self.feed(made.data["key"])


run()
