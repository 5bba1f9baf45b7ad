"""What was measured: printed as it comes, and written to build/bench.json, an object of name -> value,
unit, and where there is an aim: limit, ratio, aim, holds."""

import json
import statistics


class Figures:
    def __init__(self):
        self.all = {}

    def note(self, name, value, unit):
        self.all[name] = {"value": value, "unit": unit}
        print(f"{name:<64} {value:>12,.2f} {unit}", flush=True)

    def hold(self, name, value, unit, limit, aim, at_most=False):
        """Against a limit: the ratio value / limit is to be at least the aim, or at most."""
        ratio = value / limit if limit else 0
        holds = ratio <= aim if at_most else ratio >= aim
        self.all[name] = {"value": value, "unit": unit, "limit": limit, "ratio": round(ratio, 3), "aim": aim,
                          "holds": holds}
        sign = "<=" if at_most else ">="
        print(f"{name:<64} {value:>12,.2f} {unit:<14} ratio {ratio:5.2f} {sign} {aim} {'holds' if holds else 'MISSED'}",
              flush=True)

    def write(self, path):
        with open(path, "w", encoding="utf-8") as out:
            json.dump(self.all, out, indent=2)
            out.write("\n")
        print(f"written to {path}")


def median(values):
    return statistics.median(values)


def by_key(rounds):
    """The median of each key over several rounds of the same keys."""
    return {key: median([one[key] for one in rounds]) for key in rounds[0]}
