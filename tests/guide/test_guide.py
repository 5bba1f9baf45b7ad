"""The guide against a freshly played sample: what its pages show is what the program says.

    test_guide.py WAYMARK             compares
    test_guide.py WAYMARK --write     writes what is said into the pages instead

The pages are run in their order, in one shell, on the day that README.md names."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "guide")]
import pages
import tap
from ports import free_port

WAYMARK = os.path.abspath(sys.argv[1])
START_LIMIT_S, STOP_LIMIT_S = 100, 30
MARK = "\x1e"  # between the answers of the shell
README = (pages.FOLDER / "README.md").read_text("utf-8")
PLAY = "make run"  # what it prints is that of the play


class Place:
    """A folder as somebody has it who follows README.md: the programs built, the sample played, a token and a link."""

    def __init__(self, folder):
        self.folder = folder
        build = os.path.join(folder, "build")
        os.mkdir(build)
        for name in ("waymark", "waymark-verify"):
            os.symlink(os.path.join(os.path.dirname(WAYMARK), name), os.path.join(build, name))
        with open(f"{folder}/clock", "w", encoding="ascii") as clock:
            clock.write(re.search(r"^echo (\d+) > clock", README, re.MULTILINE)[1] + "\n")
        suppressions = f"suppressions={TESTS}/document/leaks.supp:print_suppressions=0"
        own = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
        self.environment = {**own, "PATH": f"{build}:{os.environ['PATH']}", "WAYMARK_CLOCK": f"{folder}/clock",
                            "WAYMARK_LISTEN": f"127.0.0.1:{free_port()}", "LSAN_OPTIONS": suppressions}

    def run(self):
        """Starts it. Returns the process and what it printed."""
        with open(f"{self.folder}/printed", "wb") as printed:
            process = subprocess.Popen([WAYMARK, "run"], cwd=self.folder, env=self.environment, stdout=printed, stderr=printed)
        text = ""
        end = time.monotonic() + START_LIMIT_S
        while time.monotonic() < end and process.poll() is None:
            with open(f"{self.folder}/printed", encoding="utf-8") as printed:
                if "stop with Ctrl-C" in (text := printed.read()):
                    return process, text
            time.sleep(0.05)
        process.kill()
        raise SystemExit(f"the sample is not served: {text}")

    def stop(self, process):
        process.send_signal(signal.SIGINT)
        if process.wait(STOP_LIMIT_S):
            with open(f"{self.folder}/printed", encoding="utf-8") as printed:
                raise SystemExit(printed.read())

    def shell(self, commands):
        """What each says, in one shell."""
        script = "".join(f"printf '{MARK}'\n{command}\n" for command in commands)
        quick = {**self.environment, "ASAN_OPTIONS": "detect_leaks=0"}  # of each call; the server looks for leaks
        done = subprocess.run(["bash", "-c", f"exec 2>&1\n{script}"], cwd=self.folder, env=quick, check=False,
                              stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8")
        return done.stdout.split(MARK)[1:]


def follow(guide):
    """Runs all steps of the pages."""
    with tempfile.TemporaryDirectory(prefix="waymark-guide-") as folder:
        place = Place(folder)
        process, played = place.run()
        place.stop(process)
        token = re.search(r"^export WAYMARK_TOKEN=\$\((.*)\)$", README, re.MULTILINE)[1]
        made = subprocess.run(["bash", "-c", token], cwd=folder, env=place.environment, check=True, capture_output=True, text=True)
        place.environment["WAYMARK_TOKEN"] = made.stdout.strip()
        process, printed = place.run()
        place.environment["LINK"] = re.search(r"http\S*/enter#\S+", printed)[0]
        try:
            steps = [step for name in guide for step in guide[name]]
            said = place.shell([":" if step.command == [PLAY] else "\n".join(step.command) for step in steps])
        finally:
            place.stop(process)
        for step, text in zip(steps, said, strict=True):
            step.said = pages.plain(played if step.command == [PLAY] else text)


class Guide(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        follow(GUIDE)

    def shows(self, name):
        for step in GUIDE[name]:
            if not step.holds:
                self.fail("\n".join([f"docs/guide/{name}: $ {step.command[0]}", "--- is shown", *step.shown,
                                     "--- was said", *step.said[:200]]))

    def test_a_figure_that_is_altered_is_found(self):
        count = 0
        for step in (step for name in GUIDE for step in GUIDE[name] if step.holds):
            at = next((at for at, line in enumerate(step.shown) if re.search(r"\d", line)), None)
            if at is not None:
                altered = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), step.shown[at], count=1)
                self.assertFalse(pages.Step(step.command, [*step.shown[:at], altered, *step.shown[at + 1:]], step.said).holds, altered)
                count += 1
        self.assertGreater(count, 20)

    def test_every_command_that_is_shown_is_run(self):
        for name in GUIDE:
            text = pages.BLOCK.sub("", (pages.FOLDER / name).read_text("utf-8"))
            self.assertNotRegex(text, re.compile(r"^\$ ", re.MULTILINE), name)


GUIDE = {name: pages.read(name) for name in pages.names()}
for page in (name for name in GUIDE if GUIDE[name]):
    words = page.removesuffix(".md").replace("-", "_")
    setattr(Guide, f"test_{words}_shows_what_is_said", lambda self, page=page: self.shows(page))

if "--write" in sys.argv[2:]:
    follow(GUIDE)
    for page in GUIDE:
        pages.write(page, GUIDE[page])
else:
    tap.run()
