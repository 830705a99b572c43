#!/usr/bin/env python3
"""Bad files, rules, configurations, disks and SAP masters: each is refused by its name, with place,
found, expected and cure; nothing of it reaches SAP's books, everything else goes on, and after the
cure it is posted exactly once.

usage: bad_input_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import os
import re
import resource
import shutil
import signal
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import books  # noqa: E402
from hub import COLUMNS, FEE, SALE, HubTest, row, run_tests, settlement_text  # noqa: E402

BAD, GOOD = "20000000001", "20000000002"
RULES = "rules/us-sample.toml"
CONFIGURATION = "ml-connector.toml"
CENTS = 8500  # of a settlement that nothing else is said about


class BadFiles(HubTest):
    def refuse(self, content, error, code=3, **facts):
        """Imported together with a good file; only the good one is posted."""
        answers = self.ask("import", self.write("bad.tsv", content), self.good(GOOD), code=code)
        bad, good = (answer["settlement"] for answer in answers)
        self.assertEqual("posted", good["state"])
        self.assertEqual("rejected", bad["state"])
        self.assertEqual((error, "no"), (bad["error"]["id"], bad["error"]["written"]))
        self.assertTrue(bad["error"]["cure"])
        found = {name: bad["error"]["facts"].get(name) for name in facts}
        self.assertEqual(facts, found)
        for value in facts.values():
            self.assertIn(value, bad["error"]["text"])
        self.assert_in_sap(_20000000002=CENTS)
        self.assert_listed(bad, error)
        return bad

    def assert_listed(self, bad, error):
        rows = [one for one in self.ask("exceptions", code=1) if one["error"] == error]
        self.assertEqual([[bad["name"]]], [one["settlements"] for one in rows])
        self.assertIn(f"resolve {bad['name']} discard", rows[0]["next"])

    def cure(self, bad, cents=CENTS):
        """The whole file is imported, the bad one put aside: posted once, nothing is left."""
        self.ask("resolve", bad["name"], "discard")
        self.ask("import", self.write("whole.tsv", settlement_text(BAD)))
        self.assert_in_sap(_20000000001=cents, _20000000002=CENTS)
        self.assertEqual([], self.ask("exceptions"))

    def test_sum_off_by_one_cent(self):
        bad = self.refuse(settlement_text(BAD, total="85.01"), "settlement_report.sum_differs",
                          file="bad.tsv", line="2", column="total-amount", found="85.00",
                          expected="85.01", difference="-0.01", currency="USD")
        self.ask("retry", bad["name"], code=3)
        self.cure(bad)

    def test_no_summary_row(self):
        bad = self.refuse(settlement_text(BAD, summaries=0), "settlement_report.no_summary_row",
                          file="bad.tsv", rows="2")
        self.cure(bad)

    def test_two_summary_rows(self):
        bad = self.refuse(settlement_text(BAD, summaries=2), "settlement_report.two_summary_rows",
                          file="bad.tsv", line="3", first="2")
        self.cure(bad)

    def test_unparsable_amount(self):
        text = settlement_text(BAD, [SALE, row(FEE, amount="-15.0O")], total="85.00")
        bad = self.refuse(text, "settlement_report.bad_amount", line="4", column="amount",
                          column_number="15", found="-15.0O")
        self.cure(bad)

    def test_decimal_comma_among_decimal_points(self):
        text = settlement_text(BAD, [SALE, row(FEE, amount="-15,00")], total="85.00")
        bad = self.refuse(text, "settlement_report.mixed_formats", line="4", column="amount",
                          found="-15,00", first_line="2", first_column="total-amount",
                          first_found="85.00")
        self.cure(bad)

    def test_unparsable_date(self):
        text = settlement_text(BAD, [SALE, row(FEE, posted_date_time="17.06.26 8:14")])
        bad = self.refuse(text, "settlement_report.unknown_date", line="4",
                          column="posted-date-time", found="17.06.26 8:14")
        self.cure(bad)

    def test_id_that_is_not_numeric(self):
        bad = self.refuse(settlement_text("AB-1"), "ledger.settlement_id_not_numeric", code=4,
                          found="AB-1", expected="digits only")
        self.cure(bad)

    def test_amazon_sample_with_one_cent_changed(self):
        sample = "../shared/data/settlements/us-sample-cc-by-4.0.tsv"
        if not os.path.exists(sample):
            self.skipTest(f"{sample} is not there")
        with open(sample, encoding="utf-8") as file:
            text = file.read()
        whole = self.ask("import", "--dry-run", sample, state=False)[0]
        self.assertEqual((True, "582.89", "0.00"),
                         (whole["ties"], whole["total"], whole["difference"]))
        changed = self.write("changed.tsv", text.replace("\t129.99\t", "\t129.98\t", 1))
        refused = self.ask("import", "--dry-run", changed, code=3, state=False)[0]
        self.assertEqual((False, "582.88", "-0.01"),
                         (refused["ties"], refused["sum"], refused["difference"]))
        self.assertEqual(["settlement_report.sum_differs"],
                         [error["id"] for error in refused["errors"]])


class CutFiles(HubTest):
    def test_cut_at_every_byte_never_ties(self):
        whole = settlement_text(BAD).encode()
        names = [self.write(f"{size:04}.tsv", whole[:size]) for size in range(len(whole))]
        files = self.ask("import", "--dry-run", *names, code=3, state=False)
        self.assertEqual(len(whole), len(files))
        for file in files:
            self.assertFalse(file["ties"], file["file"])
            self.assertTrue(file["errors"][0]["id"].startswith("settlement_report."), file)

    def test_cut_files_post_nothing_and_the_whole_one_does(self):
        whole = settlement_text(BAD).encode()
        last_line = whole.rstrip().rindex(b"\n") + 1
        cuts = {"no_line_end": (len(whole) - 1, "cut_off"),
                "in_a_cell": (whole.index(b"-15.00") + 4, "cut_off"),
                "in_a_date": (whole.rindex(b"2026") + 3, "cut_off"),
                "in_the_summary_row": (whole.index(b"USD") + 2, "cut_off"),
                "before_the_last_row": (last_line, "sum_differs"),
                "in_the_header": (100, "cut_off"),
                "after_the_header": (whole.index(b"\n") + 1, "no_summary_row")}
        names = [self.write(f"{name}.tsv", whole[:size]) for name, (size, _) in cuts.items()]
        answers = self.ask("import", *names, self.good(GOOD), code=3)
        for answer, (size, error) in zip(answers, cuts.values()):
            settlement = answer["settlement"]
            self.assertEqual("rejected", settlement["state"])
            self.assertEqual("settlement_report." + error, settlement["error"]["id"])
            self.assertEqual(size, answer["size"])
        self.assert_in_sap(_20000000002=CENTS)
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS)

    def test_empty_file(self):
        answers = self.ask("import", self.write("empty.tsv", ""), self.good(GOOD), code=3)
        self.assertEqual("operations.empty_file", answers[0]["error"]["id"])
        self.assert_in_sap(_20000000002=CENTS)

    def test_file_that_is_not_there(self):
        answers = self.ask("import", self.path("nowhere.tsv"), self.good(GOOD), code=7)
        self.assertEqual("cli.unreadable_file", answers[0]["error"]["id"])
        self.assertIn("nowhere.tsv", answers[0]["error"]["text"])
        self.assert_in_sap(_20000000002=CENTS)


class UnknownThings(HubTest):
    def test_unknown_column_is_accepted_and_reported(self):
        name = self.write("wide.tsv", settlement_text(BAD, [row(SALE, fee_code="x"), FEE],
                                                      columns=COLUMNS + ["fee-code"]))
        dry = self.ask("import", "--dry-run", name, state=False)[0]
        self.assertEqual((["fee-code"], True), (dry["unknown_columns"], dry["ties"]))
        self.ask("import", name)
        self.assertEqual(["fee-code"], self.ask("show", BAD)["evidence"]["unknown_columns"])
        self.assertIn("fee-code", self.run_hub("show", BAD, code=0).out)
        self.assert_in_sap(_20000000001=CENTS)

    def test_settlement_in_a_currency_of_no_connection(self):
        text = settlement_text(BAD).replace("\tUSD\t", "\tCAD\t")
        answers = self.ask("import", self.write("ca.tsv", text), self.good(GOOD), code=4)
        waiting = answers[0]["settlement"]
        self.assertEqual(("rejected", "flow.other_currency"),
                         (waiting["state"], waiting["error"]["id"]))
        self.assertIn("CAD", waiting["error"]["text"])
        self.assert_in_sap(_20000000002=CENTS)

    def test_unknown_type_waits_for_a_rule(self):
        odd = row(FEE, transaction_type="Order", amount_type='New "fees"',
                  amount_description="Moon Shipping", amount="-7.50")
        name = self.write("odd.tsv", settlement_text(BAD, [SALE, FEE, odd, odd]))
        answers = self.ask("import", name, self.good(GOOD), code=1)
        waiting = answers[0]["settlement"]
        self.assertEqual(("needs_rules", "flow.needs_rules"),
                         (waiting["state"], waiting["error"]["id"]))
        self.assert_in_sap(_20000000002=CENTS)
        (exception,) = self.ask("exceptions", code=1)
        self.assertEqual((2, "-15.00", "USD", [BAD], [f"retry {BAD}", f"resolve {BAD} discard"]),
                         tuple(exception[key] for key in
                               ("rows", "amount", "currency", "settlements", "next")))
        self.assertIn("Moon Shipping", exception["what"])
        shown = self.run_hub("exceptions", code=1).out
        for text in ("-15.00 USD", "2 rows", "[[rule]]", f"ml-connector retry {BAD}"):
            self.assertIn(text, shown)
        self.ask("retry", BAD, code=1)
        rule = re.sub('(?m)^account = .*', 'account = "other_fees"\ncost_center = "1000"',
                      exception["rule"])
        self.assertNotEqual(exception["rule"], rule)
        self.overwrite(RULES, self.read(RULES) + "\n" + rule)
        self.ask("retry", BAD)
        self.assert_in_sap(_20000000001=7000, _20000000002=CENTS)
        self.assertEqual([], self.ask("exceptions"))
        trace = self.ask("trace", BAD, "5")
        self.assertEqual(("0000476900", "15.00"),
                         (trace["line"]["account"], trace["line"]["amount"]))


class BrokenSettings(HubTest):
    """Commands that only look show what was stored; commands that move work are refused."""

    def looking(self):
        settlement = max(self.before)
        document = self.ask("show", settlement)["documents"][0]
        return (("settlements",), ("show", settlement), ("exceptions",),
                ("explain", document["key"], "1"), ("explain", document["number"]),
                ("trace", settlement, "5"), ("preview", settlement, "--no-sap"),
                ("audit", "verify"), ("audit", "checkpoint"))

    def plain(self, value):
        """Without what grows with every look, and how rules stand that cannot be read."""
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        if not isinstance(value, dict):
            return value
        grows = ("warnings", "why", "rule_today", "checkpoint", "checkpoints", "root", "entries",
                 "pending")
        return {key: self.plain(one) for key, one in value.items() if key not in grows}

    def break_and_look(self, change, error, *parts):
        """`change` breaks the settings. The same is shown as before, with a warning."""
        commands = self.looking()
        whole = [self.plain(self.ask(*words)) for words in commands]
        change()
        for words, before in zip(commands, whole):
            answer = self.run_hub(*words, "--json", code=0)
            self.assertEqual(before, self.plain(answer.json), words)
            self.assert_warned(answer, error, parts)
        self.assert_warned(self.run_hub("preview", max(self.before), "--json", code=1),
                           error, parts)
        self.assertIn("SAP was not asked", self.run_hub("preview", max(self.before), code=1).out)
        kept = self.path("kept")
        self.assert_warned(self.run_hub("backup", kept, "--json", code=0), error, parts)
        for name in ("hub.sqlite", CONFIGURATION, RULES):
            self.assertTrue(os.path.exists(f"{kept}/{name}"), name)
        self.refused(error, *parts)

    def assert_warned(self, answer, error, parts):
        lines = answer.err.splitlines()
        self.assertEqual(1, len(lines), answer.err)
        self.assertTrue(lines[0].startswith(f"warning: {error}: "), lines[0])
        for part in parts:
            self.assertIn(part, lines[0])
        if isinstance(answer.json, dict):
            self.assertEqual([error], [one["id"] for one in answer.json["warnings"]])

    def refused(self, error, *parts):
        settlement = max(self.before)
        for words in (("import", self.good(BAD)), ("run", "--once"), ("retry", settlement),
                      ("reverse", settlement), ("approve", settlement),
                      ("post", settlement, "--revision", "B"), ("resolve", settlement, "accept"),
                      ("resolve", "--lift-stop", "1000")):
            refused = self.ask(*words, code=3)["error"]
            self.assertEqual(error, refused["id"])
            for part in parts:
                self.assertIn(part, refused["text"])
            self.assertIn(error, self.run_hub(*words, code=3).err)
        self.assert_in_sap()
        return refused


class Rules(BrokenSettings):
    def refuse(self, text, error, near=()):
        """With these rules every command says why it does not go on; then they are put back."""
        old = self.read(RULES)
        self.break_and_look(lambda: self.overwrite(RULES, text), error, RULES, *near)
        self.overwrite(RULES, old)
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)

    def line_of(self, text, part):
        return text[:text.index(part)].count("\n") + 1

    def test_typo_in_a_key(self):
        text = self.read(RULES).replace('amount_type = "ItemPrice"', 'amount_tipe = "ItemPrice"', 1)
        line = self.line_of(text, "amount_tipe")
        self.refuse(text, "configuration.unknown_key",
                    (f"line {line}, column 1", "'amount_tipe'", "'amount_type'"))

    def test_typo_in_toml(self):
        text = self.read(RULES).replace('nature = "sale"', 'nature = "sale', 1)
        line = self.line_of(text, 'nature = "sale\n')
        self.refuse(text, "configuration.bad_toml", (f"line {line}, column",))

    def test_typo_in_a_value(self):
        text = self.read(RULES).replace('account = "revenue"', 'account = "revenu"', 1)
        line = self.line_of(text, '"revenu"')
        self.refuse(text, "configuration.bad_value", (f"line {line}", '"revenu"', '"revenue"'))

    def test_two_rules_of_equal_rank(self):
        old = self.read(RULES)
        text = old + ('\n[[rule]]\nid = "again"\namount_description = "principal"\n'
                      'amount_type = "ItemPrice"\ntransaction_type = "Order"\n'
                      'account = "other_revenue"\n')
        first = self.line_of(text, 'id = "sale-principal"') - 1
        second = self.line_of(text, 'id = "again"') - 1
        self.refuse(text, "ledger.ambiguous_rules",
                    ("'sale-principal'", "'again'", f"toml:{first}:1)", f"toml:{second}:1)"))

    def test_rule_file_that_is_not_there(self):
        old = self.read(RULES)
        commands = self.looking()
        os.remove(f"{self.state}/{RULES}")
        for words in (*commands, ("backup", self.path("kept"))):
            self.assert_warned(self.run_hub(*words, "--json", code=0),
                               "configuration.unreadable", (RULES,))
        self.refused("configuration.unreadable", RULES)
        self.overwrite(RULES, old)
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)


class Masters(HubTest):
    def reject(self, good_text, bad_text, message):
        """SAP refuses what the rules say; after the rule was corrected it is posted."""
        old = self.edit(RULES, good_text, bad_text)
        fee_only = self.write(f"{GOOD}.tsv", settlement_text(GOOD, [row(FEE, amount="15.00")]))
        answers = self.ask("import", self.good(BAD), fee_only, code=4)
        bad = answers[0]["settlement"]
        self.assertEqual(("rejected", "sap.rejected", "no"),
                         (bad["state"], bad["error"]["id"], bad["error"]["written"]))
        self.assertIn(message, bad["error"]["text"])
        self.assertNotIn("RW 609", bad["error"]["text"])
        self.assertEqual("posted", answers[1]["settlement"]["state"])
        self.assert_in_sap(_20000000002=1500)
        (exception,) = self.ask("exceptions", code=1)
        self.assertIn(message, exception["what"])
        self.assertEqual(("85.00", [BAD]), (exception["amount"], exception["settlements"]))
        self.ask("retry", BAD, code=4)
        self.overwrite(RULES, old)
        self.ask("retry", BAD)
        self.ask("run", "--once")
        self.assert_in_sap(_20000000001=CENTS, _20000000002=1500)
        self.assertEqual([], self.ask("exceptions"))

    def test_account_that_sap_does_not_have(self):
        self.reject('revenue = "400000"', 'revenue = "499999"',
                    "F5 506 G/L account 0000499999 is not defined in chart of accounts CAUS")

    def test_rules_check_asks_the_masters_before_anything_is_posted(self):
        good = self.ask("rules", "check", "--connection", "us")
        self.assertEqual(("us", "MLS", []),
                         (good["sap"]["connection"], good["sap"]["system_id"], good["problems"]))
        self.assertLess(10, good["sap"]["accounts"])
        self.assertIsNone(self.ask("rules", "check")["sap"])
        old = self.edit(RULES, 'revenue = "400000"', 'revenue = "499999"')
        rules = self.read(RULES).splitlines()
        problems = self.ask("rules", "check", "--connection", "us", code=3)["problems"]
        self.assertEqual({"operations.account_missing"}, {one["id"] for one in problems})
        for one in problems:
            self.assertTrue(one["facts"]["file"].endswith(RULES))
            self.assertEqual("[[rule]]", rules[int(one["facts"]["line"]) - 1].strip())
            self.assertIn("chart of accounts CAUS", one["text"])
        text = self.run_hub("rules", "check", "--connection", "us", code=3).out
        self.assertIn("do next: Correct the account", text)
        self.assertEqual([], self.ask("rules", "check", self.path(f"state/{RULES}"))["problems"])
        self.edit(RULES, r"(?m)^account = ", "acount = ")
        self.assertIn("SAP was not asked",
                      self.run_hub("rules", "check", "--connection", "us", code=3).out)
        self.overwrite(RULES, old)
        self.edit(RULES, 'revenue = "400000"', 'revenue = "499998"')
        problems = self.ask("rules", "check", "--connection", "us", code=3)["problems"]
        self.assertEqual({"operations.account_blocked"}, {one["id"] for one in problems})
        self.overwrite(RULES, old)
        self.hand("revoke-read", "CONNECTOR", "SKB1", "denied")
        (told,) = self.ask("rules", "check", "--connection", "us", code=1)["problems"]
        self.assertEqual("operations.masters_unreadable", told["id"])
        self.assertEqual("operations.no_such_connection",
                         self.ask("rules", "check", "--connection", "uk", code=7)["error"]["id"])

    def test_message_that_the_site_knows_as_temporary(self):
        old = self.edit(RULES, 'revenue = "400000"', 'revenue = "499999"')
        self.edit(CONFIGURATION, r"(?m)^\[connection.first_control\]",
                  '[[connection.sap.message]]\nclass = "F5"\nnumber = "506"\n'
                  'outcome = "deferred"\nnote = "master data comes at noon"\n'
                  "[connection.first_control]")
        (answer,) = self.ask("import", self.good(BAD), code=6)
        bad = answer["settlement"]
        self.assertEqual(("deferred", "sap.deferred_by_site", "no"),
                         (bad["state"], bad["error"]["id"], bad["error"]["written"]))
        self.assertIn("(master data comes at noon)", bad["error"]["text"])
        self.assertIsNotNone(bad["due"])
        self.assert_in_sap()
        (exception,) = self.ask("exceptions", code=6)
        self.assertTrue(exception["goes_on_by_itself"])
        self.overwrite(RULES, old)
        # Nothing was sent of it: it is planned with other accounts from its file on.
        self.ask("retry", BAD)
        self.assert_in_sap(_20000000001=CENTS)

    def test_blocked_account(self):
        self.reject('revenue = "400000"', 'revenue = "499998"',
                    "Account 0000499998 in company code 1000 is blocked for posting")

    def test_expired_cost_centre(self):
        self.reject('account = "revenue"', 'account = "476900"\ncost_center = "1090"',
                    "Cost center 1000/0000001090")

    def test_closed_period(self):
        self.hand("close-period", "1000", "+", "2026", "009")
        october = settlement_text(GOOD).replace("2026-09-", "2026-10-")
        answers = self.ask("import", self.good(BAD), self.write("october.tsv", october), code=6)
        late = answers[0]["settlement"]
        self.assertEqual(("deferred", "sap.period_closed", "no"),
                         (late["state"], late["error"]["id"], late["error"]["written"]))
        self.assertIn("009 2026", late["error"]["text"])
        self.assertIsNotNone(late["due"])
        self.assert_in_sap(_20000000002=CENTS)
        (exception,) = self.ask("exceptions", code=6)
        self.assertTrue(exception["goes_on_by_itself"])
        self.assertIsNotNone(exception["due"])
        self.ask("run", "--once", code=6)
        self.ask("retry", BAD, code=6)
        self.assert_in_sap(_20000000002=CENTS)
        self.hand("open-period", "1000", "+", "2025", "001", "2027", "012")
        self.ask("retry", BAD)
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS)


class Configuration(BrokenSettings):
    def cured(self, old):
        self.overwrite(CONFIGURATION, old)
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)

    def test_unknown_key(self):
        old = self.read(CONFIGURATION)
        line = old[:old.index("receivable_account")].count("\n") + 1
        self.break_and_look(
            lambda: self.edit(CONFIGURATION, "receivable_account", "recievable_account"),
            "configuration.unknown_key", CONFIGURATION, f"line {line}, column 1",
            "'recievable_account'", "'receivable_account'")
        self.cured(old)

    def test_books_of_another_tenant_are_shown_without_a_readable_configuration(self):
        old = self.edit(CONFIGURATION, r"(?m)^tenant = .*", 'tenant = "acme"')
        self.ask("import", self.good(BAD))
        before = self.ask("settlements")
        self.assertIn(BAD, [one["name"] for one in before["settlements"]])
        self.overwrite(CONFIGURATION, old + "\n[[")
        after = self.run_hub("settlements", "--json", code=0)
        self.assert_warned(after, "configuration.bad_toml", (CONFIGURATION, "line"))
        self.assertEqual(self.plain(before), self.plain(after.json))

    def test_inline_secret_is_refused_and_not_repeated(self):
        old = self.edit(CONFIGURATION, '"file:keys/sap-password"', '"hunter2secret"')
        refused = self.refused("configuration.inline_secret", CONFIGURATION, "password")
        self.assertNotIn("hunter2", str(refused))
        for words, code in ((("run", "--once"), 3), (("settlements",), 0)):
            answer = self.run_hub(*words, code=code)
            self.assertNotIn("hunter2", answer.out + answer.err)
        self.cured(old)

    def test_secret_that_is_not_there(self):
        old = self.read(CONFIGURATION)
        self.break_and_look(
            lambda: self.edit(CONFIGURATION, '"file:keys/sap-password"', '"file:keys/nowhere"'),
            "configuration.secret_missing", "file:keys/nowhere")
        self.cured(old)

    def test_manifest_above_the_unit_limit(self):
        old = self.edit(CONFIGURATION, r"(?m)^document_limit = \d+", "document_limit = 1")
        self.edit(CONFIGURATION, r"(?m)^item_limit = \d+", "item_limit = 2")
        small = self.write(f"{GOOD}.tsv", settlement_text(GOOD, [SALE]))
        answers = self.ask("import", self.good(BAD), small, code=4)
        large = answers[0]["settlement"]
        self.assertEqual(("rejected", "ledger.unit_too_large"),
                         (large["state"], large["error"]["id"]))
        self.assertEqual(("2", "at most 1"), (large["error"]["facts"]["found"],
                                              large["error"]["facts"]["expected"]))
        self.assertIn("document_limit", large["error"]["cure"])
        self.assert_in_sap(_20000000002=10000)
        self.overwrite(CONFIGURATION, old)
        self.ask("retry", BAD)
        self.assert_in_sap(_20000000001=CENTS, _20000000002=10000)


class States(HubTest):
    def test_state_of_a_newer_version(self):
        database = sqlite3.connect(f"{self.state}/hub.sqlite")
        database.execute("INSERT INTO migration VALUES (99, 'later', '', '2027-01-01')")
        database.commit()
        before = list(database.iterdump())
        for words in (("import", self.good(BAD)), ("run", "--once"), ("audit", "verify")):
            refused = self.ask(*words, code=3)["error"]
            self.assertEqual("store.newer_version", refused["id"])
            self.assertEqual("99", refused["facts"]["found"].split()[0])
            self.assertIn(self.state, refused["text"])
        self.assertEqual(before, list(database.iterdump()))
        database.execute("DELETE FROM migration WHERE version = 99")
        database.commit()
        database.close()
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)

    def test_state_without_its_keys(self):
        shutil.move(f"{self.state}/keys", self.path("apart"))
        for words in (("import", self.good(BAD)), ("run", "--once"), ("settlements",)):
            refused = self.ask(*words, code=3)["error"]
            self.assertEqual("store.keys_missing", refused["id"])
            self.assertIn("keys/audit.key", refused["text"])
        self.assertFalse(os.path.exists(f"{self.state}/keys/audit.key"), "no new key is made")
        self.assert_in_sap()
        shutil.rmtree(f"{self.state}/keys", ignore_errors=True)
        shutil.move(self.path("apart"), f"{self.state}/keys")
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def test_state_without_its_database(self):
        shutil.move(f"{self.state}/hub.sqlite", self.path("hub.sqlite"))
        refused = self.ask("import", self.good(BAD), code=3)["error"]
        self.assertEqual("store.database_missing", refused["id"])
        shutil.move(self.path("hub.sqlite"), f"{self.state}/hub.sqlite")
        self.ask("import", self.good(BAD))
        self.assert_in_sap(_20000000001=CENTS)

    def test_no_state(self):
        refused = self.ask("settlements", code=3, state=self.path("nowhere"))["error"]
        self.assertEqual("store.not_a_state_directory", refused["id"])
        self.assertFalse(os.path.exists(self.path("nowhere")))


class DiskFull(HubTest):
    """A limit on the size of files stands for the full disk: the system answers EFBIG."""

    def import_with_room_for(self, size, number):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return self.ask("import", self.good(number), code=6, preexec_fn=limit,
                        restore_signals=False)

    def test_named_nothing_half_done_and_afterwards_it_works(self):
        numbers = []
        for place, size in enumerate((0, 600, 20_000, 60_000, 120_000)):
            numbers.append(str(20000000010 + place))
            answer = self.import_with_room_for(size, numbers[-1])
            errors = [answer["error"]] if "error" in answer else [one["error"] for one in answer]
            self.assertIn(errors[0]["id"], ("store.disk_full", "evidence.disk_full"))
            self.assertEqual("no", errors[0]["written"])
            self.assert_in_sap()
        self.ask("run", "--once")
        self.ask("import", *[self.path(f"{number}.tsv") for number in numbers])
        self.assert_in_sap(**{f"_{number}": CENTS for number in numbers})
        self.assertTrue(self.ask("audit", "verify")["agrees"])
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.assertTrue(all(len(found) == 1 for found in books.documents(self.books).values()))


if __name__ == "__main__":
    run_tests(sys.argv)
