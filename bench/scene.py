"""What is measured on: a company whose engagement was carried through the API, with a milestone that
is paid, one that is accepted and one that is handed over (bench/template.h)."""

import datetime
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/api"))
import server as servers  # noqa: E402  # pylint: disable=wrong-import-position

CRITERION = "R1.1"
KEY = "the-acceptance"


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def eur(amount):
    return {"amount": amount, "currency": "EUR"}


def milestone(code):
    return {"code": code, "title": f"Milestone {code.lower()}", "price": eur("1000.00"), "tax_category": "standard",
            "tax_rate_ppm": 190000, "start_day": day(0), "due_day": day(20), "after": [], "criteria": [CRITERION],
            "deliverables": [{"title": "Report", "kind": "link"}]}


PLAN = {
    "currency": "EUR", "total": eur("3000.00"), "summary": "Three milestones at fixed prices.",
    "milestones": [milestone("PAID"), milestone("ACCEPTED"), milestone("OPEN")],
    "terms": {"payment_days": 30, "acceptance_days": 14, "acceptance_day_kind": "calendar", "silence": "none",
              "time_zone": "Europe/Berlin", "jurisdiction": "Germany", "prose": "Rejected work is done again."},
}


def sign(owner, approver, engagement):
    proposal = owner.made(f"{engagement}/proposals", {"plan": PLAN, "valid_until_day": day(30)})
    owner.made(f"/proposals/{proposal['id']}/send")
    approver.made(f"/proposals/{proposal['id']}/accept")
    contract = owner.made(f"{engagement}/contracts")
    owner.made(f"/contracts/{contract['id']}/send", {"signers": [
        {"side": "agency", "signer_id": owner.who["id"], "role": "Managing director"},
        {"side": "client", "signer_id": approver.who["id"], "role": "Head of purchasing"}]})
    for who in (owner, approver):
        text = who.get(f"/contracts/{contract['id']}/text").data
        who.made(f"/contracts/{contract['id']}/sign",
                 {"document_hash": text["document_hash"], "consent": "I sign this contract electronically."})
    owner.made(f"{engagement}/kickoff", {"kickoff_day": day(0), "kickoff_note": "All were there."})


def hand_over(owner, one):
    owner.made(f"/milestones/{one['id']}/start")
    return owner.made(f"/milestones/{one['id']}/submissions", {
        "note": "Everything is in the report.",
        "deliverables": [{"title": "Report", "kind": "link", "link": "https://acme.example/report.pdf"}]})


def accept(approver, submission, key=None):
    return approver.made(f"/submissions/{submission['id']}/accept", {"decisions": [{"criterion": CRITERION, "met": True}]},
                         headers={"Idempotency-Key": key})


def wait_for_mail(owner):
    """Until all that was queued has been sent."""
    while any(one["state"] == "pending" for one in owner.get("/deliveries?limit=100").data["items"]):
        time.sleep(0.1)
    time.sleep(3)


def play(server):
    owner = server.sign_in()
    client = owner.made("/clients", {
        "name": "Carl Industries", "legal_name": "Carl Industries GmbH", "address": "Hafenstr. 1\n20457 Hamburg",
        "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin", "tax_id": "DE123456789",
        "reference": "PO-7", "billing_email": "payable@carl.example"})
    owner.made(f"/clients/{client['id']}/contacts",
               {"name": "Anna Approver", "email": "anna@carl.example", "role": "approver"})
    owner.made(f"/clients/{client['id']}/contacts", {"name": "Paul Payer", "email": "paul@carl.example", "role": "payer"})
    approver = server.enter_by_link("anna@carl.example")
    made = owner.made("/engagements", {"client_id": client["id"], "title": "Dashboard"})
    engagement = f"/engagements/{made['id']}"
    owner.made(f"{engagement}/requirements", {
        "code": "R1", "text": "The dashboard shows every cloud service and its state.", "priority": "must",
        "criteria": [{"code": CRITERION, "text": "Every service in the list is shown with its state."}]})
    known = approver.get(f"{engagement}/requirements/set").data
    approver.made(f"{engagement}/requirements/confirm", {"set_hash": known["set_hash"]})
    sign(owner, approver, engagement)
    paid, accepted, opened = owner.get(f"{engagement}/milestones").data["items"]
    accept(approver, hand_over(owner, paid))
    owner.made("/payments", {"client_id": client["id"], "amount": eur("1190.00"), "received_day": day(0),
                             "method": "bank_transfer"})
    accept(approver, hand_over(owner, accepted), KEY)
    hand_over(owner, opened)
    wait_for_mail(owner)
