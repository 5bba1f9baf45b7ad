"""Who gets in, with what, and how far: test_entering.py WAYMARK"""

import datetime
import http.client
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from checked import CheckedServer
from server import COMPANY, OWNER, PASSWORD
from tap import run

WAYMARK = sys.argv[1]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
NOBODYS = "0191e5a0-7c31-7d52-9a44-3c5f0b6d1e22"
CLIENT = {"name": "Client", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}


def setUpModule():
    global server, owner
    server = CheckedServer(WAYMARK)
    unittest.enterModuleContext(server)
    owner = server.sign_in()


def by_token(secret):
    return server.client({"Authorization": f"Bearer {secret}"})


def in_days(days):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def add_user(email, role="sales"):
    form = {"email": email, "name": "Somebody", "role": role, "password": PASSWORD}
    return owner.made("/users", form)


def make_token(*scopes, user=None):
    form = {"name": "program", "scopes": scopes, "expires_at": in_days(1), "user_id": user}
    return owner.made("/tokens", form)


def add_contact(client_id, email, role="approver"):
    form = {"name": "Carl Contact", "email": email, "role": role}
    return owner.made(f"/clients/{client_id}/contacts", form)


def version(number):
    return {"If-Match": f'"{number}"'}


def key(text):
    return {"Idempotency-Key": text}


class Entering(unittest.TestCase):
    def test_the_portal_is_served_beside_the_api(self):
        built = os.path.join(ROOT, "portal", "dist", "index.html")
        if not os.path.exists(built):
            self.skipTest("the program was built without the portal")
        with open(built, "rb") as file:
            page = file.read()
        for path in ("/", "/enter", f"/milestones/{NOBODYS}"):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.read()), (200, page), path)
            self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])
            connection.close()

    def refused(self, answer, status, slug, field=None):
        self.assertEqual((answer.status, answer.slug), (status, slug), answer.body)
        self.assertEqual(answer.data.get("field"), field)

    def test_the_door_names_the_only_company(self):
        answer = server.client().ask("GET", "/door")
        self.assertEqual((answer.status, answer.data), (200, {"company": COMPANY, "name": "Acme"}))

    # ---- sessions -------------------------------------------------------------------------------

    def test_a_session_is_a_cookie_that_scripts_and_other_sites_cannot_use(self):
        form = {"company": COMPANY.upper(), "email": OWNER.upper(), "password": PASSWORD}
        answer = server.client().post("/session", form)
        self.assertEqual(answer.status, 201)
        for attribute in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(attribute, answer.headers["Set-Cookie"])
        self.assertNotIn("token", {name for name, value in answer.data.items() if value} - {"csrf_token"})

    def test_without_credentials_there_is_nothing_to_see(self):
        self.refused(server.client().get("/company"), 401, "unauthenticated")
        self.refused(server.client().get(f"/clients/{NOBODYS}"), 401, "unauthenticated")

    def test_a_write_by_cookie_needs_the_csrf_token(self):
        self.refused(owner.post("/clients", CLIENT, headers={"X-CSRF-Token": None}), 403, "csrf", "X-CSRF-Token")
        self.refused(owner.post("/clients", CLIENT, headers={"X-CSRF-Token": "1.wrong"}), 403, "csrf", "X-CSRF-Token")
        self.assertEqual(owner.get("/company", headers={"X-CSRF-Token": None}).status, 200)
        self.assertEqual(owner.post("/clients", CLIENT).status, 201)

    def test_a_page_that_is_loaded_anew_learns_its_csrf_token_again(self):
        again = server.sign_in()
        for client in (owner, again):
            answer = client.get("/session")
            self.assertEqual(answer.data["csrf_token"], client.who["csrf_token"])
            self.assertEqual(answer.data["expires_at"], client.who["expires_at"])
        self.assertNotEqual(owner.who["csrf_token"], again.who["csrf_token"])
        program = by_token(make_token("read")["secret"])
        self.assertIsNone(program.get("/session").data["csrf_token"])

    def test_whoever_signs_out_is_out_and_signs_in_again_in_spite_of_the_old_cookie(self):
        add_user("out@acme.example")
        out = server.sign_in("out@acme.example")
        self.assertEqual(out.ask("DELETE", "/session").status, 204)
        self.refused(out.get("/session"), 401, "unauthenticated")
        form = {"company": COMPANY, "email": "out@acme.example", "password": PASSWORD}
        self.assertEqual(out.enter("/session", form).get("/session").data["role"], "sales")

    def test_a_disabled_user_is_out_at_once_with_every_token(self):
        user = add_user("gone@acme.example")
        gone = server.sign_in("gone@acme.example")
        program = by_token(make_token("read", user=user["id"])["secret"])
        self.assertEqual(program.get("/company").status, 200)
        self.assertEqual(owner.post(f"/users/{user['id']}/disable").status, 200)
        self.refused(gone.get("/company"), 401, "unauthenticated")
        self.refused(program.get("/company"), 401, "unauthenticated")

    # ---- tokens ---------------------------------------------------------------------------------

    def test_a_token_goes_as_far_as_its_scopes(self):
        reader = by_token(make_token("read")["secret"])
        writer = by_token(make_token("write")["secret"])
        admin = by_token(make_token("admin")["secret"])
        user = {"email": "by-token@acme.example", "name": "T", "role": "auditor"}
        self.assertEqual(reader.get("/clients").status, 200)
        self.refused(reader.post("/clients", CLIENT), 403, "forbidden")
        self.assertEqual(writer.post("/clients", CLIENT).status, 201)
        self.refused(writer.post("/users", user), 403, "forbidden")
        self.refused(writer.get("/tokens"), 403, "forbidden")
        self.assertEqual(admin.post("/users", user).status, 201)

    def test_a_token_acts_as_its_user(self):
        user = add_user("delivery@acme.example", "delivery")
        program = by_token(make_token("write", "admin", user=user["id"])["secret"])
        self.refused(program.post("/clients", CLIENT), 403, "forbidden")
        self.assertEqual(program.get("/session").data["id"], user["id"])

    def test_a_revoked_token_opens_nothing(self):
        token = make_token("read")
        program = by_token(token["secret"])
        self.assertEqual(program.get("/company").status, 200)
        self.assertEqual(owner.post(f"/tokens/{token['id']}/revoke").status, 200)
        self.refused(program.get("/company"), 401, "unauthenticated")

    def test_a_wrong_token_opens_nothing(self):
        secret = make_token("read")["secret"]
        wrong = ("", "1", "1.", "x", secret[:-1], "2" + secret, "9" * 30 + "." + secret, secret + "a")
        for text in wrong:
            answer = server.client().get("/company", headers={"Authorization": f"Bearer {text}"})
            self.assertEqual(answer.status, 401, text)
        self.refused(
            server.client().get("/company", headers={"Authorization": f"Basic {secret}"}),
            401, "unauthenticated", "Authorization",
        )

    def test_an_answer_given_again_tells_no_secret(self):
        form = {"name": "twice", "scopes": ["read"], "expires_at": in_days(1)}
        first = owner.post("/tokens", form, headers=key("token-1"))
        again = owner.post("/tokens", form, headers=key("token-1"))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assertIsNone(again.data["secret"])
        self.assertEqual(first.data | {"secret": None}, again.data)
        self.refused(
            owner.post("/tokens", form | {"name": "other"}, headers=key("token-1")),
            422, "idempotency-mismatch", "Idempotency-Key",
        )

    # ---- contacts -------------------------------------------------------------------------------

    def test_a_contact_sees_its_own_client_alone(self):
        own, other = (owner.made("/clients", CLIENT)["id"] for _ in range(2))
        contact = add_contact(own, "Carl@client.example")
        carl = server.enter_by_link("carl@client.example")
        self.assertEqual(carl.get("/session").data["client_id"], own)
        self.assertEqual([row["id"] for row in carl.get("/clients").data["items"]], [own])
        self.assertEqual(carl.get(f"/contacts/{contact['id']}").status, 200)
        self.refused(carl.get(f"/clients/{other}"), 404, "not-found")
        self.refused(carl.get(f"/clients/{other}/contacts"), 404, "not-found")
        self.refused(carl.get("/users"), 403, "forbidden")
        self.refused(carl.post("/clients", CLIENT), 403, "forbidden")

    def test_a_known_and_an_unknown_address_get_the_same_answer(self):
        client_id = owner.made("/clients", CLIENT)["id"]
        add_contact(client_id, "known@client.example", "viewer")
        answers = [
            server.client().post("/session/link", {"company": company, "email": address})
            for company, address in (
                ("acme", "known@client.example"),
                ("acme", "unknown@client.example"),
                ("nobodys", "known@client.example"),
            )
        ]
        self.assertEqual({(answer.status, answer.body) for answer in answers}, {(202, b"")})

    # ---- versions and bad input -----------------------------------------------------------------

    def test_a_change_names_the_version_that_was_read(self):
        path = f"/clients/{owner.made('/clients', CLIENT)['id']}"
        self.assertEqual(owner.get(path).etag, '"1"')
        self.refused(owner.put(path, CLIENT), 428, "precondition-required", "If-Match")
        self.assertEqual(owner.put(path, CLIENT | {"name": "Renamed"}, headers=version(1)).data["version"], 2)
        self.refused(owner.put(path, CLIENT, headers=version(1)), 412, "stale", "If-Match")

    def test_what_is_wrong_is_named_and_changes_nothing(self):
        before = owner.get("/clients?limit=200").data
        wrong = (
            ({"name": "N"}, "country"),
            (CLIENT | {"name": ""}, "name"),
            (CLIENT | {"name": "two\nlines"}, "name"),
            (CLIENT | {"country": "Germany"}, "country"),
            (CLIENT | {"country": "XX"}, "country"),
            (CLIENT | {"currency": "EURO"}, "currency"),
            (CLIENT | {"time_zone": "Berlin"}, "time_zone"),
            (CLIENT | {"billing_email": "pay"}, "billing_email"),
            (CLIENT | {"payment_days": -1}, "payment_days"),
            (CLIENT | {"payment_days": "14"}, "payment_days"),
            (CLIENT | {"nmae": "N"}, "nmae"),
            (CLIENT | {"id": NOBODYS}, "id"),
        )
        for form, field in wrong:
            answer = owner.post("/clients", form)
            self.assertEqual((answer.status, answer.data.get("field")), (422, field), answer.body)
        self.assertEqual(owner.get("/clients?limit=200").data, before)


if __name__ == "__main__":
    run()
