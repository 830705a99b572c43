#!/usr/bin/env python3
"""The commands that an operator lives with, on the state of a demo: how it stands, what comes,
asking Amazon, resting.

usage: operator_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hub import (FEE, SALE, HubTest, Programs, row, run_tests,  # noqa: E402
                 settlement_text)

ONE = "20000000001"
TWO = "20000000002"
RULES = "rules/us-sample.toml"


class Operating(HubTest):
    def state_of(self, number):
        return self.ask("show", number, code=None)["state"]

    def wait_for(self, number, state, seconds=30):
        for _ in range(seconds * 5):
            if self.state_of(number) == state:
                return
            time.sleep(0.2)
        self.assertEqual(state, self.state_of(number))

    def test_status_is_one_page(self):
        status = self.ask("status")
        (us,) = status["connections"]
        self.assertEqual("us", us["connection"])
        self.assertEqual(["posted"], [one["state"] for one in us["states"]])
        self.assertEqual(us["answer"]["reports"], us["states"][0]["settlements"])
        self.assertLess(us["answer"]["ended_at"], us["next_poll"])
        self.assertEqual({"getReports", "getReportDocument"},
                         {"getReports", "getReportDocument"}
                         & {one["operation"] for one in us["quotas"]})
        self.assertIsNone(status["engine"])
        text = self.run_hub("status", code=0).out
        self.assertIn("posted", text)
        self.assertIn("asked next", text)

    def test_secret_that_ends_soon_is_told(self):
        self.edit("ml-connector.toml", r"(?m)^# secret_rotated_on =$",
                  "secret_rotated_on = 2020-01-01")
        status = self.ask("status", code=1)
        self.assertEqual("amazon.secret_overdue", status["connections"][0]["renewals"][0]["id"])

    def test_person_who_is_needed_counts_more_than_what_is_put_off(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        around = [(now + datetime.timedelta(hours=hours)).strftime("%H:00") for hours in (-1, 3)]
        self.edit("ml-connector.toml", r"(?m)^schedule_zone = .*", 'schedule_zone = "UTC"')
        self.edit("ml-connector.toml", r"(?m)^quiet_hours = .*",
                  f'quiet_hours = ["{around[0]}-{around[1]}"]')
        self.run_hub("import", self.good(ONE), code=6)
        self.ask("exceptions", code=6)
        self.assertEqual(1, self.ask("status", code=1)["stream_breaks"])

    def test_paused_connection_posts_nothing_and_says_so_everywhere(self):
        paused = self.ask("pause", "us", "--reason", "SAP is upgraded")
        self.assertEqual("SAP is upgraded", paused["connections"][0]["now"]["reason"])
        self.ask("import", self.good(ONE), code=None)
        self.assertEqual("deferred", self.state_of(ONE))
        self.assertEqual(self.before, self.in_sap())
        for command in (["status"], ["settlements"], ["run", "--once"]):
            out = self.run_hub(*command).out
            self.assertIn("SAP is upgraded", out, command)
        rows = self.ask("exceptions", code=1)
        self.assertEqual([["resume us"]] * len(rows), [one["next"] for one in rows])
        self.assertIn(ONE, [name for one in rows for name in one["settlements"]])
        self.assertEqual("flow.connection_paused", self.ask("sync", "us", code=1)["error"]["id"])
        self.assertEqual([], self.ask("plan")["connections"][0]["polls"])

        self.assertLessEqual(1, self.ask("resume", "us")["connections"][0]["asked_again"])
        self.assertEqual("posted", self.state_of(ONE))
        self.assert_in_sap(_20000000001=8500)
        self.ask("audit", "verify")

    def test_running_program_obeys(self):
        running = subprocess.Popen([Programs.connector, "run", "--state", self.state],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if self.ask("status", code=None)["engine"]:
                    break
                time.sleep(0.1)
            self.assertEqual(running.pid, self.ask("status", code=None)["engine"]["process"])
            self.ask("pause", "us", "--reason", "year end")
            self.run_hub("import", self.good(TWO))
            self.wait_for(TWO, "deferred")
            self.assertEqual(self.before, self.in_sap())
            self.ask("resume", "us")
            self.wait_for(TWO, "posted")
        finally:
            running.terminate()
            self.assertEqual(0, running.wait(timeout=60))
        self.assert_in_sap(_20000000002=8500)

    def test_sync_says_what_came_of_it(self):
        answer = self.ask("sync", "us")
        (us,) = answer["connections"]
        self.assertTrue(us["answered"])
        self.assertIn("all known already", us["words"])
        self.assertIn("asked next", self.run_hub("sync", code=0).out)
        self.assertEqual("operations.no_such_connection",
                         self.ask("sync", "uk", code=7)["error"]["id"])

    def test_trail_says_who_asked_amazon(self):
        def asked():
            database = sqlite3.connect(f"{self.state}/hub.sqlite")
            entries = [json.loads(text) for (text,) in database.execute(
                "SELECT content FROM audit_entry ORDER BY id")]
            database.close()
            return [one for one in entries
                    if (one["action"], one["subject"]) == ("asked", "discovery us")]
        before = len(asked())
        for count, words in enumerate((("run", "--once"), ("sync", "us")), 1):
            self.ask(*words)
            self.assertEqual(before + count, len(asked()), words)
            self.assertTrue(asked()[-1]["actor"].startswith("cli:"))
        self.ask("pause", "us", "--reason", "year end")
        self.run_hub("run", "--once")
        self.assertEqual(before + 2, len(asked()))

    def test_plan_names_calls_and_quiet_hours(self):
        self.edit("ml-connector.toml", r"(?m)^schedule = .*", 'schedule = "30 */2 * * *"')
        self.edit("ml-connector.toml", r"(?m)^quiet_hours = .*",
                  'quiet_hours = ["22:00-06:00"]')
        self.ask("sync", "us")
        (us,) = self.ask("plan", "--for", "24 h")["connections"]
        self.assertEqual(12, len(us["polls"]))
        self.assertTrue(us["quiet"])
        (call,) = [one for one in us["calls"] if one["operation"] == "getReports"]
        self.assertEqual(12, call["needed"])
        self.assertIn("nothing is sent to SAP", self.run_hub("plan", code=0).out)
        self.assertEqual("cli.usage", self.ask("plan", "--for", "soon", code=2)["error"]["id"])

    def checks(self, code, *words):
        answer = self.ask("doctor", *words, code=code)
        return {one["name"]: one for one in answer["checks"]}

    def test_doctor_passes_on_a_sound_state(self):
        checks = self.checks(0)
        self.assertEqual({"passed", "skipped"}, {one["result"] for one in checks.values()})
        for name in ("configuration", "rules", "secrets", "proxy", "name resolution", "login",
                     "clock", "marketplaces", "reports", "role for getReports",
                     "role for getReportDocument", "SAP system", "SAP positive control"):
            self.assertEqual("passed", checks[name]["result"], checks[name])
        self.assertIn("passed", self.run_hub("doctor", "us", code=0).out)

    def test_doctor_names_the_cure_and_who_applies_it(self):
        self.edit("ml-connector.toml", r"(?m)^currencies = .*", 'currencies = ["JPY"]')
        failed = self.checks(1)["marketplaces"]
        self.assertEqual("daemon.no_marketplace", failed["error"]["id"])
        self.assertIn("ml-connector.toml", failed["who"])
        os.remove(f"{self.state}/keys/amazon-refresh-token-na")
        self.assertEqual("failed", self.checks(3)["secrets"]["result"])
        self.edit("ml-connector.toml", r"(?m)^region = .*", 'region = "xx"')
        failed = self.checks(3)["configuration"]
        self.assertEqual("failed", failed["result"])
        self.assertIn("line", failed["error"]["facts"])

    def test_doctor_of_an_address_that_nobody_answers(self):
        self.edit("ml-connector.toml", r"(?m)^endpoint = .*", 'endpoint = "http://127.0.0.1:1"')
        self.edit("ml-connector.toml", r"(?m)^login_endpoint = .*",
                  'login_endpoint = "http://127.0.0.1:1/auth/o2/token"')
        checks = self.checks(6)
        self.assertEqual("net.connect_failed", checks["TLS"]["error"]["id"])
        self.assertEqual("failed", checks["login"]["result"])
        self.assertEqual("skipped", checks["roles and reports"]["result"])

    def test_schedule_that_is_none_is_refused_with_its_place(self):
        self.edit("ml-connector.toml", r"(?m)^schedule = .*", 'schedule = "61 * * * *"')
        error = self.ask("run", "--once", code=3)["error"]
        self.assertEqual("configuration.bad_value", error["id"])
        self.assertIn("minute is 0 to 59", error["text"])
        self.assertIn("line", error["facts"])


    def test_suggested_rule_can_be_pasted(self):
        fee = row(FEE, amount_description="FBA Brand New Fulfillment Fee", amount="-3.00")
        file = self.write("new.tsv", settlement_text(ONE, [SALE, fee]))
        self.run_hub("import", file, code=1)
        (wanted,) = self.ask("exceptions", code=1)
        self.assertTrue(wanted["nearest_rule"])
        self.assertIn("amount_type", wanted["shared"])
        self.assertIn("# A suggestion, not in use", wanted["rule"])
        self.overwrite(RULES, self.read(RULES) + "\n" + wanted["rule"])
        self.assertEqual([], self.ask("rules", "check")["problems"])
        self.ask("retry", ONE)
        self.assertEqual("posted", self.state_of(ONE))
        self.assert_in_sap(_20000000001=9700)


class Beginning(HubTest):
    """`init`, against the Amazon simulator as a program of its own."""

    def setUp(self):
        super().setUp()
        self.new = f"{self.folder}/new"
        program = os.path.join(os.path.dirname(Programs.connector), "amazon-simulator")
        self.amazon = subprocess.Popen([program, "--settlements", "2"], stdout=subprocess.PIPE,
                                       text=True)
        self.told = {}
        while "seller" not in self.told:
            line = self.amazon.stdout.readline()
            self.assertTrue(line, "the simulator ended")
            self.told[line[:15].strip()] = line[15:].split(" (")[0].strip()
        self.answers = self.write("answers.toml", "".join(
            f'{key} = "{value}"\n' for key, value in {
                "selling_account": self.told["seller"],
                "client_id": self.told["client id"],
                "client_secret": "file:" + self.write("secret", self.told["client secret"]),
                "refresh_token": "env:REFRESH",
                "endpoint": self.told["address"] + "/na",
                "login_endpoint": self.told["address"] + "/auth/o2/token",
                "post": "auto",
                "cutover": "2020-01-01",
            }.items()).replace('"2020-01-01"', "2020-01-01"))
        self.with_token = {**os.environ, "REFRESH": self.told["refresh token"]}

    def tearDown(self):
        self.amazon.terminate()
        self.amazon.wait(timeout=60)
        self.amazon.stdout.close()
        super().tearDown()

    def init(self, *words, code=0, **how):
        return self.run_hub("init", "--json", *words, code=code, state=self.new, **how)

    def test_answers_make_a_state_that_passes_doctor_and_posts(self):
        self.init("--answers", self.answers, "--set", "schedule=30 * * * *")
        for folder in (self.new, f"{self.new}/keys"):
            self.assertEqual(0, os.stat(folder).st_mode & 0o077, folder)
        with open(f"{self.new}/ml-connector.toml", encoding="utf-8") as file:
            self.assertIn('schedule = "30 * * * *"', file.read())
        checks = self.ask("doctor", state=self.new, env=self.with_token)["checks"]
        self.assertEqual([], [one for one in checks if one["result"] == "failed"])
        done = self.ask("run", "--once", state=self.new, env=self.with_token)
        self.assertEqual((2, 2), (done["settlements"], done["posted"]))
        self.assertEqual("daemon.state_in_use",
                         self.init("--answers", self.answers, code=4).error["id"])

    def test_what_cannot_be_used_is_refused_and_leaves_nothing(self):
        def refused(code, *words):
            answer = self.init("--answers", self.answers, *words, code=code,
                               stdin=subprocess.DEVNULL)
            self.assertFalse(os.path.exists(self.new), words)
            self.assertEqual([], [name for name in os.listdir(self.folder) if "making" in name])
            return answer.error["id"]
        self.assertEqual("cli.secret_given", refused(2, "--set", "client_secret=x"))
        self.assertEqual("cli.unknown_answer", refused(2, "--set", "regon=eu"))
        self.assertEqual("cli.answer_missing", refused(2, "--set", "selling_account="))
        self.assertEqual("configuration.bad_value", refused(3, "--set", "region=xx"))
        self.assertEqual("configuration.bad_value", refused(3, "--set", "cutover=soon"))
        self.assertEqual("store.file_failed", refused(6, "--set", "rules=none.toml"))

    def test_empty_folder_is_filled_where_nothing_may_be_made_beside_it(self):
        self.new = self.path("outer/new")
        os.makedirs(self.new)
        how = self.as_somebody_else(self.new)
        os.chmod(self.path("outer"), 0o555)
        error = self.init("--answers", self.answers, "--set", "rules=none.toml", code=6, **how).error
        self.assertEqual(("store.file_failed", []), (error["id"], os.listdir(self.new)))
        self.init("--answers", self.answers, **how)
        os.chmod(self.path("outer"), 0o755)
        self.assertNotIn("making", " ".join(os.listdir(self.new)))
        self.assertEqual(2, self.ask("run", "--once", state=self.new, env=self.with_token,
                                     **how)["posted"])

    def test_person_is_asked_and_secrets_are_not_shown(self):
        read, write = os.openpty()
        typed = ["", "", self.told["seller"], "", "", "", "2020-01-01", "auto",
                 self.told["client id"], self.told["client secret"], self.told["refresh token"]]
        asked = subprocess.Popen(
            [Programs.connector, "init", "--state", self.new,
             "--set", "endpoint=" + self.told["address"] + "/na",
             "login_endpoint=" + self.told["address"] + "/auth/o2/token"],
            stdin=write, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        os.write(read, "".join(line + "\n" for line in typed + [""] * 10).encode())
        out, err = asked.communicate(timeout=60)
        os.close(write)
        os.close(read)
        self.assertEqual(0, asked.returncode, err)
        self.assertIn("Merchant token", err)
        self.assertNotIn(self.told["refresh token"], out + err)
        with open(f"{self.new}/keys/amazon-refresh-token", encoding="utf-8") as file:
            self.assertEqual(self.told["refresh token"], file.read().strip())
        self.ask("doctor", state=self.new)


if __name__ == "__main__":
    run_tests(sys.argv)
