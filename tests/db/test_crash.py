#!/usr/bin/python3
"""A writing process is killed at random under load: what it called durable is there, nothing is
half done.

    test_crash.py WORKER
"""
import os
import random
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import run

ROUNDS = 20
WORKER = os.path.abspath(sys.argv[1])
DATABASE = os.environ["WAYMARK_TEST_DATABASE"]


def numbers(text):
    return {int(line) for line in text.split()}


def load_and_kill(address, first, seconds):
    """What the worker said was durable before it was killed."""
    told = []
    with subprocess.Popen([WORKER, address, "load", str(first)], stdout=subprocess.PIPE,
                          text=True) as worker:
        told.append(worker.stdout.readline())
        killer = threading.Timer(seconds, worker.kill)
        killer.start()
        told.append(worker.stdout.read())
        killer.join()
    return numbers("".join(told))


class Crash(unittest.TestCase):
    def check_rounds(self, address):
        chance = random.Random(2016)
        subprocess.run([WORKER, address, "init"], check=True)
        told = set()
        for turn in range(ROUNDS):
            now_told = load_and_kill(address, (turn + 1) * 1000000, chance.uniform(0.0, 0.15))
            self.assertTrue(now_told)
            told |= now_told
            done = subprocess.run([WORKER, address, "check"], capture_output=True, text=True, check=True)
            self.assertLessEqual(told, numbers(done.stdout))
        print(f"# {len(told)} writes were told to be durable in {ROUNDS} rounds")

    def test_a_killed_writer_loses_nothing_and_leaves_nothing_half_done(self):
        if DATABASE == "postgres":
            self.check_rounds(os.environ["WAYMARK_TEST_POSTGRES"])
        else:
            with tempfile.TemporaryDirectory(prefix="waymark-test-") as folder:
                self.check_rounds(f"sqlite:{folder}/test.db")


if __name__ == "__main__":
    run()
