"""A server whose every answer is held against openapi/waymark.yaml: its address and status are there,
and its JSON has the types, values and fields that are described."""
import os
import re

import yaml

from server import Client, Server

CONTRACT = os.path.join(os.path.dirname(__file__), "../../openapi/waymark.yaml")
NAMES = {bool: "boolean", int: "integer", str: "string", list: "array", dict: "object", type(None): "null"}


class Contract:
    def __init__(self):
        with open(CONTRACT, encoding="utf-8") as text:
            self.tree = yaml.load(text, yaml.CSafeLoader)
        self.paths = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + "$"), operations)
                      for path, operations in self.tree["paths"].items()]

    def resolve(self, node):
        while "$ref" in node:
            target = self.tree
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def operation(self, method, path):
        return next(operations[method.lower()] for pattern, operations in self.paths
                    if pattern.match(path) and method.lower() in operations)

    def takes_version(self, method, path):
        """Whether the address, which may be that of the contract itself, says that it minds If-Match."""
        return any(self.resolve(parameter)["name"] == "If-Match"
                   for parameter in self.operation(method, path).get("parameters", []))

    def check(self, method, path, answer):
        operation = self.operation(method, path)
        status = str(answer.status)
        responses = operation["responses"]
        content = self.resolve(responses.get(status) or responses[f"{status[0]}XX"]).get("content", {})
        kind = answer.headers.get("Content-Type")
        assert bool(content) == bool(answer.body) and (not content or {kind, "*/*"} & set(content)), f"{method} {path}: {answer}"
        if kind in content and kind.endswith("json"):
            self.check_value(f"{method} {path}", content[kind]["schema"], answer.data)

    def check_value(self, place, schema, value):
        schema = self.resolve(schema)
        if "oneOf" in schema and value is None:
            return
        types = schema.get("type", [])
        types = types if isinstance(types, list) else [types]
        assert not types or NAMES[type(value)] in types, f"{place}: {value!r} is none of {types}"
        assert "enum" not in schema or value in schema["enum"], f"{place}: {value!r}"
        if isinstance(value, dict) and "properties" in schema:
            unknown = value.keys() - schema["properties"].keys()
            missing = set(schema.get("required", [])) - value.keys()
            assert not unknown and not missing, f"{place}: {unknown} is unknown, {missing} missing"
            for name, member in value.items():
                self.check_value(f"{place}/{name}", schema["properties"][name], member)
        if isinstance(value, list):
            for element in value:
                self.check_value(place, schema.get("items", {}), element)


class CheckedClient(Client):
    contract = Contract()

    def ask(self, method, path, *arguments, **options):
        answer = super().ask(method, path, *arguments, **options)
        self.contract.check(method, path.split("?")[0], answer)
        return answer


class CheckedServer(Server):
    def __init__(self, program, *settings):
        super().__init__(program)
        self.more = list(settings)

    def settings(self):
        return super().settings() + self.more

    def client(self, headers=None):
        client = CheckedClient(self.port, headers)
        self.clients.append(client)
        return client
