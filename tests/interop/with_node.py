#!/usr/bin/env python3
"""Runs a command that can `require` what a package.json beside this file names.

usage: with_node.py ENVIRONMENT PACKAGES COMMAND [ARGUMENT...]

ENVIRONMENT is made when it is missing or the lock file of the folder PACKAGES has changed; no
script of any package is run. Ends with 77 (skipped) when node or the packages cannot be had, else
with the command's own code.
"""

import os
import pathlib
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import registry  # noqa: E402


def prepare(environment, packages):
    """What the environment variable NODE_PATH must be. Ends the program when it cannot be had."""
    environment, packages = (pathlib.Path(name).absolute() for name in (environment, packages))
    if not shutil.which("node") or not shutil.which("npm"):
        registry.skip("node and npm are not here; scripts/setup check installs them")
    files = [packages / "package.json", packages / "package-lock.json"]

    def install(folder):
        for file in files:
            shutil.copy(file, folder)
        yield ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier",
               "--fetch-retries=2", "--fetch-timeout=20000", "--cache", str(folder / "cache")]
        shutil.rmtree(folder / "cache", ignore_errors=True)

    registry.keep(environment, files, "node_modules", install)
    return str(environment / "node_modules")


if __name__ == "__main__":
    os.environ["NODE_PATH"] = prepare(*sys.argv[1:3])
    os.execvp(sys.argv[3], sys.argv[3:])
