"""Packages of a registry, at exact versions, in a folder of the build tree."""

import hashlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77
# What pip and npm say when they reached nobody, as against a package that is not there.
OFFLINE = re.compile(r"NewConnectionError|Max retries exceeded|Temporary failure in name|"
                     r"Network is unreachable|Connection refused|ConnectTimeout|timed out|"
                     r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|"
                     r"ERR_SOCKET_TIMEOUT")


def skip(reason):
    """Ends the program; ctest then lists the test as skipped."""
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def keep(folder, files, probe, install):
    """Fills `folder` by the commands that `install(folder)` yields, unless it was already filled
    from the same `files` and `probe`, a path in it, is there. Skips the test without a network."""
    wanted = "".join(hashlib.sha256(file.read_bytes()).hexdigest() + "\n" for file in files)
    mark = folder / "made-from"
    if mark.exists() and mark.read_text() == wanted and (folder / probe).exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for command in install(folder):
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode == 0:
            continue
        print(done.stdout)
        if OFFLINE.search(done.stdout):
            skip("the package registry is not reached, so what others wrote is not here")
        sys.exit(f"{command[0]}: what others wrote could not be installed")
    mark.write_text(wanted)
