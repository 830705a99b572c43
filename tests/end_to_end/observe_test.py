#!/usr/bin/env python3
"""What a running hub tells machines: it answers on the address that the configuration names, and
writes its log as lines of JSON.

usage: observe_test.py ML_CONNECTOR SAP_SIMULATOR AMAZON_SIMULATOR [TEST...]
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from amazon import Amazon, begin_anew, connect, order  # noqa: E402
from hub import SALE, HubTest, Programs, row, run_tests, settlement_text  # noqa: E402

CONFIGURATION = "ml-connector.toml"


class Running:
    """`run` in the background, with its log as it was written."""

    def __init__(self, state):
        self.state = state
        with open(f"{state}.out", "wb") as out, open(f"{state}.log", "wb") as log:
            self.process = subprocess.Popen([Programs.connector, "run", "--state", state],
                                            stdout=out, stderr=log)

    def written(self, name):
        with open(f"{self.state}.{name}", encoding="utf-8") as file:
            return file.read()

    def lines(self):
        """The log's, each written to its end."""
        return self.written("log").splitlines(keepends=True)

    def events(self, kind):
        whole = [line for line in self.lines() if line.endswith("\n")]
        return [one for one in map(json.loads, whole) if one["event"] == kind]

    def wait_for(self, found):
        """What `found()` gives, once it gives something."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.lines()
            answer = found()
            if answer:
                return answer
            time.sleep(0.1)
        raise AssertionError(self.lines())

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)

    def stop(self):
        """Standard output and the log."""
        self.end()
        return self.written("out"), self.lines()


def get(address):
    """Status and text."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def metrics(text):
    """{name with labels: value}"""
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


class ObserveTest(HubTest):

    def listen(self, log="json", listen="127.0.0.1:0"):
        self.edit(CONFIGURATION, r"(?m)^listen = .*", f'listen = "{listen}"')
        self.edit(CONFIGURATION, r"(?m)^log = .*", f'log = "{log}"')

    def setUp(self):
        super().setUp()
        self.running = []

    def tearDown(self):
        for running in self.running:
            running.end()
        super().tearDown()

    def start(self):
        self.running.append(Running(self.state))
        return self.running[-1]

    def address_of(self, running):
        (event,) = running.wait_for(lambda: running.events("observe.listening"))
        return event["address"]


class Observe(ObserveTest):
    program = ""  # the simulated Amazon

    def test_answers_of_a_quiet_hub(self):
        self.listen()
        running = self.start()
        address = self.address_of(running)
        self.assertRegex(address, r"^http://127\.0\.0\.1:\d+$")
        self.assertEqual((200, "healthy\n"), get(address + "/healthz"))
        self.assertEqual((200, "ready\n"), get(address + "/readyz"))
        self.assertEqual(404, get(address + "/")[0])
        found = metrics(get(address + "/metrics")[1])
        self.assertEqual("4", found['mlc_settlements{connection="us",state="posted"}'])
        self.assertEqual(("0.00", "0", "0"),
                         (found['mlc_amount_difference{currency="USD"}'], found["mlc_in_doubt"],
                          found["mlc_needs_person"]))
        age = time.time() - int(found['mlc_last_poll_time_seconds{connection="us"}'])
        self.assertLess(age, 600)
        out, lines = running.stop()
        self.assertEqual(0, running.process.returncode)
        self.assertEqual(["hub.started", "observe.listening", "hub.stopped"],
                         [event["event"] for event in map(json.loads, lines)
                          if not event["event"].startswith("work.")])
        self.assertIn("difference             0.00", out)  # the answer at its end

    def test_night_is_told_in_events_without_secrets(self):
        self.listen()
        amazon = Amazon(self.program, "--seed", "77", folder=self.folder, settlements=2,
                        faults=[order("getReports", "clock", minutes=20)])
        self.addCleanup(amazon.stop)
        begin_anew(self)
        connect(self, amazon)
        running = self.start()
        address = self.address_of(running)
        posted = running.wait_for(lambda: [one for one in running.events("work.moved")
                                           if one["to"] == "posted"][1:])
        self.assertIn("settlement", posted[0]["kind"])
        found = running.wait_for(lambda: re.search(
            r'mlc_amazon_calls_total\{connection="us",operation="getReportDocument",'
            r'end="answered"\} 2', get(address + "/metrics")[1]))
        self.assertTrue(found)
        (notice,) = running.events("amazon.notice")
        self.assertEqual(("amazon.clock_differs", "warning"),
                         (notice["error"], notice["severity"]))
        _, lines = running.stop()
        for name in ("amazon-client-secret", "amazon-refresh-token-na", "sap-password"):
            secret = self.read(f"keys/{name}").strip()
            self.assertNotIn(secret, "\n".join(lines))
        self.assertNotIn("Atza|", "\n".join(lines))
        for event in map(json.loads, lines):
            self.assertTrue(all(isinstance(value, str) for value in event.values()), event)

    def test_what_waits_for_a_person_is_seen_from_outside(self):
        strange = row(SALE, amount_type="Strange", amount_description="Stranger")
        self.ask("import", self.write("new.tsv", settlement_text("20000000001", [strange])), code=1)
        self.listen()
        running = self.start()
        found = metrics(get(self.address_of(running) + "/metrics")[1])
        self.assertEqual(("1", "100.00"), (found["mlc_needs_person"],
                                           found['mlc_amount_difference{currency="USD"}']))

    def test_refusal_by_amazon_is_an_event_with_its_cure(self):
        self.listen()
        amazon = Amazon(self.program, "--seed", "77", folder=self.folder,
                        faults=[order("login", "invalid_grant", 0)])
        self.addCleanup(amazon.stop)
        begin_anew(self)
        connect(self, amazon)
        running = self.start()
        address = self.address_of(running)
        waits = running.wait_for(lambda: running.events("work.waits"))[0]
        self.assertEqual(("discovery", "us", "refused", "amazon.invalid_grant", "no"),
                         tuple(waits[name] for name in
                               ("kind", "subject", "to", "error", "written")))
        self.assertIn("enter the new refresh token", waits["cure"])
        running.wait_for(lambda: 'mlc_poll_refused{connection="us"} 1\n' in
                         get(address + "/metrics")[1])

    def test_people_are_told_in_sentences(self):
        self.listen(log="text")
        running = self.start()
        running.wait_for(running.lines)
        self.assertRegex("\n".join(running.lines()), r"^Answers http://127\.0\.0\.1:\d+/healthz")

    def test_port_that_is_taken_is_named(self):
        self.listen()
        first = self.start()
        port = self.address_of(first).rsplit(":", 1)[1]
        first_state, self.state = self.state, self.path("second")
        subprocess.run(["cp", "-r", Programs.demo, self.state], check=True)
        self.listen(listen=f"127.0.0.1:{port}")
        refused = self.ask("run", code=6)["error"]
        self.assertEqual("net.listen_failed", refused["id"])
        self.assertIn("Choose another port", refused["cure"])
        self.state = first_state


if __name__ == "__main__":
    Observe.program = os.path.abspath(sys.argv.pop(3))
    run_tests(sys.argv)
