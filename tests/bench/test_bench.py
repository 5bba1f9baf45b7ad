"""The bench still measures: a short run with few invoices, whose figures nobody should believe.

    test_bench.py BUILD

On the database that WAYMARK_TEST_DATABASE names."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests")]
import tap

BUILD = os.path.abspath(sys.argv[1])
DATABASE = os.environ["WAYMARK_TEST_DATABASE"]
SHORT = {"WAYMARK_BENCH_SECONDS": "0.2", "WAYMARK_BENCH_ROUNDS": "1", "WAYMARK_BENCH_INVOICES": "300",
         "WAYMARK_BENCH_BUILD": BUILD}
WITH_AIM = {"value", "unit", "limit", "ratio", "aim", "holds"}


class Bench(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.NamedTemporaryFile() as figures:
            done = subprocess.run([str(ROOT / "bench/run"), f"million:{DATABASE}"], check=False, capture_output=True, text=True,
                                  env={**os.environ, **SHORT, "WAYMARK_BENCH_FIGURES": figures.name})
            if done.returncode:
                raise AssertionError(f"bench/run ended with {done.returncode}:\n{done.stdout}{done.stderr}")
            cls.figures = json.load(figures)

    def find(self, words):
        found = [figure for name, figure in self.figures.items() if words in name]
        self.assertTrue(found, f"{words}: not among {list(self.figures)}")
        return found

    def test_each_part_measures_something(self):
        for words in ("bare loop, groups of 32", "accept over HTTP, 1 connections", "accept over HTTP, 256 connections",
                      "all of one company", "beside 4 readers", "engagement page", "invoices by pages", "memory under load"):
            for figure in self.find(words):
                self.assertGreater(figure["value"], 0, words)

    def test_what_has_an_aim_says_whether_it_holds(self):
        with_aim = [figure for figure in self.figures.values() if "aim" in figure]
        self.assertGreater(len(with_aim), 5)
        for figure in with_aim:
            self.assertEqual(set(figure), WITH_AIM)
            self.assertAlmostEqual(figure["ratio"], figure["value"] / figure["limit"], places=3)


tap.run()
