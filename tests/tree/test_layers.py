"""Holds the tree to its own rules: which layer may use which, that the rules stay pure, that each
folder says what it is.

    test_layers.py LIBCORE LIBDOCUMENT"""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
INCLUDE = re.compile(r'^#include "([a-z]+)/', re.MULTILINE)

# What docs/conventions.md says; every layer may use itself.
MAY_USE = {
    "base": "",
    "core": "base",
    "platform": "base",
    "db": "base platform",
    "gateway": "base platform",
    "http": "base platform",
    "web": "base http",
    "store": "base core db",
    "words": "base core",
    "document": "base core words",
    "action": "base core platform db store words document",
    "audit": "base core platform store action",
    "api": "base core platform db store action http",
    "main": "base core platform db gateway store words document action audit api http web",
    "verify": "base core",
}

# What would make a rule depend on more than what it is given: time, chance, files, the network,
# the environment.
IMPURE = {
    "core": "time clock_gettime gettimeofday rand random getrandom getenv open fopen read write "
            "socket connect malloc calloc realloc pthread_create randombytes_buf sqlite3_open "
            "PQconnectdb",
    "document": "time clock_gettime gettimeofday rand random getrandom socket connect sqlite3_open "
                "PQconnectdb",
}


def sources(layer):
    folder = os.path.join(ROOT, "src", layer)
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))
            if name.endswith((".c", ".h"))]


class Layers(unittest.TestCase):
    def test_every_folder_is_a_known_layer_with_a_readme(self):
        folders = sorted(os.listdir(os.path.join(ROOT, "src")))
        self.assertEqual(folders, sorted(MAY_USE))
        for folder in folders:
            self.assertTrue(os.path.exists(os.path.join(ROOT, "src", folder, "README.md")), folder)

    def test_a_layer_uses_only_what_stands_below_it(self):
        wrong = []
        for layer, below in MAY_USE.items():
            allowed = {layer, *below.split()}
            for path in sources(layer):
                with open(path, encoding="utf-8") as file:
                    for used in INCLUDE.findall(file.read()):
                        if used not in allowed:
                            wrong.append(f"{os.path.relpath(path, ROOT)} uses {used}")
        self.assertEqual(wrong, [])

    def test_rules_and_documents_reach_for_nothing_outside(self):
        for layer, library in zip(("core", "document"), sys.argv[1:3]):
            symbols = subprocess.run(["nm", "--undefined-only", "--format=just-symbols", library],
                                     check=True, capture_output=True, text=True).stdout.split()
            names = {symbol.split("@")[0] for symbol in symbols}
            self.assertEqual(names & set(IMPURE[layer].split()), set(), layer)

    def test_every_event_is_told_of_in_the_docs(self):
        with open(os.path.join(ROOT, "docs", "events.md"), encoding="utf-8") as file:
            told = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", file.read()))
        for path in sources("action"):
            with open(path, encoding="utf-8") as file:
                named = set(re.findall(r'happened\([^;]*?"([a-z_]+\.[a-z_]+)"', file.read()))
            self.assertEqual(named - told, set(), path)

    def test_a_header_is_guarded_by_its_own_name(self):
        for layer in MAY_USE:
            for path in sources(layer):
                if not path.endswith(".h"):
                    continue
                name = os.path.basename(path).removesuffix(".h")
                guard = f"WAYMARK_{layer}_{name}_H".upper()
                with open(path, encoding="utf-8") as file:
                    self.assertIn(f"#ifndef {guard}\n#define {guard}\n", file.read(), path)


tap.run()
