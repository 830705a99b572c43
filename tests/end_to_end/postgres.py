"""A PostgreSQL of one test alone: an unprivileged user's, on a socket in a temporary folder."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import time

SKIPPED = 77  # how a test program says that it did not run
PROGRAMS = "/usr/lib/postgresql/15/bin"
PR_SET_PDEATHSIG = 1


def find(program):
    """The path of a program of PostgreSQL, or None."""
    return shutil.which(program, path=PROGRAMS + ":" + os.environ.get("PATH", ""))


def is_installed():
    return find("initdb") is not None and find("postgres") is not None


def _become_unprivileged():
    """In the child: PostgreSQL refuses root. The server ends with the test."""
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            user = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Server:
    """Use as a context; `url` names a database of its own."""

    def __init__(self, folder):
        self.folder = f"{folder}/postgres"
        self.process = None
        self.url = f"postgresql:///postgres?host={self.folder}&user=app"

    def __enter__(self):
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o777)
        # Others must get through to it, and the socket must be found by everybody.
        os.chmod(os.path.dirname(self.folder), 0o755)
        data = f"{self.folder}/data"
        how = {"preexec_fn": _become_unprivileged, "cwd": "/"}
        subprocess.run([find("initdb"), "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "--no-sync"], check=True, stdout=subprocess.DEVNULL,
                       timeout=120, **how)
        with open(f"{self.folder}/log", "wb") as log:
            self.process = subprocess.Popen(
                [find("postgres"), "-D", data, "-c", "listen_addresses=", "-c",
                 f"unix_socket_directories={self.folder}", "-c", "fsync=off"],
                stdout=log, stderr=log, **how)
        for _ in range(600):
            if os.path.exists(f"{self.folder}/.s.PGSQL.5432") and self.ask("SELECT 1") == ["1"]:
                return self
            assert self.process.poll() is None, "postgres ended"
            time.sleep(0.05)
        raise AssertionError("postgres did not start")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def ask(self, sql):
        """The first column of each row as text; [] while there is no server."""
        done = subprocess.run([find("psql"), "-XAt", self.url, "-c", sql], capture_output=True,
                              text=True, timeout=60, check=False)
        return done.stdout.splitlines()
