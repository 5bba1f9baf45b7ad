"""Runs a script of this folder in a real browser against a server of its own, then lets `waymark verify` look at what the
people in the browser left behind.

    portal.py WAYMARK SCRIPT [dated|sample|corners|hostile [BROWSER]]

The browser is Debian's chromium, or its chromium-headless-shell. Without more, or with "dated", the server has an empty
company in the days of the sample, which the script sets on; with "sample" the played sample engagement; with "corners"
one of each kind of thing that the sample has none of; with "hostile" an engagement in whose every text somebody put a script, and a stranger of another client. The script hears where
everything is from its environment (house.mjs) and prints TAP."""
import copy
import datetime
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(FOLDER, ".."), os.path.join(FOLDER, "..", "api")]
import server as house
import timed
import world
from ports import free_port

WAYMARK, SCRIPT = os.path.abspath(sys.argv[1]), sys.argv[2]
BROWSER = sys.argv[4] if len(sys.argv) > 4 else "chromium"
START_LIMIT_S = 120
FIRST_MOMENT = datetime.datetime(2016, 5, 16, 13, tzinfo=datetime.timezone.utc)  # of the sample's days, as src/main/sample.c has them
LAST_MOMENT = datetime.datetime(2016, 10, 31, 13, tzinfo=datetime.timezone.utc)


def play(**where):
    """Runs the script; its exit code."""
    environment = {"CHROMIUM": BROWSER, "WAYMARK_PICTURES": f"{os.path.dirname(WAYMARK)}/portal-pictures", **os.environ, **{f"WAYMARK_{name.upper()}": value for name, value in where.items()}}
    return subprocess.run(["node", SCRIPT], env=environment, check=False).returncode


# ---- what the sample comes to no more


class Everything:
    """The operations that there are: a world needs them all."""

    def __contains__(self, _):
        return True


class Corners(world.World):
    """Besides, things that wait to be decided, and drafts."""

    def __init__(self, server):
        super().__init__(server, Everything())
        self.refund()
        self.dispute()
        self.draft()

    def refund(self):
        payment = self.owner.made("/payments", {"client_id": self.client["id"], "amount": world.usd("5.00"),
                                                "received_day": world.day(0), "method": "bank_transfer"})
        self.owner.made("/refunds", {"payment_id": payment["id"], "amount": world.usd("1.00"), "reason": "Paid twice"})

    def dispute(self):
        plan = copy.deepcopy(world.PLAN)
        first, second = plan["milestones"]
        first["pricing"], second["after"] = "progress", []
        self.engage()
        self.propose(plan)
        self.contract()
        claimed, disputed = self.owner.get(f"{self.path}/milestones").data["items"]
        self.owner.made(f"/milestones/{claimed['id']}/start")
        self.owner.made(f"/milestones/{claimed['id']}/progress-claims", {"percent_ppm": 500000, "note": "The walls stand."})
        submission = self.submit(disputed)
        self.owner.made(f"/milestones/{disputed['id']}/price-reductions", {"amount": world.usd("1.00"), "reason": "The header"})
        self.people["approver"].made(f"/submissions/{submission['id']}/disputes", {"reason": "The footer"})
        self.revise(plan)

    def revise(self, plan):
        changed = copy.deepcopy(plan)
        changed["milestones"][0]["due_day"] = world.day(24)
        order = self.owner.made(f"{self.path}/change-orders", {"title": "Later", "plan": changed, "valid_until_day": world.day(10)})
        self.owner.made(f"/change-orders/{order['id']}/propose", {"signers": self.signers()})
        self.owner.made(f"/change-orders/{order['id']}/revise")

    def draft(self):
        self.engage()
        self.estimate(self.owner.made(f"{self.path}/proposals", {"plan": world.PLAN, "valid_until_day": world.day(30)}))


def in_corners():
    with house.Server(WAYMARK) as server:
        there = Corners(server)
        return play(**whereabouts(server), link=invite(server, there, there.client))


# ---- an engagement of people who mean harm

FREE = {"title", "text", "name", "note", "reason", "summary", "prose", "tax_note", "kickoff_note", "notes", "description",
        "channel", "audience", "reservations", "address", "owner_name", "jurisdiction", "purpose"}
HARM = '"><img src=x onerror="document.documentElement.dataset.harmed=1">'


def harmed(value, key=None):
    """The body with harm in each text that people write."""
    if isinstance(value, dict):
        return {name: harmed(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [harmed(one, key) for one in value]
    return value + HARM if isinstance(value, str) and key in FREE else value


def in_hostile_world():
    kind = house.Client
    plain = kind.ask
    kind.ask = lambda self, method, path, body=None, **options: plain(self, method, path, harmed(body), **options)
    with house.Server(WAYMARK) as server:
        there = world.World(server, Everything())
        there.meet_stranger()
        return play(**whereabouts(server), link=invite(server, there, there.client),
                    stranger=invite(server, there, there.stranger_client))


def whereabouts(server):
    return {"url": f"http://127.0.0.1:{server.port}", "data": server.data, "company": house.COMPANY, "email": house.OWNER,
            "password": house.PASSWORD}


def invite(server, there, client):
    """A fresh link for the client's approver."""
    contacts = there.owner.get(f"/clients/{client['id']}/contacts").data["items"]
    contact = next(one for one in contacts if one["role"] == "approver")
    known = set(server.links_to(contact["email"]))
    there.owner.made(f"/contacts/{contact['id']}/invite")
    return wait_for_link(server, contact["email"], known)


def wait_for_link(server, address, known):
    end = time.monotonic() + START_LIMIT_S
    while not (fresh := set(server.links_to(address)) - known):
        if time.monotonic() > end:
            raise SystemExit(f"no link for {address}")
        time.sleep(0.05)
    return fresh.pop()


def verify(settings):
    done = subprocess.run([WAYMARK, "verify", *settings], env=house.ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        print("\n".join(f"# {line}" for line in (done.stdout + done.stderr).splitlines()[-40:]))
    return done.returncode


def in_dated_company():
    with timed.TimedServer(WAYMARK, FIRST_MOMENT) as server:
        code = play(**whereabouts(server), clock=server.clock)
        server.now = LAST_MOMENT
        return code or verify(server.settings())


def in_sample():
    with tempfile.TemporaryDirectory(prefix="waymark-portal-") as folder:
        database = house.Database(folder)
        port = free_port()
        settings = ["--data", f"{folder}/data", "--database", database.address]
        with open(f"{folder}/printed", "w+", encoding="utf-8") as printed:
            process = subprocess.Popen([WAYMARK, "run", *settings, "--listen", f"127.0.0.1:{port}"],
                                       env=house.ENVIRONMENT, stdout=printed, stderr=printed)
            try:
                text = wait_for(process, printed)
                code = play(url=f"http://127.0.0.1:{port}", data=f"{folder}/data", **keys_of(text))
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(60)
        code = code or process.returncode or verify(settings)
        database.remove()
        return code


def wait_for(process, printed):
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end and process.poll() is None:
        text = os.pread(printed.fileno(), 1 << 20, 0).decode()
        if "stop with Ctrl-C" in text:
            return text
        time.sleep(0.1)
    raise SystemExit(f"the sample is not served: {os.pread(printed.fileno(), 1 << 20, 0).decode()}")


def keys_of(text):
    """How to enter, as `waymark run` prints it."""
    company, email, password = re.search(r'"company":"([^"]*)","email":"([^"]*)","password":"([^"]*)"', text).groups()
    return {"company": company, "email": email, "password": password,
            "link": re.search(r'"token":"([^"]*)"', text)[1]}


PLACES = {"dated": in_dated_company, "sample": in_sample, "corners": in_corners, "hostile": in_hostile_world}
sys.exit(PLACES[sys.argv[3] if len(sys.argv) > 3 else "dated"]())
