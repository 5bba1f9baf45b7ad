"""Writers that go on until their server is killed, and what must hold once it is there again."""
import http.client
import os
import threading
import unittest

RETRIED = 5  # of the acknowledged writes of a round
DONE = (200, 201)


class Write:
    """One write as its client knows it: who sent what, and the answer if one came."""

    def __init__(self, kind, person, method, path, body, etag=None):
        self.kind, self.person, self.method, self.path, self.body = kind, person, method, path, body
        self.headers = {"Idempotency-Key": f"key-{os.urandom(8).hex()}"}
        if etag:
            self.headers["If-Match"] = etag
        self.answer = None

    def send(self):
        self.answer = self.person.ask(self.method, self.path, self.body, self.headers)
        return self.answer


class Writer(threading.Thread):
    """Writes one thing after another until the server is gone, or there is nothing left to write. What it writes
    next is its subclass's to say, and what an answer tells it."""

    def __init__(self, people, chance):
        super().__init__()
        self.people, self.chance, self.writes = people, chance, []

    def run(self):
        try:
            while write := self.next_write():
                self.writes.append(write)
                if write.send().status not in DONE:
                    return
                self.learn(write)
        except (OSError, http.client.HTTPException):
            pass
        finally:
            for person in self.people:
                person.close()


def start(writers):
    for writer in writers:
        writer.start()
    return writers


def join(writers):
    for writer in writers:
        writer.join()
    return [write for writer in writers for write in writer.writes]


class CrashCase(unittest.TestCase):
    def count(self, server, sql):
        return int(server.database.rows(sql)[0])

    def assert_was_done(self, write):
        """Exactly what was told, under the same key, and nothing done again."""
        again = write.person.ask(write.method, write.path, write.body, write.headers)
        self.assertEqual((again.status, again.body, again.etag),
                         (write.answer.status, write.answer.body, write.answer.etag))
        self.assertEqual(again.headers.get("Idempotency-Replayed"), "true")

    def finish(self, write):
        """Sends what was not answered again, as a client would. Returns whether it had been done."""
        answer = write.send()
        self.assertIn(answer.status, DONE, answer)
        return answer.headers.get("Idempotency-Replayed") == "true"

    def check_round(self, server, writes, chance):
        """How many writes were told, how many were not, and how many of those had been done. The server is another
        process now, on another port."""
        for write in writes:
            write.person.port = server.port
        told = [write for write in writes if write.answer]
        for write in told:
            self.assertIn(write.answer.status, DONE, write.answer)
        open_writes = [write for write in writes if not write.answer]
        for write in chance.sample(told, min(RETRIED, len(told))) + told[-1:]:
            self.assert_was_done(write)
        had_been_done = sum(self.finish(write) for write in open_writes)
        for write in open_writes:
            self.assert_was_done(write)
        return len(told), len(open_writes), had_been_done
