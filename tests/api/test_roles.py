"""Every route, walked by every role: the policy's table decides who gets in, nobody sees what is another
client's, and the walk changes nothing.

    test_roles.py WAYMARK PRINT_ROUTES
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
from checked import Contract
from printed import text_of
from server import PASSWORD, Server
from tap import run
from world import UNSEEN, World, day

WAYMARK, PRINT_ROUTES = sys.argv[1:3]
NOT_IN_BODY = {"from_path", "from_query", "from_raw_body"}
OTHER_COMPANY, OTHER_OWNER = "other", "otto@other.example"
NO_ID = "0191e5a0-0000-7000-8000-00000000000a"
CLIENTS_ROLES = ("approver", "payer", "viewer")
# Whose table a parameter's id comes from, where it is not the parameter's own name.
TABLES = {"user": "user_account", "token": "api_token", "endpoint": "webhook_endpoint", "delivery": "outbox",
          "entry": "ledger_entry"}
MADE_WHEN_ASKED_FOR = ("checkpoint", "document")
NEEDS_MORE = {"compare_proposals", "compare_change_orders"}  # another revision
STREAMS = {"follow_changes"}  # does not end
NEEDS_FORM = {"set_password", "submit_milestone"}  # which a body made up does not have
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def fields_of(route):
    return route["in"]["fields"] if route["in"] else []


def body_fields(route):
    return [field for field in fields_of(route) if not NOT_IN_BODY & set(field["flags"])]


def is_about_id(route):
    return any("from_path" in field["flags"] and field["kind"] == "id" for field in fields_of(route))


def good_value(field):
    named = {"currency": "USD", "country": "US", "time_zone": "UTC", "email": "x@y.example",
             "billing_email": "x@y.example", "url": "https://x.example/"}
    kinds = {"id": NO_ID, "text": "x", "boolean": True, "day": "2026-01-01", "moment": "2099-01-01T00:00:00Z",
             "money": {"amount": "1.00", "currency": "USD"}, "hash": "0" * 64, "bytes": "", "texts": []}
    if field["name"] in named:
        return named[field["name"]]
    if field["kind"] == "choice":
        return field["choices"][0]
    if field["kind"] == "integer":
        return max(field["minimum"], min(1, field["maximum"] or 1))
    if field["kind"] == "object":
        return good_body(field["shape"]["fields"])
    if field["kind"] == "list":
        return [good_body(field["shape"]["fields"])]
    return kinds[field["kind"]]


def good_body(fields):
    return {field["name"]: good_value(field) for field in fields}


def good_query(route):
    """The parameters that the route insists on."""
    asked = [field for field in fields_of(route) if {"from_query", "required"} <= set(field["flags"])]
    return f"?{urllib.parse.urlencode(good_body(asked))}" if asked else ""


def text_in(answer):
    """What an answer says; of a PDF what is printed, as its compressed bytes may hold any word by chance."""
    if answer.headers.get("Content-Type") != "application/pdf":
        return answer.body.decode("latin1")
    return text_of(answer.body)


def page_of(answer):
    """The page of a list that an answer is, or None."""
    is_json = answer.status == 200 and answer.headers.get("Content-Type", "").startswith("application/json")
    return answer.data if is_json and "items" in answer.data else None


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
        cls.routes = json.loads(printed)
        cls.server = cls.enterClassContext(Server(WAYMARK))
        others = cls.add_other_company()
        cls.world = World(cls.server, {route["operation"] for route in cls.routes})
        cls.reader = cls.world.token("read")
        cls.writer = cls.world.token("read", "write")
        # All of it is the first client's or the agency's own.
        cls.ids = {table: ids - others[table] for table, ids in cls.server.database.ids().items()}
        cls.all_ids = set().union(*cls.ids.values()) - cls.ids["user_account"] - cls.ids["company"]
        cls.stranger = cls.world.meet_stranger()
        cls.people = {**cls.world.people, "nobody": cls.server.client()}
        cls.foreigners = cls.enter_other_company()

    @classmethod
    def add_other_company(cls):
        """A second agency on the same server; the ids that are its own."""
        before = cls.server.database.ids()
        cls.server.stop()
        cls.server.run("company", "add", OTHER_COMPANY, "--name", "Other Oy", "--owner-email", OTHER_OWNER,
                       text=PASSWORD + "\n")
        cls.server.start()
        return {table: ids - before[table] for table, ids in cls.server.database.ids().items()}

    @classmethod
    def enter_other_company(cls):
        """Its owner, and a program that acts as that owner."""
        owner = cls.server.client().enter("/session", {
            "company": OTHER_COMPANY, "email": OTHER_OWNER, "password": PASSWORD})
        made = owner.made("/tokens", {"name": "program", "scopes": ["read", "write"],
                                      "expires_at": f"{day(2)}T00:00:00.000Z"})
        return {"owner": owner, "token": cls.server.client({"Authorization": f"Bearer {made['secret']}"})}

    def setUp(self):
        self.before = self.server.database.contents()
        self.count = 0

    def tearDown(self):
        after = self.server.database.contents()
        for table, rows in after.items():
            if table not in MADE_WHEN_ASKED_FOR:
                self.assertEqual(rows, self.before[table], table)

    def ids_for(self, route):
        """What fits the route's address: the stored ids, NO_ID where there are none yet."""
        names = re.findall(r"\{(\w+)\}", route["path"])
        if not names:
            return [""]
        if not is_about_id(route):
            return ["0"]
        name = names[0].removesuffix("_id")
        if name == "id":
            name = route["path"].split("/")[1].removesuffix("s")
        return sorted(self.ids.get(TABLES.get(name, name), ())) or [NO_ID]

    def path(self, route, value):
        return re.sub(r"\{\w+\}", value, route["path"])

    def knock(self, person, route, value):
        """A request that goes no further than the check of its form, which comes after that of who asks."""
        headers = {"If-Match": '"1"'} if route["needs_version"] else {}
        path = self.path(route, value)
        self.count += 1
        if body_fields(route):
            return person.ask(route["method"], path, {"no_such_field": 1}, headers)
        return person.ask(route["method"], f"{path}?no_such_parameter=1", None, headers)

    def outcome(self, role, route):
        if route["is_entrance"] or role in route["roles"]:
            return 422, "invalid"
        return (401, "unauthenticated") if role == "nobody" else (403, "forbidden")

    def test_the_policys_table_decides_who_gets_in(self):
        for route in self.routes:
            for role, person in self.people.items():
                answer = self.knock(person, route, self.ids_for(route)[0])
                expected = self.outcome("approver" if role == "stranger" else role, route)
                self.assertEqual((answer.status, answer.slug), expected, f"{role}, {route['operation']}: {answer}")
        print(f"# {self.count} requests")

    def test_a_token_does_no_more_than_its_scopes(self):
        for name, token in (("reader", self.reader), ("writer", self.writer)):
            for route in self.routes:
                answer = self.knock(token, route, self.ids_for(route)[0])
                changes = route["writes"] and not route["is_bookkeeping"]
                allowed = route["is_entrance"] or ("owner" in route["roles"] and not route["is_administration"] and
                                                   (name == "writer" or not changes))
                expected = (422, "invalid") if allowed else (403, "forbidden")
                self.assertEqual((answer.status, answer.slug), expected, f"{name}, {route['operation']}: {answer}")

    def test_a_stranger_finds_nothing_of_another_client(self):
        for route in self.routes:
            if not is_about_id(route) or "approver" not in route["roles"]:
                continue
            body = good_body(body_fields(route)) or None
            for value in self.ids_for(route):
                headers = {"If-Match": '"1"'} if route["needs_version"] else {}
                answer = self.stranger.ask(route["method"], self.path(route, value), body, headers)
                self.count += 1
                about = f"{route['operation']}: {answer}"
                self.assertEqual((answer.status, answer.slug), (404, "not-found"), about)
                self.shows_nothing(answer, about)
        self.assertGreater(self.count, 20)
        print(f"# {self.count} requests")

    def test_another_company_finds_nothing_by_an_id(self):
        for route in self.routes:
            if not is_about_id(route) or "owner" not in route["roles"]:
                continue
            expected = {"owner": (404, "not-found"),
                        "token": (403, "forbidden") if self.is_for_people(route) else (404, "not-found")}
            body = good_body(body_fields(route)) or None
            headers = {"If-Match": '"1"'} if route["needs_version"] else {}
            for who, person in self.foreigners.items():
                for value in self.ids_for(route):
                    answer = person.ask(route["method"], self.path(route, value) + good_query(route), body, headers)
                    about = f"{who}, {route['operation']} {value}: {answer}"
                    self.assertEqual((answer.status, answer.slug), expected[who], about)
                    self.shows_nothing(answer, about)
                    self.count += 1
        self.assertGreater(self.count, 200)
        print(f"# {self.count} requests")

    def test_another_companys_lists_hold_nothing(self):
        """Neither all of them nor filtered by an id; evidence, search and papers too."""
        for route in self.routes:
            if route["method"] != "GET" or is_about_id(route) or route["operation"] in STREAMS:
                continue
            for who, person in self.foreigners.items():
                for query in ["", "?q=General", *self.filters(route)]:
                    answer = person.get(self.path(route, "0") + query)
                    about = f"{who}, {route['operation']}{query}: {answer}"
                    self.assertIn(answer.status, (200, 403, 404, 422), about)
                    self.shows_nothing(answer, about, asked=query)
                    self.count += 1
        self.assertGreater(self.count, 100)
        print(f"# {self.count} requests")

    def is_for_people(self, route):
        """A password is set by a session only, whoever asks and whatever the token's scopes."""
        return route["is_administration"] or route["operation"] == "set_password"

    def filters(self, route):
        for field in fields_of(route):
            if field["kind"] == "id" and "from_query" in field["flags"]:
                table = field["name"].removesuffix("_id")
                for value in sorted(self.ids.get(TABLES.get(table, table), ())):
                    yield f"?{field['name']}={value}"

    def test_a_version_that_has_passed_is_refused_wherever_the_contract_says_so(self):
        contract, refused = Contract(), 0
        for route in self.routes:
            if not is_about_id(route) or route["operation"] in NEEDS_FORM or not contract.takes_version(
                    route["method"], route["path"]):
                continue
            body = good_body(body_fields(route)) or None
            for role in set(route["roles"]) & self.people.keys():
                for value in self.ids_for(route):
                    answer = self.people[role].ask(route["method"], self.path(route, value), body,
                                                   {"If-Match": '"99999"'})
                    about = f"{role}, {route['operation']} {value}: {answer}"
                    self.assertIn((answer.status, answer.slug), ((412, "stale"), (404, "not-found")), about)
                    refused += answer.status == 412
        self.assertGreater(refused, 100)
        print(f"# {refused} refusals")

    def test_lists_hold_nothing_of_another_client(self):
        for route in self.routes:
            if route["operation"] in STREAMS:
                continue
            if route["method"] == "GET" and "{" not in route["path"] and "approver" in route["roles"]:
                answer = self.stranger.get(route["path"])
                self.assertIn(answer.status, (200, 404, 422), f"{route['operation']}: {answer}")
                self.shows_nothing(answer, f"{route['operation']}: {answer}")

    def test_pages_of_a_client_that_has_nothing_are_empty(self):
        """Also where they are filtered by what another client has."""
        own, pages = {self.stranger.who["id"], self.world.stranger_client["id"]}, 0
        for route in self.routes:
            if route["method"] != "GET" or "{" in route["path"] or route["operation"] in STREAMS:
                continue
            page = page_of(self.stranger.get(route["path"]))
            if page is None:
                continue
            self.assertLessEqual({item.get("id") for item in page["items"]}, own, route["operation"])
            self.assertIsNone(page.get("next_cursor"), route["operation"])
            pages += 1
            self.filters_find_nothing(route)
        self.assertGreater(pages, 5)
        self.assertGreater(self.count, 5)
        print(f"# {pages} pages, {self.count} filters")

    def filters_find_nothing(self, route):
        for field in fields_of(route):
            name = field["name"].removesuffix("_id")
            if field["kind"] != "id" or "from_query" not in field["flags"]:
                continue
            for value in sorted(self.ids.get(TABLES.get(name, name), ())):
                page = page_of(self.stranger.get(f"{route['path']}?{field['name']}={value}"))
                self.assertEqual(page and page["items"], [], f"{route['operation']}, {name} {value}")
                self.count += 1

    def shows_nothing(self, answer, about, asked=""):
        """But for the ids that were asked for, which an answer may repeat."""
        text = answer.body.decode("latin1")
        self.assertEqual(set(ID.findall(text)) & self.all_ids - set(ID.findall(asked)), set(), about)
        for word in ("General", "gsa"):
            self.assertNotIn(word, text, about)

    def test_no_client_sees_what_work_costs(self):
        """Neither where they may not look, nor in anything that they may: bundles, papers, texts."""
        answers = 0
        for route in self.routes:
            if route["method"] != "GET" or route["operation"] in STREAMS:
                continue
            for role in CLIENTS_ROLES:
                for value in self.ids_for(route):
                    answer = self.people[role].get(self.path(route, value))
                    text = text_in(answer)
                    for word in UNSEEN:
                        self.assertNotIn(word, text, f"{role}, {route['operation']} {value}")
                    answers += answer.status == 200
        self.assertGreater(answers, 50)
        print(f"# {answers} answers")

    def test_who_may_read_reads(self):
        read = 0
        for route in self.routes:
            if route["method"] != "GET" or route["has_own_answer"]:
                continue
            needs_more = route["operation"] in NEEDS_MORE or any(
                {"from_query", "required"} <= set(field["flags"]) for field in fields_of(route))
            for role in set(route["roles"]) & self.people.keys():
                for value in self.ids_for(route):
                    answer = self.people[role].get(self.path(route, value))
                    about = f"{role}, {route['operation']} {value}: {answer}"
                    if needs_more or value in (NO_ID, "0"):
                        self.assertIn(answer.status, (200, 404, 422), about)
                    elif role in CLIENTS_ROLES:  # drafts and the agency's own are not theirs
                        self.assertIn(answer.status, (200, 404), about)
                    else:
                        self.assertEqual(answer.status, 200, about)
                    read += answer.status == 200
        self.assertGreater(read, 100)
        print(f"# {read} answers")


if __name__ == "__main__":
    run()
