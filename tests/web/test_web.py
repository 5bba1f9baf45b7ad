"""Files served from memory: test_web.py SITE_SERVER INDEX_HTML"""

import gzip
import hashlib
import http.client
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from tap import run

SITE_SERVER, INDEX = sys.argv[1:3]
SITE = pathlib.Path(INDEX).parent
SCRIPT = "/assets/index-a1b2c3.js"
FONT = "/assets/font-d4e5f6.woff2"


def contents(path):
    return (SITE / path.lstrip("/")).read_bytes()


class Web(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.process = subprocess.Popen([SITE_SERVER], stdout=subprocess.PIPE, text=True)
        cls.address = cls.process.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        assert cls.process.wait(timeout=30) == 0
        cls.process.stdout.close()

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection(self.address, timeout=10)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def test_a_file_comes_as_it_was_written(self):
        for path in (SCRIPT, FONT, "/favicon.svg"):
            status, headers, body = self.ask(path)
            self.assertEqual((status, body), (200, contents(path)), path)
            self.assertNotIn("Content-Encoding", headers)
            self.assertEqual(headers["ETag"], f'"{hashlib.sha256(contents(path)).hexdigest()}"')

    def test_the_content_type_follows_the_name(self):
        types = {"/": "text/html; charset=utf-8", SCRIPT: "text/javascript; charset=utf-8",
                 FONT: "font/woff2", "/favicon.svg": "image/svg+xml"}
        for path, wanted in types.items():
            _, headers, _ = self.ask(path)
            self.assertEqual(headers["Content-Type"], wanted)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_a_browser_gets_the_smallest_form_that_it_takes(self):
        for accepted, coding in (("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("GZIP;q=0.5", "gzip"),
                                 ("br;q=0, gzip", "gzip"), ("*", "br"), ("br;q=0.0, gzip;q=0", None),
                                 ("deflate", None), ("", None), ("brotli, xgzip", None)):
            _, headers, body = self.ask("/", Accept_Encoding=accepted)
            self.assertEqual(headers["Content-Encoding"], coding, accepted)
            self.assertEqual(headers["Vary"], "Accept-Encoding")
            self.assertEqual(int(headers["Content-Length"]), len(body))
            if coding == "gzip":
                self.assertEqual(gzip.decompress(body), contents("index.html"))
            if coding:
                self.assertLess(len(body), len(contents("index.html")))

    def test_a_form_that_would_be_larger_is_not_made(self):
        _, headers, body = self.ask(FONT, Accept_Encoding="gzip, br")
        self.assertNotIn("Content-Encoding", headers)
        self.assertEqual(body, contents(FONT))

    def test_each_form_has_an_etag_of_its_own_and_is_not_sent_twice(self):
        tags = set()
        for accepted in ("", "gzip", "br"):
            _, headers, _ = self.ask("/", Accept_Encoding=accepted)
            tag = headers["ETag"]
            tags.add(tag)
            for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
                status, again, body = self.ask("/", Accept_Encoding=accepted, If_None_Match=known)
                self.assertEqual((status, body, again["ETag"]), (304, b"", tag), known)
                self.assertEqual(again["Cache-Control"], "no-cache")
            self.assertEqual(self.ask("/", Accept_Encoding=accepted, If_None_Match='"other"')[0], 200)
        self.assertEqual(len(tags), 3)

    def test_only_what_is_named_by_its_hash_is_kept_for_good(self):
        for path in (SCRIPT, FONT):
            self.assertEqual(self.ask(path)[1]["Cache-Control"], "public, max-age=31536000, immutable")
        for path in ("/", "/index.html", "/favicon.svg", "/milestones/7"):
            self.assertEqual(self.ask(path)[1]["Cache-Control"], "no-cache")

    def test_head_is_get_without_the_body(self):
        status, headers, body = self.ask(SCRIPT, method="HEAD")
        self.assertEqual((status, body), (200, b""))
        self.assertEqual(int(headers["Content-Length"]), len(contents(SCRIPT)))

    def test_an_address_of_the_portal_shows_its_page(self):
        for path in ("/", "/index.html", "/enter", "/engagements/0192/milestones", "/invoices/?paid=no", "/apis"):
            status, headers, body = self.ask(path)
            self.assertEqual((status, body), (200, contents("index.html")), path)
            self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")

    def test_a_page_with_a_file_of_its_own_is_that_file(self):
        for path in ("/home", "/home?from=mail", "/home.html"):
            status, headers, body = self.ask(path)
            self.assertEqual((status, body), (200, contents("home.html")), path)
            self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(self.ask("/home/7")[2], contents("index.html"))

    def test_what_is_neither_file_nor_page_is_not_found(self):
        for path in ("/assets/gone-000000.js", "/favicon.ico", "/robots.txt", "/.hidden", "/a/b.css",
                     "/api", "/api/v2/clients", "/healthz", "/metrics", "/metrics/x"):
            self.assertEqual(self.ask(path)[0], 404, path)
        for method in ("POST", "PUT", "DELETE"):
            self.assertEqual(self.ask("/", method=method)[0], 404, method)

    def test_nothing_outside_the_site_is_reachable(self):
        for path in ("/../web/test_web.py", "/%2e%2e/test_web.py", "/assets/..%2findex.html", "/assets%2f..", "/%00"):
            self.assertIn(self.ask(path)[0], (400, 404), path)

    def test_the_page_may_load_from_here_alone_and_is_in_no_frame(self):
        for path in ("/", SCRIPT):
            _, headers, _ = self.ask(path)
            policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
            self.assertEqual(policy["default-src"], "'none'")
            self.assertEqual(policy["script-src"], "'self'")
            self.assertEqual(policy["connect-src"], "'self'")
            self.assertEqual(policy["frame-src"], "'self' blob:")
            self.assertEqual(policy["frame-ancestors"], "'none'")
            self.assertEqual(len(headers.get_all("Content-Security-Policy")), 1)
            self.assertEqual(headers["Referrer-Policy"], "same-origin")
            self.assertEqual(headers["Cross-Origin-Opener-Policy"], "same-origin")
            self.assertIn("camera=()", headers["Permissions-Policy"])


run()
