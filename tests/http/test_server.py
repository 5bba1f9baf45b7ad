"""The HTTP server against raw sockets: test_server.py ECHO_SERVER"""

import json
import pathlib
import re
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from tap import run

ECHO_SERVER = sys.argv[1]
HOST = b"Host: waymark.test\r\n"
ALL_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"


class Server:
    """An echo server with these options; leaving the context stops it and checks its end."""

    def __init__(self, **options):
        self.options = [f"{name}={value}" for name, value in options.items()]
        self.expect_clean = True

    def __enter__(self):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [ECHO_SERVER, *self.options], stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        self.address = self.process.stdout.readline().strip()
        self.port = 0 if self.address.startswith("unix:") else int(self.address.rsplit(":", 1)[1])
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Waits for the end after SIGTERM; how many requests were cut off."""
        rest, _ = self.process.communicate(timeout=30)
        self.errors.seek(0)
        if self.process.returncode != 0:
            raise AssertionError(f"ended with {self.process.returncode}: {self.errors.read().decode()}")
        return int(rest.split()[-1])

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            if self.process.returncode is None:
                self.stop()
        finally:
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.errors.close()

    def connect(self, timeout=10):
        if self.address.startswith("unix:"):
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(self.address[5:])
        else:
            host = self.address.rsplit(":", 1)[0].strip("[]")
            connection = socket.create_connection((host, self.port))
        connection.settimeout(timeout)
        return Client(connection)


class Answer:
    def __init__(self, head, body):
        lines = head.decode("latin1").split("\r\n")
        self.version, status, _ = lines[0].split(" ", 2)
        self.status = int(status)
        self.pairs = [tuple(line.split(": ", 1)) for line in lines[1:]]
        self.headers = {name.lower(): value for name, value in self.pairs}
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def closes(self):
        return self.headers.get("connection") == "close"


class Client:
    def __init__(self, connection):
        self.socket = connection
        self.buffer = bytearray()  # grows in place: bytes would be copied whole for each piece

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        data = self.socket.recv(65536)
        self.buffer += data
        return bool(data)

    def read_until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                raise EOFError(f"closed after {self.buffer!r}")
        before, self.buffer = self.buffer.split(mark, 1)
        return bytes(before)

    def read_body(self, size):
        while len(self.buffer) < size:
            if not self.more():
                raise EOFError(f"closed after {len(self.buffer)} of {size} bytes")
        body, self.buffer = self.buffer[:size], self.buffer[size:]
        return bytes(body)

    def answer(self, to_head=False):
        head = self.read_until(b"\r\n\r\n")
        answer = Answer(head, b"")
        if not to_head and answer.status not in (204, 304, 100):
            answer.body = self.read_body(int(answer.headers["content-length"]))
        return answer

    def is_closed(self):
        """Whether nothing but the end comes; waits for it."""
        try:
            return self.buffer == b"" and not self.more()
        except ConnectionResetError:
            return True

    def ask(self, data):
        self.send(data)
        return self.answer()

    def get(self, path="/", headers=b""):
        return self.ask(b"GET " + path.encode() + b" HTTP/1.1\r\n" + HOST + headers + b"\r\n")


def post(body, headers=b"", path=b"/"):
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(*parts, headers=b"", path=b"/"):
    body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + headers + b"Transfer-Encoding: chunked\r\n\r\n" + body


class Shared(unittest.TestCase):
    """Tests that share one server with the usual limits."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def one(self, data):
        with self.server.connect() as client:
            return client.ask(data)

    def assert_alive(self):
        with self.server.connect() as client:
            self.assertEqual(client.get().status, 200)


class Requests(Shared):
    def test_a_request_is_understood(self):
        answer = self.one(
            b"GET /a%20b/%C3%A9/c;d/?q=x+y%2B&empty=&flag&page%5Bn%5D=2 HTTP/1.1\r\nHost: Waymark.Test:8080\r\n"
            b"X-Thing:  two words \t\r\nEmpty:\r\nCookie: a=b; session=\"s 1\"; broken; x=y=z\r\n\r\n"
        )
        got = answer.json()
        self.assertEqual(answer.status, 200)
        self.assertEqual(got["method"], "GET")
        self.assertEqual(got["target"], "/a%20b/%C3%A9/c;d/?q=x+y%2B&empty=&flag&page%5Bn%5D=2")
        self.assertEqual(got["segments"], ["a b", "é", "c;d", ""])
        self.assertEqual(got["query"], [["q", "x y+"], ["empty", ""], ["flag", ""], ["page[n]", "2"]])
        self.assertEqual(got["host"], "Waymark.Test:8080")
        self.assertEqual(got["peer"], "127.0.0.1")
        self.assertEqual(got["headers"][1:3], [["x-thing", "two words"], ["empty", ""]])
        self.assertEqual(got["session"], "s 1")
        self.assertEqual(got["body_size"], 0)

    def test_every_answer_carries_the_same_protection(self):
        for path in ("/", "/nothing", "/fault", "/bytes/5"):
            with self.server.connect() as client:
                headers = client.get(path).headers
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["cache-control"], "no-store")
            self.assertEqual(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'")
            self.assertEqual(headers["referrer-policy"], "no-referrer")
            self.assertNotIn("strict-transport-security", headers)
            self.assertRegex(headers["x-request-id"], "^[0-9a-f]{16}$")
            self.assertRegex(headers["date"], r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")

    def test_a_handler_may_override_the_defaults(self):
        with self.server.connect() as client:
            answer = client.get("/plain")
        names = [name.lower() for name, _ in answer.pairs]
        self.assertEqual(answer.headers["cache-control"], "max-age=60")
        self.assertEqual(answer.headers["content-security-policy"], "default-src 'self'")
        self.assertEqual(names.count("cache-control"), 1)
        self.assertEqual(names.count("content-security-policy"), 1)
        self.assertEqual(answer.headers["content-type"], "text/html")
        self.assertEqual(answer.body, b"<p>hello</p>")

    def test_a_header_cannot_split_the_answer(self):
        with self.server.connect() as client:
            answer = client.get("/split")
        self.assertEqual(answer.headers["location"], "/a  Set-Cookie: evil=1")
        self.assertEqual(answer.headers["set-cookie"], "session=abc; HttpOnly")

    def test_a_fault_is_told_as_problem_details(self):
        with self.server.connect() as client:
            answer = client.get("/fault")
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        self.assertEqual(
            answer.json(),
            {
                "type": "urn:waymark:error:invalid",
                "title": "A value is missing or not acceptable.",
                "status": 422,
                "detail": '"x" is no price',
                "field": "milestones/2/price",
            },
        )

    def test_requests_have_different_ids(self):
        with self.server.connect() as client:
            answers = [client.get() for _ in range(100)]
        self.assertEqual(len({answer.headers["x-request-id"] for answer in answers}), 100)
        self.assertTrue(all(answer.json()["id"] == answer.headers["x-request-id"] for answer in answers))

    def test_a_connection_is_kept(self):
        with self.server.connect() as client:
            for i in range(5):
                answer = client.get(f"/{i}")
                self.assertEqual(answer.json()["segments"], [str(i)])
                self.assertNotIn("connection", answer.headers)

    def test_pipelined_requests_are_answered_in_turn(self):
        with self.server.connect() as client:
            client.send(b"".join(post(b"x" * i, path=b"/%d" % i) for i in range(200)))
            for i in range(200):
                got = client.answer().json()
                self.assertEqual((got["target"], got["body_size"]), (f"/{i}", i))

    def test_pipelined_requests_wait_for_a_late_answer(self):
        with self.server.connect() as client:
            client.send(b"GET /late/50 HTTP/1.1\r\n" + HOST + b"\r\nGET /after HTTP/1.1\r\n" + HOST + b"\r\n")
            self.assertEqual(client.answer().json()["target"], "/late/50")
            self.assertEqual(client.answer().json()["target"], "/after")

    def test_a_request_byte_by_byte_is_understood(self):
        with self.server.connect() as client:
            client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for data in (post(b"hello", headers=b"X: y\r\n"), chunked(b"he", b"llo")):
                for byte in data:
                    client.send(bytes([byte]))
                self.assertEqual(client.answer().json()["body"], "hello")

    def test_head_is_answered_without_body(self):
        with self.server.connect() as client:
            size = len(client.get("/bytes/100000").body)
            for path in (b"/bytes/100000", b"/file"):
                client.send(b"HEAD " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
                answer = client.answer(to_head=True)
                self.assertEqual(answer.status, 200)
                if path != b"/file":
                    self.assertEqual(int(answer.headers["content-length"]), size)
            self.assertEqual(client.get("/after").json()["target"], "/after")

    def test_no_content_has_no_length(self):
        with self.server.connect() as client:
            answer = client.get("/nothing")
            self.assertEqual(answer.status, 204)
            self.assertNotIn("content-length", answer.headers)
            self.assertEqual(client.get().status, 200)

    def test_every_method_is_told(self):
        with self.server.connect() as client:
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                answer = client.ask(method.encode() + b" / HTTP/1.1\r\n" + HOST + b"\r\n")
                self.assertEqual(answer.json()["method"], method)

    def test_close_is_honoured(self):
        for headers in (b"Connection: close\r\n", b"Connection: x, Close\r\n", b"Connection: x\r\nConnection: close\r\n"):
            with self.server.connect() as client:
                self.assertTrue(client.get("/", headers).closes)
                self.assertTrue(client.is_closed())

    def test_http_1_0_is_answered_and_closed(self):
        with self.server.connect() as client:
            answer = client.ask(b"GET /old HTTP/1.0\r\n\r\n")
            self.assertEqual((answer.status, answer.closes), (200, True))
            self.assertEqual(answer.json()["host"], "")
            self.assertTrue(client.is_closed())

    def test_half_closed_clients_get_their_answers(self):
        with self.server.connect() as client:
            client.send(b"GET /late/20 HTTP/1.1\r\n" + HOST + b"\r\n" + post(b"abc"))
            client.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(client.answer().json()["target"], "/late/20")
            self.assertEqual(client.answer().json()["body"], "abc")
            self.assertTrue(client.is_closed())

    def test_the_absolute_form_means_the_same_place(self):
        for scheme in (b"http", b"HTTPS"):
            got = self.one(b"GET " + scheme + b"://waymark.test/a?b=c HTTP/1.1\r\n" + HOST + b"\r\n").json()
            self.assertEqual((got["segments"], got["query"]), (["a"], [["b", "c"]]))

    def test_a_large_answer_arrives_whole_at_a_slow_reader(self):
        with self.server.connect() as client:
            client.send(b"GET /bytes/20000000 HTTP/1.1\r\n" + HOST + b"\r\n" + b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            time.sleep(0.1)
            self.assertEqual(client.answer().body, b"x" * 20000000)
            self.assertEqual(client.answer().status, 200)
            self.assertEqual(client.get("/released").body, b"1")

    def test_a_file_is_sent_whole(self):
        with self.server.connect() as client:
            self.assertEqual(client.get("/file").body, pathlib.Path(ECHO_SERVER).read_bytes())
            self.assertEqual(client.get("/file/gone").body, b"")
            self.assertEqual(client.get().status, 200)


class Bodies(Shared):
    def test_a_body_arrives_as_sent(self):
        for body in (b"", b"x", b"x" * 99999):
            for data in (post(body), chunked(*([body] if body else []))):
                self.assertEqual(self.one(data).json()["body_size"], len(body))

    def test_a_body_in_many_chunks_is_put_together(self):
        parts = [b"%d;" % i for i in range(1000)]
        self.assertEqual(self.one(chunked(*parts)).json()["body_size"], len(b"".join(parts)))

    def test_continue_is_said_when_it_is_waited_for(self):
        for framing, rest in ((b"Content-Length: 5\r\n", b"hello"), (b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n\r\n")):
            with self.server.connect() as client:
                client.send(b"POST / HTTP/1.1\r\n" + HOST + framing + b"Expect: 100-Continue\r\n\r\n")
                self.assertEqual(client.answer().status, 100)
                self.assertEqual(client.ask(rest).json()["body"], "hello")
                self.assertEqual(client.get().status, 200)

    def test_continue_is_not_said_to_who_has_sent_the_body(self):
        answer = self.one(post(b"hello", headers=b"Expect: 100-continue\r\n"))
        self.assertEqual((answer.status, answer.json()["body"]), (200, "hello"))

    def test_a_body_too_large_is_refused_before_it_is_sent(self):
        with self.server.connect() as client:
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100001\r\nExpect: 100-continue\r\n\r\n")
            answer = client.answer()
            self.assertEqual((answer.status, answer.closes), (413, True))
            self.assertEqual(answer.json()["detail"], "the body is larger than 100000 bytes")
            self.assertTrue(client.is_closed())

    def test_chunks_that_grow_too_large_are_refused(self):
        with self.server.connect() as client:
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + b"c350\r\n" + b"x" * 50000 + b"\r\nc351\r\n" + b"x" * 50001)
            answer = client.answer()
            self.assertEqual((answer.status, answer.json()["field"]), (413, "body"))

    def test_a_refused_upload_still_learns_why(self):
        """The client sends on while it is refused; without lingering it would see a reset."""
        with self.server.connect() as client:
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 900000\r\n\r\n")
            for _ in range(9):
                client.send(b"x" * 100000)
            self.assertEqual(client.answer().status, 413)

    def test_an_address_may_take_larger_bodies(self):
        body = b"x" * (8 << 20)
        self.assertEqual(self.one(post(body, path=b"/upload")).json()["body_size"], len(body))
        self.assertEqual(self.one(chunked(*[body[:1 << 20]] * 8, path=b"/upload")).json()["body_size"], len(body))
        with self.server.connect() as client:
            client.send(b"POST /upload HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % (len(body) + 1))
            self.assertEqual(client.answer().status, 413)


GOOD = b"GET / HTTP/1.1\r\n" + HOST
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"
CHUNKED = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"


def with_length(value):
    return b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: " + value + b"\r\n\r\nhello"


def with_target(target):
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n"


def with_host(lines):
    return b"GET / HTTP/1.1\r\n" + lines + b"\r\n"


REFUSED = {
    "a line ended by LF alone": b"GET / HTTP/1.1\n" + HOST + b"\r\n",
    "a header ended by LF alone": GOOD + b"X: y\nZ: a\r\n\r\n",
    "a head ended by LF alone": GOOD + b"X: y\r\n\n",
    "an empty line first": b"\r\n" + GOOD + b"\r\n",
    "a bare CR in a value": GOOD + b"X: a\rb\r\n\r\n",
    "a bare CR in the target": b"GET /\r HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in a value": GOOD + b"X: a\0b\r\n\r\n",
    "NUL in the target": with_target(b"/a\0b"),
    "a control character in a name": GOOD + b"X\x01Y: a\r\n\r\n",
    "a control character in a value": GOOD + b"X: a\x08b\r\n\r\n",
    "DEL in a value": GOOD + b"X: a\x7fb\r\n\r\n",
    "a continued header": GOOD + b"X: a\r\n b\r\n\r\n",
    "a continued first header": b"GET / HTTP/1.1\r\n X: a\r\n" + HOST + b"\r\n",
    "white space before the colon": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length : 5\r\n\r\n" + SMUGGLED,
    "a header without a name": GOOD + b": a\r\n\r\n",
    "a header without a colon": GOOD + b"X\r\n\r\n",
    "a name with bytes above 127": GOOD + b"X\xc3\xa9: a\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "two different lengths": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\ncontent-length: 0\r\n\r\nhello",
    "a list of lengths": with_length(b"5, 5"),
    "a signed length": with_length(b"+5"),
    "a negative length": with_length(b"-5"),
    "a hexadecimal length": with_length(b"0x5"),
    "a length with a unit": with_length(b"5b"),
    "an empty length": with_length(b""),
    "a length beyond 64 bits": with_length(b"18446744073709551621"),
    "a length and chunks": b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks and a length": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunked twice": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "another coding": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n" + SMUGGLED,
    "nearly chunked": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked\r\n\r\n" + SMUGGLED,
    "chunked and another coding": b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"POST / HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a GET with a body": b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
    "a GET with chunks": b"GET / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a chunk size with 0x": CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
    "a signed chunk size": CHUNKED + b"+5\r\nhello\r\n0\r\n\r\n",
    "a chunk size with a space": CHUNKED + b"5 \r\nhello\r\n0\r\n\r\n",
    "an empty chunk size": CHUNKED + b"\r\nhello\r\n0\r\n\r\n",
    "a chunk extension": CHUNKED + b"5;a=b\r\nhello\r\n0\r\n\r\n",
    "a chunk size beyond 32 bits": CHUNKED + b"100000005\r\nhello\r\n0\r\n\r\n",
    "a chunk size ended by LF alone": CHUNKED + b"5\nhello\r\n0\r\n\r\n",
    "a chunk that runs on": CHUNKED + b"5\r\nhello0\r\n\r\n",
    "a trailer": CHUNKED + b"5\r\nhello\r\n0\r\nX: y\r\n\r\n",
    "no host": with_host(b""),
    "an empty host": with_host(b"Host:\r\n"),
    "two hosts": with_host(HOST + HOST),
    "a host with a path": with_host(b"Host: a/b\r\n"),
    "a host with a user": with_host(b"Host: a@b\r\n"),
    "a host with a space": with_host(b"Host: a b\r\n"),
    "a host with a wrong port": with_host(b"Host: a:b\r\n"),
    "an unclosed bracket": with_host(b"Host: [::1\r\n"),
    "two cookies headers": GOOD + b"Cookie: a=b\r\nCookie: a=c\r\n\r\n",
    "two authorizations": GOOD + b"Authorization: a\r\nAuthorization: b\r\n\r\n",
    "another expectation": post(b"", headers=b"Expect: 200-ok\r\n"),
    "a space in the target": with_target(b"/a b"),
    "two spaces after the method": b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n",
    "two spaces before the version": b"GET /  HTTP/1.1\r\n" + HOST + b"\r\n",
    "a tab after the method": b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a space after the version": b"GET / HTTP/1.1 \r\n" + HOST + b"\r\n",
    "no version": b"GET /\r\n" + HOST + b"\r\n",
    "an unknown version": b"GET / HTTP/1.2\r\n" + HOST + b"\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET / HTTP/0.9\r\n" + HOST + b"\r\n",
    "a version in small letters": b"GET / http/1.1\r\n" + HOST + b"\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "a relative target": with_target(b"a/b"),
    "the asterisk": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "another host in the target": with_target(b"http://other.test/"),
    "a user in the target": with_target(b"http://me@waymark.test/"),
    "a target without a path": with_target(b"http://waymark.test"),
    "another scheme": with_target(b"ftp://waymark.test/"),
    "a fragment": with_target(b"/a#b"),
    "half an encoding": with_target(b"/a%2"),
    "an encoding that is none": with_target(b"/a%zz"),
    "half an encoding in the query": with_target(b"/?a=%2"),
    "an encoded NUL": with_target(b"/a%00b"),
    "an encoded line break in the query": with_target(b"/?a=%0d%0aX:%20y"),
    "an encoded slash": with_target(b"/a%2Fb"),
    "an encoded backslash": with_target(b"/a%5cb"),
    "a backslash": with_target(b"/a\\b"),
    "a dot": with_target(b"/a/./b"),
    "two dots": with_target(b"/a/../b"),
    "two dots at the end": with_target(b"/a/.."),
    "two encoded dots": with_target(b"/a/%2e%2E/b"),
    "two slashes": with_target(b"//a"),
    "two slashes inside": with_target(b"/a//b"),
    "a path that is not UTF-8": with_target(b"/%ff"),
    "an overlong encoding": with_target(b"/%c0%af"),
    "a surrogate": with_target(b"/%ed%a0%80"),
    "a raw byte above 127": with_target(b"/\xc3\xa9"),
    "a quote": with_target(b'/"'),
    "a brace in the query": with_target(b"/?a={"),
    "a parameter twice": with_target(b"/?a=1&a=2"),
    "a parameter twice, once encoded": with_target(b"/?a=1&%61=2"),
    "a parameter without a name": with_target(b"/?=1"),
    "an empty parameter": with_target(b"/?a=1&&b=2"),
    "too many parameters": with_target(b"/?" + b"&".join(b"p%d=1" % i for i in range(65))),
    "too many segments": with_target(b"/a" * 33),
}


class Refusals(Shared):
    def assert_refused(self, data, status):
        with self.server.connect() as client:
            client.send(data)
            answer = client.answer()
            self.assertEqual(answer.status, status, answer.body)
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
            self.assertEqual(answer.json()["status"], status)
            self.assertTrue(answer.json()["detail"])
            self.assertTrue(answer.closes)
            self.assertTrue(client.is_closed(), client.buffer)
            return answer

    def test_what_is_allowed_is_not_refused(self):
        allowed = [
            with_host(b"Host: [::1]:8080\r\n"),
            with_host(b"hOST: a.b-c_d:1\r\n"),
            GOOD + b"X:\ty\r\nX: z\r\nAccept: a\r\nAccept: b\r\n\r\n",
            GOOD + b"X: caf\xc3\xa9 \xff\r\n\r\n",
            GOOD + b"Content-Length: 0\r\n\r\n",
            with_target(b"/?"),
            with_target(b"/a?b=/?:@c&d[e]='f'"),
            with_target(b"/a/b/"),
            with_target(b"/.../..a/%2e.%2e"),
            with_target(b"/" + b"a" * 8000),
            with_target(b"/a" * 32),
            with_target(b"/?" + b"&".join(b"p%d=1" % i for i in range(64))),
            CHUNKED + b"00000005\r\nhello\r\n0\r\n\r\n",
            CHUNKED + b"A\r\n0123456789\r\n0\r\n\r\n",
        ]
        for data in allowed:
            with self.subTest(data=data[:60]):
                self.assertEqual(self.one(data).status, 200)

    def test_an_unknown_method_is_not_allowed(self):
        for method in (b"TRACE", b"CONNECT", b"get", b"FOO", b"GETS"):
            answer = self.assert_refused(method + b" / HTTP/1.1\r\n" + HOST + b"\r\n", 405)
            self.assertEqual(answer.headers["allow"], ALL_METHODS)

    def test_a_head_request_with_a_body_is_refused(self):
        with self.server.connect() as client:
            client.send(b"HEAD / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED) + SMUGGLED)
            answer = client.answer(to_head=True)
            self.assertEqual((answer.status, answer.closes), (400, True))
            self.assertTrue(client.is_closed())

    def test_a_head_too_large_is_refused(self):
        for data in (
            GOOD + b"X: " + b"y" * 16384 + b"\r\n\r\n",
            b"GET /" + b"a" * 17000,
            GOOD + b"".join(b"X%d: y\r\n" % i for i in range(100)) + b"\r\n",
            GOOD + b"X: y\r\n" * 4000,
        ):
            self.assert_refused(data, 413)

    def test_the_offending_header_is_named(self):
        for data, field in (
            (REFUSED["two hosts"], "host"),
            (REFUSED["two lengths"], "content-length"),
            (REFUSED["a length and chunks"], "transfer-encoding"),
            (REFUSED["an encoded slash"], "path"),
            (REFUSED["a parameter twice"], "a"),
            (REFUSED["HTTP/0.9"], "version"),
        ):
            self.assertEqual(self.assert_refused(data, 400).json()["field"], field)

    def test_refusals_can_be_repeated_without_end(self):
        for _ in range(300):
            self.one(REFUSED["NUL in a value"])
        self.assert_alive()


def add_refusal(name, data):
    setattr(Refusals, "test_" + name.replace(" ", "_") + "_is_refused", lambda self: self.assert_refused(data, 400))


for name, data in REFUSED.items():
    add_refusal(name, data)


class Many(Shared):
    def test_two_hundred_clients_are_served_at_once(self):
        clients = [self.server.connect() for _ in range(200)]
        for round in range(5):
            for i, client in enumerate(clients):
                client.send(post(b"%d" % i, path=b"/%d" % round))
            for i, client in enumerate(clients):
                got = client.answer().json()
                self.assertEqual((got["body"], got["target"]), (str(i), f"/{round}"))
        for client in clients:
            client.socket.close()

    def test_late_answers_find_their_clients(self):
        clients = [self.server.connect() for _ in range(100)]
        for i, client in enumerate(clients):
            client.send(post(b"%d" % i, path=b"/late/30"))
        for i, client in enumerate(clients):
            self.assertEqual(client.answer().json()["body"], str(i))
        for client in clients:
            client.socket.close()

    def test_clients_that_leave_before_the_answer_do_no_harm(self):
        for path in (b"/late/50", b"/busy/20", b"/bytes/5000000", b"/file"):
            for _ in range(20):
                with self.server.connect() as client:
                    client.send(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
                    # with a linger time of 0 the close is a reset
                    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            for _ in range(20):
                with self.server.connect() as client:
                    client.send(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n")
        time.sleep(0.2)
        self.assert_alive()

    def test_clients_that_leave_within_a_request_do_no_harm(self):
        data = chunked(b"hello" * 10, headers=b"X: y\r\n") + post(b"hello")
        for size in range(len(data)):
            with self.server.connect() as client:
                client.send(data[:size])
        self.assert_alive()

    def test_what_is_counted_adds_up(self):
        with Server() as server, server.connect() as client:
            for _ in range(7):
                client.get()
            client.send(b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n")
            client.answer(to_head=True)
            client.get("/fault")
            with server.connect() as wrong:
                wrong.ask(b"\n")
            text = client.get("/metrics").body.decode()
        counts = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
        self.assertEqual(counts['waymark_http_requests_total{method="GET",status="2xx"}'], "7")
        self.assertEqual(counts['waymark_http_requests_total{method="GET",status="4xx"}'], "1")
        self.assertEqual(counts['waymark_http_requests_total{method="HEAD",status="2xx"}'], "1")
        self.assertEqual(counts['waymark_http_requests_total{method="none",status="4xx"}'], "1")
        self.assertEqual(counts["waymark_http_request_duration_seconds_count"], "10")
        self.assertEqual(counts['waymark_http_request_duration_seconds_bucket{le="+Inf"}'], "10")
        self.assertGreater(float(counts["waymark_http_request_duration_seconds_sum"]), 0)
        self.assertEqual(counts["waymark_http_connections_total"], "2")
        self.assertEqual(counts["waymark_http_requests_in_flight"], "1")
        self.assertEqual(counts["waymark_http_requests_waiting"], "0")
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]+"(,[a-z]+="[^"]+")*\})? [0-9.]+)$')


class Limits(unittest.TestCase):
    def test_connections_beyond_the_limit_are_told_so(self):
        with Server(connection_limit=3) as server:
            kept = [server.connect() for _ in range(3)]
            for client in kept:
                self.assertEqual(client.get().status, 200)
            for _ in range(5):
                with server.connect() as client:
                    answer = client.answer()
                    self.assertEqual((answer.status, answer.closes), (503, True))
                    self.assertEqual(answer.json()["type"], "urn:waymark:error:unavailable")
                    self.assertEqual(answer.headers["retry-after"], "1")
                    self.assertTrue(client.is_closed())
            self.assertEqual(kept[0].get().status, 200)
            kept.pop().socket.close()
            deadline = time.time() + 5
            status = 503
            while status == 503 and time.time() < deadline:
                with server.connect() as client:
                    client.send(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
                    status = client.answer().status
            self.assertEqual(status, 200)
            for client in kept:
                client.socket.close()

    def test_far_more_connections_than_the_limit_wait_their_turn(self):
        with Server(connection_limit=2) as server:
            clients = [server.connect() for _ in range(150)]
            told = [client.answer().status for client in clients[2:66]]
            self.assertEqual(set(told), {503})
            for client in clients:
                client.socket.close()
            time.sleep(0.1)
            with server.connect() as client:
                self.assertIn(client.get().status, (200, 503))

    def test_more_requests_than_may_wait_are_refused_and_the_connection_kept(self):
        with Server(workers=1, waiting_limit=2) as server:
            clients = [server.connect() for _ in range(20)]
            for client in clients:
                client.send(b"GET /busy/300 HTTP/1.1\r\n" + HOST + b"\r\n")
            answers = [client.answer() for client in clients]
            served = [answer for answer in answers if answer.status == 204]
            self.assertIn(len(served), (2, 3))
            refused = [answer for answer in answers if answer.status == 503]
            self.assertEqual(len(served) + len(refused), 20)
            self.assertFalse(any(answer.closes for answer in answers))
            self.assertEqual(clients[-1].get().status, 200)
            for client in clients:
                client.socket.close()

    def test_more_bodies_than_there_is_memory_for_are_refused(self):
        with Server(all_bodies_limit=200000) as server:
            clients = [server.connect() for _ in range(3)]
            for client in clients[:2]:
                client.send(post(b"x" * 90000, path=b"/late/300"))
                time.sleep(0.05)
            for data in (post(b"x" * 90000), chunked(b"x" * 90000)):
                with server.connect() as other:
                    answer = other.ask(data)
                    self.assertEqual((answer.status, answer.closes), (503, True))
            for client in clients[:2]:
                self.assertEqual(client.answer().json()["body_size"], 90000)
            self.assertEqual(clients[2].ask(post(b"x" * 90000)).json()["body_size"], 90000)
            for client in clients:
                client.socket.close()

    def test_large_bodies_leave_room_for_small_ones(self):
        begun = b"POST /upload HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % (4 << 20) + b"x" * (5 << 19)
        with Server(all_bodies_limit=8 << 20) as server, server.connect() as one, server.connect() as two:
            one.send(begun)
            time.sleep(0.2)
            two.send(begun)
            self.assertEqual(two.answer().status, 503)
            with server.connect() as other:
                self.assertEqual(other.ask(post(b"x" * 90000)).json()["body_size"], 90000)
            one.send(b"x" * (3 << 19))
            self.assertEqual(one.answer().json()["body_size"], 4 << 20)

    def test_a_slow_head_is_not_waited_for(self):
        with Server(request_timeout_ms=300) as server, server.connect() as client:
            start = time.time()
            client.send(b"GET / HTTP/1.1\r\nHost: a\r\n")
            try:
                for _ in range(100):
                    client.send(b"X: y\r\n")
                    time.sleep(0.02)
                    client.socket.settimeout(0.001)
                    try:
                        if client.more():
                            break
                    except TimeoutError:
                        pass
            except OSError:
                pass
            client.socket.settimeout(5)
            answer = client.answer()
            self.assertEqual((answer.status, answer.closes), (408, True))
            self.assertLess(time.time() - start, 2)

    def test_a_slow_body_is_not_waited_for(self):
        with Server(request_timeout_ms=300) as server, server.connect() as client:
            start = time.time()
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 50000\r\n\r\nx")
            self.assertEqual(client.answer().status, 408)
            self.assertLess(time.time() - start, 2)

    def test_a_body_at_a_fair_pace_is_waited_for(self):
        with Server(request_timeout_ms=300) as server, server.connect() as client:
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 50000\r\n\r\n")
            for _ in range(10):
                client.send(b"x" * 5000)
                time.sleep(0.1)
            self.assertEqual(client.answer().json()["body_size"], 50000)

    def test_a_reader_that_does_not_read_is_not_waited_for(self):
        with Server(request_timeout_ms=300) as server, server.connect() as client:
            client.send(b"GET /bytes/20000000 HTTP/1.1\r\n" + HOST + b"\r\n")
            released = b"0"
            deadline = time.time() + 5
            while released == b"0" and time.time() < deadline:
                time.sleep(0.1)
                with server.connect() as other:
                    released = other.get("/released").body
            self.assertEqual(released, b"1")

    def test_a_reader_at_a_fair_pace_is_waited_for(self):
        with Server(request_timeout_ms=300) as server, server.connect() as client:
            client.send(b"GET /bytes/20000000 HTTP/1.1\r\n" + HOST + b"\r\n")
            for _ in range(10):
                for _ in range(16):
                    client.more()
                time.sleep(0.1)
            self.assertEqual(client.answer().body, b"x" * 20000000)

    def test_an_idle_connection_is_closed(self):
        with Server(idle_timeout_ms=200, request_timeout_ms=5000) as server, server.connect() as client:
            self.assertEqual(client.get().status, 200)
            start = time.time()
            self.assertTrue(client.is_closed())
            self.assertLess(time.time() - start, 2)

    def test_a_connection_that_says_nothing_is_closed(self):
        with Server(request_timeout_ms=200) as server, server.connect() as client:
            start = time.time()
            self.assertTrue(client.is_closed())
            self.assertLess(time.time() - start, 2)

    def test_a_late_answer_is_waited_for_beyond_every_timeout(self):
        with Server(idle_timeout_ms=100, request_timeout_ms=100) as server, server.connect() as client:
            self.assertEqual(client.get("/late/600").json()["target"], "/late/600")

    def test_a_client_that_floods_a_waiting_connection_is_held_back(self):
        with Server() as server, server.connect() as client:
            client.send(b"GET /late/700 HTTP/1.1\r\n" + HOST + b"\r\n")
            client.socket.settimeout(0.3)
            sent = 0
            try:
                while sent < 64 << 20:
                    sent += client.socket.send(post(b"x" * 60000) * 10)
            except TimeoutError:
                pass
            self.assertLess(sent, 32 << 20)
            client.socket.settimeout(10)
            self.assertEqual(client.answer().json()["target"], "/late/700")
            self.assertEqual(client.answer().json()["body_size"], 60000)


class Stopping(unittest.TestCase):
    def test_fifty_requests_in_flight_are_answered(self):
        for kind in ("late", "busy"):
            with Server(workers=50) as server:
                clients = [server.connect() for _ in range(50)]
                for client in clients:
                    client.send(f"GET /{kind}/300 HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                time.sleep(0.1)
                server.signal(signal.SIGTERM)
                for client in clients:
                    answer = client.answer()
                    self.assertIn(answer.status, (200, 204))
                    self.assertTrue(answer.closes)
                    self.assertTrue(client.is_closed())
                    client.socket.close()
                self.assertEqual(server.stop(), 0)

    def test_idle_connections_are_closed_and_no_new_ones_taken(self):
        with Server() as server:
            idle = [server.connect() for _ in range(10)]
            for client in idle[:5]:
                client.get()
            busy = server.connect()
            busy.send(b"GET /late/500 HTTP/1.1\r\n" + HOST + b"\r\n")
            time.sleep(0.1)
            server.signal(signal.SIGTERM)
            for client in idle:
                self.assertTrue(client.is_closed())
                client.socket.close()
            with self.assertRaises(ConnectionError):
                server.connect()
            self.assertEqual(busy.answer().status, 200)
            busy.socket.close()
            self.assertEqual(server.stop(), 0)

    def test_a_request_on_its_way_is_still_read_and_answered(self):
        with Server() as server, server.connect() as client:
            client.send(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhe")
            time.sleep(0.1)
            server.signal(signal.SIGTERM)
            time.sleep(0.1)
            client.send(b"llo")
            answer = client.answer()
            self.assertEqual((answer.json()["body"], answer.closes), ("hello", True))
            self.assertEqual(server.stop(), 0)

    def test_requests_that_take_too_long_are_cut_off(self):
        with Server(workers=1, stop_timeout_ms=100) as server:
            clients = [server.connect() for _ in range(5)]
            for client, path in zip(clients, ("/busy/600", "/late/800", "/", "/", "/"), strict=True):
                client.send(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                time.sleep(0.02)
            server.signal(signal.SIGTERM)
            self.assertEqual(server.stop(), 5)
            for client in clients:
                self.assertTrue(client.is_closed())
                client.socket.close()

    def test_a_server_that_did_nothing_stops_at_once(self):
        with Server() as server:
            start = time.time()
            server.signal(signal.SIGTERM)
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.time() - start, 2)

    def test_clients_that_never_leave_do_not_hold_up_the_end(self):
        with Server() as server, server.connect() as client:
            client.ask(b"\n")
            start = time.time()
            server.signal(signal.SIGTERM)
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.time() - start, 1.5)


class Addresses(unittest.TestCase):
    def refused(self, **options):
        done = subprocess.run([ECHO_SERVER, *[f"{n}={v}" for n, v in options.items()]], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 1, done)
        return done.stdout

    def test_a_local_socket_is_served(self):
        with tempfile.TemporaryDirectory() as place:
            path = f"{place}/http.sock"
            for _ in range(2):  # the second one replaces the stale file
                with Server(listen=f"unix:{path}") as server:
                    self.assertEqual(server.address, f"unix:{path}")
                    with server.connect() as client:
                        self.assertEqual(client.get().json()["peer"], "unix")
                    self.assertIn("in use", self.refused(listen=f"unix:{path}"))

    @unittest.skipUnless(socket.has_ipv6 and pathlib.Path("/proc/net/if_inet6").exists() and pathlib.Path("/proc/net/if_inet6").read_text(), "this machine has no IPv6")
    def test_ipv6_is_served(self):
        with Server(listen="[::1]:0") as server, server.connect() as client:
            self.assertRegex(server.address, r"^\[::1\]:\d+$")
            self.assertEqual(client.get().json()["peer"], "::1")

    def test_a_name_is_served(self):
        with Server(listen="localhost:0") as server, server.connect() as client:
            self.assertEqual(client.get().status, 200)

    def test_a_wrong_address_is_refused(self):
        for address in ("", "localhost", "127.0.0.1:", "127.0.0.1:x", "::1:80", "unix:", "unix:" + "x" * 200, "127.0.0.1:99999"):
            self.assertIn("listen: ", self.refused(listen=address))

    def test_an_address_in_use_is_refused(self):
        with Server() as server:
            self.assertIn("already in use", self.refused(listen=server.address))

    def test_a_wrong_certificate_is_refused(self):
        with tempfile.NamedTemporaryFile() as empty:
            self.assertIn("tls_certificate: ", self.refused(tls_certificate=empty.name, tls_key=empty.name))
            self.assertIn("tls_key: ", self.refused(tls_certificate=empty.name))


def make_certificate(place, name):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-keyout", f"{place}/key.pem", "-out", f"{place}/certificate.pem"],
        check=True, capture_output=True,
    )


class Tls(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        make_certificate(self.place.name, "waymark.test")
        self.server = Server(
            tls_certificate=f"{self.place.name}/certificate.pem", tls_key=f"{self.place.name}/key.pem", request_timeout_ms=1000
        ).__enter__()

    def tearDown(self):
        self.server.__exit__()
        self.place.cleanup()

    def context(self):
        return ssl.create_default_context(cafile=f"{self.place.name}/certificate.pem")

    def connect(self, context=None, name="waymark.test"):
        raw = socket.create_connection(("127.0.0.1", self.server.port))
        raw.settimeout(10)
        try:
            return Client((context or self.context()).wrap_socket(raw, server_hostname=name))
        except BaseException:
            raw.close()
            raise

    def test_requests_are_served(self):
        with self.connect() as client:
            self.assertIn(client.socket.version(), ("TLSv1.3", "TLSv1.2"))
            answer = client.get("/a")
            self.assertEqual(answer.json()["target"], "/a")
            self.assertEqual(answer.headers["strict-transport-security"], "max-age=31536000")
            self.assertEqual(client.ask(post(b"x" * 90000)).json()["body_size"], 90000)
            self.assertEqual(client.get("/bytes/5000000").body, b"x" * 5000000)
            self.assertEqual(client.get("/file").body, pathlib.Path(ECHO_SERVER).read_bytes())
            self.assertEqual(client.get("/file/gone").body, b"")
            client.send(b"".join(post(b"x" * i) for i in range(50)))
            for i in range(50):
                self.assertEqual(client.answer().json()["body_size"], i)
            self.assertTrue(client.get("/", b"Connection: close\r\n").closes)
            self.assertTrue(client.is_closed())

    def test_refusals_are_told(self):
        with self.connect() as client:
            self.assertEqual(client.ask(b"\n").status, 400)
            self.assertTrue(client.is_closed())

    def test_many_clients_are_served_at_once(self):
        clients = [self.connect() for _ in range(30)]
        for i, client in enumerate(clients):
            client.send(post(b"%d" % i, path=b"/late/20"))
        for i, client in enumerate(clients):
            self.assertEqual(client.answer().json()["body"], str(i))
            client.socket.close()

    def test_old_versions_and_weak_ciphers_are_refused(self):
        warnings.simplefilter("ignore", DeprecationWarning)
        for version, ciphers in ((ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0"), (ssl.TLSVersion.TLSv1_2, "AES128-SHA:AES128-GCM-SHA256")):
            context = self.context()
            context.set_ciphers(ciphers)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = version
            with self.assertRaises(ssl.SSLError):
                self.connect(context)
        with self.connect() as client:
            self.assertEqual(client.get().status, 200)

    def test_tls_1_2_is_served(self):
        context = self.context()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        with self.connect(context) as client:
            self.assertEqual(client.socket.version(), "TLSv1.2")
            self.assertEqual(client.get().status, 200)

    def test_only_http_1_1_is_negotiated(self):
        context = self.context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with self.connect(context) as client:
            self.assertEqual(client.socket.selected_alpn_protocol(), "http/1.1")
            self.assertEqual(client.get().status, 200)
        context.set_alpn_protocols(["h2"])
        with self.assertRaises(ssl.SSLError):
            self.connect(context)

    def test_plain_text_is_refused_and_harms_nobody(self):
        for data in (b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", b"\0" * 1000, b"\x16\x03\x01\xff\xff"):
            with self.server.connect() as client:
                client.send(data)
                client.socket.settimeout(5)
                try:
                    while client.more():
                        pass
                except ConnectionError:
                    pass
                self.assertNotIn(b"HTTP", client.buffer)
        with self.connect() as client:
            self.assertEqual(client.get().status, 200)

    def test_a_handshake_that_stops_is_not_waited_for(self):
        with self.server.connect() as client:
            client.send(b"\x16\x03\x01\x02\x00\x01")
            start = time.time()
            self.assertTrue(client.is_closed())
            self.assertLess(time.time() - start, 4)

    def test_clients_that_just_hang_up_do_no_harm(self):
        for path in ("/late/50", "/bytes/3000000"):
            for _ in range(10):
                client = self.connect()
                client.send(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                client.socket.close()
        with self.connect() as client:
            self.assertEqual(client.get().status, 200)

    def test_a_renewed_certificate_is_used_from_the_next_connection_on(self):
        with self.connect() as old:
            make_certificate(self.place.name, "renewed.test")
            self.server.signal(signal.SIGHUP)
            self.assertEqual(self.server.process.stdout.readline(), "reloaded\n")
            with self.connect(name="renewed.test") as client:
                self.assertEqual(client.get().status, 200)
            self.assertEqual(old.get().status, 200)
            pathlib.Path(self.place.name, "key.pem").write_text("spoilt")
            self.server.signal(signal.SIGHUP)
            self.assertIn("key.pem", self.server.process.stdout.readline())
            with self.connect(name="renewed.test") as client:
                self.assertEqual(client.get().status, 200)


class Streams(unittest.TestCase):
    """Answers whose body is sent as it comes."""

    def ask(self, client, path, method="GET"):
        client.send(f"{method} {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        return client.answer(to_head=True)

    def rest(self, client):
        while client.more():
            pass
        return bytes(client.buffer)

    def wait_for(self, server, path, text):
        end = time.time() + 10
        while time.time() < end:
            with server.connect() as client:
                if text in client.get(path).body.decode():
                    return
            time.sleep(0.05)
        self.fail(f"{path} never told {text}")

    def test_what_is_sent_arrives_in_its_order_and_ends_with_the_connection(self):
        with Server() as server, server.connect() as client:
            answer = self.ask(client, "/stream/20")
            self.assertEqual(answer.status, 200)
            self.assertNotIn("content-length", answer.headers)
            self.assertTrue(answer.closes)
            wanted = "first\n" + "".join(f"line {i}\n" for i in range(20))
            self.assertEqual(self.rest(client).decode(), wanted)

    def test_lines_arrive_while_others_are_still_to_come(self):
        with Server() as server, server.connect() as client:
            start = time.time()
            self.ask(client, "/stream/2000")
            client.read_until(b"line 5\n")
            self.assertLess(time.time() - start, 1.5)

    def test_head_of_a_stream_is_its_head_alone(self):
        with Server() as server, server.connect() as client:
            answer = self.ask(client, "/stream/3", method="HEAD")
            self.assertEqual(answer.status, 200)
            self.assertEqual(self.rest(client), b"")

    def test_whoever_sends_is_told_when_the_client_has_gone(self):
        with Server() as server:
            client = server.connect()
            self.ask(client, "/flood")
            client.read_until(b"x\n")
            client.socket.close()
            self.wait_for(server, "/floods", "1")

    def test_a_client_that_does_not_read_is_cut_off_and_nobody_waits_for_it(self):
        with Server() as server, server.connect() as slow, server.connect() as quick:
            self.ask(slow, "/flood")
            start = time.time()
            self.assertEqual(quick.get().status, 200)
            self.assertLess(time.time() - start, 1)
            self.wait_for(server, "/floods", "1")
            self.wait_for(server, "/metrics", "waymark_http_streams_cut_off_total 1")

    def test_a_client_that_has_stopped_reading_little_is_cut_off_in_time(self):
        with Server(idle_timeout_ms=300, request_timeout_ms=200) as server, server.connect() as client:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            self.ask(client, "/flood")
            self.wait_for(server, "/floods", "1")

    def test_a_stop_ends_streams_and_waits_for_none(self):
        with Server(stop_timeout_ms=20000) as server, server.connect() as client:
            self.ask(client, "/flood")
            reader = threading.Thread(target=self.rest, args=(client,))
            reader.start()
            start = time.time()
            server.signal(signal.SIGTERM)
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.time() - start, 5)
            reader.join()

    def test_a_stream_goes_over_tls_too(self):
        with tempfile.TemporaryDirectory() as place:
            make_certificate(place, "waymark.test")
            certificate, key = f"{place}/certificate.pem", f"{place}/key.pem"
            with Server(tls_certificate=certificate, tls_key=key) as server:
                context = ssl.create_default_context(cafile=certificate)
                raw = socket.create_connection(("127.0.0.1", server.port))
                with Client(context.wrap_socket(raw, server_hostname="waymark.test")) as client:
                    self.ask(client, "/stream/20")
                    self.assertTrue(self.rest(client).endswith(b"line 19\n"))


run()
