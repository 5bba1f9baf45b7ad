"""Whatever is sent to any address that cannot be meant is refused, in words that name it, and changes
nothing. The table of routes says what each address takes.

    test_bad_input.py WAYMARK PRINT_ROUTES
"""
import json
import os
import re
import subprocess
import sys
import unittest
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from server import PASSWORD, Server
from tap import run
from world import World

WAYMARK, PRINT_ROUTES = sys.argv[1:3]
NOT_IN_BODY = {"from_path", "from_query", "from_raw_body"}
SOME_ID = "0191e5a0-0000-7000-8000-00000000000a"
BODY_LIMIT = 1 << 20
UPLOAD_LIMIT = 32 << 20
SHORT_TEXT_LIMIT = 200
CLIENT = {"name": "Carl", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}

MALFORMED = (
    b"{", b"[]", b"nul", b"17", b'"text"', b'{"a": 1, "a": 2}', b'{"a": 1} x', b"{'a': 1}", b'{"a": "\xff"}',
    b'{"a": "b\\u0000c"}', b'{"a": 1' + b"0" * 30 + b"}", b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
    b"\xef\xbb\xbf{}",
)
BAD_IDS = ("x", "0", "17", "%27%20OR%201=1--", SOME_ID + "0", SOME_ID[:-1], SOME_ID.replace("-", ""), "%F0%9F%98%80")
BAD_ETAGS = ("", "3", '"x"', '"0"', '"-1"', 'W/"1"', '"1', "*")
BAD_KEYS = ("", "a b", "x" * 129, "\u00e9")
BAD_PAGES = ("limit=0", "limit=-1", "limit=201", "limit=x", "limit=99999999999999999999", "limit=1.5", "limit=",
             "no_such=1", "cursor=" + "x" * 401, "sort=" + "x" * 41)
BAD_VALUES = {
    "id": ("x", 17, SOME_ID[:-1]),
    "text": (17, True, [], {}, "bell\u0007"),
    "integer": ("1", 1.5, True, [], {}),
    "boolean": ("true", 1, 0, []),
    "day": ("2026-02-30", "2026-1-1", "01.02.2026", 20260101, "2026-01-01T00:00:00Z", "9" * 12),
    "moment": ("yesterday", "2026-01-01", 17, "2026-01-01T25:00:00Z"),
    "money": (12.5, 12, "12.50", [], {}, {"amount": 12.5, "currency": "EUR"}, {"amount": "1.234", "currency": "EUR"},
              {"amount": "1e5", "currency": "EUR"}, {"amount": "", "currency": "EUR"},
              {"amount": "1.00", "currency": "XQQ"}, {"amount": "1.00"}, {"amount": "9" * 30, "currency": "EUR"},
              {"amount": "1.00", "currency": "EUR", "more": 1}),
    "choice": ("no_such", "", 1, []),
    "hash": ("x", 17, "0" * 63, "g" * 64),
    "bytes": (17, "%"),
    "texts": ("x", {}, [1], [[]], [None]),
    "list": ("x", {}, [1], [[]]),
    "object": ("x", [], 1),
}
GOOD_VALUES = {
    "id": SOME_ID, "text": "x", "integer": 1, "boolean": True, "day": "2026-01-01", "moment": "2026-01-01T00:00:00Z",
    "money": {"amount": "1.00", "currency": "EUR"}, "hash": "0" * 64, "bytes": "", "texts": ["x"],
}


def routes_of_program():
    return json.loads(subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout)


def fields_of(route):
    return route["in"]["fields"] if route["in"] else []


def body_fields(route):
    return [field for field in fields_of(route) if not NOT_IN_BODY & set(field["flags"])]


def is_raw(route):
    return any("from_raw_body" in field["flags"] for field in fields_of(route))


# What stands in an address where there is nothing.
PATH_VALUES = {"id": SOME_ID, "integer": "999999999", "text": "nothing"}


def path_value(field):
    return field["choices"][0] if field["kind"] == "choice" else PATH_VALUES[field["kind"]]


def path_of(route, value=None):
    fields = {field["name"]: field for field in fields_of(route)}
    return re.sub(r"\{(\w+)\}", lambda name: path_value(fields[name[1]]) if value is None else value, route["path"])


def has_id_in_path(route):
    return any(field["kind"] == "id" and "from_path" in field["flags"] for field in fields_of(route))


def good_value(field):
    if field["kind"] == "choice":
        return field["choices"][0]
    if field["kind"] == "integer":
        return max(field["minimum"], min(1, field["maximum"] or 1))
    if field["name"] == "currency":
        return "EUR"
    if field["kind"] == "object":
        return good_body(field["shape"]["fields"])
    if field["kind"] == "list":
        return [good_body(field["shape"]["fields"])]
    return GOOD_VALUES[field["kind"]]


def good_body(fields):
    return {field["name"]: good_value(field) for field in fields}


def bad_values(field):
    yield from BAD_VALUES[field["kind"]]
    if field["kind"] == "text":
        yield "x" * ((field["limit"] or SHORT_TEXT_LIMIT) + 1)
    if field["kind"] == "integer" and (field["minimum"], field["maximum"]) != (0, 0):
        yield field["minimum"] - 1
        yield field["maximum"] + 1
    if field["kind"] in ("list", "texts") and field["limit"]:
        yield [good_value(field)[0]] * (field["limit"] + 1)
    if "required" in field["flags"]:
        yield None


def bad_bodies(fields):
    """(a body, the field at fault) where only that field is bad."""
    good = good_body(fields)
    has_money = any(field["kind"] == "money" for field in fields)
    yield {**good, "no_such_field": 1}, "no_such_field"
    for field in fields:
        name = field["name"]
        if name == "currency" and has_money:  # a missing one is that of the money
            continue
        if "required" in field["flags"]:
            yield {other: value for other, value in good.items() if other != name}, name
        for bad in bad_values(field):
            yield {**good, name: bad}, name
        if field["kind"] in ("object", "list"):
            is_list = field["kind"] == "list"
            for inner, at in bad_bodies(field["shape"]["fields"]):
                yield {**good, name: [inner] if is_list else inner}, f"{name}/0/{at}" if is_list else f"{name}/{at}"


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.routes = routes_of_program()
        cls.server = cls.enterClassContext(Server(WAYMARK))
        cls.owner = cls.server.sign_in()
        client = cls.owner.post("/clients", CLIENT)
        cls.client, cls.client_etag = client.data, client.etag
        cls.client_path = f"/clients/{cls.client['id']}"
        cls.people = {"owner": cls.owner}
        for role in ("approver", "payer", "viewer"):
            address = f"{role}@client.example"
            cls.owner.made(f"{cls.client_path}/contacts", {"name": role, "email": address, "role": role})
            cls.people[role] = cls.server.enter_by_link(address)

    def setUp(self):
        self.before = self.server.database.contents()
        self.sent = 0

    def tearDown(self):
        after = self.server.database.contents()
        self.assertEqual(after.keys(), self.before.keys())
        for table, rows in after.items():
            self.assertEqual(rows, self.before[table], table)

    def asker(self, route):
        """One who may."""
        return next(self.people[role] for role in self.people if role in route["roles"])

    def headers(self, route):
        return {"If-Match": '"1"'} if route["needs_version"] else {}

    def refused(self, answer, status, slug, field=None, about=None):
        self.sent += 1
        what = f"{about}: {answer}"
        self.assertEqual((answer.status, answer.slug), (status, slug), what)
        problem = answer.data
        self.assertEqual(problem["status"], status, what)
        self.assertTrue(problem["title"], what)
        if field is not None:
            self.assertEqual(problem.get("field"), field, what)

    def is_refusal(self, answer, about):
        self.sent += 1
        self.assertTrue(400 <= answer.status < 500 and answer.slug, f"{about}: {answer}")

    def with_json(self):
        return [route for route in self.routes if body_fields(route)]

    # ---- bodies

    def test_bodies_that_are_no_json_object(self):
        for route in self.with_json():
            for raw in MALFORMED:
                answer = self.asker(route).ask(route["method"], path_of(route), raw=raw, headers=self.headers(route))
                self.refused(answer, 400, "malformed", about=(route["operation"], raw[:40]))
        print(f"# {self.sent} refusals")

    def test_fields_that_are_wrong_missing_or_unknown(self):
        for route in self.with_json():
            for body, field in bad_bodies(body_fields(route)):
                if len(json.dumps(body)) > BODY_LIMIT:
                    continue
                answer = self.asker(route).ask(route["method"], path_of(route), body, headers=self.headers(route))
                about = (route["operation"], field, json.dumps(body)[:300])
                self.is_refusal(answer, about)
                self.assertEqual(answer.status, 422, f"{about}: {answer}")
                named = answer.data.get("field", "")
                self.assertTrue(named == field or named.startswith(field + "/"), f"{about}: {answer}")
        print(f"# {self.sent} refusals")

    def test_an_empty_body_where_something_is_required(self):
        for route in self.with_json():
            if any("required" in field["flags"] for field in body_fields(route)):
                answer = self.asker(route).ask(route["method"], path_of(route), headers=self.headers(route))
                self.refused(answer, 422, "invalid", about=route["operation"])

    def test_a_body_where_none_is_taken(self):
        for route in self.routes:
            if route["in"] and not body_fields(route) and not is_raw(route):
                answer = self.asker(route).ask(route["method"], path_of(route), {}, headers=self.headers(route))
                status, slug = (400, "malformed") if route["method"] == "GET" else (422, "invalid")
                self.refused(answer, status, slug, about=route["operation"])

    def test_other_content_types(self):
        for route in self.with_json():
            for kind in ("text/plain", "application/jsonx", "application/x-www-form-urlencoded", "", None):
                answer = self.asker(route).ask(route["method"], path_of(route), raw=b"{}", headers={
                    **self.headers(route), "Content-Type": kind})
                self.refused(answer, 415, "unsupported-media", "Content-Type", (route["operation"], kind))

    def test_bodies_over_the_limit_are_refused_by_their_head(self):
        comments, files = f"/engagements/{SOME_ID}/comments", f"/engagements/{SOME_ID}/files?name=a.pdf"
        for path, size in (("/clients", BODY_LIMIT), ("/tokens", BODY_LIMIT), (comments, BODY_LIMIT),
                           (files, UPLOAD_LIMIT)):
            self.refused(self.owner.announce("POST", path, size + 1), 413, "too-large", about=path)

    # ---- addresses and queries

    def test_ids_that_are_none(self):
        for route in self.routes:
            if not has_id_in_path(route):
                continue
            body = good_body(body_fields(route)) if body_fields(route) else None
            for bad in BAD_IDS:
                answer = self.asker(route).ask(route["method"], path_of(route, bad), body, headers=self.headers(route))
                about = (route["operation"], bad)
                self.is_refusal(answer, about)
                if route["method"] == "GET":
                    self.refused(answer, 404, "not-found", about=about)
        print(f"# {self.sent} refusals")

    def test_addresses_and_methods_that_there_are_not(self):
        for path in ("/", "/no_such", "/clients/", f"{self.client_path}/no_such", "/company/logo/x"):
            self.refused(self.owner.get(path), 404, "not-found", about=path)
        for method, path in (("PATCH", "/company"), ("DELETE", self.client_path), ("POST", self.client_path)):
            self.refused(self.owner.ask(method, path), 405, "method-not-allowed", about=(method, path))

    def test_queries_that_are_unknown_or_out_of_range(self):
        for route in self.routes:
            asker, path = self.asker(route), path_of(route)
            if route["method"] == "GET" and not is_raw(route):
                self.refused(asker.get(f"{path}?no_such=1"), 422, "invalid", "no_such", route["operation"])
            fields = [field for field in fields_of(route) if "from_query" in field["flags"]]
            names = {field["name"] for field in fields}
            if "limit" not in names:
                continue
            for bad in BAD_PAGES:
                answer = asker.get(f"{path}?{bad}")
                self.is_refusal(answer, (route["operation"], bad))
                self.assertEqual((answer.status, answer.data["field"]), (422, bad.split("=")[0]),
                                 f"{route['operation']} {bad}: {answer}")
            for field in fields:
                if field["kind"] in ("id", "integer", "boolean", "choice", "day", "moment"):
                    answer = asker.get(f"{path}?{field['name']}=no%20such")
                    self.refused(answer, 422, "invalid", field["name"], route["operation"])
            if "{" not in path and "{" not in route["path"]:
                for bad in ("sort=no_such", "sort=-", "sort=id%3B--", "cursor=junk", "cursor=AAAA"):
                    self.refused(asker.get(f"{path}?{bad}"), 422, "invalid", bad.split("=")[0], route["operation"])
        print(f"# {self.sent} refusals")

    def test_odd_texts_in_queries_are_refused_or_find_nothing(self):
        for route in self.routes:
            fields = [field for field in fields_of(route) if "from_query" in field["flags"]]
            needed = {field["name"]: good_value(field) for field in fields if "required" in field["flags"]}
            for field in [field for field in fields if field["kind"] == "text" and route["method"] == "GET"]:
                limit = field["limit"] or SHORT_TEXT_LIMIT
                for text, is_bad in (("XQQ", False), ("'; --", False), ("\u00e9", False), ("%", False), ("", False),
                                     ("x" * limit, False), ("x" * (limit + 1), True)):
                    query = urllib.parse.urlencode({**needed, field["name"]: text})
                    answer = self.asker(route).get(f"{path_of(route)}?{query}")
                    about = (route["operation"], query, answer)
                    unknown = 401 if route["is_entrance"] else 404
                    self.assertIn(answer.status, (422,) if is_bad else (200, unknown, 422), about)
                    self.assertTrue(answer.status == 200 or answer.slug, about)

    def test_parameters_that_are_missing_or_there_twice(self):
        for route in self.routes:
            fields = [field for field in fields_of(route) if "from_query" in field["flags"]]
            needed = {field["name"]: good_value(field) for field in fields if "required" in field["flags"]}
            if is_raw(route) or route["writes"]:
                continue
            for name in needed:
                rest = urllib.parse.urlencode({other: value for other, value in needed.items() if other != name})
                answer = self.asker(route).get(f"{path_of(route)}?{rest}")
                self.refused(answer, 422, "invalid", name, route["operation"])
            for field in fields:
                once = urllib.parse.urlencode({**needed, field["name"]: good_value(field)})
                twice = f"{once}&{urllib.parse.urlencode({field['name']: good_value(field)})}"
                answer = self.asker(route).get(f"{path_of(route)}?{twice}")
                self.refused(answer, 400, "malformed", field["name"], (route["operation"], twice))

    # ---- versions

    def test_a_version_must_be_named_where_one_is_replaced(self):
        for route in self.routes:
            if route["needs_version"]:
                asker, body = self.asker(route), good_body(body_fields(route)) or None
                self.refused(asker.ask(route["method"], path_of(route), body), 428, "precondition-required",
                             "If-Match", route["operation"])
                for etag in BAD_ETAGS:
                    answer = asker.ask(route["method"], path_of(route), body, {"If-Match": etag})
                    self.assertIn(answer.status, (422, 428), f"{route['operation']} {etag}: {answer}")
                    self.assertEqual(answer.data["field"], "If-Match")

    def test_a_stale_version_is_refused(self):
        for version in (2, 17, 2**62, 2**70):
            answer = self.owner.put(self.client_path, CLIENT, headers={"If-Match": f'"{version}"'})
            self.refused(answer, 412, "stale")
        self.refused(self.owner.put("/company", {**CLIENT, "name": "B"}, headers={"If-Match": '"9"'}), 412, "stale")

    # ---- sessions

    def test_writes_by_cookie_need_the_sessions_csrf_token(self):
        for route in self.routes:
            if route["method"] == "GET" or route["is_entrance"]:
                continue
            asker, body = self.asker(route), good_body(body_fields(route)) or None
            for token in (None, "", "x", self.people["viewer" if asker is self.owner else "owner"].who["csrf_token"]):
                answer = asker.ask(route["method"], path_of(route), body, {**self.headers(route), "X-CSRF-Token": token})
                self.refused(answer, 403, "csrf", "X-CSRF-Token", (route["operation"], token))

    def test_false_credentials_open_nothing(self):
        true_one = self.owner.headers["Cookie"].split("=", 1)[1]
        false_ones = [f"waymark_session={bad}" for bad in (
            "x", "1.x", "1." + "A" * 43, "2." + true_one[2:], true_one[:-1], true_one + "A", true_one.swapcase())]
        for cookie in false_ones:
            answer = self.server.client({"Cookie": cookie}).get("/company")
            self.refused(answer, 401, "unauthenticated", about=cookie)
        for text in ("Bearer x", f"Bearer {true_one}", "Bearer ", "Basic eDp5", "x"):
            answer = self.server.client({"Authorization": text}).get("/company")
            self.refused(answer, 401, "unauthenticated", about=text)


class Repetition(unittest.TestCase):
    """Idempotency keys; these tests do change things, once."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(WAYMARK))
        cls.owner = cls.server.sign_in()

    def once(self, path, body, key, **headers):
        return self.owner.post(path, body, headers={"Idempotency-Key": key, **headers})

    def changes(self, before):
        after = self.server.database.contents()
        return {table for table in after if after[table] != before[table]}

    def test_the_same_request_again_gives_the_same_answer_and_does_nothing(self):
        first = self.once("/clients", {**CLIENT, "name": "Once"}, "same")
        self.assertEqual(first.status, 201)
        self.assertIsNone(first.headers.get("Idempotency-Replayed"))
        before = self.server.database.contents()
        for _ in range(3):
            again = self.once("/clients", {**CLIENT, "name": "Once"}, "same")
            self.assertEqual((again.status, again.body, again.etag), (201, first.body, first.etag))
            self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        self.assertEqual(self.changes(before), set())

    def test_a_key_used_for_something_else_is_refused(self):
        first = self.once("/clients", {**CLIENT, "name": "Key"}, "taken").data
        before = self.server.database.contents()
        others = (
            ("POST", "/clients", {**CLIENT, "name": "Other"}),
            ("POST", f"/clients/{first['id']}/contacts", {"name": "Co", "email": "co@x.example", "role": "payer"}),
            ("PUT", f"/clients/{first['id']}", {**CLIENT, "name": "Key"}),
        )
        for method, path, body in others:
            answer = self.owner.ask(method, path, body, {"Idempotency-Key": "taken", "If-Match": '"1"'})
            self.assertEqual((answer.status, answer.slug), (422, "idempotency-mismatch"), answer)
            self.assertEqual(answer.data["field"], "Idempotency-Key")
        self.assertEqual(self.changes(before), set())

    def test_a_refused_request_does_not_use_up_its_key(self):
        self.assertEqual(self.once("/clients", {**CLIENT, "country": "XX"}, "free").status, 422)
        answer = self.once("/clients", CLIENT, "free")
        self.assertEqual(answer.status, 201)

    def test_keys_of_two_people_are_two_keys(self):
        self.owner.made("/users", {"name": "Sally", "email": "sally@acme.example", "role": "sales",
                                   "password": PASSWORD})
        sally = self.server.sign_in("sally@acme.example")
        mine = self.once("/clients", CLIENT, "shared").data
        hers = sally.post("/clients", CLIENT, headers={"Idempotency-Key": "shared"}).data
        self.assertNotEqual(mine["id"], hers["id"])

    def test_keys_that_are_none_are_refused(self):
        before = self.server.database.contents()
        for key in BAD_KEYS:
            answer = self.once("/clients", CLIENT, key.encode())
            self.assertEqual((answer.status, answer.data.get("field")), (422, "Idempotency-Key"), f"{key!r}: {answer}")
        self.assertEqual(self.changes(before), set())

    def test_a_stale_version_is_refused_after_a_change_and_the_replay_still_answers(self):
        made = self.owner.post("/clients", {**CLIENT, "name": "Stale"})
        path = f"/clients/{made.data['id']}"
        headers = {"If-Match": made.etag, "Idempotency-Key": "change"}
        changed = self.owner.put(path, {**CLIENT, "name": "Changed"}, headers=headers)
        self.assertEqual((changed.status, changed.etag), (200, '"2"'))
        before = self.server.database.contents()
        late = self.owner.put(path, {**CLIENT, "name": "Late"}, headers={"If-Match": made.etag})
        self.assertEqual((late.status, late.slug), (412, "stale"))
        again = self.owner.put(path, {**CLIENT, "name": "Changed"}, headers=headers)
        self.assertEqual((again.status, again.body, again.etag), (200, changed.body, '"2"'))
        self.assertEqual(self.changes(before), set())

    def test_what_a_program_calls_itself_is_kept_as_text(self):
        # 2026-11-28: bytes that are no UTF-8 went into the signature; PostgreSQL refused them, and the evidence
        # that has them was no JSON for anybody.
        for name, kept in (("Agent/1.0", "Agent/1.0"), ("\xff\xfe Agent", "?? Agent"), ("A" * 1000, "A" * 200),
                           ("A" * 199 + "\u6771".encode().decode("latin-1"), "A" * 199 + "?")):
            signing = Signing(self.server, name)
            evidence = json.loads(signing.owner.get(f"{signing.path}/evidence").body)
            signatures = [row["row"] for row in evidence["rows"] if row["kind"] == "signature"]
            self.assertEqual([row["user_agent"] for row in signatures if row["side"] == "client"], [kept])


class Signing(World):
    """An engagement up to a contract that the client signs with a program of that name."""

    number = 0

    def __init__(self, server, user_agent):
        self.server, self.owner = server, server.sign_in()
        Signing.number += 1
        self.client = self.meet("General Services", f"gsa{Signing.number}")
        self.people = {"owner": self.owner,
                       "approver": self.invite(self.client, "approver", f"approver{Signing.number}@gsa.example")}
        self.people["approver"].headers["User-Agent"] = user_agent
        self.engage()
        self.propose()
        self.contract()


if __name__ == "__main__":
    run()
