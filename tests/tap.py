"""Runs a unittest module and speaks TAP, one line a test. A skipped test says why."""
import sys
import traceback
import unittest


class TapResult(unittest.TestResult):
    count = 0

    def line(self, test, passed, remark=""):
        self.count += 1
        name = test.id().split(".")[-1].removeprefix("test_").replace("_", " ")
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}{remark}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line(test, True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line(test, True, f" # SKIP {reason}")

    def fail(self, test, error):
        for row in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {row}")
        self.line(test, False)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.fail(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.fail(test, err)


def run():
    """For the end of a test file: runs the tests of the main module and exits."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}", flush=True)
    sys.exit(0 if suite.run(TapResult()).wasSuccessful() else 1)
