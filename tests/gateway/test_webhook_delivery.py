"""Webhooks, from struct to a consumer that checks them: test_webhook_delivery.py SEND_ONCE"""

import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "servers")]

from receivers import self_signed, webhook_receiver
from tap import run

SEND_ONCE = sys.argv[1]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER_SECRET = "whsec_" + "QUFB" * 16
BODY = '{"type":"invoice.issued","data":{"number":"RE-2016-0007","note":"Grüße, 請求書"}}'
CERTIFICATES = tempfile.TemporaryDirectory()
TRUSTED = self_signed(CERTIFICATES.name)
STRANGER = self_signed(CERTIFICATES.name, "stranger")


def send(url, policy={}, **changes):
    order = {
        "policy": {"allow_private": True, "timeout_ms": 5000, **policy},
        "webhook": {
            "url": url,
            "secret": SECRET,
            "id": "msg_0190-7cc3",
            "time_ms": int(time.time() * 1000),
            "body": BODY,
            **changes,
        },
    }
    done = subprocess.run([SEND_ONCE, "webhook"], input=json.dumps(order), capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{SEND_ONCE} ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def url_of(consumer, path="/hook?tenant=7", scheme="http"):
    return f"{scheme}://127.0.0.1:{consumer.port}{path}"


def answering(raw):
    """The port of a server that says these bytes to one caller, whatever it asks."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listener, listener.accept()[0] as caller:
            caller.recv(65536)
            try:
                caller.sendall(raw)
            except OSError:
                pass  # the caller has heard enough

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


class WhatArrives(unittest.TestCase):
    def test_a_webhook_arrives_signed(self):
        with webhook_receiver("--secret", SECRET) as consumer:
            delivery = send(url_of(consumer))
            self.assertEqual(delivery, {"outcome": "done", "status": 204, "retry_after_ms": 0, "text": ""})
            (got,) = consumer.received()
        self.assertEqual((got["method"], got["path"], got["body"], got["verified"]), ("POST", "/hook?tenant=7", BODY, True))
        headers = got["headers"]
        self.assertEqual(headers["content-type"], "application/json")
        self.assertEqual(headers["user-agent"], "waymark-test")
        self.assertEqual(headers["webhook-id"], "msg_0190-7cc3")
        self.assertEqual(headers["content-length"], str(len(BODY.encode())))
        self.assertFalse({"expect", "authorization", "cookie"} & set(headers))

    def test_large_and_empty_bodies_arrive(self):
        with webhook_receiver("--secret", SECRET) as consumer:
            for body in ("", "x" * 1000000):
                self.assertEqual(send(url_of(consumer), body=body)["outcome"], "done")
            self.assertEqual([len(got["body"]) for got in consumer.received()], [0, 1000000])

    def test_a_consumer_turns_away_what_is_not_signed_for_it(self):
        with webhook_receiver("--secret", OTHER_SECRET) as consumer:
            delivery = send(url_of(consumer))
            self.assertEqual((delivery["outcome"], delivery["status"]), ("retry", 401))
            self.assertEqual(consumer.received()[0]["reason"], "signature")
        with webhook_receiver("--secret", SECRET) as consumer:
            self.assertEqual(send(url_of(consumer), time_ms=int(time.time() - 400) * 1000)["status"], 401)
            self.assertEqual(consumer.received()[0]["reason"], "timestamp")


class WhatConsumersAnswer(unittest.TestCase):
    def delivery_when(self, *flags, policy={}):
        with webhook_receiver(*flags) as consumer:
            return send(url_of(consumer), policy)

    def test_every_success_counts_as_delivered(self):
        for status in (200, 201, 202, 204, 299):
            found = self.delivery_when("--status", status)
            self.assertEqual((found["outcome"], found["status"]), ("done", status))

    def test_failures_are_tried_again(self):
        for status in (400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504):
            found = self.delivery_when("--status", status)
            self.assertEqual((found["outcome"], found["status"], found["retry_after_ms"]), ("retry", status, 0))

    def test_a_consumer_that_is_gone_says_so(self):
        found = self.delivery_when("--status", 410)
        self.assertEqual((found["outcome"], found["status"]), ("gone", 410))

    def test_a_webhook_that_failed_arrives_at_a_later_attempt(self):
        with webhook_receiver("--secret", SECRET, "--status", "500,503,200") as consumer:
            outcomes = [send(url_of(consumer))["outcome"] for _ in range(3)]
            self.assertEqual(outcomes, ["retry", "retry", "done"])
            self.assertEqual({got["headers"]["webhook-id"] for got in consumer.received()}, {"msg_0190-7cc3"})

    def test_the_wait_that_a_consumer_asks_for_is_reported_up_to_a_day(self):
        for asked, reported_ms in (("120", 120000), ("0", 0), ("soon", 0), ("-5", 0), ("999999999", 86400000)):
            found = self.delivery_when("--status", 503, "--retry-after", asked)
            self.assertEqual((asked, found["outcome"], found["retry_after_ms"]), (asked, "retry", reported_ms))

    def test_redirects_are_not_followed(self):
        with webhook_receiver() as inside:
            for status in (301, 302, 303, 307, 308):
                found = self.delivery_when("--status", status, "--location", url_of(inside))
                self.assertEqual((found["outcome"], found["status"]), ("retry", status))
            self.assertEqual(inside.received(), [])

    def test_the_answer_is_kept_short_and_read_no_further_than_needed(self):
        found = self.delivery_when("--status", 500, "--body-bytes", 300)
        self.assertEqual((found["outcome"], found["text"]), ("retry", "x" * 160))
        for status, outcome in ((200, "done"), (500, "retry"), (410, "gone")):
            found = self.delivery_when("--status", status, "--body-bytes", 200000000)
            self.assertEqual((found["outcome"], found["status"]), (outcome, status))

    def test_a_slow_consumer_is_given_up_in_time(self):
        started = time.monotonic()
        found = self.delivery_when("--delay", 30, policy={"timeout_ms": 700})
        self.assertEqual((found["outcome"], found["status"]), ("retry", 0))
        self.assertIn("timed out", found["text"].lower())
        self.assertTrue(0.5 < time.monotonic() - started < 10)

    def test_a_status_counts_even_if_the_body_never_comes(self):
        found = self.delivery_when("--status", 200, "--body-bytes", 10, "--drip", 30, policy={"timeout_ms": 700})
        self.assertEqual((found["outcome"], found["status"]), ("done", 200))

    def test_what_is_not_http_is_tried_again(self):
        for raw in (b"", b"220 mail.example ESMTP\r\n", b"\0\1\2\3", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"):
            found = send(f"http://127.0.0.1:{answering(raw)}/", {"timeout_ms": 2000})
            self.assertEqual((raw, found["outcome"], found["status"]), (raw, "retry", 0))
            self.assertNotEqual(found["text"], "")

    def test_endless_headers_are_cut_off(self):
        raw = b"HTTP/1.1 500 No\r\n" + (b"x-more: " + b"y" * 1000 + b"\r\n") * 5000
        found = send(f"http://127.0.0.1:{answering(raw)}/")
        self.assertEqual((found["outcome"], found["status"]), ("retry", 500))

    def test_words_of_a_consumer_are_made_harmless(self):
        raw = b"HTTP/1.1 500 No\r\ncontent-length: 20\r\n\r\nbad\r\n\x1b[31mthing\xff\xfe\0end"
        found = send(f"http://127.0.0.1:{answering(raw)}/")
        self.assertEqual((found["status"], found["text"]), (500, "bad [31mthing??"))

    def test_a_consumer_that_is_not_there_is_tried_again(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            found = send(f"http://127.0.0.1:{unused.getsockname()[1]}/")
        self.assertEqual((found["outcome"], found["status"]), ("retry", 0))
        found = send("http://no-such-host.invalid/")
        self.assertEqual((found["outcome"], found["status"]), ("retry", 0))


class Encryption(unittest.TestCase):
    def test_certificates_are_verified(self):
        with webhook_receiver("--secret", SECRET, "--tls", *TRUSTED) as consumer:
            url = url_of(consumer, scheme="https")
            self.assertEqual(send(url, {"ca_file": TRUSTED[0]})["outcome"], "done")
            for policy in ({}, {"ca_file": STRANGER[0]}):
                found = send(url, policy)
                self.assertEqual((found["outcome"], found["status"]), ("retry", 0))
                self.assertIn("certificate", found["text"].lower())
            self.assertEqual(len(consumer.received()), 1)
        with webhook_receiver("--tls", *self_signed(CERTIFICATES.name, "other.example", address=None)) as consumer:
            found = send(url_of(consumer, scheme="https"), {"ca_file": f"{CERTIFICATES.name}/other.example.pem"})
            self.assertEqual((found["outcome"], found["status"]), ("retry", 0))
            self.assertEqual(consumer.received(), [])


class WhatIsNotCalled(unittest.TestCase):
    def test_the_inside_of_our_network_is_not_called(self):
        with webhook_receiver() as consumer:
            hosts = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
            for host in hosts:
                found = send(f"http://{host}:{consumer.port}/hook", {"allow_private": False})
                self.assertEqual((host, found["outcome"], found["status"]), (host, "refused", 0))
                self.assertIn("public", found["text"])
            self.assertEqual(consumer.received(), [])

    def test_a_webhook_that_is_malformed_is_refused_unsent(self):
        with webhook_receiver() as consumer:
            url = url_of(consumer)
            for changes in (
                {"secret": "whsec_short"},
                {"id": ""},
                {"id": "a.b"},
                {"id": "a\r\nx: y"},
                {"id": "x" * 101},
                {"id": "é"},
            ):
                found = send(url, **changes)
                self.assertEqual((changes, found["outcome"], found["status"]), (changes, "refused", 0))
            for bad in (url.replace("http", "ftp"), url.replace("//", "//me:secret@"), url + " x", url + "\r\nx: y"):
                self.assertEqual((bad, send(bad)["outcome"]), (bad, "refused"))
            self.assertEqual(consumer.received(), [])


if __name__ == "__main__":
    run()
