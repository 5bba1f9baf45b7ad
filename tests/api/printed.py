"""What is printed on a paper."""

import subprocess


def text_of(pdf):
    """The text of a PDF, as its rows read, with one space where there is any."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True)
    return " ".join(done.stdout.decode().split())
