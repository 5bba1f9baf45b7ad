"""The table of routes and the published contract say the same, each about all of the other.

    test_contract.py PRINT_ROUTES CONTRACT
"""
import json
import os
import re
import subprocess
import sys
import unittest

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import run

PRINT_ROUTES, CONTRACT = sys.argv[1:3]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
PEOPLE = ("owner", "sales", "delivery", "finance", "auditor", "approver", "payer", "viewer")
SHORT_TEXT_LIMIT = 200  # of a field that names no limit
NOT_IN_BODY = {"from_path", "from_query", "from_raw_body"}

# What a field of each kind is in the contract; a format of None is any.
KINDS = {
    "id": ("string", "uuid"),
    "text": ("string", None),
    "integer": ("integer", None),
    "boolean": ("boolean", None),
    "day": ("string", "date"),
    "moment": ("string", "date-time"),
    "choice": ("string", None),
    "hash": ("string", None),
    "bytes": ("string", None),
    "texts": ("array", None),
    "list": ("array", None),
    "object": ("object", None),
    "money": ("object", None),
}


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.tree = yaml.safe_load(file)

    def resolve(self, node):
        """Follows references; of alternatives takes the one that is not null."""
        while True:
            if "$ref" in node:
                target = self.tree
                for part in node["$ref"].removeprefix("#/").split("/"):
                    target = target.get(part, {})
                node = target
            elif (options := node.get("oneOf") or node.get("anyOf") or node.get("allOf")):
                kept = [option for option in options if option.get("type") != "null"]
                if len(kept) != 1:
                    return node
                node = kept[0]
            else:
                return node

    def operations(self):
        """(method, path) -> the operation, with the parameters of its path."""
        found = {}
        for path, item in self.tree["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = dict(item[method])
                    operation["parameters"] = [
                        self.resolve(parameter)
                        for parameter in item.get("parameters", []) + operation.get("parameters", [])]
                    found[method.upper(), path] = operation
        return found


class Comparison:
    """Gathers every difference, so that one run tells them all."""

    def __init__(self, contract):
        self.contract = contract
        self.differences = []

    def same(self, place, what, table, contract):
        if table != contract:
            self.differences.append(f"{place}: {what}: {table!r} in the table, {contract!r} in the contract")

    def fields(self, place, fields, schema, is_input):
        schema = self.contract.resolve(schema)
        properties = schema.get("properties", {})
        fields = {field["name"]: field for field in fields}
        self.same(place, "fields", sorted(fields), sorted(properties))
        if is_input:
            required = sorted(name for name, field in fields.items() if "required" in field["flags"])
            self.same(place, "required", required, sorted(schema.get("required", [])))
            self.same(place, "additionalProperties", False, schema.get("additionalProperties"))
        else:
            self.same(place, "required but no field", [], sorted(set(schema.get("required", [])) - set(fields)))
        for name in fields.keys() & properties.keys():
            self.value(f"{place}/{name}", fields[name], properties[name], is_input)

    def value(self, place, field, schema, is_input):
        schema = self.contract.resolve(schema)
        kind, form = KINDS[field["kind"]]
        types = schema.get("type")
        types = types if isinstance(types, list) else [types]
        self.same(place, "type", kind, "/".join(str(one) for one in types if one != "null"))
        if form:
            self.same(place, "format", form, schema.get("format"))
        if is_input:
            self.limits(place, field, schema)
            if "required" in field["flags"]:
                self.same(place, "nullable", False, "null" in types)
        self.same(place, "values", field.get("choices"),
                  [one for one in schema["enum"] if one is not None] if "enum" in schema else None)
        if field["kind"] == "money":
            self.same(place, "money", ["amount", "currency"], sorted(schema.get("properties", {})))
        elif field["kind"] == "texts":
            self.same(place, "items", "string", schema.get("items", {}).get("type"))
        elif field["kind"] in ("list", "object"):
            inner = schema.get("items", {}) if field["kind"] == "list" else schema
            self.fields(place, visible(field["shape"]), inner, is_input)

    def limits(self, place, field, schema):
        """The contract may leave limits out, but not name others."""
        if field["kind"] == "text" and "maxLength" in schema:
            self.same(place, "maxLength", field["limit"] or SHORT_TEXT_LIMIT, schema["maxLength"])
        if field["kind"] == "integer" and (field["minimum"], field["maximum"]) != (0, 0):
            self.same(place, "range", (field["minimum"], field["maximum"]),
                      (schema.get("minimum"), schema.get("maximum")))


def visible(shape):
    return [field for field in shape["fields"] if "secret" not in field["flags"]]


def body_fields(route):
    fields = route["in"]["fields"] if route["in"] else []
    return [field for field in fields if not NOT_IN_BODY & set(field["flags"])]


def is_raw(route):
    return any("from_raw_body" in field["flags"] for field in (route["in"] or {"fields": []})["fields"])


def json_of(node):
    """The schema of a body or an answer in JSON, None where it is something else."""
    return node.get("content", {}).get("application/json", {}).get("schema")


class ContractTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
        cls.routes = json.loads(printed)
        cls.contract = Contract(CONTRACT)
        cls.operations = cls.contract.operations()
        print(f"# {len(cls.routes)} routes")

    def each(self):
        """Routes that the contract has too; that none is missing is a test of its own."""
        for route in self.routes:
            operation = self.operations.get((route["method"], route["path"]))
            if operation:
                yield route["operation"], route, operation

    def compare(self, check):
        comparison = Comparison(self.contract)
        for place, route, operation in self.each():
            check(comparison, place, route, operation)
        if comparison.differences:
            self.fail("\n".join(comparison.differences))

    def test_every_route_is_in_the_contract_and_nothing_else_is(self):
        table = sorted((route["method"], route["path"], route["operation"]) for route in self.routes)
        contract = sorted((*key, operation["operationId"]) for key, operation in self.operations.items())
        self.assertGreater(len(table), 0)
        self.assertEqual([row for row in table if row not in contract], [], "missing in the contract")
        self.assertEqual([row for row in contract if row not in table], [], "missing in the table")

    def test_every_operation_has_one_route(self):
        for name in ("operation", ("method", "path")):
            keys = [route[name] if isinstance(name, str) else tuple(route[one] for one in name)
                    for route in self.routes]
            self.assertEqual(sorted(set(keys)), sorted(keys))

    def test_success_statuses_are_the_same(self):
        def check(comparison, place, route, operation):
            statuses = [status for status in operation["responses"] if str(status).startswith("2")]
            comparison.same(place, "status", [str(route["status"])], statuses)
        self.compare(check)

    def test_the_people_who_may_are_the_same(self):
        def check(comparison, place, route, operation):
            roles = [] if route["is_entrance"] else [role for role in route["roles"] if role in PEOPLE]
            comparison.same(place, "x-roles", roles, operation.get("x-roles", []))
        self.compare(check)

    def test_path_and_query_parameters_are_the_same(self):
        def check(comparison, place, route, operation):
            for where in ("path", "query"):
                fields = [field for field in (route["in"] or {"fields": []})["fields"]
                          if f"from_{where}" in field["flags"]]
                parameters = {one["name"]: one for one in operation["parameters"] if one["in"] == where}
                comparison.same(place, where, sorted(field["name"] for field in fields), sorted(parameters))
                for field in fields:
                    if field["name"] not in parameters:
                        continue
                    parameter = parameters[field["name"]]
                    comparison.value(f"{place}?{field['name']}", field, parameter["schema"], True)
                    comparison.same(f"{place}?{field['name']}", "required",
                                    where == "path" or "required" in field["flags"],
                                    parameter.get("required", False))
        self.compare(check)

    def test_headers_are_told_where_they_are_read(self):
        def check(comparison, place, route, operation):
            headers = {one["name"]: one for one in operation["parameters"] if one["in"] == "header"}
            takes_key = route["writes"] and not route["is_entrance"] and route["status"] != 204
            if takes_key and not route["is_bookkeeping"]:
                comparison.same(place, "takes an Idempotency-Key", True, "Idempotency-Key" in headers)
            elif not route["writes"]:
                comparison.same(place, "takes an Idempotency-Key", False, "Idempotency-Key" in headers)
            comparison.same(place, "needs If-Match", route["needs_version"],
                            headers.get("If-Match", {}).get("required", False))
            comparison.same(place, "is open to anyone", route["is_entrance"],
                            operation.get("security") == [])
        self.compare(check)

    def test_bodies_are_the_same(self):
        def check(comparison, place, route, operation):
            body = operation.get("requestBody", {})
            if is_raw(route):
                comparison.same(place, "takes a file", True, bool(body.get("content")) and not json_of(body))
            elif body_fields(route):
                schema = json_of(body)
                comparison.same(place, "takes a body", True, schema is not None)
                comparison.fields(place, body_fields(route), schema or {}, True)
            else:
                comparison.same(place, "takes a body", False, bool(body))
        self.compare(check)

    def test_answers_are_the_same(self):
        def check(comparison, place, route, operation):
            answer = self.contract.resolve(operation["responses"].get(str(route["status"]), {}))
            schema = json_of(answer)
            if schema is not None and route["out"]:
                comparison.fields(place, visible(route["out"]), schema, False)
            elif answer.get("content"):
                comparison.same(place, "answers a file", True, route["has_own_answer"])
            elif route["status"] != 204:
                comparison.same(place, "answers nothing", None, route["out"] and route["out"]["name"])
        self.compare(check)

    def test_every_answer_with_a_version_tells_its_etag(self):
        def check(comparison, place, route, operation):
            answer = self.contract.resolve(operation["responses"].get(str(route["status"]), {}))
            if json_of(answer) is not None and route["out"]:
                has_version = any(field["name"] == "version" for field in route["out"]["fields"])
                comparison.same(place, "ETag", has_version, "ETag" in answer.get("headers", {}))
        self.compare(check)

    def test_refusals_and_trouble_are_problem_details(self):
        for place, _, operation in self.each():
            for status in ("4XX", "5XX"):
                answer = self.contract.resolve(operation["responses"].get(status, {}))
                self.assertEqual(list(answer.get("content", {})), ["application/problem+json"], place)

    def test_everything_is_described(self):
        """In words, and by an example where a body is taken."""
        lacking = []
        for (method, path), operation in self.operations.items():
            name = operation["operationId"]
            if operation.get("summary", "").lower() == name.replace("_", " ") or not operation.get("description"):
                lacking.append(f"{name}: what it does")
            lacking += [f"{name}: its parameter {one['name']}" for one in operation["parameters"]
                        if not one.get("description")]
            schema = json_of(operation.get("requestBody", {}))
            if schema and not self.contract.resolve(schema).get("examples"):
                lacking.append(f"{name}: an example of its body")
        for name, schema in self.contract.tree["components"]["schemas"].items():
            lacking += [f"{name}/{member}" for member, value in schema.get("properties", {}).items()
                        if not value.get("description")]
        self.assertEqual(lacking, [])

    def test_every_refusal_is_told_with_its_status(self):
        with open(os.path.join(os.path.dirname(CONTRACT), "../src/base/error.def"), encoding="utf-8") as file:
            errors = re.findall(r'ERROR\(\w+, (\d+), \d+, "([a-z-]+)"', file.read())
        text = self.contract.tree["info"]["description"]
        rows = [row for row in text.splitlines() if row.startswith("| `")]
        for status, slug in errors:
            if slug == "usage":  # of the command line
                continue
            row = next((row for row in rows if f"`{slug}`" in row), "")
            self.assertIn(status, row, slug)

    def test_every_part_is_referred_to_and_every_reference_leads_somewhere(self):
        text = json.dumps(self.contract.tree)
        parts = {f"#/components/{group}/{name}" for group, parts in self.contract.tree["components"].items()
                 for name in parts if group != "securitySchemes"}
        self.assertEqual(parts ^ set(re.findall(r'"\$ref": "([^"]+)"', text)), set())


if __name__ == "__main__":
    run()
