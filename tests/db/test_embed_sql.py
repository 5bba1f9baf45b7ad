#!/usr/bin/python3
"""What tools/embed_sql.py and tools/embed_schema.py make of a text, and what they refuse."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "tools"), os.path.join(ROOT, "tests")]
import embed_sql
from tap import run


def refusal_of(test, text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.sql")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        with test.assertRaises(embed_sql.Refused) as caught:
            embed_sql.read([path])
        return str(caught.exception)


class EmbedSql(unittest.TestCase):
    def test_names_are_numbered_by_first_use(self):
        sql, names = embed_sql.translate("SELECT :b, :a, :b + :c")
        self.assertEqual(sql, "SELECT $1, $2, $1 + $3")
        self.assertEqual(names, ["b", "a", "c"])

    def test_strings_and_quoted_names_are_left_alone(self):
        text = "SELECT ':a it''s -- /* ; ::', \":b;\" FROM x"
        self.assertEqual(embed_sql.translate(text), (text, []))

    def test_comments_are_dropped(self):
        sql, names = embed_sql.translate("-- :a\nSELECT /* :b; */ 1 -- :c")
        self.assertEqual((" ".join(sql.split()), names), ("SELECT 1", []))

    def test_a_last_semicolon_is_dropped(self):
        self.assertEqual(embed_sql.translate("SELECT 1;\n")[0], "SELECT 1")

    def test_casts_of_one_database_are_refused(self):
        self.assertIn("CAST", refusal_of(self, "-- name: a\nSELECT :a::text\n"))

    def test_unknown_syntax_is_refused(self):
        for sql in ("SELECT $1", "SELECT ?", "SELECT @a", "SELECT 'open", "SELECT :Name", "SELECT [a]"):
            self.assertIn("cannot read", refusal_of(self, f"-- name: a\n{sql}\n"))

    def test_two_statements_under_one_name_are_refused(self):
        self.assertIn("one statement", refusal_of(self, "-- name: a\nSELECT 1; SELECT 2\n"))

    def test_a_name_given_twice_is_refused(self):
        text = "-- name: a\nSELECT 1\n-- name: a\nSELECT 2\n"
        self.assertIn(":3: a: is also at", refusal_of(self, text))

    def test_wrong_and_missing_names_are_refused(self):
        self.assertIn("lower-case", refusal_of(self, "-- name: Invoice-Open\nSELECT 1\n"))
        self.assertIn("lower-case", refusal_of(self, "-- name:\nSELECT 1\n"))
        self.assertIn("without", refusal_of(self, "SELECT 1\n"))
        self.assertIn("is empty", refusal_of(self, "-- name: a\n-- nothing\n"))


class EmbedSchema(unittest.TestCase):
    def embed(self, *names):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in names]
            for path in paths:
                with open(path, "w", encoding="utf-8") as file:
                    file.write("CREATE TABLE \"a\" (\n  id ID);\n")
            out = os.path.join(folder, "out.c")
            tool = os.path.join(ROOT, "tools", "embed_schema.py")
            done = subprocess.run([tool, out, *paths], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                return done.stderr
            with open(out, encoding="utf-8") as file:
                return file.read()

    def test_steps_come_in_order_with_their_hash(self):
        text = self.embed("0002_two.sql", "0001_one.sql")
        self.assertLess(text.index('"one"'), text.index('"two"'))
        self.assertIn('"CREATE TABLE \\"a\\" (\\n"', text)
        # printf 'CREATE TABLE "a" (\n  id ID);\n' | sha256sum
        self.assertIn("6b91e0dbddae1b3c6882647a3f0cd09664b1ba321ae491d51cf81b79ba68c878", text)

    def test_a_gap_or_another_name_is_refused(self):
        self.assertIn("0002_", self.embed("0001_one.sql", "0003_three.sql"))
        self.assertIn("0001_", self.embed("0002_two.sql"))
        self.assertIn("0001_", self.embed("0001_One.sql"))


if __name__ == "__main__":
    run()
