"""Mail, from struct to a real SMTP server and to the spool: test_mail_delivery.py SEND_ONCE"""

import email.header
import email.policy
import email.utils
import json
import os
import pathlib
import re
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "servers")]

from receivers import self_signed, smtp_receiver
from tap import run

SEND_ONCE = sys.argv[1]
REQUIRED, IF_OFFERED, NEVER = 0, 1, 2
FROM = {"address": "billing@agency.example", "name": "Agentur Grün & Söhne"}
CERTIFICATES = tempfile.TemporaryDirectory()
TRUSTED = self_signed(CERTIFICATES.name)
STRANGER = self_signed(CERTIFICATES.name, "stranger")
CHECKPOINT = "waymark.example/log\n4\nq83v\n\n— waymark.example AAAA\n"


def a_mail(**changes):
    return {
        "to": {"address": "approver@client.example", "name": "Ana Approver"},
        "subject": "Milestone 3 awaits your acceptance",
        "text": "Hello Ana,\n\nplease accept or refuse it by Friday.\n",
        "message_id": "0190-7cc3@agency.example",
        "date_ms": 1467295445123,
        "headers": [{"name": "Auto-Submitted", "value": "auto-generated"}],
        "attachments": [{"name": "checkpoint.txt", "type": "text/plain", "text": CHECKPOINT}],
        **changes,
    }


def a_server(port, **changes):
    return {
        "url": f"smtp://127.0.0.1:{port}/agency.example",
        "tls": NEVER,
        "from": FROM,
        "timeout_ms": 5000,
        **changes,
    }


def order(command, **what):
    done = subprocess.run([SEND_ONCE, command], input=json.dumps(what), capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{SEND_ONCE} {command} ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def send(server, **changes):
    return order("mail", server=server, mail=a_mail(**changes))


def parsed(message):
    return email.message_from_bytes(message.encode("ascii"), policy=email.policy.default)


def text_of(message):
    part = message.get_body() if message.is_multipart() else message
    return part.get_content().replace("\r\n", "\n")


def recipient_of(raw):
    """Name and address, by the older parser: the newer one keeps the space between two encoded words."""
    name, address = email.utils.parseaddr(email.message_from_string(raw)["to"])
    return str(email.header.make_header(email.header.decode_header(name))), address


def widest_line(message):
    """Its width, once every line is known to end in CR LF."""
    if re.search(r"(?<!\r)\n|\r(?!\n)", message):
        raise AssertionError(f"a line ends in half a CR LF: {message!r}")
    return max(len(line) for line in message.split("\r\n"))


class WhatArrives(unittest.TestCase):
    def test_a_mail_arrives_as_it_was_written(self):
        with smtp_receiver() as smtp:
            delivery = send(a_server(smtp.port))
            self.assertEqual(delivery, {"outcome": "done", "status": 250, "retry_after_ms": 0, "text": "2.0.0 kept as 1"})
            (got,) = smtp.received()
        self.assertEqual((got["from"], got["to"]), ("billing@agency.example", ["approver@client.example"]))
        self.assertEqual((got["tls"], got["user"], got["ehlo"]), (False, None, "agency.example"))
        message = parsed(got["message"])
        self.assertEqual(message["from"].addresses[0].display_name, FROM["name"])
        self.assertEqual(message["from"].addresses[0].addr_spec, FROM["address"])
        self.assertEqual(recipient_of(got["message"]), ("Ana Approver", "approver@client.example"))
        self.assertEqual(message["subject"], "Milestone 3 awaits your acceptance")
        self.assertEqual(message["message-id"], "<0190-7cc3@agency.example>")
        self.assertEqual(message["date"].datetime.isoformat(), "2016-06-30T14:04:05+00:00")
        self.assertIn("Date: Thu, 30 Jun 2016 14:04:05 +0000\r\n", got["message"])
        self.assertEqual(message["auto-submitted"], "auto-generated")
        self.assertEqual(message["mime-version"], "1.0")
        self.assertEqual(text_of(message), "Hello Ana,\n\nplease accept or refuse it by Friday.\n")
        (checkpoint,) = message.iter_attachments()
        self.assertEqual(checkpoint.get_filename(), "checkpoint.txt")
        self.assertEqual(checkpoint.get_content_type(), "text/plain")
        self.assertEqual(checkpoint.get_payload(decode=True), CHECKPOINT.encode())

    def test_a_mail_without_attachments_is_one_part(self):
        with smtp_receiver() as smtp:
            self.assertEqual(send(a_server(smtp.port), attachments=[])["outcome"], "done")
            message = parsed(smtp.received()[0]["message"])
        self.assertEqual(message.is_multipart(), False)
        self.assertEqual(text_of(message), "Hello Ana,\n\nplease accept or refuse it by Friday.\n")

    def test_texts_of_every_script_and_shape_come_back_the_same(self):
        texts = [
            "",
            "no line end",
            "Überweisung bis 31. März, 1.234,50 €\n",
            "日本語の請求書です。" * 40 + "\n",
            "x" * 2000 + "\n" + "é" * 700 + "\n",
            "trailing space \ntrailing tab\t\n = equals =3D =\n",
            ".\n..\n.hidden\nFrom here on\n\n\n",
            "--=_next_part\n--=_next_part--\n",
            "emoji 💶 and math 𝒳\n" * 50,
            "old\r\nline\r\nends\r\n",
        ]
        with smtp_receiver() as smtp:
            for text in texts:
                self.assertEqual(send(a_server(smtp.port), text=text)["outcome"], "done")
            for text, got in zip(texts, smtp.received()):
                self.assertLessEqual(widest_line(got["message"]), 76)
                found = text_of(parsed(got["message"]))
                wanted = text.replace("\r\n", "\n")
                self.assertEqual(found, wanted if wanted.endswith("\n") or not wanted else wanted + "\n")

    def test_subjects_and_names_of_every_script_come_back_the_same(self):
        texts = [
            "Abnahme für Meilenstein 3",
            "Прийняття етапу " * 6 + "!",
            "検収のお願い" * 10,
            "💶" * 40,
            "a plain one that is longer than would fit on a line of seventy-six characters, by far",
            "=?UTF-8?B?aGVsbG8=?= is no greeting",
            'quotes " and \\ backslashes, commas; <angles> (and comments)',
            "e\u0301 " * 30 + "end",
        ]
        with smtp_receiver() as smtp:
            for text in texts:
                self.assertEqual(send(a_server(smtp.port), subject=text, to={"address": "a@b.example", "name": text})["outcome"], "done")
            for text, got in zip(texts, smtp.received()):
                message = parsed(got["message"])
                self.assertEqual(message["subject"], text)
                self.assertEqual(recipient_of(got["message"]), (text, "a@b.example"))
                head = got["message"].split("\r\n\r\n")[0]
                self.assertLessEqual(widest_line(head), 76)

    def test_attachments_come_back_byte_for_byte(self):
        files = [
            {"name": "Rechnung März 2016.pdf", "type": "application/pdf", "text": "%PDF-1.7\n\0\r\n\u0001" + "é" * 5000},
            {"name": 'we"ird\\name;.bin', "type": "application/octet-stream", "text": ""},
            {"name": "請求書.txt", "type": "text/plain", "text": "ends without a newline"},
            {"name": "exact.bin", "type": "application/octet-stream", "text": "z" * 57},
            {"name": "image.svg", "type": "image/svg+xml", "text": "<svg/>\n"},
        ]
        with smtp_receiver() as smtp:
            self.assertEqual(send(a_server(smtp.port), attachments=files)["outcome"], "done")
            (got,) = smtp.received()
        self.assertLessEqual(widest_line(got["message"]), 76)
        found = list(parsed(got["message"]).iter_attachments())
        self.assertEqual(len(found), len(files))
        for part, file in zip(found, files):
            self.assertEqual(part.get_filename(), file["name"])
            self.assertEqual(part.get_content_type(), file["type"])
            self.assertEqual(part.get_content_disposition(), "attachment")
            self.assertEqual(part.get_payload(decode=True), file["text"].encode())

    def test_a_large_mail_arrives(self):
        file = {"name": "large.bin", "type": "application/octet-stream", "text": "0123456789abcdef" * 2**19}
        with smtp_receiver() as smtp:
            self.assertEqual(send(a_server(smtp.port, timeout_ms=60000), attachments=[file])["outcome"], "done")
            (part,) = parsed(smtp.received()[0]["message"]).iter_attachments()
        self.assertTrue(part.get_payload(decode=True) == file["text"].encode())

    def test_a_header_beyond_ascii_is_encoded_and_an_address_list_is_not(self):
        headers = [
            {"name": "X-Waymark-Engagement", "value": "Büro-Umbau: Phase 2"},
            {"name": "Reply-To", "value": "Projekt <projekt@agency.example>"},
            {"name": "List-Unsubscribe", "value": "<https://agency.example/mail/off?t=?x>"},
        ]
        with smtp_receiver() as smtp:
            self.assertEqual(send(a_server(smtp.port), headers=headers)["outcome"], "done")
            raw = smtp.received()[0]["message"]
        self.assertEqual(parsed(raw)["x-waymark-engagement"], "Büro-Umbau: Phase 2")
        self.assertIn("Reply-To: Projekt <projekt@agency.example>\r\n", raw)
        self.assertIn("List-Unsubscribe: <https://agency.example/mail/off?t=?x>\r\n", raw)


class WhatCannotBeSmuggledIn(unittest.TestCase):
    def test_nothing_can_be_injected(self):
        bad_lines = ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\tb", "a\x7f", "a\x1b[0m", "a\u0085b", "a\u2028b"]
        bad_addresses = [
            "", "a", "@", "a@", "@b.example", "a@b.example\r\nRCPT TO:<x@y.example>", "a b@c.example", "a@b@c.example",
            "<a@b.example>", "a@b.example>", "a@b.example,c@d.example", '"a b"@c.example', ".a@b.example", "a.@b.example",
            "a..b@c.example", "a@-b.example", "a@b-.example", "a@b..example", "a@.example", "a@b.example.", "a@[127.0.0.1]",
            "ä@b.example", "a@bücher.example", "a" * 65 + "@b.example", "a@" + "b" * 64 + ".example", "a@b_c.example",
            "a@" + ".".join(["b" * 60] * 5), "a@b.example SIZE=1", "a(comment)@b.example",
        ]
        refused = [("subject", {"subject": text}) for text in bad_lines + ["x" * 901]]
        refused += [("to", {"to": {"address": "a@b.example", "name": text}}) for text in bad_lines + ["x" * 201]]
        refused += [("to", {"to": {"address": text}}) for text in bad_addresses]
        refused += [("message_id", {"message_id": text}) for text in bad_addresses]
        refused += [("headers", {"headers": [{"name": "X-Fine", "value": text}]}) for text in bad_lines + ["", "x" * 901]]
        names = ["", "X Y", "X:", "X\r\nY", "Ä", "to", "BCC", "Content-Type", "content-foo", "Date", "Subject", "x" * 41]
        refused += [("headers", {"headers": [{"name": name, "value": "v"}]}) for name in names]
        attachment = {"name": "a.txt", "type": "text/plain", "text": "t"}
        refused += [("attachments", {"attachments": [attachment | {"name": text}]}) for text in bad_lines + ["", "a/b", "x" * 201]]
        types = ["", "text", "/", "text/", "/plain", "a/b/c", "text/plain; x=y", "text/pl\r\nX: y", "ä/b", "a b/c"]
        refused += [("attachments", {"attachments": [attachment | {"type": text}]}) for text in types]
        with smtp_receiver() as smtp, tempfile.TemporaryDirectory() as spool:
            for field, changes in refused:
                where = dict(directory=spool, server=a_server(smtp.port), mail=a_mail(**changes))
                error = order("spool", **where)
                self.assertEqual((changes, error["error"], error["field"]), (changes, "invalid", field))
            for field, changes in refused[:: len(refused) // 8]:
                delivery = send(a_server(smtp.port), **changes)
                self.assertEqual((delivery["outcome"], delivery["status"]), ("refused", 0))
                self.assertIn(field, delivery["text"])
            self.assertEqual((smtp.received(), os.listdir(spool)), ([], []))

    def test_unusual_but_proper_addresses_are_taken(self):
        addresses = ["a@b", "a.b+c=d/e@xn--bcher-kva.example", "!#$%&'*+-/=?^_`{|}~@1-2.example", "a" * 64 + "@b.example"]
        with smtp_receiver() as smtp:
            for address in addresses:
                self.assertEqual((address, send(a_server(smtp.port), to={"address": address})["outcome"]), (address, "done"))
            self.assertEqual([got["to"] for got in smtp.received()], [[address] for address in addresses])

    def test_a_mail_beyond_the_limit_is_refused(self):
        file = {"name": "large.bin", "type": "application/octet-stream", "text": "x" * (18 * 2**20)}
        with tempfile.TemporaryDirectory() as spool:
            error = order("spool", directory=spool, server=a_server(1), mail=a_mail(attachments=[file]))
            self.assertEqual((error["error"], error["field"]), ("too-large", "attachments"))
            self.assertEqual(os.listdir(spool), [])


class EncryptionAndSignin(unittest.TestCase):
    def test_starttls_is_used_with_a_certificate_we_trust(self):
        with smtp_receiver("--starttls", *TRUSTED) as smtp:
            for tls in (REQUIRED, IF_OFFERED):
                self.assertEqual(send(a_server(smtp.port, tls=tls, ca_file=TRUSTED[0]))["outcome"], "done")
            self.assertEqual([got["tls"] for got in smtp.received()], [True, True])

    def test_a_certificate_we_do_not_trust_gets_nothing(self):
        with smtp_receiver("--starttls", *TRUSTED) as smtp:
            for settings in ({"tls": REQUIRED}, {"tls": REQUIRED, "ca_file": STRANGER[0]}, {"tls": IF_OFFERED}):
                delivery = send(a_server(smtp.port, **settings))
                self.assertEqual((delivery["outcome"], delivery["status"]), ("retry", 0))
                self.assertIn("certificate", delivery["text"].lower())
            self.assertEqual(smtp.received(), [])

    def test_required_encryption_that_is_not_offered_sends_nothing(self):
        with smtp_receiver() as smtp:
            delivery = send(a_server(smtp.port, tls=REQUIRED))
            self.assertEqual(delivery["outcome"], "retry")
            self.assertIn("STARTTLS", delivery["text"])
            self.assertEqual(smtp.received(), [])
            self.assertEqual(send(a_server(smtp.port, tls=IF_OFFERED))["outcome"], "done")

    def test_a_connection_can_be_encrypted_from_the_first_byte(self):
        with smtp_receiver("--tls", *TRUSTED) as smtp:
            server = a_server(smtp.port, url=f"smtps://127.0.0.1:{smtp.port}")
            self.assertEqual(send(server | {"ca_file": TRUSTED[0]})["outcome"], "done")
            self.assertEqual(send(server)["outcome"], "retry")
            self.assertEqual(len(smtp.received()), 1)

    def test_we_sign_in_where_it_is_asked_for(self):
        with smtp_receiver("--starttls", *TRUSTED, "--user", "waymark", "--password", "pass word:€") as smtp:
            server = a_server(smtp.port, tls=REQUIRED, ca_file=TRUSTED[0], user="waymark")
            self.assertEqual(send(server | {"password": "pass word:€"})["outcome"], "done")
            self.assertEqual(smtp.received()[0]["user"], "waymark")

    def test_a_refused_sign_in_is_ours_to_mend_and_not_the_mails_fault(self):
        with smtp_receiver("--starttls", *TRUSTED, "--user", "waymark", "--password", "right") as smtp:
            server = a_server(smtp.port, tls=REQUIRED, ca_file=TRUSTED[0])
            wrong = send(server | {"user": "waymark", "password": "wrong"})
            self.assertEqual((wrong["outcome"], wrong["status"]), ("retry", 535))
            none = send(server)
            self.assertEqual((none["outcome"], none["status"]), ("retry", 530))
            self.assertEqual(smtp.received(), [])

    def test_settings_that_cannot_work_or_leak_a_password_are_refused(self):
        credentials = {"user": "u", "password": "p"}
        for field, settings in [
            ("url", {"url": "http://127.0.0.1"}),
            ("url", {"url": "127.0.0.1:25"}),
            ("url", {"url": "smtp://"}),
            ("url", {"url": "smtp://user:secret@127.0.0.1"}),
            ("user", credentials | {"tls": NEVER}),
            ("user", credentials | {"tls": IF_OFFERED}),
            ("user", {"user": "u"}),
            ("user", {"password": "p"}),
            ("from", {"from": {"address": "nobody"}}),
            ("timeout_ms", {"timeout_ms": 0}),
        ]:
            error = send(a_server(25, **settings))
            self.assertEqual((settings, error.get("error"), error.get("field")), (settings, "invalid", field))


class WhatServersSay(unittest.TestCase):
    def delivery_when(self, *flags, **settings):
        with smtp_receiver(*flags) as smtp:
            delivery = send(a_server(smtp.port, **settings))
            self.assertEqual(smtp.received(), [])
        return delivery["outcome"], delivery["status"], delivery["text"]

    def test_a_mail_that_the_server_refuses_is_refused_for_good(self):
        for verb in ("MAIL", "RCPT", "DATA", "END"):
            found = self.delivery_when("--reply", f"{verb}=550 5.1.1 no such user")
            self.assertEqual((verb, *found), (verb, "refused", 550, "5.1.1 no such user"))

    def test_a_mail_that_the_server_defers_is_tried_again(self):
        for verb in ("MAIL", "RCPT", "DATA", "END"):
            found = self.delivery_when("--reply", f"{verb}=451 4.7.1 come back later")
            self.assertEqual((verb, *found), (verb, "retry", 451, "4.7.1 come back later"))

    def test_a_server_that_turns_everybody_away_is_tried_again(self):
        self.assertEqual(self.delivery_when("--reply", "GREETING=554 5.3.2 closed")[:2], ("retry", 554))
        self.assertEqual(self.delivery_when("--reply", "GREETING=421 4.3.2 busy")[:2], ("retry", 421))

    def test_every_line_of_a_long_refusal_is_kept_readable(self):
        reply = "RCPT=550-5.7.1 first line\\n550-5.7.1 second\x1b[31m line\\n550 5.7.1 last line"
        self.assertEqual(self.delivery_when("--reply", reply), ("refused", 550, "5.7.1 first line 5.7.1 second [31m line 5.7.1 last line"))
        outcome, status, text = self.delivery_when("--reply", "RCPT=550 " + "é" * 400)
        self.assertEqual((outcome, status, set(text)), ("refused", 550, {"é"}))

    def test_a_deferred_mail_arrives_at_the_next_attempt(self):
        with smtp_receiver("--reply", "RCPT=450 4.2.0 greylisted", "--reply-times", 1) as smtp:
            self.assertEqual(send(a_server(smtp.port))["outcome"], "retry")
            self.assertEqual(send(a_server(smtp.port))["outcome"], "done")
            self.assertEqual(len(smtp.received()), 1)

    def test_a_slow_server_is_given_up_in_time(self):
        for verb in ("GREETING", "RCPT", "END"):
            started = time.monotonic()
            outcome, status, text = self.delivery_when("--delay", f"{verb}=30", timeout_ms=700)
            self.assertEqual((verb, outcome, status), (verb, "retry", 0))
            self.assertIn("time", text.lower())
            self.assertTrue(0.5 < time.monotonic() - started < 10)

    def test_a_server_that_is_not_there_is_tried_again(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            delivery = send(a_server(unused.getsockname()[1]))
        self.assertEqual((delivery["outcome"], delivery["status"]), ("retry", 0))
        delivery = send(a_server(25, url="smtp://no-such-host.invalid"))
        self.assertEqual((delivery["outcome"], delivery["status"]), ("retry", 0))


class TheSpool(unittest.TestCase):
    def test_the_spool_holds_the_same_bytes_that_are_sent(self):
        with smtp_receiver() as smtp, tempfile.TemporaryDirectory() as spool:
            where = dict(directory=spool, server=a_server(smtp.port), mail=a_mail())
            for _ in range(2):
                self.assertEqual(order("spool", **where)["error"], "")
            (name,) = os.listdir(spool)
            self.assertEqual(name, "2016-06-30T140405Z-0190-7cc3@agency.example.eml")
            path = pathlib.Path(spool) / name
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            self.assertEqual(send(a_server(smtp.port))["outcome"], "done")
            self.assertEqual(path.read_bytes().decode("ascii"), smtp.received()[0]["message"])

    def test_a_message_id_cannot_leave_the_spool(self):
        with tempfile.TemporaryDirectory() as spool:
            mail = a_mail(message_id="/../../x@agency.example", date_ms=0)
            self.assertEqual(order("spool", directory=spool, server=a_server(1), mail=mail)["error"], "invalid")
            mail = a_mail(message_id="a/b/c@agency.example", date_ms=0)
            self.assertEqual(order("spool", directory=spool, server=a_server(1), mail=mail)["error"], "")
            self.assertEqual(os.listdir(spool), ["1970-01-01T000000Z-a_b_c@agency.example.eml"])

    def test_a_spool_that_cannot_be_written_is_trouble(self):
        with tempfile.TemporaryDirectory() as spool:
            missing = os.path.join(spool, "missing")
            self.assertEqual(order("spool", directory=missing, server=a_server(1), mail=a_mail())["error"], "storage")


if __name__ == "__main__":
    run()
