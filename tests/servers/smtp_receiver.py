#!/usr/bin/python3
"""An SMTP server for tests: takes mail on a free loopback port and keeps it as JSON lines.

Prints its port as the first line of standard output and runs until SIGTERM. Each accepted mail
is one line in the --out file: from, to, message, tls, user, ehlo. Needs python3-aiosmtpd.

  --starttls CERT KEY   offers STARTTLS        --tls CERT KEY    speaks TLS from the first byte
  --user U --password P asks for a sign-in, over TLS only
  --reply VERB=REPLY    answers this instead, VERB being GREETING, EHLO, MAIL, RCPT, DATA or END
                        (after the message): --reply "RCPT=550 5.1.1 no such user"
  --reply-times N       does so for the first N times, then no more
  --delay VERB=SECONDS  waits before it answers
"""

import argparse
import asyncio
import json
import logging
import signal
import ssl
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def pairs(texts):
    return dict(text.split("=", 1) for text in texts)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--starttls", nargs=2)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--reply", action="append", default=[])
    parser.add_argument("--reply-times", type=int, default=1000000)
    parser.add_argument("--delay", action="append", default=[])
    return parser.parse_args()


class Behaviour:
    """What to answer, and where to keep what arrived."""

    def __init__(self, given):
        self.out = given.out
        self.replies = pairs(given.reply)
        self.reply_times = given.reply_times
        self.delays = {verb: float(seconds) for verb, seconds in pairs(given.delay).items()}

    async def reply(self, verb):
        """The prescribed answer, or None for the usual one."""
        await asyncio.sleep(self.delays.get(verb, 0))
        if verb not in self.replies or self.reply_times == 0:
            return None
        self.reply_times -= 1
        return self.replies[verb].replace("\\n", "\r\n")

    def keep(self, session, envelope):
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "message": envelope.content.decode("ascii"),
            "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.authenticated else None,
            "ehlo": session.host_name,
        }
        with open(self.out, "a", encoding="utf-8") as out:
            out.write(json.dumps(mail) + "\n")

    async def handle_DATA(self, server, session, envelope):
        refusal = await self.reply("END")
        if refusal:
            return refusal
        self.keep(session, envelope)
        return "250 2.0.0 kept as 1"


class Receiver(SMTP):
    greeted = False

    def __init__(self, behaviour, **settings):
        super().__init__(behaviour, **settings)
        self.behaviour = behaviour

    async def push(self, status):
        if not self.greeted:
            self.greeted = True
            status = await self.behaviour.reply("GREETING") or status
        await super().push(status if status.isascii() else status.encode())

    async def unless_prescribed(self, verb, usual, argument):
        reply = await self.behaviour.reply(verb)
        if reply:
            await self.push(reply)
        else:
            await usual(argument)

    async def smtp_EHLO(self, argument):
        await self.unless_prescribed("EHLO", super().smtp_EHLO, argument)

    async def smtp_MAIL(self, argument):
        await self.unless_prescribed("MAIL", super().smtp_MAIL, argument)

    async def smtp_RCPT(self, argument):
        await self.unless_prescribed("RCPT", super().smtp_RCPT, argument)

    async def smtp_DATA(self, argument):
        await self.unless_prescribed("DATA", super().smtp_DATA, argument)


def tls_context(certificate_and_key):
    if not certificate_and_key:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate_and_key)
    return context


async def serve(given):
    behaviour = Behaviour(given)

    def authenticate(server, session, envelope, mechanism, login):
        known = given.user and (login.login, login.password) == (given.user.encode(), given.password.encode())
        return AuthResult(success=bool(known), handled=False, auth_data=login)

    def receiver():
        return Receiver(
            behaviour,
            hostname="receiver.test",
            data_size_limit=64 * 1024 * 1024,
            tls_context=tls_context(given.starttls),
            auth_required=given.user is not None,
            auth_require_tls=given.tls is None,
            authenticator=authenticate,
        )

    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    server = await loop.create_server(receiver, "127.0.0.1", 0, ssl=tls_context(given.tls))
    print(server.sockets[0].getsockname()[1], flush=True)
    await stopped.wait()
    server.close()


if __name__ == "__main__":
    logging.disable()  # callers that refuse the certificate or hang up are part of the tests
    warnings.simplefilter("ignore")
    asyncio.run(serve(options()))
