#!/usr/bin/env python3
"""What surrounds a command: another program at work, a full output, a state that is not there, a SAP
that cannot be reached, a terminal from which commands are pasted.

usage: surroundings_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import fcntl
import json
import os
import shlex
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hub import SALE, HubTest, Programs, row, run_tests, settlement_text  # noqa: E402

ONE = "20000000001"
CENTS = 8500


class AnotherProgram(HubTest):
    def hold_engine(self, seconds):
        """As a short command does that works here now."""
        held = threading.Event()

        def hold():
            with open(f"{self.state}/engine.lock", "r+b") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                held.set()
                time.sleep(seconds)
        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        return thread

    def test_import_beside_a_short_command_waits_and_posts(self):
        thread = self.hold_engine(3)
        (answer,) = self.ask("import", self.good(ONE))
        thread.join()
        self.assertEqual("posted", answer["settlement"]["state"])
        self.assert_in_sap(_20000000001=CENTS)

    def test_run_beside_a_short_command_waits(self):
        thread = self.hold_engine(2)
        self.assertEqual(4, self.ask("run", "--once")["posted"])
        thread.join()

    def test_two_demos_make_one_state(self):
        state = self.path("fresh")
        command = [Programs.connector, "demo", "--once", "--json", "--markets", "US", "--state",
                   state]
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(2)]
        for one in both:
            out, err = one.communicate(timeout=240)
            self.assertEqual(0, one.returncode, out + err)
            self.assertEqual(4, json.loads(out)["posted"])
        self.assertEqual([], [name for name in os.listdir(self.folder) if "making" in name])


class Output(HubTest):
    def test_full_output_is_an_error(self):
        for words in (("audit", "checkpoint"), ("settlements", "--json"), ("settlements",)):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([Programs.connector, *words, "--state", self.state],
                                      stdout=full, stderr=subprocess.PIPE, text=True, timeout=120,
                                      check=False)
            self.assertEqual(6, done.returncode, words)
            self.assertIn("cli.output_lost", done.stderr)

    def test_printed_commands_work_as_they_are_pasted(self):
        self.ask("import", self.write("bad.tsv", settlement_text(ONE, total="85.01")), code=3)
        shown = self.run_hub("exceptions", code=1).out
        commands = [line.split("$ ", 1)[1] for line in shown.splitlines() if "$ " in line]
        self.assertLessEqual(2, len(commands), shown)  # retry, discard, ...
        commands = commands[:2]
        for command, code in zip(commands, (3, 0)):
            words = shlex.split(command)
            self.assertEqual("ml-connector", words[0])
            self.assertEqual(["--state", self.state], words[-2:])
            self.run_hub(*words[1:], code=code, state=False)
        self.assertEqual([], self.ask("exceptions"))

    def test_suggested_rule_is_complete(self):
        fee = row(SALE, amount_type="ItemFees", amount_description="Brand new fee",
                  amount="-15.00")
        self.ask("import", self.write("new.tsv", settlement_text(ONE, [SALE, fee])), code=1)
        (exception,) = self.ask("exceptions", code=1)
        self.assertIn('cost_center = "by-marketplace"', exception["rule"])
        rules = self.read("rules/us-sample.toml")
        self.overwrite("rules/us-sample.toml",
                       rules + "\n" + exception["rule"].replace("ACCOUNT", "476700"))
        self.ask("retry", ONE)
        self.assert_in_sap(_20000000001=CENTS)

    def test_wrong_file_that_needs_rules_is_discarded(self):
        strange = row(SALE, amount_type="Strange", amount_description="Stranger")
        self.ask("import", self.write("new.tsv", settlement_text(ONE, [strange])), code=1)
        (exception,) = self.ask("exceptions", code=1)
        self.assertIn(f"resolve {ONE} discard", exception["next"])
        self.ask("resolve", ONE, "discard")
        self.assertEqual([], self.ask("exceptions"))
        (total,) = self.ask("settlements")["totals"]
        self.assertEqual("0.00", total["difference"])
        self.assertEqual([{"state": "superseded", "settlements": 1, "amount": "100.00"}],
                         total["not_counted"])
        self.assert_in_sap()


class Places(HubTest):
    def test_database_of_no_bytes_is_refused(self):
        for end in ("", "-wal", "-shm"):
            if os.path.exists(f"{self.state}/hub.sqlite{end}"):
                os.remove(f"{self.state}/hub.sqlite{end}")
        self.overwrite("hub.sqlite", "")
        for words in (("settlements",), ("run", "--once")):
            self.assertEqual("store.database_missing", self.ask(*words, code=3)["error"]["id"])

    def test_mistyped_state_stays_nothing(self):
        nowhere = self.path("nowhere")
        for words in (("run", "--once"), ("import", self.good(ONE)), ("retry", ONE),
                      ("approve", ONE), ("post", ONE, "--revision", "B"), ("reverse", ONE),
                      ("resolve", ONE, "absent")):
            error = self.ask(*words, code=3, state=nowhere)["error"]
            self.assertEqual("store.not_a_state_directory", error["id"])
            self.assertFalse(os.path.exists(nowhere), words)

    def test_sap_that_cannot_be_reached_is_named_and_ends_with_6(self):
        state, socket = self.path("fresh"), self.path("no-such-socket")
        summary = self.ask("demo", "--once", "--markets", "US", "--sap-socket", socket, code=6,
                           state=state)
        self.assertEqual((0, 4), (summary["posted"], summary["waiting"]))
        (usd,) = summary["currencies"]
        self.assertEqual(usd["deposits"], usd["difference"])
        self.assertEqual(usd["deposits"], usd["waiting"])
        exceptions = self.ask("exceptions", code=6, state=state)
        self.assertIn("settlement", [one["kind"] for one in exceptions])
        for exception in exceptions:
            self.assertIn(socket, exception["what"])
            self.assertIn("MLS/100", exception["what"])
            self.assertIsNotNone(exception["due"])

    def test_options_of_a_state_that_exists_are_not_swallowed(self):
        answer = self.run_hub("demo", "--once", "--seed", "7", code=0)
        self.assertIn("--seed", answer.err)

    def test_one_reversed_is_shown_in_the_summary(self):
        first = self.ask("settlements")["settlements"][0]
        self.ask("reverse", first["name"])
        (usd,) = self.ask("run", "--once", code=0)["currencies"]
        self.assertEqual((first["total"], first["total"], 3),
                         (usd["reversed"], usd["difference"], usd["documents"]))


if __name__ == "__main__":
    run_tests(sys.argv)
