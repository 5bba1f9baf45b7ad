"""A server whose clock is a file: it stands until the test sets it on."""
import os

from checked import CheckedServer


def text(moment):
    """As the API says it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TimedServer(CheckedServer):
    """Its clock starts at that moment."""

    def __init__(self, program, start, *settings):
        super().__init__(program, *settings)
        self.now = start

    @property
    def clock(self):
        return f"{self.folder.name}/clock"

    def settings(self):
        self.set(self.now)
        return [*super().settings(), "--clock", self.clock]

    def set(self, moment):
        """The file is replaced as a whole."""
        self.now = moment
        with open(f"{self.clock}.new", "w", encoding="ascii") as file:
            file.write(f"{round(moment.timestamp() * 1000)}\n")
        os.replace(f"{self.clock}.new", self.clock)
