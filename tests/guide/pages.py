"""The pages of docs/guide: their blocks of commands with what they show, and how to compare and rewrite that.

A block begins with ```console. A line "$ ..." is a command, "> ..." a further line of it, and what follows is what it says. A line
"…" stands for any lines, "…" in a line for any text."""
import dataclasses
import difflib
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "guide"
ANY = "…"
ALIKE = 0.6  # from there on a line is the same one with other figures
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
VARYING = (  # what no two runs have in common
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), ANY),
    (re.compile(r"\b[0-9a-f]{16,}\b(?:\.\.\.)?"), ANY),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:8080"),
    (re.compile(r"\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}"), ANY),
)


@dataclasses.dataclass
class Step:
    command: list  # its lines
    shown: list  # lines
    said: list = None  # lines, once it was run

    @property
    def holds(self):
        return re.fullmatch(pattern(self.shown), "".join(f"{line}\n" for line in self.said)) is not None


def names():
    """README.md, then the pages in the order in which it names them."""
    linked = re.findall(r"\]\(([\w-]+\.md)\)", (FOLDER / "README.md").read_text("utf-8"))
    return ["README.md", *dict.fromkeys(linked)]


def steps(block):
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Step([line[2:]], []))
        elif line.startswith("> ") and not found[-1].shown:
            found[-1].command.append(line[2:])
        else:
            found[-1].shown.append(line)
    return found


def read(name):
    return [step for block in BLOCK.findall((FOLDER / name).read_text("utf-8")) for step in steps(block)]


def write(name, done):
    """The page anew: its steps in their order, with what they said."""
    following = iter(done)

    def block(old):
        lines = []
        for _ in steps(old[1]):
            step = next(following)
            lines += [f"{'>' if at else '$'} {line}" for at, line in enumerate(step.command)]
            lines += step.shown if step.holds else shortened(step.shown, step.said)
        return "".join(["```console\n", *(f"{line}\n" for line in lines), "```"])

    path = FOLDER / name
    path.write_text(BLOCK.sub(block, path.read_text("utf-8")), "utf-8")


def plain(text):
    """Lines of a terminal, without what differs each time."""
    for varying, instead in VARYING:
        text = varying.sub(instead, text)
    return [line.rstrip() for line in text.splitlines()]


def line_pattern(line):
    return ".*?".join(re.escape(part) for part in line.split(ANY))


def pattern(shown):
    return "".join(r"(?:.*\n)*?" if line == ANY else line_pattern(line) + r"\n" for line in shown)


# ---- what a page leaves out, it leaves out of the new answer too


def likeness(shown, said):
    if re.fullmatch(line_pattern(shown), said):
        return 1.0
    ratio = difflib.SequenceMatcher(None, shown, said, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def pairs(shown, said):
    """Which line that is shown is which that was said, in their order, as alike as can be in all."""
    best = [[(0.0, ())] * (len(said) + 1) for _ in range(len(shown) + 1)]
    for i, line in enumerate(shown):
        for j, other in enumerate(said):
            alike = likeness(line, other)
            before = best[i][j]
            choices = [best[i][j + 1], best[i + 1][j]]
            if alike:
                choices.append((before[0] + alike, (*before[1], (i, j))))
            best[i + 1][j + 1] = max(choices, key=lambda choice: choice[0])
    return best[-1][-1][1]


def shortened(shown, said):
    if ANY not in shown:
        return said
    lines = [line for line in shown if line != ANY]
    places = [at for at, line in enumerate(shown) if line != ANY]
    result, last_place, last_said = [], -1, -1
    for i, j in (*pairs(lines, said), (None, len(said))):
        place = len(shown) if i is None else places[i]
        result += [ANY] if ANY in shown[last_place + 1:place] else said[last_said + 1:j]
        if i is not None:
            result.append(lines[i] if re.fullmatch(line_pattern(lines[i]), said[j]) else said[j])
        last_place, last_said = place, j
    return result
