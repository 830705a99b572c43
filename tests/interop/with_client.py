#!/usr/bin/env python3
"""Runs a test with the packages of requirements.txt, in a virtual environment of this project.

usage: with_client.py ENVIRONMENT TEST [ARGUMENT...]

ENVIRONMENT is made when it is missing or the requirements have changed. Ends with 77 (skipped) when
the packages cannot be had because there is no network, else with the test's own code.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys

SKIPPED = 77
REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")
# What pip says when it reached nobody, as against a package that is not there.
OFFLINE = re.compile(r"NewConnectionError|Max retries exceeded|Temporary failure in name|"
                     r"Network is unreachable|Connection refused|ConnectTimeout|timed out")


def install(environment):
    """Makes the environment, and marks it with the requirements it was made from."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    mark = environment / "made-from"
    # The interpreter it was made with may be gone since: its link then leads nowhere.
    if mark.exists() and mark.read_text() == wanted and (environment / "bin/python").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
    done = subprocess.run(
        [environment / "bin/pip", "install", "--quiet", "--disable-pip-version-check",
         "--retries", "2", "--timeout", "20", "--no-deps", "--requirement", REQUIREMENTS],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout)
        if OFFLINE.search(done.stdout):
            print("skipped: the package registry is not reached, so the other client is not here")
            sys.exit(SKIPPED)
        sys.exit("the other client could not be installed")
    mark.write_text(wanted)


def main():
    environment = pathlib.Path(sys.argv[1]).absolute()
    install(environment)
    python = str(environment / "bin/python")
    os.execv(python, [python] + sys.argv[2:])


if __name__ == "__main__":
    main()
