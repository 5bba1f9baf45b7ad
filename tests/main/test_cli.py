"""The command line from outside: test_cli.py WAYMARK MAN_PAGE ERROR_DEF

Each test has a data directory of its own, on the database that WAYMARK_TEST_DATABASE names."""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import pty
import re
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from ports import free_port
from tap import run

WAYMARK, MAN_PAGE, ERROR_DEF = sys.argv[1:4]
ON_POSTGRES = os.environ.get("WAYMARK_TEST_DATABASE") == "postgres"
PAGE_LIMIT = 200
PASSWORD = "a long enough password"
USAGE, DATA, NO_INPUT, UNAVAILABLE, AGAIN = 64, 65, 66, 69, 75
COMMANDS = ["serve", "init", "migrate", "backup", "restore", "verify", "company list", "company add",
            "company show", "user list", "user add", "user password", "user disable", "user enable",
            "token list", "token add", "token revoke", "link", "engagement export",
            "engagement import", "call"]


def plain_environment():
    return {name: value for name, value in os.environ.items()
            if not name.startswith("WAYMARK_") or name.startswith("WAYMARK_TEST_")}


def waymark(*words, password=None, environment=None):
    return subprocess.run(
        [WAYMARK, *words], input=f"{password}\n" if password is not None else "", text=True,
        capture_output=True, timeout=60, env={**plain_environment(), **(environment or {})},
        check=False)


class Place:
    """A data directory, and on PostgreSQL a database of the same name."""

    count = 0

    def __init__(self, case):
        folder = tempfile.TemporaryDirectory(prefix="waymark-cli-")
        case.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.environment = {"WAYMARK_DATA": f"{folder.name}/data"}
        if ON_POSTGRES:
            Place.count += 1
            self.name = f"cli_{os.getpid()}_{Place.count}"
            self.sql(f"CREATE DATABASE {self.name}")
            case.addCleanup(self.sql, f"DROP DATABASE {self.name} WITH (FORCE)")
            server = os.environ["WAYMARK_TEST_POSTGRES"].rsplit("/", 1)[0]
            self.environment["WAYMARK_DATABASE"] = f"{server}/{self.name}"

    @staticmethod
    def sql(text):
        subprocess.run(["psql", "-qX", os.environ["WAYMARK_TEST_POSTGRES"], "-c", text], check=True)

    def waymark(self, *words, password=None):
        return waymark(*words, password=password, environment=self.environment)

    def do(self, *words, password=None):
        """A command that must succeed; what it printed."""
        done = self.waymark(*words, password=password)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.returncode}: {done.stderr}")
        return done.stdout

    def init(self, name="acme"):
        return self.do("init", name, "--name", "Acme Ltd", "--owner-email", "owner@acme.example",
                       password=PASSWORD)

    def rows(self, *words):
        return [json.loads(line) for line in self.do(*words, "--json").splitlines()]

    @contextlib.contextmanager
    def serving(self):
        port = free_port()
        with tempfile.TemporaryFile() as log:
            server = subprocess.Popen(
                [WAYMARK, "serve", "--listen", f"127.0.0.1:{port}"], stderr=log,
                env={**plain_environment(), **self.environment})
            try:
                self.wait(server, port)
                yield Api(port)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(30)
            log.seek(0)
            if server.returncode != 0:
                raise AssertionError(f"served till {server.returncode}: {log.read().decode()}")

    @staticmethod
    def wait(server, port):
        end = time.monotonic() + 30
        while time.monotonic() < end and server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                return
            time.sleep(0.02)
        raise AssertionError("the server does not start")


class Api:
    def __init__(self, port):
        self.port = port

    def ask(self, method, path, token=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/json"} if body else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request(method, f"/api/v1{path}", json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def sign_in(self, email, password):
        status, _ = self.ask("POST", "/session", body={
            "company": "acme", "email": email, "password": password})
        return status


class Help(unittest.TestCase):
    def test_help_lists_every_command(self):
        text = waymark("help").stdout
        listed = re.findall(r"^  (\w+(?: \w+)?)  ", text, re.MULTILINE)
        self.assertLessEqual(set(COMMANDS), set(listed))

    def test_every_command_explains_itself(self):
        for name in re.findall(r"^  (\w+(?: \w+)?)  ", waymark("help").stdout, re.MULTILINE):
            for words in ([*name.split(), "--help"], ["help", *name.split()]):
                done = waymark(*words)
                self.assertEqual((done.returncode, done.stderr), (0, ""), words)
                self.assertTrue(done.stdout.startswith(f"usage: waymark {name}"), done.stdout)

    def test_a_group_lists_its_commands(self):
        self.assertIn("user disable", waymark("user", "--help").stdout)
        self.assertNotIn("token add", waymark("help", "user").stdout)

    def test_man_page_has_every_command_as_help_gives_it(self):
        page = re.sub(r"\\f.|\\", "", pathlib.Path(MAN_PAGE).read_text(encoding="utf-8"))
        for name in re.findall(r"^  (\w+(?: \w+)?)  ", waymark("help").stdout, re.MULTILINE):
            usage = waymark(*name.split(), "--help").stdout.split("\n\n")[0]
            usage = " ".join(usage.removeprefix("usage: ").split())
            self.assertIn(usage, " ".join(page.split()))

    def test_man_page_has_every_setting(self):
        page = pathlib.Path(MAN_PAGE).read_text(encoding="utf-8")
        settings = re.findall(r"^  (\w+)  ", waymark("help", "settings").stdout, re.MULTILINE)
        self.assertGreater(len(settings), 10)
        for name in settings:
            self.assertIn(f".B {name}\n", page)

    def test_man_page_has_every_exit_code(self):
        page = pathlib.Path(MAN_PAGE).read_text(encoding="utf-8")
        errors = pathlib.Path(ERROR_DEF).read_text(encoding="utf-8")
        codes = set(re.findall(r"^ERROR\(\w+, \d+, (\d+)", errors, re.MULTILINE))
        self.assertIn("66", codes)
        for code in codes | {"0"}:
            self.assertIn(f".B {code}\n", page)

    def test_man_page_is_well_formed(self):
        done = subprocess.run(["man", "--warnings", "-l", MAN_PAGE], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class Refusals(unittest.TestCase):
    def setUp(self):
        self.place = Place(self)

    def refused(self, code, said, *words, password=None):
        done = self.place.waymark(*words, password=password)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertEqual(done.stdout, "")

    def test_command_lines_that_cannot_be_understood(self):
        self.refused(USAGE, "no command \"nonsense\"", "nonsense")
        self.refused(USAGE, "no command \"user nonsense\"", "user", "nonsense")
        self.refused(USAGE, "no command \"nonsense\"", "help", "nonsense")
        self.refused(USAGE, "no command \"user nonsense\"", "help", "user", "nonsense")
        self.refused(USAGE, "\"user\" needs one more word", "user")
        self.refused(USAGE, "user disable", "user")
        self.refused(USAGE, "--data: a command comes first", "--data", "/tmp", "verify")
        self.refused(USAGE, "argument is missing", "backup")
        self.refused(USAGE, "argument is missing", "user", "add", "acme")
        self.refused(USAGE, "one argument too many", "serve", "now")
        self.refused(USAGE, "now: one argument too many\nusage: waymark serve", "serve", "now")
        self.refused(USAGE, "--jsn: there is no such flag", "user", "list", "acme", "--jsn")
        self.refused(USAGE, "--role: there is no such flag here, or its value is missing", "user", "list", "acme",
                     "--role")
        self.refused(USAGE, "--role is needed", "user", "add", "acme", "a@acme.example")
        self.refused(USAGE, "--name is needed", "token", "add", "acme", "a@acme.example")
        self.refused(USAGE, "needs a value", "serve", "--listen")
        self.refused(USAGE, "password", "user", "password", "acme", "a@acme.example")

    def test_what_is_not_there(self):
        self.refused(NO_INPUT, f"{self.place.folder}/data: is no data directory", "user", "list", "acme")
        self.place.init()
        self.refused(NO_INPUT, "nobody-ltd", "user", "list", "nobody-ltd")
        self.refused(NO_INPUT, "x@acme.example", "user", "disable", "acme", "x@acme.example")
        self.refused(NO_INPUT, "no active contact", "link", "acme", "owner@acme.example")
        self.refused(NO_INPUT, "no such api_token", "token", "revoke", "acme",
                     "01900000-0000-7000-8000-000000000000")
        self.refused(NO_INPUT, "no such engagement", "engagement", "export", "acme",
                     "01900000-0000-7000-8000-000000000000")
        if not ON_POSTGRES:
            self.refused(NO_INPUT, "there is no backup", "restore", f"{self.place.folder}/nowhere")

    def test_values_that_are_not_acceptable(self):
        self.place.init()
        add = ("user", "add", "acme")
        self.refused(DATA, "role", *add, "a@acme.example", "--role", "king", password=PASSWORD)
        self.refused(DATA, "email", *add, "nowhere", "--role", "sales", password=PASSWORD)
        self.refused(DATA, "password", *add, "a@acme.example", "--role=sales", password="short")
        self.refused(DATA, "password", *add, "a@acme.example", "--role=sales", password="x" * 201)
        self.refused(AGAIN, "email", *add, "Owner@acme.example", "--role=sales", password=PASSWORD)
        self.refused(DATA, "locale", "company", "add", "other", "--name", "Other Oy", "--owner-email", "o@other.example",
                     "--locale", "fi", password=PASSWORD)
        token = ("token", "add", "acme", "owner@acme.example", "--name", "x")
        self.refused(DATA, "days", *token, "--days", "0")
        self.refused(DATA, "days", *token, "--days", "367")
        self.refused(DATA, "scopes", *token, "--scopes", "read,steal")
        self.refused(DATA, "scopes", *token, "--scopes", "read,write,admin,read")
        self.refused(DATA, "token_id", "token", "revoke", "acme", "17")
        self.refused(DATA, "engagement_id", "engagement", "export", "acme", "17")
        self.assertEqual(len(self.place.rows("user", "list", "acme")), 1)
        self.assertEqual(self.place.rows("token", "list", "acme"), [])

    def test_the_sample_is_played_plainly_and_to_its_end_or_not_shown(self):
        self.refused(DATA, "listen: the sample is played over HOST:PORT", "run", "--listen", f"unix:{self.place.folder}/s")
        self.refused(DATA, "tls_certificate: ", "run", "--tls-certificate", "x.pem", "--tls-key", "x.pem")
        self.assertFalse(os.path.exists(f"{self.place.folder}/data"))
        self.place.init("truetandem")
        pathlib.Path(self.place.folder, "data", "sample-password").write_text("x", encoding="utf-8")
        self.refused(DATA, "interrupted before its end", "run", "--listen", f"127.0.0.1:{free_port()}")

    def test_the_last_owner_stays(self):
        self.place.init()
        self.refused(DATA, "last active owner", "user", "disable", "acme", "owner@acme.example")


class Interrupts(unittest.TestCase):
    """2026-11-28: signals were blocked in every command."""

    def test_ctrl_c_ends_a_command(self):
        place = Place(self)
        command = [WAYMARK, "init", "acme", "--name", "Acme", "--owner-email", "o@acme.example"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, env={**plain_environment(), **place.environment}) as process:
            time.sleep(0.2)  # so that it most likely waits for the password; the signal ends it before, too
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(20), -signal.SIGINT)

    def test_ctrl_c_at_a_password_leaves_a_terminal_that_shows_typing(self):
        place = Place(self)
        try:
            terminal, own = pty.openpty()
        except OSError as why:
            self.skipTest(f"there are no terminals here: {why}")
        self.addCleanup(os.close, terminal)
        self.addCleanup(os.close, own)
        command = [WAYMARK, "user", "password", "acme", "o@acme.example"]
        with subprocess.Popen(command, stdin=own, stderr=own, env={**plain_environment(), **place.environment},
                              start_new_session=True) as process:
            self.assertEqual(os.read(terminal, 100), b"password: ")
            self.assertFalse(termios.tcgetattr(own)[3] & termios.ECHO)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(20), -signal.SIGINT)
        self.assertTrue(termios.tcgetattr(own)[3] & termios.ECHO)


class People(unittest.TestCase):
    def setUp(self):
        self.place = Place(self)
        self.place.init()

    def test_users_come_go_and_return(self):
        do, email = self.place.do, "sale@acme.example"
        do("user", "add", "acme", email, "--role", "sales", "--name", "Sal Sale", password="")
        table = do("user", "list", "acme", "--role", "sales").splitlines()
        self.assertEqual(len(table), 2)
        self.assertIn("Sal Sale", table[1])
        with self.place.serving() as api:
            self.assertEqual(api.sign_in(email, PASSWORD), 401)
        do("user", "password", "acme", email, password=PASSWORD)
        with self.place.serving() as api:
            self.assertEqual(api.sign_in(email, PASSWORD), 201)
        do("user", "disable", "acme", email)
        with self.place.serving() as api:
            self.assertEqual(api.sign_in(email, PASSWORD), 401)
        do("user", "enable", "acme", email)
        with self.place.serving() as api:
            self.assertEqual(api.sign_in(email, PASSWORD), 201)

    def test_a_list_longer_than_a_page_is_whole(self):
        token = self.place.do("token", "add", "acme", "owner@acme.example", "--name", "x",
                              "--scopes", "read,write,admin").strip()
        emails = [f"u{number}@acme.example" for number in range(PAGE_LIMIT + 5)]
        with self.place.serving() as api:
            for email in emails:
                status, _ = api.ask("POST", "/users", token, {
                    "email": email, "name": email, "role": "auditor"})
                self.assertEqual(status, 201)
        listed = [row["email"] for row in self.place.rows("user", "list", "acme")]
        self.assertEqual(listed, ["owner@acme.example", *emails])

    def test_tokens_open_what_their_scopes_say_until_revoked(self):
        do = self.place.do
        token = do("token", "add", "acme", "owner@acme.example", "--name", "reader",
                   "--scopes", "read").strip()
        row, = self.place.rows("token", "list", "acme", "--user", "owner@acme.example")
        self.assertEqual((row["name"], row["scopes"], row["secret"]), ("reader", ["read"], None))
        change = {"name": "New", "country": "DE", "time_zone": "UTC", "currency": "EUR"}
        with self.place.serving() as api:
            self.assertEqual(api.ask("GET", "/company", token)[1]["name"], "Acme Ltd")
            self.assertEqual(api.ask("PUT", "/company", token, change)[0], 403)
            self.assertEqual(api.ask("GET", "/company")[0], 401)
        do("token", "revoke", "acme", row["id"])
        with self.place.serving() as api:
            self.assertEqual(api.ask("GET", "/company", token)[0], 401)

    def test_companies_are_apart(self):
        self.place.do("company", "add", "other", "--name", "Other Oy", "--owner-email",
                      "owner@acme.example", "--country", "FI", "--locale", "de", password=PASSWORD)
        self.assertEqual([row["slug"] for row in self.place.rows("company", "list")],
                         ["acme", "other"])
        self.assertIn("Other Oy", self.place.do("company", "show", "other"))
        self.assertEqual(self.place.rows("company", "show", "other")[0]["locale"], "de")
        first, = self.place.rows("user", "list", "acme")
        second, = self.place.rows("user", "list", "other")
        self.assertNotEqual(first["id"], second["id"])
        with self.place.serving() as api:  # nor does the door say who else lives there
            self.assertEqual(api.ask("GET", "/door")[:2], (200, {"company": None, "name": None}))

    def test_every_change_is_evidence(self):
        self.place.do("user", "add", "acme", "a@acme.example", "--role=finance", password="")
        self.place.do("user", "disable", "acme", "a@acme.example")
        self.place.do("token", "add", "acme", "owner@acme.example", "--name", "x")
        self.assertIn("checks passed", self.place.do("verify"))  # four leaves: 2026-11-22


class Server(unittest.TestCase):
    def setUp(self):
        self.place = Place(self)
        self.place.init()

    @unittest.skipIf(ON_POSTGRES, "PostgreSQL takes several writers")
    def test_beside_a_server_reading_works_and_writing_says_what_to_do(self):
        with self.place.serving():
            done = self.place.waymark("user", "disable", "acme", "owner@acme.example")
            self.assertEqual(done.returncode, UNAVAILABLE)
            self.assertIn("stop it first, or use its API", done.stderr)
            self.assertEqual(len(self.place.rows("user", "list", "acme")), 1)

    @unittest.skipIf(ON_POSTGRES, "pg_dump backs up PostgreSQL")
    def test_from_init_to_a_restored_copy(self):
        token = self.place.do("token", "add", "acme", "owner@acme.example", "--name", "t",
                              "--scopes", "read,write,admin").strip()
        backup = f"{self.place.folder}/backup"
        with self.place.serving() as api:
            before = api.ask("GET", "/users", token)
            self.assertEqual(before[0], 200)
            self.place.do("backup", backup)
        again = self.place.waymark("backup", backup)
        self.assertEqual((again.returncode, "already" in again.stderr), (AGAIN, True))
        copy = Place(self)
        copy.do("restore", backup)
        self.assertEqual(copy.waymark("restore", backup).returncode, AGAIN)
        self.assertIn("checks passed", copy.do("verify"))
        with copy.serving() as api:
            self.assertEqual(api.ask("GET", "/users", token), before)
            self.assertEqual(api.sign_in("owner@acme.example", PASSWORD), 201)

    @unittest.skipIf(ON_POSTGRES, "pg_dump backs up PostgreSQL")
    def test_a_backup_that_was_interrupted_is_made_again_and_is_not_restored(self):
        backup = pathlib.Path(self.place.folder, "backup")
        backup.mkdir()
        for name in ("waymark.db.unfinished", "waymark.db.unfinished.part"):  # of one that was killed
            (backup / name).write_text("half of it", encoding="utf-8")
        copy = Place(self)
        done = copy.waymark("restore", str(backup))
        self.assertEqual((done.returncode, "interrupted" in done.stderr), (DATA, True), done.stderr)
        self.place.do("backup", str(backup))
        self.assertEqual(sorted(path.name for path in backup.iterdir()), ["files", "keys", "waymark.db"])
        copy.do("restore", str(backup))
        self.assertIn("checks passed", copy.do("verify"))

    @unittest.skipIf(ON_POSTGRES, "pg_dump backs up PostgreSQL")
    def test_a_backup_is_restored_to_where_the_settings_say(self):
        backup, copy = f"{self.place.folder}/backup", Place(self)
        self.place.do("backup", backup)
        copy.environment["WAYMARK_DATABASE"] = f"sqlite:{copy.folder}/elsewhere.db"
        copy.do("restore", backup)
        self.assertEqual([row["slug"] for row in copy.rows("company", "list")], ["acme"])
        self.assertEqual(copy.waymark("restore", backup).returncode, AGAIN)

    @unittest.skipIf(ON_POSTGRES, "pg_dump backs up PostgreSQL")
    def test_a_backup_is_not_mixed_with_what_is_left_of_another_database(self):
        backup = f"{self.place.folder}/backup"
        self.place.do("backup", backup)
        for left in ("waymark.db-wal", "waymark.db-shm", "keys/log.seed"):
            copy = Place(self)
            path = pathlib.Path(copy.folder, "data", left)
            path.parent.mkdir(parents=True)
            path.write_bytes(b"of another")
            done = copy.waymark("restore", backup)
            self.assertEqual((done.returncode, left in done.stderr), (AGAIN, True), done.stderr)
            self.assertFalse(pathlib.Path(copy.folder, "data", "waymark.db").exists())
            self.assertEqual(path.read_bytes(), b"of another")
            path.unlink()
            copy.do("restore", backup)
            self.assertIn("checks passed", copy.do("verify"))

    @unittest.skipIf(ON_POSTGRES, "pg_dump backs up PostgreSQL")
    def test_a_restore_that_was_interrupted_goes_on(self):
        backup, copy = f"{self.place.folder}/backup", Place(self)
        self.place.do("backup", backup)
        keys = pathlib.Path(copy.folder, "data", "keys")
        keys.mkdir(parents=True)
        (keys / "log.seed").write_bytes(pathlib.Path(backup, "keys", "log.seed").read_bytes())
        copy.do("restore", backup)
        self.assertIn("checks passed", copy.do("verify"))

    def test_postgresql_has_its_own_tools_for_backups(self):
        for command in ("backup", "restore"):
            done = self.place.waymark(command, f"{self.place.folder}/backup", "--database", "postgres://nobody@nowhere/x")
            self.assertEqual((done.returncode, "PostgreSQL has its own tools" in done.stderr), (DATA, True))
        self.assertFalse(os.path.exists(f"{self.place.folder}/backup"))

    def test_commands_that_work_say_nothing_but_what_they_did(self):
        place = Place(self)
        done = place.waymark("init", "acme", "--name", "Acme", "--owner-email", "o@acme.example", password=PASSWORD)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        done = place.waymark("migrate", "--log-level", "info")
        self.assertEqual((done.stdout, done.stderr), ("the schema is up to date\n", ""))

    def test_what_the_command_line_wrote_is_served(self):
        token = self.place.do("token", "add", "acme", "owner@acme.example", "--name", "t").strip()
        with self.place.serving() as api:
            status, company = api.ask("GET", "/company", token)
        self.assertEqual((status, company["slug"]), (200, "acme"))
        self.assertIn("checks passed", self.place.do("verify", "acme"))


class Calls(unittest.TestCase):
    """Every operation of the API by its name."""

    def setUp(self):
        self.place = Place(self)
        self.place.init()
        self.token = self.place.do("token", "add", "acme", "owner@acme.example", "--name", "t").strip()

    def call(self, api, *words, body=None, voice=None):
        server = ["--server", f"http://127.0.0.1:{api.port}"]
        sent = ["--body", "-"] if body is not None else []
        return subprocess.run([WAYMARK, "call", *words, *sent, *server], input=body, text=True, capture_output=True,
                              timeout=60, env={**plain_environment(), **(voice or {"WAYMARK_TOKEN": self.token})}, check=False)

    def test_all_operations_are_listed_with_their_addresses(self):
        listed = [line.split() for line in waymark("call").stdout.splitlines()]
        self.assertGreater(len(listed), 100)
        self.assertIn(["show_budget", "GET", "/engagements/{engagement_id}/budget"], listed)
        self.assertEqual(len({name for name, _, _ in listed}), len(listed))

    def test_reads_and_writes_as_the_user_of_the_token(self):
        client = json.dumps({"name": "Ü & Co", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"})
        with self.place.serving() as api:
            made = self.call(api, "create_client", body=client)
            self.assertEqual((made.returncode, made.stderr), (0, ""))
            client_id = json.loads(made.stdout)["id"]
            shown = self.call(api, "show_client", f"client_id={client_id}")
            listed = self.call(api, "list_clients", "limit=1", "sort=-id")
            papers = self.call(api, "show_checkpoint")
        self.assertEqual(json.loads(shown.stdout)["name"], "Ü & Co")
        self.assertEqual([one["id"] for one in json.loads(listed.stdout)["items"]], [client_id])
        self.assertTrue(papers.stdout.startswith("waymark.local/log/acme\n"), papers.stdout)

    def enter(self, api, link):
        return subprocess.run([WAYMARK, "enter", link, "--server", f"http://127.0.0.1:{api.port}"], text=True,
                              capture_output=True, timeout=60, env=plain_environment(), check=False)

    def contact(self, api):
        """The link of a client's approver, whom a server knows."""
        client = json.dumps({"name": "Ü & Co", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"})
        client_id = json.loads(self.call(api, "create_client", body=client).stdout)["id"]
        approver = json.dumps({"name": "A", "email": "a@client.example", "role": "approver"})
        made = self.call(api, "create_contact", f"client_id={client_id}", body=approver)
        self.assertEqual(made.returncode, 0, made.stderr)

    def test_a_contact_of_a_client_calls_by_the_session_of_a_link(self):
        with self.place.serving() as api:
            self.contact(api)
        link = self.place.do("link", "acme", "a@client.example").strip()
        with self.place.serving() as api:
            entered = self.enter(api, link)
            again = self.enter(api, link)
            session = {"WAYMARK_SESSION": entered.stdout.strip()}
            shown = self.call(api, "show_session", voice=session)
            refused = self.call(api, "list_rate_cards", voice=session)
            left = self.call(api, "sign_out", voice=session)
            after = self.call(api, "show_session", voice=session)
            torn = self.call(api, "show_session", voice={"WAYMARK_SESSION": "x"})
            two = self.call(api, "show_session", voice={**session, "WAYMARK_TOKEN": self.token})
        self.assertEqual((entered.returncode, entered.stderr), (0, ""))
        self.assertEqual(json.loads(shown.stdout)["role"], "approver", shown.stderr)
        self.assertEqual((refused.returncode, left.returncode, after.returncode), (77, 0, 77), left.stderr)
        self.assertEqual((again.returncode, again.stdout), (77, ""))
        for wrong in (torn, two):
            self.assertEqual((wrong.returncode, wrong.stdout), (USAGE, ""))
            self.assertIn("WAYMARK_SESSION", wrong.stderr)

    def test_a_refusal_keeps_its_exit_code_and_says_why(self):
        nobody = "01900000-0000-7000-8000-00000000000f"
        with self.place.serving() as api:
            for code, said, words, body in (
                    (NO_INPUT, "There is no such thing", ["show_client", f"client_id={nobody}"], None),
                    (DATA, "currency", ["create_client"], '{"name": "A", "country": "XX"}'),
                    (USAGE, "client_id: is missing", ["show_client"], None),
                    (USAGE, "there is no such operation", ["do_nothing"], None),
                    (USAGE, "NAME=VALUE", ["list_clients", "limit"], None)):
                done = self.call(api, *words, body=body)
                self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
                self.assertIn(said, done.stderr)
            self.token = "nonsense"
            self.assertEqual(self.call(api, "list_clients").returncode, 77)
        self.assertEqual(self.call(api, "list_clients").returncode, UNAVAILABLE)


class Engagements(unittest.TestCase):
    def setUp(self):
        self.place = Place(self)
        self.place.init()
        token = self.place.do("token", "add", "acme", "owner@acme.example", "--name", "t").strip()
        with self.place.serving() as api:
            _, client = api.ask("POST", "/clients", token, {
                "name": "Client", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"})
            _, self.engagement = api.ask("POST", "/engagements", token, {
                "client_id": client["id"], "title": "Work to be moved"})

    def export(self, place=None):
        return json.loads((place or self.place).do("engagement", "export", "acme",
                                                   self.engagement["id"]))

    def write(self, copy):
        path = f"{self.place.folder}/copy.json"
        text = copy if isinstance(copy, str) else json.dumps(copy, indent=1)
        pathlib.Path(path).write_text(text, encoding="utf-8")
        return path

    def refused(self, code, said, copy, place=None):
        done = (place or self.other()).waymark("engagement", "import", "acme", self.write(copy))
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(said, done.stderr)

    def other(self):
        place = Place(self)
        place.init()
        return place

    def with_file(self, content=b"%PDF-1.4 a report"):
        copy, digest = self.export(), hashlib.sha256(content).hexdigest()
        copy["files"] = [{
            "id": "01900000-0000-7000-8000-00000000000f", "engagement_id": self.engagement["id"],
            "name": "report.pdf", "mime": "application/pdf", "size": len(content), "hash": digest,
            "uploaded_by": "01900000-0000-7000-8000-00000000000e",
            "created_at": "2026-01-02T03:04:05.000Z"}]
        copy["blobs"] = [{"hash": digest, "bytes": base64.b64encode(content).decode()}]
        return copy

    def test_an_engagement_moves_to_another_server_with_its_files(self):
        copy, place = self.with_file(), self.other()
        place.do("engagement", "import", "acme", self.write(copy))
        again = self.export(place)
        self.assertEqual(again["engagement"]["title"], "Work to be moved")
        for member in ("client", "engagement", "files", "blobs"):
            self.assertEqual(again[member], copy[member])
        self.assertIn("checks passed", place.do("verify"))
        self.refused(AGAIN, "engagement: ", copy, place)

    def test_files_that_are_no_copy_are_refused_and_the_place_is_named(self):
        place, copy = self.other(), self.with_file()
        self.refused(DATA, "not JSON", "{", place)
        self.refused(DATA, "nested", "[]", place)
        self.refused(DATA, "waymark: format: ", {}, place)
        self.refused(DATA, "waymark: engagement/titel: ", {
            **copy, "engagement": {**copy["engagement"], "titel": "x"}}, place)
        self.refused(DATA, "waymark: files/0/engagement_id: ", {
            **copy, "files": [{**copy["files"][0], "engagement_id": copy["client"]["id"]}]}, place)
        self.refused(DATA, "waymark: files/0: ", {**copy, "blobs": []}, place)
        self.refused(DATA, "waymark: blobs: ", {**copy, "blobs": None}, place)
        self.refused(DATA, "waymark: blobs/0/hash: ", {
            **copy, "blobs": [{**copy["blobs"][0], "bytes": "AAAA"}]}, place)
        self.refused(DATA, "waymark: blobs/0/bytes: ", {
            **copy, "blobs": [{**copy["blobs"][0], "bytes": "not base64"}]}, place)
        missing = place.waymark("engagement", "import", "acme", f"{place.folder}/nowhere.json")
        self.assertEqual(missing.returncode, NO_INPUT)
        none = place.waymark("engagement", "export", "acme", self.engagement["id"])
        self.assertEqual((none.returncode, none.stdout), (NO_INPUT, ""))


@unittest.skipIf(ON_POSTGRES, "settings know no database")
class Settings(unittest.TestCase):
    def setUp(self):
        self.place = Place(self)
        self.data = f"{self.place.folder}/data"
        for name in ("usual", "in-file", "in-environment", "in-flag"):
            options = [] if name == "usual" else ["--database", self.database(name)]
            self.place.do("init", name, "--name", name, "--owner-email", "o@acme.example", *options,
                          password=PASSWORD)

    def database(self, name):
        return f"sqlite:{self.place.folder}/{name}.db"

    def configure(self, text, name="data/waymark.conf"):
        path = f"{self.place.folder}/{name}"
        pathlib.Path(path).write_text(text, encoding="utf-8")
        return path

    def companies(self, *flags):
        return [row["slug"] for row in self.place.rows("company", "list", *flags)]

    def test_flag_overrides_environment_overrides_file(self):
        self.assertEqual(self.companies(), ["usual"])
        self.configure(f"# which one\n\n database = {self.database('in-file')} \n")
        self.assertEqual(self.companies(), ["in-file"])
        self.place.environment["WAYMARK_DATABASE"] = self.database("in-environment")
        self.assertEqual(self.companies(), ["in-environment"])
        self.assertEqual(self.companies("--database", self.database("in-flag")), ["in-flag"])
        self.assertEqual(self.companies(f"--database={self.database('in-flag')}"), ["in-flag"])

    def test_a_named_file_is_read_in_place_of_the_usual_one(self):
        self.configure("nonsense")
        path = self.configure(f"database={self.database('in-file')}", "other.conf")
        self.assertEqual(self.companies("--config", path), ["in-file"])
        self.place.environment["WAYMARK_CONFIG"] = path
        self.assertEqual(self.companies(), ["in-file"])

    def refused(self, code, said, *flags):
        done = self.place.waymark("company", "list", *flags)
        self.assertEqual(done.returncode, code)
        self.assertIn(said, done.stderr)

    def test_what_is_wrong_in_settings_is_named(self):
        self.refused(NO_INPUT, "nowhere.conf", "--config", f"{self.place.folder}/nowhere.conf")
        self.refused(DATA, "workers", "--workers", "0")
        self.refused(DATA, "workers", "--workers", "four")
        self.refused(DATA, "log_level", "--log-level", "loud")
        self.configure("listen 127.0.0.1:1")
        self.refused(DATA, "line 1")
        self.configure("\nlisten_to = 127.0.0.1:1")
        self.refused(DATA, "line 2")

    def test_a_server_does_not_start_with_settings_that_cannot_work(self):
        for name, *values in (("listen", "8080", "127.0.0.1:99999", "::1:80", "unix:"),
                              ("base_url", "example.org", "ftp://example.org", "https://", "https://example.org/"),
                              ("proxies", "localhost", "10.0.0.0/33"),
                              ("log_name", "two words", "a+b"),
                              ("mail_from", "nobody", "a b@example.org"),
                              ("smtp_url", "ftp://example.org", "smtp://user:word@example.org", "example.org"),
                              ("smtp_user", "only")):
            for value in values:
                fresh = f"{self.place.folder}/fresh"
                done = self.place.waymark("serve", "--data", fresh, "--smtp-url", "smtp://127.0.0.1:1",
                                          f"--{name}", value)
                self.assertEqual(done.returncode, DATA, (name, value, done.stderr))
                self.assertTrue(done.stderr.startswith(f"waymark: {name}: "), (name, value, done.stderr))
                self.assertFalse(os.path.exists(fresh), (name, value))


if __name__ == "__main__":
    run()
