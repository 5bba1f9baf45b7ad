"""Holds every statement to finding its rows by an index on SQLite: none walks all rows of a company
for the few of an engagement, however small the tables are when its plan is made.

    test_plans.py WAYMARK"""

import glob
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap

WAYMARK = sys.argv[1]
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

# What may be walked: of a company there is a handful of rows, or there is nothing else to go by. Partial
# indexes whose names end in _open hold few, too.
FEW = {"company", "log_head", "number_series", "ledger_account", "user_account", "webhook_endpoint"}
WHOLE = {
    "audit": "verify reads everything",
    "billing_figure": "figures of all that was billed",
    "session_purge": "now and then, of those who are signed in",
    "session_delete_of_actor": "of those who are signed in",
    "login_link_purge": "now and then, of links that were not used",
    "login_link_delete_of_contact": "of links that were not used",
    "idempotency_purge": "now and then, of a day's keys",
    "ledger_movement_list": "entries in the order of time",
}


def statements():
    for path in sorted(glob.glob(f"{ROOT}/src/*/*.sql")):
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"^--(?! name:).*\n", "", file.read(), flags=re.M)
        for name, sql in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name:|\Z)", text, re.M | re.S):
            yield os.path.basename(path).removesuffix(".sql"), name, sql.strip().rstrip(";")


def tables_by_alias(sql):
    """Each name that a plan may give a table, and the table."""
    found = re.findall(r"(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(?!WHERE|JOIN|ON|SET|ORDER|LEFT|CROSS)(\w+))?",
                       sql)
    return {alias or table: table for table, alias in found} | {table: table for table, _ in found}


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        path = os.path.join(cls.folder.name, "waymark.db")
        settings = ["--data", cls.folder.name, "--database", f"sqlite:{path}"]
        subprocess.run([WAYMARK, "migrate", *settings], check=True, stdout=subprocess.DEVNULL)
        cls.connection = sqlite3.connect(path)

    @classmethod
    def tearDownClass(cls):
        cls.connection.close()
        cls.folder.cleanup()

    def plan(self, sql):
        values = {name: 1 for name in re.findall(r":(\w+)", sql)}
        return [row[3] for row in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]

    def test_every_index_has_its_figures(self):
        indexes = self.connection.execute("SELECT i.name FROM sqlite_schema t, pragma_index_list(t.name) i"
                                          " WHERE t.type = 'table'").fetchall()
        figures = self.connection.execute("SELECT idx FROM sqlite_stat1").fetchall()
        self.assertEqual(sorted(figures), sorted(indexes))

    def test_no_statement_walks_what_an_index_names(self):
        walks, seen = [], 0
        tables = {row[0] for row in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for module, name, sql in statements():
            seen += 1
            if module in WHOLE or name in WHOLE:
                continue
            aliases = tables_by_alias(sql)
            for step in self.plan(sql):
                walked = re.match(r"SCAN (\w+)|SEARCH (\w+) .*\(company=\?(?: AND (?:kind|state)=\?)?\)$", step)
                table = walked and aliases.get(walked[1] or walked[2])
                if table in tables - FEW and not re.search(r"INDEX \w+_(?:open|unsettled) ", step):
                    walks.append(f"{name}: {step}")
        self.assertGreater(seen, 100)
        self.assertEqual("\n".join(walks), "")


if __name__ == "__main__":
    tap.run()
