#!/usr/bin/env python3
"""Runs a test with the packages of requirements.txt, in a virtual environment of this project.

usage: with_python.py ENVIRONMENT TEST [ARGUMENT...]

ENVIRONMENT is made when it is missing or the requirements have changed. Ends with 77 (skipped) when
the packages cannot be had because there is no network, else with the test's own code.
"""

import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import registry  # noqa: E402

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")


def install(environment):
    yield [sys.executable, "-m", "venv", "--clear", str(environment)]
    yield [f"{environment}/bin/pip", "install", "--quiet", "--disable-pip-version-check",
           "--retries", "2", "--timeout", "20", "--no-deps", "--requirement", str(REQUIREMENTS)]


def main():
    environment = pathlib.Path(sys.argv[1]).absolute()
    # The interpreter it was made with may be gone since: its link then leads nowhere.
    registry.keep(environment, [REQUIREMENTS], "bin/python", install)
    python = str(environment / "bin/python")
    os.execv(python, [python] + sys.argv[2:])


if __name__ == "__main__":
    main()
