#!/usr/bin/python3
"""A webhook consumer for tests: checks signatures itself and keeps what it got as JSON lines.

Prints its port as the first line of standard output and runs until SIGTERM. Each request is one
line in the --out file: method, path, headers (names in lower case), body, verified, reason.

  --secret WHSEC        whose signature a request must carry (may be repeated); else 401
  --status A,B,...      answers these in turn, the last one for ever (default 204)
  --location URL        sent with every answer    --retry-after TEXT  likewise
  --delay SECONDS       waits before it answers   --body-bytes N      sends so long a body
  --drip SECONDS        waits between the headers and the body
  --tls CERT KEY        speaks TLS
"""

import argparse
import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_S = 300
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


def key_of(secret):
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)


def why_unverified(secrets, headers, body, now_s):
    """Why these are not a signed webhook of this moment, or None if they are."""
    missing = [name for name in HEADERS if not headers.get(name)]
    if missing:
        return f"missing {missing[0]}"
    message_id, timestamp, signatures = (headers[name] for name in HEADERS)
    if abs(int(timestamp) - now_s) > TOLERANCE_S:
        return "timestamp"
    signed = f"{message_id}.{timestamp}.".encode() + body
    wanted = [base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)) for secret in secrets]
    for signature in signatures.split(" "):
        version, _, value = signature.partition(",")
        if version == "v1" and any(hmac.compare_digest(value.encode(), good) for good in wanted):
            return None
    return "signature"


class Consumer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        given = self.server.given
        reason = why_unverified(given.secret, headers, body, time.time()) if given.secret else None
        self.server.keep(
            method=self.command,
            path=self.path,
            headers=headers,
            body=body.decode("utf-8"),
            verified=bool(given.secret) and reason is None,
            reason=reason,
        )
        time.sleep(given.delay)
        self.answer(401 if reason else self.server.next_status())

    do_GET = do_PUT = do_POST

    def answer(self, status):
        given = self.server.given
        body = b"x" * given.body_bytes
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        if given.location:
            self.send_header("location", given.location)
        if given.retry_after:
            self.send_header("retry-after", given.retry_after)
        self.end_headers()
        self.wfile.flush()
        time.sleep(given.drip)
        try:
            self.wfile.write(body)
        except OSError:
            pass  # the caller has heard enough

    def log_message(self, format, *arguments):
        pass


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, given):
        super().__init__(("127.0.0.1", 0), Consumer)
        self.given = given
        self.statuses = [int(status) for status in given.status.split(",")]
        self.lock = threading.Lock()
        if given.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*given.tls)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def next_status(self):
        with self.lock:
            return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    def keep(self, **request):
        with self.lock, open(self.given.out, "a", encoding="utf-8") as out:
            out.write(json.dumps(request) + "\n")

    def handle_error(self, request, client_address):
        pass  # callers that hang up or refuse the certificate are part of the tests


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--secret", action="append", default=[])
    parser.add_argument("--status", default="204")
    parser.add_argument("--location")
    parser.add_argument("--retry-after")
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--drip", type=float, default=0)
    parser.add_argument("--body-bytes", type=int, default=0)
    parser.add_argument("--tls", nargs=2)
    return parser.parse_args()


if __name__ == "__main__":
    receiver = Receiver(options())
    print(receiver.server_address[1], flush=True)
    receiver.serve_forever()
