#!/usr/bin/env python3
"""Two hubs, each with a state directory of its own, work on one PostgreSQL database and post into
one SAP. Both are killed at random moments, in turns, and begin again; then SAP's books are counted:
every settlement once, to the cent. The same after the database went back to a backup.

usage: two_hubs_test.py ML_CONNECTOR SAP_SIMULATOR [SEED]
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import books  # noqa: E402
import postgres  # noqa: E402

KILLS = 6
DEADLINE_SECONDS = 240
SETTLEMENTS = 6
CHANGES = [(r"settlements = \d+", f"settlements = {SETTLEMENTS}"), (r"rows = \d+", "rows = 1500"),
           (r"transport = .*", 'transport = "simulator-socket"'),
           (r"step_lease = .*", 'step_lease = "20 s"'),
           (r"holder_lease = .*", 'holder_lease = "12 s"'),
           (r"unit_deadline = .*", 'unit_deadline = "6 s"')]


class Hub:
    """A state directory and the process that works in it."""

    def __init__(self, program, state):
        self.program, self.state, self.process = program, state, None

    def start(self):
        self.process = subprocess.Popen([self.program, "run", "--state", self.state],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self, how):
        assert self.process.poll() is None, f"{self.state} ended by itself"
        self.process.send_signal(how)
        self.process.wait(timeout=60)

    def ask(self, *words):
        done = subprocess.run([self.program, *words, "--state", self.state, "--json"],
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode in (0, 1, 5), f"{words}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def settlements(self):
        answer = self.ask("settlements")
        return answer["settlements"] if isinstance(answer, dict) else answer


def make_state(seed_state, state, url, evidence, socket):
    """Configuration, rules and secrets of a demo, with another store; no keys of the trail yet."""
    os.mkdir(state)
    shutil.copytree(f"{seed_state}/rules", f"{state}/rules")
    shutil.copytree(f"{seed_state}/keys", f"{state}/keys",
                    ignore=shutil.ignore_patterns("audit.key"))
    with open(f"{seed_state}/ml-connector.toml", encoding="utf-8") as file:
        text = file.read()
    for pattern, new in CHANGES + [(r"url = .*", f'url = "{url}"'),
                                   (r"evidence = .*", f'evidence = "{evidence}"'),
                                   (r"socket = .*", f'socket = "{socket}"')]:
        text, count = re.subn(f"(?m)^{pattern}$", lambda _, new=new: new, text, count=1)
        assert count == 1, pattern
    with open(f"{state}/ml-connector.toml", "w", encoding="utf-8") as file:
        file.write(text)


def wait_for(condition, what):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come")


def kill_in_turns(hubs, chance):
    """Each hub is killed while the other lives on, and begins again a while later."""
    for number in range(KILLS):
        time.sleep(chance.uniform(0.2, 2.5))
        hub = hubs[number % 2]
        hub.end(signal.SIGKILL)
        time.sleep(chance.uniform(0, 1))
        hub.start()


def finish(hub):
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        rows = hub.settlements()
        if len(rows) == SETTLEMENTS and all(row["state"] == "posted" for row in rows):
            return rows
        time.sleep(1)
    raise AssertionError(f"not all posted in time: {[(r['state'], r.get('error')) for r in rows]}")


def night(program, folder, server, sap_books, socket, chance):
    subprocess.run([program, "demo", "--once", "--markets", "US", "--state", f"{folder}/seed"],
                   check=True, stdout=subprocess.DEVNULL, timeout=120)
    hubs = [Hub(program, f"{folder}/{name}") for name in ("one", "two")]
    for hub in hubs:
        make_state(f"{folder}/seed", hub.state, server.url, f"{folder}/evidence", socket)
    # The first one makes the key of the trail; whoever joins must have it.
    hubs[0].start()
    key = f"{hubs[0].state}/keys/audit.key"
    wait_for(lambda: os.path.exists(key), key)
    shutil.copy(key, f"{hubs[1].state}/keys/audit.key")
    hubs[1].start()
    kill_in_turns(hubs, chance)
    rows = finish(hubs[0])
    found = books.per_settlement(sap_books)
    wanted = {row["settlement_id"]: int(Decimal(row["total"]) * 100) for row in rows}
    assert found == wanted, f"SAP has {found}, Amazon settled {wanted}"
    assert sum(found.values()) == sum(wanted.values())
    for hub in hubs:
        hub.end(signal.SIGTERM)
        hub.ask("audit", "verify")
    go_back(hubs, f"{folder}/backup")
    assert books.per_settlement(sap_books) == wanted, "posted again after a restore"
    return len(rows)


def go_back(hubs, backup):
    """The database is put back to a backup, and both hubs look at what they find."""
    hubs[0].ask("backup", backup)
    hubs[0].ask("restore", backup, "--replace")
    for hub in hubs:
        hub.ask("run", "--once")
        hub.ask("audit", "verify")


def workers(server):
    """Who did how many things, as the trail tells it."""
    return server.ask("SELECT actor || ' ' || count(*) FROM (SELECT CAST(content AS json)->>'actor'"
                      " AS actor FROM audit_entry) AS told GROUP BY actor ORDER BY actor")


def main():
    if not postgres.is_installed():
        print("skipped: PostgreSQL 15 is not installed (`scripts/setup check` does it)")
        sys.exit(postgres.SKIPPED)
    program, simulator = sys.argv[1], sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory(prefix="ml-connector-") as folder:
        socket, sap_books = f"{folder}/sap.socket", f"{folder}/books"
        sap = subprocess.Popen([simulator, "--books", sap_books, "--socket", socket],
                               stdout=subprocess.DEVNULL)
        try:
            wait_for(lambda: os.path.exists(socket), "SAP's socket")
            with postgres.Server(folder) as server:
                posted = night(program, folder, server, sap_books, socket, random.Random(seed))
                told = workers(server)
                assert len([one for one in told if one.startswith("hub-")]) == 2, told
                print(f"seed {seed}: {KILLS} kills, {posted} settlements posted once each; "
                      f"work divided: {', '.join(told)}")
        finally:
            sap.kill()
            sap.wait()


if __name__ == "__main__":
    main()
