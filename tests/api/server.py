"""A waymark server of a test's own: founds a company, serves it, signs people in.

    with Server(program) as server:
        owner = server.sign_in()
        answer = owner.post("/clients", {"name": "Carl", ...})

WAYMARK_TEST_DATABASE says which database ("sqlite", "postgres"); for the latter the test runs beside
tests/with_postgres."""
import email.policy
import glob
import http.client
import itertools
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMPANY = "acme"
OWNER = "olga@acme.example"
PASSWORD = "correct horse battery staple"
START_LIMIT_S = 60
STOP_LIMIT_S = 40
ENVIRONMENT = {
    **os.environ,
    # fontconfig and cairo keep what they loaded.
    "LSAN_OPTIONS": f"suppressions={TESTS}/document/leaks.supp:print_suppressions=0",
}


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def data(self):
        return json.loads(self.body) if self.body else None

    @property
    def slug(self):
        """The refusal's slug, "" if it is none."""
        if self.headers.get("Content-Type") != "application/problem+json":
            return ""
        return self.data["type"].rsplit(":", 1)[-1]

    @property
    def etag(self):
        return self.headers.get("ETag")

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


IDLE_LIMIT_S = 20  # the server closes what is idle three times as long


class Client:
    """One who asks over one connection: nobody, by session, or with a token. Not for two threads."""

    def __init__(self, port, headers=None):
        self.port = port
        self.headers = dict(headers or {})
        self.connection = None
        self.used_s = 0.0
        self.who = None

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def ask(self, method, path, body=None, headers=None, raw=None, kind="application/json"):
        """Below /api/v1; body goes as JSON, raw as it is. A header of None is left out."""
        sent = dict(self.headers)
        if body is not None:
            raw = json.dumps(body).encode()
        if raw is not None:
            sent["Content-Type"] = kind
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        if time.monotonic() - self.used_s > IDLE_LIMIT_S:
            self.close()
        if not self.connection:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self.connection.request(method, "/api/v1" + path, raw, sent)
            response = self.connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
            self.used_s = time.monotonic()
            return answer
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def announce(self, method, path, size):
        """Sends the head of a request with a body of that size, and nothing of the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, "/api/v1" + path, b"", {
                **self.headers, "Content-Type": "application/json", "Content-Length": str(size)})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.ask("POST", path, body, **options)

    def put(self, path, body=None, **options):
        return self.ask("PUT", path, body, **options)

    def made(self, path, body=None, **options):
        """The answer's data of a POST that must succeed."""
        answer = self.post(path, body, **options)
        if not 200 <= answer.status < 300:
            raise AssertionError(f"POST {path}: {answer}")
        return answer.data

    def enter(self, path, body):
        """Opens a session and keeps it."""
        answer = self.post(path, body)
        if answer.status != 201:
            raise AssertionError(f"{path}: {answer}")
        self.who = answer.data
        self.headers["Cookie"] = answer.headers["Set-Cookie"].split(";", 1)[0]
        self.headers["X-CSRF-Token"] = self.who["csrf_token"]
        return self


class Shell:
    """One psql that is asked again and again."""

    END = "\x1e"

    def __init__(self, address):
        self.lock = threading.Lock()
        self.process = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", address], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def rows(self, sql):
        with self.lock:
            self.process.stdin.write(f"{sql};\n\\echo {self.END}\n")
            self.process.stdin.flush()
            found = []
            while (line := self.process.stdout.readline()) != self.END + "\n":
                if not line:
                    raise AssertionError(f"{sql}: {found}")
                found.append(line[:-1])
            return found

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Database:
    """A database of its own, and how a test looks into it without waymark."""

    names = itertools.count(1)
    OF_SERVER = ("outbox", "job")

    def __init__(self, folder):
        self.is_sqlite = os.environ["WAYMARK_TEST_DATABASE"] == "sqlite"
        self.path = f"{folder}/waymark.db"
        if self.is_sqlite:
            self.address = f"sqlite:{self.path}"
            return
        self.server = os.environ["WAYMARK_TEST_POSTGRES"]
        self.name = f"api_{os.getpid()}_{next(self.names)}"
        self.address = f"{self.server.rsplit('/', 1)[0]}/{self.name}"
        self.in_server(f"CREATE DATABASE {self.name}")
        self.shell = Shell(self.address)

    def in_server(self, sql):
        shell = Shell(self.server)
        shell.rows(sql)
        shell.close()

    def rows(self, sql):
        """Each row as its columns joined by "|"."""
        return self.answers([sql])[0]

    def answers(self, statements):
        """The rows of each statement."""
        if not self.is_sqlite:
            return [self.shell.rows(sql) for sql in statements]
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)
        try:
            return [["|".join(map(str, row)) for row in connection.execute(sql)] for sql in statements]
        finally:
            connection.close()

    def contents(self):
        """Every table's rows; only their number where the server itself goes on working."""
        tables = self.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            if self.is_sqlite else
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        if self.is_sqlite:
            answers = self.answers([f"SELECT {self.what(name, '*')} FROM {name}" for name in tables])
            return {name: sorted(rows) for name, rows in zip(tables, answers)}
        found = {name: [] for name in tables}
        for line in self.rows(" UNION ALL ".join(
                f"SELECT '{name}', replace(({self.what(name, 't')})::text, chr(10), ' ') FROM {name} t"
                for name in tables)):
            name, row = line.split("|", 1)
            found[name].append(row)
        return {name: sorted(rows) for name, rows in found.items()}

    def ids(self):
        """The ids of each table that has any, as texts; of the outbox those of webhooks only."""
        tables = self.rows(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'id' WHERE m.type = 'table'"
            if self.is_sqlite else
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id'")
        hexadecimal = "hex(id)" if self.is_sqlite else "replace(id::text, '-', '')"
        return {table: {str(uuid.UUID(row)) for row in self.rows(
                    f"SELECT {hexadecimal} FROM {table}" + " WHERE kind = 'webhook'" * (table == "outbox"))}
                for table in tables}

    def what(self, table, row):
        return "count(*)" if table in self.OF_SERVER else row

    def remove(self):
        if not self.is_sqlite:
            self.shell.close()
            self.in_server(f"DROP DATABASE {self.name} WITH (FORCE)")


class Server:
    """Founds a company; leaving the context stops the server and takes everything away."""

    def __init__(self, program):
        self.program = os.path.abspath(program)
        self.process = None
        self.port = None

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="waymark-test-")
        self.data = f"{self.folder.name}/data"
        self.database = Database(self.folder.name)
        self.clients, self.mails = [], {}
        try:
            self.run("init", COMPANY, "--name", "Acme", "--owner-email", OWNER, "--owner-name", "Olga",
                     text=PASSWORD + "\n")
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            for client in self.clients:
                client.close()
            if self.process:
                self.stop()
        finally:
            self.database.remove()
            self.folder.cleanup()

    def settings(self):
        return ["--data", self.data, "--database", self.database.address, "--listen", "127.0.0.1:0"]

    def run(self, *command, text=""):
        done = subprocess.run([self.program, *command, *self.settings()], input=text, text=True,
                              capture_output=True, check=False, env=ENVIRONMENT)
        if done.returncode:
            said = [line for line in done.stdout.splitlines() if not line.startswith("  ok ")]
            raise AssertionError(f"{command} ended with {done.returncode}: {said} {done.stderr}")
        return done.stdout

    # ---- the process

    def start(self):
        """Serves, on another port than before."""
        self.log = tempfile.TemporaryFile("w+", dir=self.folder.name)
        self.process = subprocess.Popen([self.program, "serve", *self.settings()], env=ENVIRONMENT,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        end = time.monotonic() + START_LIMIT_S
        while not (found := re.search(r'"listening".*?127\.0\.0\.1:(\d+)', self.read_log())):
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the server does not start: {self.read_log()}")
            time.sleep(0.02)
        self.port = int(found[1])

    def read_log(self):
        self.log.flush()
        return os.pread(self.log.fileno(), 1 << 24, 0).decode(errors="replace")

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """Ends it by SIGTERM; it must end clean, and no sanitizer may have complained."""
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the server does not stop: {self.read_log()[-2000:]}") from None
        finally:
            log = self.read_log()
            self.log.close()
        if process.returncode != 0:
            raise AssertionError(f"the server ended with {process.returncode}: {log[-4000:]}")

    def kill(self):
        process, self.process = self.process, None
        process.kill()
        process.wait()
        self.log.close()

    # ---- people

    def client(self, headers=None):
        client = Client(self.port, headers)
        self.clients.append(client)
        return client

    def sign_in(self, address=OWNER, password=PASSWORD):
        return self.client().enter("/session", {"company": COMPANY, "email": address, "password": password})

    def mail_to(self, address):
        """The texts of the mails to that address, as far as they are delivered."""
        for path in glob.glob(f"{self.data}/mail/*.eml"):
            if path not in self.mails:
                with open(path, "rb") as file:
                    mail = email.message_from_binary_file(file, policy=email.policy.default)
                self.mails[path] = str(mail["To"]), mail.get_body().get_content()
        return [text for _, (to, text) in sorted(self.mails.items()) if address in to]

    def links_to(self, address):
        """The tokens of the one-time links that were mailed to that address."""
        return [found[1] for mail in self.mail_to(address) if (found := re.search(r"/enter#([\w.-]+)", mail))]

    def enter_by_link(self, address):
        """A contact's session, by the one-time link that it asks for. Asking often is slowed down."""
        client, before = self.client(), self.links_to(address)
        client.post("/session/link", {"company": COMPANY, "email": address})
        return self.follow_link(client, address, before)

    def enter_by_invitation(self, inviter, contact):
        """The same by the link of an invitation, of which there can be any number."""
        before = self.links_to(contact["email"])
        inviter.made(f"/contacts/{contact['id']}/invite")
        return self.follow_link(self.client(), contact["email"], before)

    def follow_link(self, client, address, before):
        end = time.monotonic() + START_LIMIT_S
        while not (fresh := set(self.links_to(address)) - set(before)):
            if time.monotonic() > end:
                raise AssertionError(f"no link for {address}")
            time.sleep(0.05)
        return client.enter("/session/redeem", {"token": fresh.pop()})
