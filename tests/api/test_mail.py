"""Mails leave the server for a real SMTP receiver, with what belongs to them: test_mail.py WAYMARK"""

import contextlib
import email
import email.policy
import os
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from billing import CRITERION, Deal
from checked import CheckedServer
from servers.receivers import smtp_receiver
from tap import run

WAYMARK = sys.argv[1]


class MailingServer(CheckedServer):
    """Its mail is read where it arrived."""

    def __init__(self, program, receiver):
        super().__init__(program, "--smtp-url", f"smtp://127.0.0.1:{receiver.port}")
        self.receiver = receiver

    def messages_to(self, address):
        return [email.message_from_bytes(one["message"].encode("ascii"), policy=email.policy.default)
                for one in self.receiver.received() if address in one["to"]]

    def mail_to(self, address):
        return [message.get_body().get_content() for message in self.messages_to(address)]

    def message_to(self, address, begin):
        """The one whose subject begins so, once it is there."""
        end = time.monotonic() + 30
        while True:
            found = [one for one in self.messages_to(address) if one["subject"].startswith(begin)]
            if found:
                return found[0]
            assert time.monotonic() < end, [one["subject"] for one in self.messages_to(address)]
            time.sleep(0.05)


def setUpModule():
    global server, owner
    receiver = unittest.enterModuleContext(smtp_receiver())
    server = unittest.enterModuleContext(MailingServer(WAYMARK, receiver))
    owner = server.sign_in()
    company = owner.get("/company")
    owner.put("/company", {**{name: company.data[name] for name in ("name", "country", "currency", "time_zone")},
                           "email": "hello@acme.example"}, headers={"If-Match": company.headers["ETag"]})


def attached(message):
    return {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}


@contextlib.contextmanager
def no_place_for_files():
    """No file can be kept meanwhile, so no paper is made."""
    place = f"{server.data}/files"
    os.rename(place, f"{place}.away")
    with open(place, "wb"):
        pass
    try:
        yield
    finally:
        os.remove(place)
        os.rename(f"{place}.away", place)


class Mails(unittest.TestCase):
    def test_it_comes_from_the_agency_and_answers_go_there(self):
        deal = Deal(server, owner, ["100.00"])
        message = server.message_to(deal.contacts["approver"]["email"], "Acme invites you")
        self.assertEqual(message["from"].addresses[0].display_name, "Acme")
        self.assertEqual(message["from"].addresses[0].addr_spec, "waymark@localhost")
        self.assertEqual(message["reply-to"].addresses[0].addr_spec, "hello@acme.example")

    def test_an_invoice_comes_as_the_document_that_it_is(self):
        deal = Deal(server, owner, ["100.00", "200.00"])
        invoice = deal.accept(1)
        message = server.message_to(deal.contacts["payer"]["email"], "Invoice ")
        parts = attached(message)
        document = owner.get(f"/invoices/{invoice['id']}/document")
        (name,) = [name for name in parts if name.endswith(".pdf")]
        self.assertEqual(parts[name], document.body)
        self.assertIn("checkpoint.txt", parts)

    def test_it_goes_without_its_paper_rather_than_never(self):
        deal = Deal(server, owner, ["100.00"])
        submission = deal.submit(1)
        with no_place_for_files():
            deal.approver.made(f"/submissions/{submission['id']}/accept", {"decisions": [{"criterion": CRITERION, "met": True}]})
            message = server.message_to(deal.contacts["payer"]["email"], "Invoice ")
        (invoice,) = owner.get(f"/invoices?client_id={deal.client['id']}").data["items"]
        self.assertEqual(list(attached(message)), ["checkpoint.txt"])
        self.assertIn(f"/invoices/{invoice['id']}", message.get_body().get_content())
        self.assertEqual(owner.get(f"/invoices/{invoice['id']}/document").status, 200)

    def test_a_number_with_slashes_names_a_file_without(self):
        answer = owner.put("/company/numbering/invoice", {"pattern": "RE/{year}/{number}"},
                           headers={"If-Match": owner.get("/company").etag})
        self.assertEqual(answer.status, 200, answer)
        deal = Deal(server, owner, ["100.00"])
        invoice = deal.accept(1)
        self.assertIn("/", invoice["number"])
        parts = attached(server.message_to(deal.contacts["payer"]["email"], "Invoice "))
        self.assertIn(f"invoice-{invoice['number'].replace('/', '-')}.pdf", parts)

    def test_signers_get_the_contract_that_they_signed(self):
        deal = Deal(server, owner, ["100.00"])
        message = server.message_to(deal.contacts["approver"]["email"], "Signed by all")
        document = owner.get(f"/contracts/{deal.contract['id']}/document/signed")
        self.assertIn(document.body, attached(message).values())

    def test_all_of_a_mail_is_in_the_reader_s_language(self):
        client = owner.made("/clients", {"name": "Kunde", "country": "DE", "currency": "EUR",
                                         "time_zone": "Europe/Berlin", "locale": "de"})
        owner.made(f"/clients/{client['id']}/contacts", {
            "name": "Änne", "email": "aenne@kunde.example", "role": "viewer"})
        (contact,) = owner.get(f"/clients/{client['id']}/contacts").data["items"]
        owner.made(f"/contacts/{contact['id']}/invite")
        text = server.message_to("aenne@kunde.example", "Acme lädt Sie ein").get_body().get_content()
        self.assertTrue(text.startswith("Guten Tag Änne,"), text)
        self.assertIn("Der Anhang checkpoint.txt", text)
        self.assertNotIn("attachment", text)


if __name__ == "__main__":
    run()
