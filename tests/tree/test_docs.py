"""Holds the pages for people to what there is: addresses, who may use them, commands, settings,
events, files and links.

    test_docs.py PRINT_ROUTES WAYMARK"""

import glob
import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

PRINT_ROUTES, WAYMARK = sys.argv[1:3]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PAGES = ["README.md", "samples/README.md", *sorted(glob.glob("docs/**/*.md", root_dir=ROOT, recursive=True))]
CONTACT_ROLES = {"approver", "payer", "viewer"}
ROLES = {"owner", "sales", "delivery", "finance", "auditor"} | CONTACT_ROLES


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def exists(path):
    return os.path.exists(os.path.join(ROOT, path))


def same_names(path):
    return re.sub(r"\{\w+\}", "{}", path)


def is_run(folder, suite):
    """Whether the build knows a suite, by its file or by the name that it has in a list."""
    name = os.path.splitext(suite.removeprefix("test_"))[0]
    build = read(f"{folder}/meson.build")
    return exists(f"{folder}/{suite}") and (f"'{suite}'" in build or f"'{name}'" in build)


def addresses(text):
    """(METHOD, path) of each `METHOD /path`, and of each `…/verb` that follows one in its line."""
    for line in text.splitlines():
        before = None
        for method, path, verb in re.findall(r"`(?:(GET|POST|PUT|DELETE) (/[^` ]*)|…(/[\w-]+))`", line):
            if path:
                before = (method, path.split("?")[0].removeprefix("/api/v1"))
                yield before
            elif before:
                yield before[0], before[1].rsplit("/", 1)[0] + verb


class Docs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        printed = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
        cls.routes = {(route["method"], same_names(route["path"])): route for route in json.loads(printed)}

    def test_every_address_is_a_route(self):
        count = 0
        for page in PAGES:
            for method, path in addresses(read(page)):
                self.assertTrue((method, same_names(path)) in self.routes, f"{page}: {method} {path}")
                count += 1
        self.assertGreater(count, 30)

    def test_who_may_use_an_address_may(self):
        """In tables of a step, who does it, and its address."""
        count = 0
        for page in ("docs/for-agencies.md", "docs/for-clients.md"):
            for row in re.findall(r"^\|[^|]+\|([^|]+)\|([^|]+)\|$", read(page), re.MULTILINE):
                named = set(re.findall(r"\w+", row[0])) & ROLES
                if "anybody" in row[0]:
                    named = CONTACT_ROLES
                for method, path in addresses(row[1]):
                    route = self.routes.get((method, same_names(path)), {"roles": []})
                    allowed = set(route["roles"])
                    self.assertLessEqual(named, allowed, f"{page}: {method} {path}")
                    count += len(named)
        self.assertGreater(count, 20)

    def test_every_command_and_flag_is_one(self):
        usage = {}
        for name in re.findall(r"^  (\w+(?: \w+)?)  ", self.help(), re.MULTILINE):
            usage[name] = self.help(*name.split())
        settings = {f"--{name.replace('_', '-')}" for name in re.findall(r"^  (\w+)  ", self.help("settings"), re.MULTILINE)}
        for page in PAGES:
            for words in re.findall(r"(?:^|`|^build/)waymark ((?:(?!  )[^`\n#])+)", read(page), re.MULTILINE):
                words = words.split()
                if words[0] == "help":
                    self.assertEqual(subprocess.run([WAYMARK, *words], capture_output=True, check=False).returncode, 0)
                    continue
                name = " ".join(words[:2]) if " ".join(words[:2]) in usage else words[0]
                if words == [name] and any(command.startswith(f"{name} ") for command in usage):
                    continue  # several of them
                self.assertTrue(name in usage, f"{page}: {name}")
                for flag in [word for word in words if word.startswith("--")]:
                    self.assertTrue(flag in usage[name] or flag in settings, f"{page}: {name} {flag}")

    @staticmethod
    def help(*words):
        return subprocess.run([WAYMARK, "help", *words], capture_output=True, text=True, check=True).stdout

    def test_every_operation_that_is_called_is_one(self):
        known = {line.split()[0] for line in subprocess.run([WAYMARK, "call"], check=True, capture_output=True,
                                                            text=True).stdout.splitlines()}
        found = 0
        for page in PAGES:
            for name in re.findall(r"waymark call (\w+)", read(page)):
                found += 1
                self.assertIn(name, known, page)
        self.assertGreater(found, 3)

    def test_every_setting_is_one(self):
        settings = set(re.findall(r"^  (\w+)  ", self.help("settings"), re.MULTILINE))
        for page in PAGES:
            for name in re.findall(r"`WAYMARK_([A-Z_]+)", read(page)):
                self.assertIn(name.lower(), settings | {"config", "token"}, page)

    def test_every_link_leads_somewhere(self):
        for page in PAGES:
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page)):
                self.assertTrue(exists(os.path.join(os.path.dirname(page), target)), f"{page}: {target}")

    def test_every_file_and_function_of_the_overview_is_there(self):
        overview, count = read("docs/overview.md"), 0
        request = overview[overview.index("## One request"):]
        for names in re.findall(r"`(\w+/\w+\.c(?:: [^`]+)?)`", request):
            path, _, functions = names.partition(": ")
            self.assertTrue(exists(f"src/{path}"), path)
            for function in functions.split(", ") if functions else []:
                self.assertTrue(re.search(rf"\b{function}\(", read(f"src/{path}")), names)
                count += 1
        self.assertGreater(count, 8)

    def test_every_file_that_a_page_names_is_there(self):
        for page in PAGES:
            for path in re.findall(r"`((?:src|tests|docs|tools|openapi|samples|packaging)/[\w./-]+)`", read(page)):
                is_example = "retainage" in path
                self.assertTrue(is_example or exists(path), f"{page}: {path}")

    def test_every_public_failure_is_held_by_a_test_that_is_run(self):
        rows = re.findall(r"^\| (.+) \|$", read("docs/public-failures.md"), re.MULTILINE)[1:]
        self.assertGreater(len(rows), 50)
        for failure, _, held in (row.split(" | ") for row in rows):
            for one in held.split("; "):
                place = re.fullmatch(r"`(tests/\w+)/(test_\w+\.(?:c|py))`: ([\w ]+)", one)
                self.assertIsNotNone(place, f"{failure}: {one}")
                folder, suite, sentence = place.groups()
                self.assertTrue(is_run(folder, suite), one)
                name = sentence.replace(" ", "_")
                case = rf"^(CASE\({name}\)|    def test_{name}\(self\):)$"
                self.assertRegex(read(f"{folder}/{suite}"), re.compile(case, re.MULTILINE), one)

    def test_every_event_is_told_of_and_no_other(self):
        known = set()
        for path in glob.glob("src/action/*.c", root_dir=ROOT):
            known |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', read(path)))
        self.assertEqual(set(re.findall(r"`([a-z_]+\.[a-z_]+)`", read("docs/events.md"))),
                         {name for name in known if not name.endswith((".txt", ".json", ".pdf"))})


tap.run()
