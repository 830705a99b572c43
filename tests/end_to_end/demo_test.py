#!/usr/bin/env python3
"""The demo: a night of three regions with two company codes, and the morning after it.

usage: demo_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import books  # noqa: E402
from hub import HubTest, Programs, run_tests  # noqa: E402

RECEIVABLES = {"1000": "0000140100", "2000": "0000140110"}
PLACES = {("1000", "USD"): 4, ("1000", "CAD"): 4, ("2000", "EUR"): 6, ("2000", "GBP"): 3,
          ("1000", "JPY"): 2}
SETTLEMENTS = sum(PLACES.values())


def receivables(folder):
    """{(company code, currency): (documents, smallest units on the receivable)}, by SAP's books."""
    database = sqlite3.connect(f"{folder}/books.sqlite", timeout=10)
    found = {}
    for company, account in RECEIVABLES.items():
        for currency, count, units in database.execute(
                "SELECT WAERS, COUNT(DISTINCT BELNR), SUM(CASE SHKZG WHEN 'S' THEN WRBTR ELSE"
                " -WRBTR END) FROM BKPF JOIN BSEG USING (MANDT, BUKRS, BELNR, GJAHR)"
                " WHERE BUKRS = ? AND HKONT = ? AND XBLNR GLOB '[0-9]*-*' GROUP BY WAERS",
                (company, account)):
            found[(company, currency)] = (count, int(units))
    database.close()
    return found


class WholeNight(HubTest):
    """Three regions, made once for all tests that do not change it."""

    made = None

    @classmethod
    def setUpClass(cls):
        cls.made = f"{Programs.folder}/whole"
        done = subprocess.run([Programs.connector, "demo", "--once", "--state", cls.made],
                              capture_output=True, text=True, timeout=120, check=False)
        cls.said = done.stdout
        assert done.returncode == 0, done.stdout + done.stderr

    def test_every_currency_agrees_with_sap_to_its_smallest_unit(self):
        summary = self.ask("run", "--once", state=self.made)
        self.assertEqual((SETTLEMENTS, SETTLEMENTS, 0), tuple(
            summary[key] for key in ("settlements", "posted", "waiting")))
        totals = {one["currency"]: one for one in summary["currencies"]}
        self.assertEqual({currency for _, currency in PLACES}, set(totals))
        for one in totals.values():
            self.assertRegex(one["difference"], r"^0(\.00)?$")
        for (company, currency), held in receivables(f"{self.made}/sap-simulator").items():
            deposits = int(totals[currency]["deposits"].replace(".", ""))
            self.assertEqual((PLACES[(company, currency)], deposits), held, currency)

    def test_what_it_says_is_one_row_for_each_currency(self):
        table = self.said[self.said.rindex("currency  settlements"):].splitlines()
        rows = [line.split() for line in table[1:1 + len(PLACES)]]
        self.assertEqual({currency for _, currency in PLACES}, {row[0] for row in rows})
        for row in rows:
            self.assertIn(row[-1], ("0.00", "0"))

    def test_the_person_of_the_morning_is_in_the_audit_trail(self):
        database = sqlite3.connect(f"{self.made}/hub.sqlite")
        done = [text for (text,) in database.execute("SELECT content FROM audit_entry")
                if '"asked","actor":"cli:demo-accountant"' in text]
        database.close()
        for verb, times in (("approve", PLACES[("1000", "JPY")]), ("retry", 1)):
            self.assertEqual(times, sum(f'"{verb}"' in text for text in done), verb)
        approved = self.ask("settlements", "--connection", "jp", state=self.made)["settlements"]
        for one in approved:
            shown = self.ask("show", one["name"], state=self.made)
            self.assertEqual("cli:demo-accountant", shown["approved_by"])
        self.assertTrue(self.ask("audit", "verify", state=self.made)["agrees"])

    def test_again_changes_nothing(self):
        held = books.documents(f"{self.made}/sap-simulator")
        self.run_hub("demo", "--once", code=0, state=self.made)
        summary = self.ask("demo", "--once", state=self.made)
        self.assertEqual(SETTLEMENTS, summary["posted"])
        self.assertEqual(held, books.documents(f"{self.made}/sap-simulator"))


class Morning(HubTest):
    def test_left_to_a_person_the_commands_that_the_demo_types_cure_it(self):
        whole = subprocess.run([Programs.connector, "demo", "--once", "--state", self.path("one")],
                               capture_output=True, text=True, timeout=120, check=True).stdout
        state = self.path("two")
        self.ask("demo", "--once", "--night-only", code=1, state=state)
        (exception,) = self.ask("exceptions", code=1, state=state)
        self.assertEqual(("no rule", "EUR", 3),
                         tuple(exception[key] for key in ("cause", "currency", "rows")))
        waiting = self.ask("settlements", "--status", "awaiting_approval", state=state)
        self.assertEqual(PLACES[("1000", "JPY")], len(waiting["settlements"]))
        typed = re.findall(r"^\$ (.*)$", whole.replace(self.path("one"), state), re.M)
        self.assertIn("approve", " ".join(typed))
        for command in typed:
            if command.startswith("cat >> "):
                rule = re.search(r"<<'END'\n(.*?)^END$", whole, re.M | re.S).group(1)
                with open(shlex.split(command)[2], "a", encoding="utf-8") as file:
                    file.write(rule)
                continue
            words = shlex.split(command)[1:]
            self.run_hub(*words, code=1 if words[0] == "exceptions" else 0, state=False)
        summary = self.ask("run", "--once", state=state)
        self.assertEqual((SETTLEMENTS, 0), (summary["posted"], summary["waiting"]))

    def test_markets_that_cannot_be_played_make_nothing(self):
        state = self.path("other")
        for names in ("XX", "US,XX", "us"):
            error = self.ask("demo", "--once", "--markets", names, code=2, state=state)["error"]
            self.assertEqual("daemon.unknown_market", error["id"])
            self.assertFalse(os.path.exists(state))


class EveryStore(HubTest):
    def test_all_markets_with_all_kinds_of_rows_are_posted_to_the_smallest_unit(self):
        markets = "US,CA,MX,BR,DE,FR,UK,IT,ES,NL,SE,PL,TR,AE,IN,JP,AU,SG"
        summary = self.ask("demo", "--once", "--everything", "--markets", markets,
                           state=self.path("all"))
        self.assertEqual(14, len(summary["currencies"]))
        self.assertEqual((summary["settlements"], 0), (summary["posted"], summary["waiting"]))
        for one in summary["currencies"]:
            self.assertRegex(one["difference"], r"^0(\.00)?$", one["currency"])
        covered = self.ask("rules", "coverage", "--settlements", "all", state=self.path("all"))
        for total in covered["totals"]:
            self.assertEqual(total["rows"], total["mapped_rows"], total)


    def test_standard_and_invoiced_settlements_are_two_streams_without_overlap_or_gap(self):
        state = self.path("invoiced")
        self.ask("demo", "--once", "--markets", "US,US-invoiced", state=state)
        streams = self.ask("streams", state=state)
        self.assertEqual(2, len(streams))
        for stream in streams:
            self.assertEqual(["first", "follows", "follows", "follows"],
                             [one["continuity"] for one in stream["settlements"]])


class Folders(HubTest):
    def test_demo_leaves_other_folders_alone(self):
        os.mkdir(self.path("other"))
        self.write("other/thesis.txt", "years of work")
        error = self.ask("demo", "--once", code=4, state=self.path("other"))["error"]
        self.assertEqual("daemon.demo_directory_in_use", error["id"])
        self.assertEqual(["thesis.txt"], os.listdir(self.path("other")))

    def test_demo_in_an_empty_folder_beside_which_nothing_may_be_made(self):
        state = self.path("outer/state")
        os.makedirs(state)
        how = self.as_somebody_else(state)
        os.chmod(self.path("outer"), 0o555)
        error = self.ask("demo", "--once", "--markets", "XX", code=2, state=state, **how)["error"]
        self.assertEqual(("daemon.unknown_market", []), (error["id"], os.listdir(state)))
        summary = self.ask("demo", "--once", "--markets", "US", state=state, **how)
        os.chmod(self.path("outer"), 0o755)
        self.assertEqual(4, summary["posted"])

    def test_demo_that_cannot_be_made_leaves_no_keys(self):
        os.mkdir(self.path("outer"))
        how = self.as_somebody_else()
        os.chmod(self.path("outer"), 0o555)
        error = self.ask("demo", "--once", code=6, state=self.path("outer/state"), **how)["error"]
        self.assertEqual("store.file_failed", error["id"])
        self.assertEqual([], os.listdir(self.path("outer")))
        os.chmod(self.path("outer"), 0o755)
        self.ask("demo", "--once", "--markets", "US", state=self.path("outer/state"))


if __name__ == "__main__":
    run_tests(sys.argv)
