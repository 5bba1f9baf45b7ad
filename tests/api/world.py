"""Two clients of one agency, with people in every role, and an engagement of the first as far along as
the API goes. Its bodies are what docs/ and openapi/waymark.yaml say; each step must succeed."""
import copy
import datetime

from server import PASSWORD

STAFF = ("sales", "delivery", "finance", "auditor")
CONTACTS = ("approver", "payer", "viewer")
CRITERION = "R1.1"


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def usd(amount):
    return {"amount": amount, "currency": "USD"}


def milestone(code, amount, after):
    return {"code": code, "title": f"Sprint {code}", "price": usd(amount), "tax_category": "outside_scope",
            "tax_rate_ppm": 0, "start_day": day(1), "due_day": day(20), "after": after, "criteria": [CRITERION],
            "deliverables": [{"title": "report", "kind": "file"}]}


PLAN = {
    "currency": "USD", "total": usd("300.00"), "summary": "Two sprints at fixed prices.",
    "milestones": [milestone("S1", "100.00", []), milestone("S2", "200.00", ["S1"])],
    "terms": {"payment_days": 30, "acceptance_days": 5, "acceptance_day_kind": "calendar", "silence": "none",
              "time_zone": "UTC", "tax_note": "Outside the scope of sales tax", "jurisdiction": "United States",
              "prose": "Rejected work is done again."},
}


# What no client may see anywhere: its words and figures turn up in nothing else.
RATES = [{"role": "stonemason", "cost_per_hour": "61.3333", "price_per_hour": "117.7777"}]
EFFORT = [{"role": "stonemason", "optimistic_minutes": 611, "likely_minutes": 733, "pessimistic_minutes": 1171}]
PRIVATE_TASK = "Carve the lintel"
PRIVATE_REASON = "The chisel broke"
PRIVATE_NOTE = "Sharpened the chisel"
UNSEEN = (PRIVATE_TASK, PRIVATE_REASON, PRIVATE_NOTE, "stonemason", "61.3333", "117.7777", "likely_minutes", "contingency")


class World:
    """people: who by role; "stranger" is an approver of the other client."""

    def __init__(self, server, operations):
        self.server, self.operations = server, operations
        self.people = {"owner": server.sign_in()}
        self.owner = self.people["owner"]
        self.hire()
        self.client = self.meet("General Services", "gsa")
        for role in CONTACTS:
            self.people[role] = self.invite(self.client, role, f"{role}@gsa.example")
        self.engagement = self.engage()
        self.write_template()
        self.propose()
        self.contract()
        self.kick_off()
        self.introduce()
        self.record()
        self.plan()
        self.take_baseline()
        self.owe()
        self.deliver()
        self.change()
        self.tell()

    def has(self, operation):
        return operation in self.operations

    # ---- people

    def hire(self):
        for role in STAFF:
            address = f"{role}@acme.example"
            self.owner.made("/users", {"email": address, "name": role.title(), "role": role, "password": PASSWORD})
            self.people[role] = self.server.sign_in(address)

    def meet(self, name, reference):
        return self.owner.made("/clients", {
            "name": name, "address": "1 Street", "country": "US", "currency": "USD", "time_zone": "UTC",
            "reference": reference, "billing_email": f"payable@{reference}.example"})

    def invite(self, client, role, address):
        self.owner.made(f"/clients/{client['id']}/contacts", {"name": f"{role} of {client['name']}", "email": address,
                                                              "role": role})
        return self.server.enter_by_link(address)

    def meet_stranger(self):
        self.stranger_client = self.meet("Other Services", "other")
        self.people["stranger"] = self.invite(self.stranger_client, "approver", "approver@other.example")
        return self.people["stranger"]

    def token(self, *scopes):
        expires = f"{day(2)}T00:00:00.000Z"
        made = self.owner.made("/tokens", {"name": "program", "scopes": scopes, "expires_at": expires})
        return self.server.client({"Authorization": f"Bearer {made['secret']}"})

    # ---- the engagement

    def engage(self):
        made = self.owner.made("/engagements", {"client_id": self.client["id"], "title": "Dashboard"})
        path = f"/engagements/{made['id']}"
        requirement = self.owner.made(f"{path}/requirements", {
            "code": "R1", "text": "It works", "priority": "must",
            "criteria": [{"code": CRITERION, "text": "Shown to the client"}]})
        known = self.people["approver"].get(f"{path}/requirements/set").data
        self.people["approver"].made(f"{path}/requirements/confirm", {"set_hash": known["set_hash"]})
        self.owner.made(f"{path}/comments", {"subject_kind": "requirement", "subject_id": requirement["id"],
                                                "text": "Hello"})
        self.path = path
        return made

    def offer(self, plan, valid_until_day):
        made = self.owner.made(f"{self.path}/proposals", {"plan": plan, "valid_until_day": valid_until_day})
        return self.owner.made(f"/proposals/{made['id']}/send")

    def write_template(self):
        self.owner.made("/milestone-templates", {"name": "Website", "milestones": [
            {"code": "A", "title": "Design", "weight": 30, "due_days": 14}]})

    def propose(self, plan=PLAN):
        made = self.offer(plan, day(30))
        self.estimate(made)
        self.people["approver"].made(f"/proposals/{made['id']}/view")
        self.people["approver"].made(f"/proposals/{made['id']}/accept")

    def estimate(self, proposal):
        card = self.owner.made("/rate-cards", {"name": "Rates", "currency": "USD", "rates": RATES})
        self.owner.made(f"/proposals/{proposal['id']}/estimate", {
            "rate_card_id": card["id"], "contingency_ppm": 123456,
            "milestones": [{"code": "S1", "efforts": EFFORT}]})

    def signers(self):
        return [{"side": side, "signer_id": self.people[who].who["id"], "role": "In charge"}
                for side, who in (("agency", "owner"), ("client", "approver"))]

    def contract(self):
        made = self.owner.made(f"{self.path}/contracts")
        path = f"/contracts/{made['id']}"
        self.owner.made(f"{path}/send", {"signers": self.signers()})
        for who in ("owner", "approver"):
            text = self.people[who].get(f"{path}/text").data
            self.people[who].made(f"{path}/sign", {"document_hash": text["document_hash"], "consent": "I sign."})

    def kick_off(self):
        self.owner.made(f"{self.path}/kickoff", {"kickoff_day": day(0), "kickoff_note": "All were there."})

    def plan(self):
        first, second = self.owner.get(f"{self.path}/milestones").data["items"]
        tasks = [self.owner.made(f"/milestones/{milestone['id']}/tasks", {
            "title": PRIVATE_TASK, "estimate_minutes": 960, "planned_start_day": day(0), "planned_due_day": day(1)})
            for milestone in (first, second)]
        self.owner.made(f"/tasks/{tasks[1]['id']}/dependencies", {"after_task_id": tasks[0]["id"], "lag_days": 1})
        self.owner.made(f"/tasks/{tasks[0]['id']}/slip", {"planned_due_day": day(9), "reason": PRIVATE_REASON})
        entry = self.owner.made(f"{self.path}/time-entries", {
            "task_id": tasks[0]["id"], "day": day(0), "minutes": 90, "role": "stonemason", "note": PRIVATE_NOTE})
        self.owner.made(f"/time-entries/{entry['id']}/approve")
        self.owner.put(f"{self.path}/report-rhythm", {"rhythm": "weekly", "first_day": day(5)})
        self.owner.made(f"{self.path}/status-reports", {"note": "All is well."})

    def take_baseline(self):
        self.owner.made(f"{self.path}/baselines", {"name": "By hand"})

    def introduce(self):
        for who in ("owner", "approver"):
            is_ours = who == "owner"
            self.owner.made(f"{self.path}/team", {
                "user_id" if is_ours else "contact_id": self.people[who].who["id"], "from_day": day(0),
                "part": "project_manager" if is_ours else "sponsor"})
        for title in ("Call", "Report"):
            self.owner.made(f"{self.path}/communications", {
                "title": title, "channel": "e-mail", "audience": "Sponsor", "rhythm": "weekly", "weekday": "friday",
                "from_day": day(0)})

    def record(self):
        form = {"title": "Kickoff", "day": day(0), "participants": [{"side": "agency", "name": "Olga"}],
                "decisions": [{"text": "We meet on Fridays"}], "actions": [
                    {"text": "Send it", "side": "client", "owner_name": "Ada", "due_day": day(7)}]}
        made = self.owner.made(f"{self.path}/meetings", {**form, "is_shared": True})
        self.owner.made(f"/meetings/{made['id']}/revise", {**form, "notes": PRIVATE_REASON})
        self.owner.made(f"{self.path}/meetings", {**form, "title": "Review", "is_shared": True})

    def owe(self):
        """The client: one thing is there, one for which the second milestone and a task wait is not."""
        waiting = {"milestones": [{"milestone_id": self.owner.get(f"{self.path}/milestones").data["items"][1]["id"]}],
                   "tasks": [{"task_id": self.owner.get(f"{self.path}/tasks").data["items"][1]["id"]}]}
        for text, more in (("The logo", {}), ("Access to the data", waiting)):
            made = self.owner.made(f"{self.path}/obligations", {
                "text": text, "due_day": day(0), "contact_id": self.people["approver"].who["id"], **more})
        self.people["viewer"].made(f"/obligations/{made['id']}/fulfil", {"note": "It is there"})
        self.owner.made(f"/obligations/{made['id']}/reopen", {"note": "It is empty"})

    def submit(self, milestone=None):
        """Hands over a milestone, the first one if none is named."""
        milestone = milestone or self.owner.get(f"{self.path}/milestones").data["items"][0]
        path = f"/milestones/{milestone['id']}"
        file = self.owner.made(f"{self.path}/files?name=report.md", raw=b"# Report\n\nDone.\n", kind="text/markdown")
        self.owner.made(f"{path}/start")
        return self.owner.made(f"{path}/submissions", {
            "deliverables": [{"title": "report", "kind": "file", "file_id": file["id"]}]})

    def deliver(self):
        if self.has("submit_milestone"):
            submission = self.submit()
            reduction = self.owner.made(f"/milestones/{submission['milestone_id']}/price-reductions", {
                "amount": usd("1.00"), "reason": "The header"})
            self.people["approver"].made(f"/price-reductions/{reduction['id']}/decline", {})
            dispute = self.owner.made(f"/submissions/{submission['id']}/disputes", {"reason": "The footer"})
            self.owner.made(f"/disputes/{dispute['id']}/withdraw", {"note": "We mend it."})
            self.people["approver"].made(f"/submissions/{submission['id']}/accept", {
                "decisions": [{"criterion": CRITERION, "met": False, "severity": "minor", "note": "The footer"}],
                "reservations": "The footer is to be mended."})
        if self.has("record_payment"):
            self.owner.made("/payments", {"client_id": self.client["id"], "amount": usd("100.00"),
                                          "received_day": day(0), "method": "bank_transfer"})

    def change(self):
        """S2 is to cost more: proposed, and signed by nobody."""
        plan = copy.deepcopy(PLAN)
        plan["milestones"][1]["price"], plan["total"] = usd("250.00"), usd("350.00")
        made = self.owner.made(f"{self.path}/change-orders", {"title": "More of S2", "plan": plan,
                                                              "valid_until_day": day(10)})
        self.owner.made(f"/change-orders/{made['id']}/propose", {"signers": self.signers()})
        self.change_order = made["id"]

    def tell(self):
        endpoint = self.owner.made("/webhooks", {"url": "http://127.0.0.1:9/"})
        self.owner.made(f"/webhooks/{endpoint['id']}/test")
        self.owner.made(f"/webhooks/{endpoint['id']}/disable")
