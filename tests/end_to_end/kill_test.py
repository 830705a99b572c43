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


def start_seconds(program):
    began = time.monotonic()
    subprocess.run([program, "version"], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def kill_often(program, socket, state, chance):
    """Until a night is through before it is killed, or has been killed often enough."""
    killed = 0
    start = start_seconds(program)
    command = [program, "demo", "--once", "--state", state, "--sap-socket", socket, "--seed",
               str(chance.randrange(1, 1000))]
    while killed < KILLS:
        if killed == 1 and os.path.exists(f"{state}/ml-connector.toml"):
            make_longer(state)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=start + chance.uniform(0, 20 * start + 0.1))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
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


def night(program, simulator, chance):
    """One state from its beginning to the last posting; returns how often it was killed."""
    with tempfile.TemporaryDirectory() as folder:
        socket, sap_books = f"{folder}/sap.socket", f"{folder}/books"
        state = f"{folder}/state"
        sap = subprocess.Popen([simulator, "--books", sap_books, "--socket", socket],
                               stdout=subprocess.DEVNULL)
        try:
            wait_for(socket, sap)
            killed = kill_often(program, socket, state, chance)
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


def main():
    program, simulator = sys.argv[1], sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    chance = random.Random(seed)
    kills = nights = settlements_posted = 0
    while kills < KILLS:
        killed, posted = night(program, simulator, chance)
        kills, nights = kills + killed, nights + 1
        settlements_posted += posted
        assert nights < 3 * KILLS, f"only {kills} kills in {nights} nights"
    print(f"seed {seed}: {kills} kills in {nights} nights, "
          f"{settlements_posted} settlements posted once each")


if __name__ == "__main__":
    main()
