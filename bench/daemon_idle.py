#!/usr/bin/env python3
"""A hub that has nothing to do: how long after its start it is ready, and the memory it rests in.

Fills a state by a simulated night, then starts `run` on it seven times. Exit 1 when the median is
not below 200 ms, or the anonymous memory not below 20 MiB.

usage: daemon_idle.py ML_CONNECTOR [ROUNDS]
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROUNDS = 7
READY_MS = 200
IDLE_MIB = 20
REST_SECONDS = 5
CONFIGURATION = "ml-connector.toml"


def make_state(connector, folder):
    state = f"{folder}/state"
    subprocess.run([connector, "demo", "--once", "--markets", "US", "--state", state], check=True,
                   stdout=subprocess.DEVNULL, timeout=300)
    with open(f"{state}/{CONFIGURATION}", encoding="utf-8") as file:
        text = file.read()
    for name, value in (("listen", "127.0.0.1:0"), ("log", "json")):
        text, count = re.subn(rf"(?m)^{name} = .*", f'{name} = "{value}"', text, count=1)
        assert count == 1, f"{name} is not in {CONFIGURATION}"
    with open(f"{state}/{CONFIGURATION}", "w", encoding="utf-8") as file:
        file.write(text)
    return state


def is_ready(address):
    try:
        with urllib.request.urlopen(address + "/readyz", timeout=10) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as refused:
        refused.close()
        return False


def address_of(process):
    """Where it listens, as its log tells."""
    for line in process.stderr:
        event = json.loads(line)
        if event["event"] == "observe.listening":
            return event["address"]
    raise RuntimeError("it ended before it listened")


def kib(process, name):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return int(re.search(rf"(?m)^{name}:\s+(\d+) kB", file.read())[1])


def measure(connector, state):
    """Milliseconds from exec to the first 200 of /readyz, and resting RssAnon and VmHWM in MiB."""
    begun = time.monotonic()
    with subprocess.Popen([connector, "run", "--state", state], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True) as process:
        try:
            address = address_of(process)
            while not is_ready(address):
                time.sleep(0.002)
            ready = (time.monotonic() - begun) * 1000
            # Its log must not fill the pipe.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            time.sleep(REST_SECONDS)
            return ready, kib(process, "RssAnon") / 1024, kib(process, "VmHWM") / 1024
        finally:
            process.terminate()
            process.wait(timeout=60)


def gate(what, found, limit, unit):
    met = found < limit
    print(f"gate  {what:58} {found:7.1f} {unit}, wanted below {limit}: "
          f"{'met' if met else 'NOT met'}")
    return met


def main(connector, rounds=ROUNDS):
    folder = tempfile.mkdtemp(prefix="ml-connector-idle-")
    try:
        state = make_state(connector, folder)
        found = [measure(connector, state) for _ in range(int(rounds))]
    finally:
        shutil.rmtree(folder)
    ready, anonymous, highest = zip(*found)
    print(f"ready after {min(ready):.0f} to {max(ready):.0f} ms in {len(ready)} starts; at most "
          f"{max(highest):.1f} MiB resident at any time")
    met = [gate("from exec to /readyz, median", statistics.median(ready), READY_MS, "ms"),
           gate(f"anonymous memory after {REST_SECONDS} s of rest, highest", max(anonymous),
                IDLE_MIB, "MiB")]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), *sys.argv[2:]))
