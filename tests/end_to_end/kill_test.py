#!/usr/bin/env python3
"""Kills the hub at random moments while it posts into a SAP that lives on, then lets it finish, and
counts SAP's books: every settlement once, to the cent. Goes on with fresh nights until the hub was
killed twenty times.

usage: kill_test.py ML_CONNECTOR SAP_SIMULATOR [SEED]
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import books  # noqa: E402

KILLS = 20
DEADLINE_SECONDS = 120


def wait_for(path, process):
    for _ in range(200):
        if os.path.exists(path):
            return
        assert process.poll() is None, "sap-simulator ended"
        time.sleep(0.05)
    raise AssertionError(f"{path} did not appear")


def settlements(program, state):
    done = subprocess.run([program, "settlements", "--state", state, "--json"],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 1, 5), done.stderr
    return json.loads(done.stdout)


def rows_of(answer):
    return answer["settlements"] if isinstance(answer, dict) else answer


def make_longer(state):
    """More and larger settlements, so that there is work left to be killed at."""
    path = f"{state}/ml-connector.toml"
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"(?m)^settlements = \d+", "settlements = 6", text)
    text = re.sub(r"(?m)^rows = \d+", "rows = 1200", text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Patience:
    """How long a night is expected to last here and now: kills are drawn from that span, so that a
    slow machine and a fast one are killed equally often."""

    def __init__(self, seconds):
        self.seconds = seconds

    def learn(self, killed, seconds):
        """A night that was through before its first kill was faster than expected."""
        if killed == 0:
            self.seconds = min(self.seconds, seconds) / 2


def begin_night(command, state):
    """Kills the demo as soon as it has written its configuration, and asks for more work."""
    config = f"{state}/ml-connector.toml"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not os.path.exists(config):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if os.path.exists(config):
        make_longer(state)


def run_or_kill(command, seconds):
    """True when it was killed after so many seconds, false when it was through before."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def kill_often(command, state, chance, patience):
    """Until a night is through before it is killed, or has been killed often enough."""
    begin_night(command, state)
    killed, began = 0, time.monotonic()
    while killed < KILLS and run_or_kill(command, chance.uniform(0, patience.seconds)):
        killed += 1
    patience.learn(killed, time.monotonic() - began)
    return killed


def finish(program, state):
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        subprocess.run([program, "run", "--once", "--state", state], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=60, check=False)
        rows = rows_of(settlements(program, state))
        if rows and all(row["state"] == "posted" for row in rows):
            return rows
        time.sleep(1)
    raise AssertionError(f"not all posted in time: {[(r['state'], r.get('error')) for r in rows]}")


def night(program, simulator, seed, kill):
    """One state from its beginning to the last posting; `kill(command, state)` says how often it
    was killed. Returns that and how many settlements were posted."""
    with tempfile.TemporaryDirectory() as folder:
        socket, sap_books = f"{folder}/sap.socket", f"{folder}/books"
        state = f"{folder}/state"
        sap = subprocess.Popen([simulator, "--books", sap_books, "--socket", socket],
                               stdout=subprocess.DEVNULL)
        try:
            wait_for(socket, sap)
            command = [program, "demo", "--once", "--markets", "US", "--state", state,
                       "--sap-socket", socket, "--seed", str(seed)]
            killed = kill(command, state)
            rows = finish(program, state)
            found = books.per_settlement(sap_books)
            wanted = {row["settlement_id"]: int(Decimal(row["total"]) * 100) for row in rows}
            assert found == wanted, f"SAP has {found}, Amazon settled {wanted}"
            subprocess.run([program, "audit", "verify", "--state", state], check=True, timeout=60,
                           stdout=subprocess.DEVNULL)
            return killed, len(rows)
        finally:
            sap.kill()
            sap.wait()


def measure_night(program, simulator):
    """How long a night lasts that nobody disturbs."""
    seconds = 0

    def let_live(command, state):
        nonlocal seconds
        begin_night(command, state)
        began = time.monotonic()
        assert not run_or_kill(command, DEADLINE_SECONDS), "a quiet night did not end"
        seconds = time.monotonic() - began
        return 0

    night(program, simulator, 1, let_live)
    return seconds


def main():
    program, simulator = sys.argv[1], sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chance = random.Random(seed)
    patience = Patience(measure_night(program, simulator))
    print(f"a quiet night lasts {patience.seconds:.2f} s")
    kills = nights = settlements_posted = 0
    while kills < KILLS:
        killed, posted = night(program, simulator, chance.randrange(1, 1000),
                               lambda command, state: kill_often(command, state, chance, patience))
        kills, nights = kills + killed, nights + 1
        settlements_posted += posted
        assert nights < 3 * KILLS, f"only {kills} kills in {nights} nights"
    print(f"seed {seed}: {kills} kills in {nights} nights, "
          f"{settlements_posted} settlements posted once each")


if __name__ == "__main__":
    main()
