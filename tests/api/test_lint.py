"""The contract is sound OpenAPI, says the linter of lint/, which `make test` installs.

    test_lint.py CONTRACT
"""
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import run

CONTRACT = os.path.abspath(sys.argv[1])
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lint")


def lint(path):
    return subprocess.run(["node", f"{FOLDER}/lint.js", path], capture_output=True, text=True, timeout=60, check=False)


class Lint(unittest.TestCase):
    def test_the_contract_has_no_findings(self):
        done = lint(CONTRACT)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_contract_with_a_flaw_has_findings(self):
        with open(CONTRACT, encoding="utf-8") as file:
            text = file.read()
        for whole, flawed in (("operationId: show_company\n", "operationId: change_company\n"),
                              ("examples: [DE]", "examples: [17]"),
                              ("schemas/company'", "schemas/no_such'")):
            self.assertIn(whole, text)
            with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
                file.write(text.replace(whole, flawed, 1))
                file.flush()
                self.assertEqual(lint(file.name).returncode, 1, flawed)


if __name__ == "__main__":
    run()
