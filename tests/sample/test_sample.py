"""What a newcomer sees: `waymark run` plays the sample engagement to its last payment, everything
verifies, and a second run plays nothing twice.

    test_sample.py WAYMARK"""

import datetime
import http.cookiejar
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", *more) for more in ((), ("api",))]
import tap
from explained import differences
from ports import free_port

WAYMARK = os.path.abspath(sys.argv[1])
START_LIMIT_S = 120
AT_ONCE_S = 5  # with sanitizers, on a busy machine; else far below one
PAPERS = sorted([f"acceptance-S{number}.pdf" for number in range(6)] +
                [f"invoice-2016-000{number}.pdf" for number in range(1, 5)] +
                [f"status-report-{number}.pdf" for number in range(1, 8)] +
                ["contract-signed.pdf", "change-1-signed.pdf"])
BILLED = {  # by month: the day, the sum, and what was accepted
    "June": ("2016-07-05", "12000.00", ("S0",)),
    "July": ("2016-08-05", "54000.00", ("S1", "S2")),
    "August": ("2016-09-05", "54000.00", ("S3", "S4")),
    "September": ("2016-10-05", "6000.00", ("S5",)),
}
HOURS = (32, 40, 16, 104, 72, 16)  # of the sprints


def database_of_test(folder):
    """SQLite in the folder, or a database of its own on the server that the environment names."""
    server = os.environ.get("WAYMARK_TEST_POSTGRES")
    if os.environ.get("WAYMARK_TEST_DATABASE") != "postgres":
        return f"sqlite:{folder}/waymark.db"
    name = f"sample_{os.getpid()}"
    subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True)
    return re.sub(r"/[^/?]*(\?|$)", f"/{name}\\1", server)


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="waymark-sample-")
        suppressions = os.path.join(os.path.dirname(__file__), "..", "document", "leaks.supp")
        cls.environment = {
            **os.environ,
            "WAYMARK_DATA": cls.folder,
            "WAYMARK_DATABASE": database_of_test(cls.folder),
            "WAYMARK_LISTEN": f"127.0.0.1:{free_port()}",
            "LSAN_OPTIONS": f"suppressions={os.path.abspath(suppressions)}:print_suppressions=0",
        }
        cls.first, cls.first_s = cls.run_once()
        cls.second, cls.second_s = cls.run_once()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def run_once(cls, meanwhile=None):
        """Runs until it serves, does what is asked for meanwhile, then stops it. Returns what it
        printed, and the time it took."""
        started = time.monotonic()
        process = subprocess.Popen([WAYMARK, "run"], env=cls.environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        printed = b""
        took = None
        os.set_blocking(process.stdout.fileno(), False)
        while took is None and time.monotonic() - started < START_LIMIT_S:
            select.select([process.stdout], [], [], 1)
            piece = process.stdout.read() or b""
            printed += piece
            if b"stop with Ctrl-C" in printed:
                took = time.monotonic() - started
            elif process.poll() is not None:
                break
        if took is not None and meanwhile:
            meanwhile(printed.decode())
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=60)
        if took is None or process.returncode != 0 or log:
            raise AssertionError(f"{printed.decode()}\n{log.decode()}")
        return printed.decode(), took

    def text_of(self, name):
        return subprocess.run(["pdftotext", "-layout", f"{self.folder}/papers/{name}", "-"], check=True,
                              capture_output=True, text=True).stdout

    def test_every_milestone_is_paid(self):
        position = re.search(r"sum ([\d.]+), accepted ([\d.]+), invoiced ([\d.]+), paid ([\d.]+), "
                             r"left ([\d.]+) USD", self.first)
        self.assertIsNotNone(position, self.first)
        self.assertEqual(position.groups(),
                         ("126000.00", "126000.00", "126000.00", "126000.00", "0.00"))

    def test_a_refused_prototype_is_done_again(self):
        self.assertRegex(self.first, r"(?s)Sprint 2.*hands over 2.*refuses: The staging site.*hands over 2.*accepts.*Sprint 3")
        self.assertEqual(self.first.count("refuses"), 1)

    def test_a_change_order_shows_its_effect_and_is_signed_by_both(self):
        change = self.first.partition("Change order")[2].partition("Sprint 4 goes on")[0]
        self.assertIn("6000.00 USD more, the end moves from 2016-08-15 to 2016-09-16", change)
        self.assertEqual(len(set(re.findall(r"signs SHA-256 (\w+)", change))), 1)
        self.assertEqual(change.count("signs SHA-256"), 2)
        self.assertIn("screen readers", self.text_of("change-1-signed.pdf"))

    def test_every_paper_is_kept(self):
        self.assertEqual(sorted(os.listdir(f"{self.folder}/papers")), PAPERS)

    def test_what_was_accepted_in_a_month_is_billed_once_on_its_day(self):
        for number, (month, (day, amount, sprints)) in enumerate(BILLED.items(), 1):
            self.assertRegex(self.first, rf"{day}  waymark   bills {month}, {len(sprints)} sprints?: "
                                         rf"invoice 2016-000{number} over {amount} USD")
            text = self.text_of(f"invoice-2016-000{number}.pdf")
            self.assertIn(f"2016-000{number}", text)
            self.assertIn("General Services", text)  # the name takes two lines
            self.assertIn(f"{float(amount):,.2f}", text)
            self.assertEqual(re.findall(r"\b(S\d) Sprint", text), list(sprints))
        self.assertEqual(self.first.count("bills "), len(BILLED))
        self.assertEqual(self.first.count("receives "), len(BILLED))

    def carried(self, name):
        return subprocess.run(["pdfdetach", "-list", f"{self.folder}/papers/{name}"], check=True,
                              capture_output=True, text=True).stdout.splitlines()

    def test_the_last_invoice_carries_the_acceptance_in_writing(self):
        for number in range(1, 4):
            self.assertEqual(self.carried(f"invoice-2016-000{number}.pdf"), ["0 embedded files"])
        last = "invoice-2016-0004.pdf"
        self.assertEqual(self.carried(last), ["1 embedded files", "1: acceptance-S5-1.pdf"])
        detached = f"{self.folder}/detached.pdf"
        subprocess.run(["pdfdetach", "-save", "1", "-o", detached, f"{self.folder}/papers/{last}"], check=True)
        with open(detached, "rb") as inside, open(f"{self.folder}/papers/acceptance-S5.pdf", "rb") as beside:
            self.assertEqual(inside.read(), beside.read())

    def test_the_proposal_is_estimated_before_it_is_sent(self):
        self.assertRegex(self.first, r"(?s)drafts 5 milestones.*expects 275 hours at a cost of 45000\.00 USD, and a "
                                     r"margin of 75000\.00 USD\n.*runs the plan 10000 times: half end by 2016-08-\d\d, 95 of 100 by "
                                     r"2016-08-\d\d and at a cost of \d+\.\d\d USD\n.*sends it, valid")

    def test_the_work_is_planned_before_the_kickoff_and_its_baseline(self):
        plan = self.first[self.first.index("Plan of work"):self.first.index("Sprint 0 goes on")]
        self.assertRegex(plan, r"(?s)a team of 7 from both sides.*a stand-up each week, a review every two.*a status report by itself every two weeks.*"
                               r"O1: .*O2: .*plans the tasks of each sprint, until 2016-08-12.*kickoff.*shares the record of the kickoff: 2 decisions, 1 ")
        for code in ("O1", "O2"):
            self.assertEqual(self.first.count(f"client    supplies {code}: "), 1)
        self.assertIn("since the kickoff's baseline 10 planned days stayed, 6 moved, 3 came", self.first)

    def test_what_the_client_supplies_late_moves_the_plan_and_no_signed_day(self):
        self.assertIn("2016-06-23  waymark   O2 is late and moves S1 from 2016-06-30 to 2016-07-01; signed is 2016-06-30 as before", self.first)
        self.assertEqual(self.first.count("is late"), 1)

    def test_a_task_that_slips_says_why_and_those_after_it_give_way(self):
        self.assertRegex(self.first, r"T10 moves from 2016-08-10 to 2016-08-11: The developer is ill on Friday\n"
                                     r".*T11 moves from 2016-08-12 to 2016-08-15: it comes after T10\n")

    def test_a_criterion_is_carried_to_the_next_sprint_which_is_accepted_by_it(self):
        self.assertRegex(self.first, r"client    carries Q2 to S4: .*\n.*accepts, 2 criteria met: ")
        third, fourth = (self.text_of(f"acceptance-S{number}.pdf") for number in (3, 4))
        self.assertRegex(third, r"(?s)Accepted in part +27,000\.00 USD.*Not part of this acceptance: carried to milestone S4")
        self.assertRegex(fourth, r"Q2 +Accessible: meets Section 508 +Met")

    def test_in_the_middle_both_sides_see_what_comes(self):
        ahead = self.first[self.first.index("Looking ahead"):self.first.index("T10 moves")]
        self.assertIn("client    is to pay invoice 2016-0002 by 2016-09-04, for which 54000.00 USD wait", ahead)
        self.assertIn("client    will pay 54000.00 USD on 2016-10-05, planned: ", ahead)
        self.assertRegex(ahead, r"agency    sees 54000\.00 USD fall due in the month of 2016-10-01, and 54000\.00 USD come in 80 of 100 cases")

    def test_sprints_take_two_weeks_but_for_the_two_that_share_them(self):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples/fedramp-dashboard.json"), encoding="utf-8") as file:
            milestones = json.load(file)["milestones"]
        days = {one["id"]: (datetime.date.fromisoformat(one["ends"]) - datetime.date.fromisoformat(one["starts"])).days + 1 for one in milestones}
        self.assertEqual((days["S0"], days["S1"] + days["S2"], days["S3"], days["S4"]), (14, 15, 14, 14))

    def test_each_sprint_does_its_tasks_and_its_time_is_approved(self):
        self.assertEqual(re.findall(r"agency    (T\d+) is done: ", self.first), [f"T{number}" for number in range(1, 14)])
        self.assertEqual(re.findall(r"approves (\d+) hours of work", self.first), [str(hours) for hours in HOURS])
        self.assertIn(f"{sum(HOURS)} hours worked, 275 expected; 5 of 6 due days kept", self.first)

    def test_every_two_weeks_the_client_has_a_status_report(self):
        self.assertEqual(re.findall(r"sends status report (\d) to 4 contacts", self.first), list("1234567"))
        days = [datetime.date(2016, 6, 24) + datetime.timedelta(days=14 * at) for at in range(7)]
        for number, day in enumerate(days, 1):
            self.assertIn(f"as of {day.day} {day:%b %Y}", self.text_of(f"status-report-{number}.pdf"))
        report = self.text_of("status-report-2.pdf")
        self.assertRegex(report, r"6 of 11 [^\n]*\n *Tasks done")
        self.assertRegex(report, r"S2 +Sprint 2[^\n]*Being reworked")
        self.assertRegex(self.text_of("status-report-5.pdf"), r"S4 +Sprint 4[^\n]*Waits for your decision")

    def test_the_contract_says_what_each_milestone_is_accepted_by(self):
        text = self.text_of("contract-signed.pdf")
        self.assertIn("Q3 Deployed", text)
        self.assertIn("R4.1 Shown to the client and found to do what the requirement says", text)
        self.assertNotIn("Revision", text)

    def test_the_last_invoice_shows_where_the_contract_stands(self):
        self.assertRegex(self.text_of("invoice-2016-0004.pdf"),
                         r"120,000\.00 +6,000\.00 +126,000\.00 +126,000\.00 +126,000\.00 +120,000\.00 +0\.00\n"
                         r" *Contract sum +Changes +Sum to date +Accepted +Invoiced +Paid +Left to invoice")

    def test_every_command_that_is_printed_works(self):
        self.run_once(self.try_commands)

    def try_commands(self, printed):
        where = printed[printed.index("Where to look"):].replace("\\\n", "")
        commands = re.findall(rf"^  ((?:curl|{WAYMARK}).*)$", where, re.MULTILINE)
        self.assertEqual(len(commands), 7, where)
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                command = re.sub("^curl ", "curl --fail-with-body --silent --show-error ", command)
                done = subprocess.run(command, shell=True, cwd=folder, env=self.elsewhere(), check=False,
                                      capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")

    def test_every_number_is_explained(self):
        self.run_once(self.compare_numbers)

    def compare_numbers(self, printed):
        """As the agency: each answer that shows totals, and what its explanation makes of it."""
        body, base = re.search(r"-d '(\{\"company\".*?\})'[ \\\n]+(http://\S+/api/v1)/session", printed).groups()
        reader = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        reader.open(urllib.request.Request(f"{base}/session", body.encode(), {"Content-Type": "application/json"})).close()

        def get(path):
            with reader.open(base + path) as answer:
                return json.load(answer)

        engagement = get("/engagements")["items"][0]
        own = f"/engagements/{engagement['id']}"
        paths = [f"/invoices/{one['id']}" for one in get("/invoices")["items"]]
        paths += [f"/estimates/{one['id']}/figures" for one in get(f"{own}/estimates")["items"]]
        paths += [f"/change-orders/{one['id']}/effect" for one in get(f"{own}/change-orders")["items"]]
        paths += [f"{own}/position", f"{own}/budget", f"{own}/earned-value", "/forecast", "/ledger/trial-balance",
                  f"/clients/{engagement['client_id']}/statement"]
        told = 0
        for path in paths:
            explanation = get(f"{path}/explanation")
            self.assertEqual(differences(get(path), explanation), [], path)
            told += len(explanation["numbers"])
        days = get(f"{own}/earned-value?day=2016-08-01")
        self.assertEqual(differences(days, get(f"{own}/earned-value/explanation?day=2016-08-01")), [])
        self.assertGreater(told, 150)

    def elsewhere(self):
        """What another terminal has: no settings, but a password that is not printed."""
        return {name: value for name, value in self.environment.items() if name not in ("WAYMARK_DATA", "WAYMARK_LISTEN", "WAYMARK_DATABASE")}

    def test_a_second_run_plays_nothing_twice(self):
        self.assertNotIn("Consultation", self.second)
        self.assertIn("Where to look", self.second)
        self.assertLess(self.second_s, AT_ONCE_S)

    def test_everything_verifies(self):
        checked = subprocess.run([WAYMARK, "verify"], env=self.environment, capture_output=True,
                                 text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertIn("checks passed", checked.stdout)

    def test_the_engagement_verifies_in_another_company_too(self):
        names = {"WAYMARK_DATA": f"{self.folder}/other", "WAYMARK_DATABASE": f"sqlite:{self.folder}/other.db"}
        engagement = re.search(r"/engagements/([0-9a-f-]{36})/evidence", self.first)[1]
        copy = f"{self.folder}/copy.json"
        with open(copy, "wb") as file:
            subprocess.run([WAYMARK, "engagement", "export", "truetandem", engagement], env=self.environment,
                           stdout=file, check=True)
        other = {**self.environment, **names}
        for command, given in ((["init", "other", "--name", "Other", "--owner-email", "o@other.example"], "a long enough password\n"),
                               (["engagement", "import", "other", copy], ""), (["verify"], "")):
            done = subprocess.run([WAYMARK, *command], env=other, input=given, capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_mails_carry_checkpoints(self):
        mails = os.listdir(f"{self.folder}/mail")
        self.assertGreater(len(mails), 5)
        with open(f"{self.folder}/mail/{sorted(mails)[-1]}", encoding="utf-8") as mail:
            self.assertIn("checkpoint.txt", mail.read())


tap.run()
