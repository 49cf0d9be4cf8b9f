"""A script's rows: named checks that run one after the other and are counted at the end."""

import sys
import traceback

_rows = []


def row(name):
    """Marks a function as a check; its arguments are what the script passes to `run_rows`."""

    def mark(function):
        _rows.append((name, function))
        return function

    return mark


def run_rows(*arguments):
    failures = 0
    for name, function in _rows:
        try:
            function(*arguments)
            print(f"passed: {name}", flush=True)
        except Exception:
            failures += 1
            print(f"FAILED: {name}", flush=True)
            traceback.print_exc(file=sys.stdout)
    print(f"{len(_rows) - failures} passed, {failures} failed")
    sys.exit(1 if failures else 0)


def raises(kind, action, code=None, status=None):
    """The error that the action must end with."""
    try:
        action()
    except kind as error:
        found_code = getattr(error, "error_code", None)
        found_status = getattr(error, "status_code", None)
        assert code is None or found_code == code, f"expected the code {code}, found {found_code}: {error}"
        assert status is None or found_status == status, f"expected the status {status}, found {found_status}"
        return error
    raise AssertionError(f"expected {kind.__name__} {code or ''}")
