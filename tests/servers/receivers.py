"""Starts the receivers of this folder for a test, and reads what they got.

    with smtp_receiver("--reply", "RCPT=550 no") as smtp:
        ... smtp.port ... smtp.received() ...
"""

import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


class Receiver:
    def __init__(self, port, out):
        self.port = port
        self.out = out

    def received(self):
        """What arrived so far, oldest first."""
        if not self.out.exists():
            return []
        return [json.loads(line) for line in self.out.read_text("utf-8").splitlines()]


@contextlib.contextmanager
def running(script, *flags):
    """The receiver, in its own process, which ends with the block."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory) / "received.jsonl"
        command = [sys.executable, str(HERE / script), "--out", str(out), *map(str, flags)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield Receiver(int(process.stdout.readline()), out)
            finally:
                process.terminate()


def smtp_receiver(*flags):
    return running("smtp_receiver.py", *flags)


def webhook_receiver(*flags):
    return running("webhook_receiver.py", *flags)


def self_signed(directory, name="localhost", address="127.0.0.1"):
    """A fresh certificate for that name and, unless None, that address: (certificate file, key file)."""
    names = f"DNS:{name}" + (f",IP:{address}" if address else "")
    certificate, key = (str(pathlib.Path(directory) / f"{name}.{kind}") for kind in ("pem", "key"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName={names}",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return certificate, key
