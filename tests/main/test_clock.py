"""A whole server whose clock is a file: what falls due is done once at its moment, and what was missed while the
server was stopped is caught up with its own date.

    test_clock.py WAYMARK
"""
import datetime
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "api")]
from server import ENVIRONMENT, OWNER
from tap import run
from timed import TimedServer, text
from world import PLAN, World

WAYMARK = sys.argv[1]
START = datetime.datetime(2030, 3, 4, 10, tzinfo=datetime.timezone.utc)
ACCEPTANCE_DAYS = 5
LOOKS_S = 1.3  # longer than it takes to look twice for what is due
LIMIT_S = 60
INVALID = 65


def at(days, hour=0, ms=0):
    """So many days after that of the start, at an hour and ms later or earlier."""
    day = START.replace(hour=0) + datetime.timedelta(days=days)
    return day + datetime.timedelta(hours=hour, milliseconds=ms)


def day(moment):
    return moment.date().isoformat()


class Timed(TimedServer):
    """A server whose clock starts at START and stands there."""

    def __init__(self):
        super().__init__(WAYMARK, START)


class Life(World):
    """An agency whose owner acts by a token, as sessions end when the clock leaps."""

    def __init__(self, server):
        self.server = server
        session = server.sign_in()
        self.people = {"owner": session}
        made = session.made("/tokens", {"name": "test", "scopes": ["read", "write", "admin"],
                                        "expires_at": text(at(300))})
        self.secret = made["secret"]
        self.owner = session
        self.client = self.meet("General Services", "gsa")
        for role in ("approver", "payer"):
            self.people[role] = self.invite(self.client, role, f"{role}@gsa.example")
        self.engagement = self.engage()
        self.return_to()

    def return_to(self):
        """To a server that was started again."""
        self.owner = self.server.client({"Authorization": f"Bearer {self.secret}"})

    def sign(self, **terms):
        """The milestones fall due within the clock's days, whatever today is."""
        plan = {**PLAN, "terms": {**PLAN["terms"], "silence": "deemed", "acceptance_days": ACCEPTANCE_DAYS, **terms},
                "milestones": [{**milestone, "start_day": day(at(1)), "due_day": day(at(20))}
                               for milestone in PLAN["milestones"]]}
        offered = self.offer(plan, day(at(30)))
        self.people["approver"].made(f"/proposals/{offered['id']}/view")
        self.people["approver"].made(f"/proposals/{offered['id']}/accept")
        self.contract()

    def offer_until(self, moment):
        """Another engagement, of which only a proposal comes."""
        path, self.path = self.path, None
        self.engage()
        plan = {**PLAN, "milestones": [{**milestone, "start_day": day(at(1)), "due_day": day(at(20))}
                                       for milestone in PLAN["milestones"]]}
        offered = self.offer(plan, day(moment))
        self.path = path
        return offered

    def leaves(self, event):
        return self.owner.get(f"/evidence/leaves?event={event}").data["items"]

    def wait_for(self, event):
        end = time.monotonic() + LIMIT_S
        while not (found := self.leaves(event)):
            if time.monotonic() > end:
                raise AssertionError(f"no {event}: {self.server.read_log()[-2000:]}")
            time.sleep(0.05)
        return found

    def invoice(self):
        return self.owner.get("/invoices").data["items"][0]


class Clock(unittest.TestCase):
    def falls_due(self, life, event, moment):
        """Nothing a millisecond before; once at the moment, and not again."""
        life.server.set(moment - datetime.timedelta(milliseconds=1))
        time.sleep(LOOKS_S)
        self.assertEqual(life.leaves(event), [], event)
        life.server.set(moment)
        life.wait_for(event)
        time.sleep(LOOKS_S)
        self.assertEqual([leaf["at"] for leaf in life.leaves(event)], [text(moment)], event)

    def test_all_falls_due_once_as_the_file_goes_on(self):
        with Timed() as server:
            life = Life(server)
            self.assertEqual(life.owner.get("/company").data["time_zone"], "UTC")
            life.sign(reminders=[{"days_before": 2}])
            offered = life.offer_until(at(3))
            submission = life.submit()
            self.assertEqual(submission["submitted_at"], text(START))
            self.assertEqual(submission["deadline_at"], text(at(ACCEPTANCE_DAYS + 1, ms=-1)))

            self.falls_due(life, "submission.reminded", at(ACCEPTANCE_DAYS - 2, hour=9))
            self.falls_due(life, "proposal.expired", at(4))
            self.assertEqual(life.owner.get(f"/proposals/{offered['id']}").data["state"], "expired")
            self.falls_due(life, "milestone.deemed_accepted", at(ACCEPTANCE_DAYS + 1))
            invoice = life.invoice()
            self.assertEqual(invoice["due_day"], day(at(ACCEPTANCE_DAYS + 1 + 30)))
            self.falls_due(life, "invoice.overdue", at(ACCEPTANCE_DAYS + 1 + 31))
            end = time.monotonic() + LIMIT_S
            while len(mails := server.mail_to("payer@gsa.example")) < 3 and time.monotonic() < end:
                time.sleep(0.05)
            self.assertEqual(len(mails), 3)  # its link, the invoice, the reminder

    def test_what_was_missed_is_caught_up_once_with_its_own_date(self):
        with Timed() as server:
            life = Life(server)
            life.sign(reminders=[{"days_before": 2}])
            offered = life.offer_until(at(3))
            submission = life.submit()
            for client in server.clients:
                client.close()
            server.stop()

            server.now = at(60, hour=8)
            server.start()
            life.return_to()
            life.wait_for("proposal.expired")
            life.wait_for("milestone.deemed_accepted")
            expired = life.owner.get(f"/proposals/{offered['id']}").data
            self.assertEqual((expired["state"], expired["decided_at"]), ("expired", text(at(4))))
            decided = life.owner.get(f"/submissions/{submission['id']}").data
            self.assertEqual((decided["state"], decided["decided_at"]),
                             ("deemed_accepted", text(at(ACCEPTANCE_DAYS + 1, ms=-1))))
            self.assertEqual(life.leaves("submission.reminded"), [])  # there is nobody to remind any more
            due = datetime.date.fromisoformat(life.invoice()["due_day"])
            self.assertGreaterEqual(due, server.now.date())
            life.owner.close()
            server.stop()

            server.now = datetime.datetime.combine(due, datetime.time(12), datetime.timezone.utc) + datetime.timedelta(9)
            for _ in range(2):  # the second time there is nothing left to do
                server.start()
                life.return_to()
                life.wait_for("invoice.overdue")
                time.sleep(LOOKS_S)
                for event in ("proposal.expired", "milestone.deemed_accepted", "invoice.overdue"):
                    self.assertEqual(len(life.leaves(event)), 1, event)
                life.owner.close()
                server.stop()
            server.run("verify")

    def test_reminders_that_were_missed_are_one(self):
        with Timed() as server:
            life = Life(server)
            life.sign(reminders=[{"days_before": 3}, {"days_before": 2}, {"days_before": 1}])
            life.submit()
            for client in server.clients:
                client.close()
            server.stop()
            server.now = at(ACCEPTANCE_DAYS - 1, hour=8)
            server.start()
            life.return_to()
            life.wait_for("submission.reminded")
            time.sleep(LOOKS_S)
            self.assertEqual([leaf["at"] for leaf in life.leaves("submission.reminded")], [text(server.now)])
            server.set(at(ACCEPTANCE_DAYS - 1, hour=9))  # of the same day
            time.sleep(LOOKS_S)
            self.assertEqual(len(life.leaves("submission.reminded")), 1)

    def test_commands_follow_the_file(self):
        with Timed() as server:
            server.stop()
            secret = server.run("token", "add", "acme", OWNER, "--name", "script", "--days", "1").strip()
            for moment, status in ((START, 200), (at(1, hour=10, ms=-1), 200), (at(1, hour=10), 401)):
                server.now = moment
                server.start()
                asking = server.client({"Authorization": f"Bearer {secret}"})
                self.assertEqual(asking.get("/company").status, status, moment)
                asking.close()
                server.stop()
            server.now = at(9000)
            server.run("verify")
            server.start()

    def test_a_file_without_a_time_stops_the_clock_and_nothing_else(self):
        with Timed() as server:
            owner = server.sign_in()
            for content in ("", "soon"):
                with open(server.clock, "w", encoding="ascii") as file:
                    file.write(content)
                made = owner.made("/clients", {"name": content or "empty", "address": "1 Street", "country": "US",
                                               "currency": "USD", "time_zone": "UTC"})
                self.assertEqual(made["created_at"], text(START))
            server.set(at(0, hour=10, ms=7))
            made = owner.made("/clients", {"name": "later", "address": "1 Street", "country": "US", "currency": "USD",
                                           "time_zone": "UTC"})
            self.assertEqual(made["created_at"], text(at(0, hour=10, ms=7)))

    def test_without_a_time_nothing_starts(self):
        with Timed() as server:
            server.stop()
            for clock in (f"{server.folder.name}/nowhere", os.devnull):
                for command in (["serve"], ["verify"], ["token", "list", "acme"]):
                    done = subprocess.run([server.program, *command, *server.settings(), "--clock", clock],
                                          capture_output=True, text=True, check=False, env=ENVIRONMENT)
                    self.assertEqual(done.returncode, INVALID, done.stderr)
                    self.assertIn(f"waymark: clock: {clock} does not hold a time in ms since 1970\n", done.stderr)
            server.start()


if __name__ == "__main__":
    run()
