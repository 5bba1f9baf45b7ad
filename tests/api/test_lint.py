"""The contract is sound OpenAPI: @redocly/cli of lint/package-lock.json, installed the first time.

    test_lint.py CONTRACT
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import run

CONTRACT = os.path.abspath(sys.argv[1])
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lint")
LOCK = f"{FOLDER}/package-lock.json"
INSTALLED = f"{FOLDER}/node_modules/.package-lock.json"
ENVIRONMENT = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


def is_installed():
    return os.path.exists(INSTALLED) and os.path.getmtime(INSTALLED) >= os.path.getmtime(LOCK)


def install():
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FOLDER,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"npm ci ended with {done.returncode}: {done.stderr}")


def lint(path):
    return subprocess.run([f"{FOLDER}/node_modules/.bin/redocly", "lint", "--config", f"{FOLDER}/redocly.yaml", path],
                          env=ENVIRONMENT, capture_output=True, text=True, check=False)


@unittest.skipUnless(shutil.which("npm"), "npm is missing; install the package npm")
class Lint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not is_installed():
            install()

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
