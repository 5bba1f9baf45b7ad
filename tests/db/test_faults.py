#!/usr/bin/python3
"""A disk that fails or is full: SQLite's writes are refused cleanly, and go on when it is well again.

    test_faults.py WORKER

strace makes a system call on one file fail; a small tmpfs is a disk that is really full.
"""
import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import run

WORKER = sys.argv[1]
# A traced process cannot trace itself for leaks.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}


def works(*command):
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


class Asked:
    """A worker that is asked for one write after the other."""

    def __init__(self, folder, *prefix):
        self.process = subprocess.Popen(
            [*prefix, WORKER, f"sqlite:{folder}/test.db", "ask"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        self.greeting = self.answer()

    def answer(self):
        return self.process.stdout.readline().split(" ")[0].strip()

    def write(self, number, size=100):
        self.process.stdin.write(f"{number} {size}\n")
        self.process.stdin.flush()
        return self.answer()

    def children(self):
        pid = self.process.pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]

    def kill(self):
        """Kills the worker itself, which strace runs beside it."""
        for pid in self.children() or [self.process.pid]:
            os.kill(pid, 9)
        return self.end()

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


class Faults(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="waymark-test-")
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def init(self):
        subprocess.run([WORKER, f"sqlite:{self.folder}/test.db", "init"], check=True)

    def injected(self):
        """How many calls were made to fail."""
        with open(f"{self.folder}/trace", encoding="utf-8") as file:
            return file.read().count("(INJECTED)")

    def rest(self):
        """Waits until the worker has let the file alone for longer than it waits at rest."""
        size = -1
        while size != (size := os.stat(f"{self.folder}/trace").st_size):
            time.sleep(0.3)

    def kept(self):
        done = subprocess.run([WORKER, f"sqlite:{self.folder}/test.db", "check"],
                              capture_output=True, text=True, check=True)
        return [int(line) for line in sorted(done.stdout.split(), key=int)]

    def broken(self, suffix, call, error, when):
        """A worker whose calls on one of the database's files fail."""
        if not works("strace", "-o", "/dev/null", "-e", "trace=none", "true"):
            self.skipTest("strace cannot trace here")
        return Asked(self.folder, "strace", "-f", "-qq", "-o", f"{self.folder}/trace",
                     "-P", f"{self.folder}/test.db{suffix}",
                     "-e", f"inject={call}:error={error}:when={when}")

    def test_a_failed_flush_of_the_log_refuses_one_write_and_the_next_is_taken(self):
        self.init()
        worker = self.broken("-wal", "fdatasync", "EIO", "3")
        answers = [worker.write(number) for number in range(1, 8)]
        self.assertEqual(worker.end(), 0)
        self.assertEqual(answers.count("storage"), 1)
        self.assertEqual(self.injected(), 1)
        self.assertEqual(answers.count("ok"), 6)
        self.assertEqual(self.kept(), [n for n in range(1, 8) if answers[n - 1] == "ok"])

    def test_a_refused_write_does_not_come_back_when_the_process_is_killed(self):
        self.init()
        worker = self.broken("-wal", "fdatasync", "EIO", "3")
        answers = [worker.write(1)]
        while answers[-1] == "ok":
            answers.append(worker.write(len(answers) + 1))
        worker.kill()
        self.assertEqual(answers[-1], "storage")
        self.assertEqual(self.injected(), 1)
        self.assertEqual(self.kept(), list(range(1, len(answers))))
        again = Asked(self.folder)
        self.assertEqual(again.write(99), "ok")
        again.end()
        self.assertEqual(self.kept(), [*range(1, len(answers)), 99])

    def test_while_the_log_cannot_be_flushed_the_outcome_is_called_unknown(self):
        self.init()
        worker = self.broken("-wal", "fdatasync", "EIO", "3..6")
        answers = [worker.write(number) for number in range(1, 10)]
        worker.end()
        first = answers.index("unavailable")
        self.assertEqual(self.injected(), 4)
        self.assertEqual(answers[:first], ["ok"] * first)
        self.assertIn("storage", answers[first + 1:])
        self.assertEqual(answers[-2:], ["ok", "ok"])
        self.assertEqual(self.kept(), [n for n in range(1, 10) if answers[n - 1] == "ok"])

    def test_a_failed_flush_of_the_database_loses_nothing(self):
        self.init()
        worker = self.broken("", "fdatasync", "EIO", "1+")
        answers = []
        for number in range(1, 5):  # large enough for the log to be moved at rest
            answers.append(worker.write(number, 3000000))
            self.rest()
        worker.kill()
        self.assertEqual(answers, ["ok"] * 4)
        self.assertGreater(self.injected(), 1)
        self.assertEqual(self.kept(), list(range(1, 5)))
        again = Asked(self.folder)
        self.assertEqual(again.write(5), "ok")
        self.assertEqual(again.end(), 0)
        self.assertEqual(self.kept(), list(range(1, 6)))
        self.assertEqual(os.stat(f"{self.folder}/test.db-wal").st_size, 0)

    def test_after_a_failed_flush_of_half_a_log_the_rest_stays_until_the_next_start(self):
        self.init()
        worker = self.broken("", "fdatasync", "EIO", "1")
        with contextlib.closing(sqlite3.connect(f"{self.folder}/test.db")) as reader:
            answers = [worker.write(1, 3000000)]
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM thing").fetchall()
            answers.append(worker.write(2, 3000000))
            self.rest()  # moves what the reader lets it, and does not flush
            self.assertEqual(self.injected(), 0)
            reader.execute("COMMIT")
            answers.append(worker.write(3, 3000000))
            self.rest()  # moves what is left
            self.assertEqual(self.injected(), 1)
            moved = os.stat(f"{self.folder}/test.db").st_mtime_ns
            answers.append(worker.write(4, 3000000))
            self.rest()
            self.assertEqual(os.stat(f"{self.folder}/test.db").st_mtime_ns, moved)
        self.assertEqual(worker.end(), 0)
        self.assertGreater(os.stat(f"{self.folder}/test.db-wal").st_size, 24000000)
        self.assertEqual(answers, ["ok"] * 4)
        again = Asked(self.folder)
        self.assertEqual(again.end(), 0)
        self.assertEqual(os.stat(f"{self.folder}/test.db-wal").st_size, 0)
        self.assertEqual(self.kept(), [1, 2, 3, 4])

    def test_a_log_left_behind_must_be_flushed_before_it_is_believed(self):
        self.init()
        worker = Asked(self.folder)
        self.assertEqual(worker.write(1), "ok")
        worker.kill()
        self.assertGreater(os.stat(f"{self.folder}/test.db-wal").st_size, 0)
        broken = self.broken("-wal", "fdatasync", "EIO", "1")
        self.assertEqual(broken.greeting, "storage")
        broken.end()
        well = Asked(self.folder)
        self.assertEqual(well.write(2), "ok")
        self.assertEqual(well.end(), 0)
        self.assertEqual(self.kept(), [1, 2])

    def test_a_write_without_space_is_refused(self):
        self.init()
        worker = self.broken("-wal", "pwrite64", "ENOSPC", "5..9")
        answers = [worker.write(number) for number in range(1, 15)]
        self.assertEqual(worker.end(), 0)
        self.assertIn("storage", answers)
        self.assertGreater(self.injected(), 0)
        self.assertEqual(set(answers), {"ok", "storage"})
        self.assertEqual(answers[-1], "ok")
        self.assertEqual(self.kept(), [n for n in range(1, 15) if answers[n - 1] == "ok"])

    def test_a_full_disk_refuses_writes_until_there_is_space(self):
        if not works("mount", "-t", "tmpfs", "-o", "size=6m", "none", self.folder):
            self.skipTest("only root can mount a small disk")
        self.addCleanup(subprocess.run, ["umount", self.folder], check=True)
        self.init()
        ballast = f"{self.folder}/ballast"
        with open(ballast, "wb") as file:
            file.write(bytes(3000000))
        worker = Asked(self.folder)
        answers = [worker.write(number, 100000) for number in range(1, 21)]
        self.assertEqual(answers[0], "ok")
        self.assertEqual(answers[-1], "storage")
        self.assertEqual(set(answers), {"ok", "storage"})
        os.unlink(ballast)
        self.assertEqual(worker.write(50, 100000), "ok")
        self.assertEqual(worker.end(), 0)
        self.assertEqual(self.kept(), [n for n in range(1, 21) if answers[n - 1] == "ok"] + [50])


if __name__ == "__main__":
    run()
