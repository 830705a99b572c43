#!/usr/bin/env python3
"""Every command of the command line on the state of a demo: what it answers, and what SAP's books
hold afterwards.

usage: commands_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import base64
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hub import FEE, SALE, HubTest, Programs, row, run_tests, settlement_text  # noqa: E402

ONE = "20000000001"
TWO = "20000000002"
RULES = "rules/us-sample.toml"
CENTS = 8500  # of a settlement that nothing else is said about
AMOUNT = re.compile(r"-?\d+\.\d\d")
AMOUNT_KEYS = {"total", "amount", "receivable", "deposits", "posted", "netted", "excluded",
               "difference", "sum", "quarantined_amount", "debit", "credit", "released", "held",
               "before_held"}


def amounts_in(value):
    """(key, value) of everything that is named like an amount."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in AMOUNT_KEYS and not isinstance(one, (dict, list)):
                yield key, one
            yield from amounts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from amounts_in(one)


class Everything(HubTest):
    def names(self):
        return sorted(one["settlement_id"] for one in self.ask("settlements")["settlements"])

    def test_help_of_every_command_has_an_example(self):
        top = self.run_hub("--help", code=0, state=False).out
        self.assertIn("Example", top)
        below = re.split("subcommands", top, flags=re.IGNORECASE)[-1]
        commands = re.findall(r"^  ([a-z]+)  ", below, re.M)
        self.assertGreaterEqual(len(commands), 17, top)
        below = [["audit", "verify"], ["audit", "checkpoint"], ["rules", "check"],
                 ["rules", "coverage"], ["rules", "diff"], ["rules", "replay"]]
        for command in [[name] for name in commands] + below:
            out = self.run_hub(*command, "--help", code=0, state=False).out
            self.assertIn("Example", out, command)
            self.assertIn(f"ml-connector {command[0]}", out)

    def test_rules_of_the_state_cover_all_and_a_change_is_replayed(self):
        self.assertEqual([], self.ask("rules", "check")["problems"])
        covered = self.ask("rules", "coverage", "--settlements", "all")
        self.assertEqual(self.names(), sorted(one["name"] for one in covered["sources"]))
        (total,) = covered["totals"]
        self.assertEqual(total["rows"], total["mapped_rows"])
        self.assertEqual(total["amount"], total["mapped_amount"])
        text = self.read(RULES).replace('advertising = "476700"', 'advertising = "476900"')
        changed = self.write("changed.toml", text)
        replayed = self.ask("rules", "replay", "us", changed, "--settlements", "all")
        (usd,) = replayed["currencies"]
        self.assertEqual("0.00", usd["difference"])
        moved = {one["account"] for one in usd["places"] if one["difference"] != "0.00"}
        self.assertEqual({"0000476700", "0000476900"}, moved)

    def test_errors_of_rules_commands_are_like_all_others(self):
        self.overwrite(RULES, self.read(RULES).replace('nature = "sale"', 'nature = "sail"', 1))
        (problem,) = self.ask("rules", "check", code=3)["problems"]
        self.assertEqual({"id", "text", "cure", "written", "facts"}, set(problem))

    def test_json_of_every_command_is_one_value_with_exact_amounts(self):
        name = self.names()[0]
        answers = [
            self.ask("settlements"), self.ask("settlements", "--status", "posted"),
            self.ask("streams"),
            self.ask("show", name), self.ask("preview", name),
            self.ask("preview", name, "--no-sap"),
            self.ask("exceptions"), self.ask("explain", f"{name}-01A"),
            self.ask("explain", f"{name}-01A", "1"), self.ask("trace", name, "3"),
            self.ask("audit", "verify"), self.ask("audit", "checkpoint"),
            self.ask("rules", "coverage", "--settlements", "all"),
            self.ask("rules", "diff", "us", "us", "--settlements", name),
            self.ask("rules", "replay", "us", "us", "--settlements", "all"),
            self.ask("run", "--once"), self.ask("import", "--dry-run", self.good(ONE)),
            self.ask("import", self.good(ONE)), self.ask("retry", ONE), self.ask("reverse", ONE),
            self.ask("post", ONE, "--revision", "B"), self.ask("backup", self.path("saved")),
            self.ask("restore", self.path("saved"), "--replace"),
            self.ask("version", state=False), self.ask("demo", "--once")]
        found = [pair for answer in answers for pair in amounts_in(answer)]
        self.assertGreater(len(found), 100)
        for key, value in found:
            if value is not None and not (key == "posted" and isinstance(value, int)):
                self.assertIsInstance(value, str, key)
                self.assertRegex(value, AMOUNT, key)

    def test_bash_completes_commands_and_options(self):
        script = self.run_hub("completion", "bash", code=0, state=False).out
        for words, wanted in ((["se"], "settlements"), (["settlements", "--sta"], "--status"),
                              (["audit", "ver"], "verify"),
                              (["audit", "verify", "--che"], "--checkpoint")):
            line = " ".join(f"'{word}'" for word in ["ml-connector"] + words)
            done = subprocess.run(
                ["bash", "-c", f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}\n"
                 "_ml_connector && printf '%s\\n' \"${COMPREPLY[@]}\""],
                capture_output=True, text=True, check=True, timeout=60)
            self.assertIn(wanted, done.stdout.split(), words)

    def test_manual_page_names_every_command(self):
        page = self.run_hub("man", code=0, state=False).out
        for name in ("settlements", "audit verify", "restore"):
            self.assertIn(f"\n.SS {name}\n", page)
        self.assertTrue(page.startswith(".TH "))

    def test_file_whose_end_excludes_what_its_start_said_is_read_anew(self):
        # More than one frame of evidence; only its last row shows that it is not UTF-8.
        rows = [SALE] * 12000 + [FEE, row(SALE, sku="Caf\xe9")]
        total = Decimal("100.00") * 12001 - Decimal("15.00")
        content = settlement_text(ONE, rows, total=total).encode("cp1252")
        self.assertGreater(len(content), 1 << 20)
        self.ask("import", self.write("late.tsv", content))
        evidence = self.ask("show", ONE)["evidence"]
        self.assertEqual("windows-1252", evidence["charset"])
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        last = self.ask("trace", ONE, str(len(rows) + 2))
        self.assertEqual("sale-principal", last["class"]["rule"])
        self.assertIn("Caf", last["row"]["text"])
        self.assertTrue(self.ask("audit", "verify")["agrees"])
        self.assert_in_sap(_20000000001=120008500)

    def test_streams_name_the_gap_before_a_settlement(self):
        (stream,) = self.ask("streams")
        self.assertEqual(("USD", ["first", "follows", "follows", "follows"]),
                         (stream["currency"],
                          [one["continuity"] for one in stream["settlements"]]))
        first = stream["settlements"][0]
        older = self.write("older.tsv", settlement_text(ONE).replace("2026-09", "2026-03"))
        self.ask("import", older)
        self.assertEqual(1, self.ask("run", "--once")["stream_breaks"])
        self.assertIn("1 settlement after a gap", self.run_hub("run", "--once", code=0).out)
        (stream,) = self.ask("streams", code=1)
        self.assertEqual([ONE, first["settlement_id"]],
                         [one["settlement_id"] for one in stream["settlements"]][:2])
        gap = stream["settlements"][1]
        self.assertEqual(("gap", ONE, "2026-03-15T12:00:00.000Z"),
                         tuple(gap[key] for key in ("continuity", "before", "before_ended")))
        shown = self.run_hub("streams", code=1).out
        self.assertIn(f"GAP: nothing since {ONE} ended 2026-03-15", shown)
        self.assertIn("import FILE", shown)

    def test_failures_are_json_too(self):
        for code, words in {2: ("explain",), 3: ("backup", "x", "--state", self.path("nowhere")),
                            4: ("approve", self.names()[0]), 7: ("show", "99999999999")}.items():
            answer = self.run_hub(*words, "--json", code=code,
                                  state=False if "--state" in words else None)
            self.assertEqual({"id", "text", "cure", "written", "facts"}, set(answer.error))
            self.assertEqual("", answer.err)

    def test_unknown_names_are_not_found(self):
        for words in (("show", "1"), ("preview", "1"), ("explain", "1-01A"), ("retry", "1"),
                      ("explain", "1000/0100999999/2026"), ("trace", "1", "3"), ("reverse", "1"),
                      ("trace", self.names()[0], "9999"), ("approve", "1"),
                      ("explain", f"{self.names()[0]}-01A", "999"), ("resolve", "1", "discard"),
                      ("resolve", "--lift-stop", "1000"), ("post", "1", "--revision", "B")):
            error = self.ask(*words, code=7)["error"]
            self.assertTrue(error["cure"], words)
        self.assert_in_sap()


class Lineage(HubTest):
    def settlement(self):
        return self.ask("settlements")["settlements"][0]

    def test_explain_adds_up_to_every_line(self):
        document = self.settlement()["documents"][0]
        whole = self.ask("explain", document["key"])
        self.assertEqual(document["lines"], len(whole["lines"]))
        self.assertEqual(whole["lines"],
                         self.ask("explain", document["number"])["lines"])
        self.assertEqual(0, sum(Decimal(line["amount"]) for line in whole["lines"]))
        for line in whole["lines"]:
            one = self.ask("explain", document["number"], str(line["line"]), "--limit", "100000")
            self.assertEqual([line], one["lines"])
            column = one["header_row"].split("\t").index("amount")
            rows = sum(Decimal(found["text"].split("\t")[column]) for found in one["rows"])
            sign = 1 if line["balancing"] else -1  # what is good for the seller is a credit
            self.assertEqual(Decimal(line["amount"]), sign * rows, line)
            self.assertEqual((line["rows"], 0), (len(one["rows"]), one["rows_left"]))
            for part in line["classes"]:
                self.assertTrue(part["rule"] and part["rules_version"])

    def sales_class(self):
        """The class of a sold item as `explain` and `trace` show it: they agree."""
        (line,) = [line for line in self.ask("explain", f"{ONE}-01A")["lines"]
                   if line["account"] == "0000400000"]
        (explained,) = line["classes"]
        self.assertEqual(explained, self.ask("trace", ONE, "3")["class"])
        return explained["why"], explained["rule_today"]

    def test_the_reason_of_the_time_stays_when_the_rule_file_is_edited(self):
        self.edit(RULES, 'id = "sale-principal"', 'id = "sale-principal"\nwhy = "Goods sold."')
        self.ask("import", self.good(ONE))
        self.assertEqual(("Goods sold.", "same"), self.sales_class())
        self.edit(RULES, 'why = "Goods sold."', 'why = "Another reason."')
        self.assertEqual(("Goods sold.", "changed"), self.sales_class())
        said = self.run_hub("explain", f"{ONE}-01A", code=0).out
        self.assertIn("Goods sold.", said)
        self.assertIn("today's rule file says something else for it", said)
        self.assertNotIn("Another reason.", said)
        self.edit(RULES, '(?m)^version = .*', 'version = "2099-1"')
        self.assertEqual(("Goods sold.", "gone"), self.sales_class())

    def test_rows_are_the_bytes_of_the_evidence(self):
        shown = self.ask("trace", self.settlement()["name"], "7")
        name = self.write("rows.tsv", settlement_text(ONE))
        self.ask("import", name)
        with open(name, "rb") as file:
            content = file.read()
        for number, text in enumerate(content.decode().splitlines(), start=1):
            found = self.ask("trace", ONE, str(number))["row"]
            self.assertEqual(text, found["text"])
            cut = content[found["offset"]:found["offset"] + found["size"]].decode()
            self.assertEqual(text, cut.rstrip("\n"))
        self.assertTrue(shown["document"]["number"])

    def test_trace_of_every_row_adds_up_to_the_documents_and_what_was_netted(self):
        tax = row(SALE, amount_type="ItemPrice", amount_description="Tax", amount="7.00")
        withheld = row(SALE, amount_type="ItemWithheldTax", amount="-7.00",
                       amount_description="MarketplaceFacilitatorTax-Principal")
        rows = [SALE, FEE, tax, withheld, row(SALE, amount="33.33", marketplace_name="Amazon.ca"),
                row(SALE, transaction_type="Refund", amount="-20.00"), FEE]
        self.ask("import", self.write("taxed.tsv", settlement_text(ONE, rows)))
        shown = self.ask("show", ONE)
        lines, netted = {}, []
        for line in range(3, 3 + len(rows)):
            found = self.ask("trace", ONE, str(line))
            cells = dict(zip(found["header_row"].split("\t"), found["row"]["text"].split("\t")))
            amount = Decimal(cells["amount"])
            if found["class"]["destination"] == "netted":
                netted.append(amount)
                continue
            key = (found["document"]["key"], found["line"]["line"], found["line"]["amount"])
            lines[key] = lines.get(key, 0) - amount
        self.assertEqual({Decimal(key[2]) for key in lines}, set(lines.values()))
        for key, amount in lines.items():
            self.assertEqual(Decimal(key[2]), amount, key)
        self.assertEqual(2, len(netted))
        self.assertEqual(Decimal(shown["netted"]), sum(netted))
        total = -sum(lines.values()) + sum(netted)
        self.assertEqual(Decimal(shown["total"]), total)
        self.assert_in_sap(_20000000001=int(total * 100))

    def test_trace_of_the_summary_row_and_the_header(self):
        name = self.settlement()["name"]
        for line in ("1", "2"):
            found = self.ask("trace", name, line)
            self.assertIsNone(found["class"])
            self.assertIsNone(found["document"])


class Deciding(HubTest):
    def test_approval(self):
        self.edit("ml-connector.toml", r'(?m)^post = "auto"', 'post = "approve"')
        (answer,) = self.ask("import", self.good(ONE))
        self.assertEqual("awaiting_approval", answer["settlement"]["state"])
        self.ask("run", "--once")
        self.assert_in_sap()
        self.assertIn(f"approve {ONE}", answer["settlement"]["next"])
        preview = self.ask("preview", ONE)
        self.assertEqual("ready", preview["check"]["outcome"])
        (document,) = preview["documents"]
        self.assertEqual(0, sum(Decimal(line["amount"]) for line in document["lines"]))
        self.assert_in_sap()
        for wrong in ("deadbeef00", preview["manifest"][:7], preview["manifest"][::-1]):
            error = self.ask("approve", ONE, "--manifest", wrong, code=4)["error"]
            self.assertEqual("flow.approval_outdated", error["id"])
        self.assert_in_sap()
        done = self.ask("approve", ONE, "--manifest", preview["manifest"][:8])
        self.assertEqual("posted", done["state"])
        self.assert_in_sap(_20000000001=CENTS)
        self.assertTrue(self.ask("show", ONE)["approved_by"].startswith("cli:"))
        self.assertEqual("flow.wrong_state", self.ask("approve", ONE, code=4)["error"]["id"])

    def test_reverse_and_post_again(self):
        self.ask("import", self.good(ONE))
        self.assertEqual("flow.wrong_state",
                         self.ask("post", ONE, "--revision", "B", code=4)["error"]["id"])
        self.assertEqual("reversed", self.ask("reverse", ONE)["state"])
        self.assert_in_sap()
        self.ask("run", "--once")
        self.assert_in_sap()
        self.assertEqual("operations.revision_needed", self.ask("post", ONE, code=2)["error"]["id"])
        self.ask("post", ONE, "--revision", "C", code=2)
        done = self.ask("post", ONE, "--revision", "B")
        self.assertEqual(("posted", "B", [f"{ONE}-01B"]),
                         (done["state"], done["settlement"]["revision"],
                          [one["key"] for one in done["settlement"]["documents"]]))
        self.assert_in_sap(_20000000001=CENTS)
        self.assertEqual({f"{ONE}-01A": "reversed", f"{ONE}-01B": "posted"},
                         {one["key"]: one["outcome"] for one in self.ask("show", ONE)["documents"]})

    def test_reversal_that_sap_refuses_says_so(self):
        self.ask("import", self.good(ONE))
        refused = self.ask("reverse", ONE, "--reason", "99", code=4)
        self.assertEqual(("posted", "sap.rejected"), (refused["state"], refused["error"]["id"]))
        self.assertIn("Reversal reason 99", refused["error"]["text"])
        reversal = refused["reversal"]["name"]
        (exception,) = self.ask("exceptions", code=1)
        self.assertIn(f"retry {reversal}", exception["next"])
        self.assertIn(ONE, exception["what"])
        self.assert_in_sap(_20000000001=CENTS)
        self.ask("resolve", reversal, "discard")
        self.assertEqual("reversed", self.ask("reverse", ONE)["state"])
        self.assert_in_sap()

    def test_fence_that_sap_lacks_posts_nothing_until_it_is_installed(self):
        for number, fence, setting, contract in (
                (ONE, "session_lock", "lock_function", "Z_MLC_LOCK_POSTING"),
                (TWO, "z_wrapper", "key_function", "Z_MLC_RESERVE_KEYS")):
            own_name = f"Z_ACME_{setting.upper()}"
            self.edit("ml-connector.toml", r"(?m)^fence = .*", f'fence = "{fence}"')
            self.edit("ml-connector.toml", rf"(?m)^{setting} = .*", f'{setting} = "{own_name}"')
            before = self.in_sap()
            (answer,) = self.ask("import", self.good(number), code=6)
            settlement = answer["settlement"]
            self.assertEqual(("deferred", "sap.fence_missing"),
                             (settlement["state"], settlement["error"]["id"]))
            self.assertIn(own_name, settlement["error"]["text"])
            self.assertEqual(before, self.in_sap())
            self.hand("install-function", own_name, contract)
            self.assertEqual("posted", self.ask("retry", number)["state"])
            self.assertEqual({**before, number: CENTS}, self.in_sap())
            self.assertEqual("reversed", self.ask("reverse", number)["state"])
            self.assertEqual("posted", self.ask("post", number, "--revision", "B")["state"])
            self.assertEqual({**before, number: CENTS}, self.in_sap())

    def test_reversed_by_hand_is_noticed_and_posted_again_only_when_asked(self):
        (answer,) = self.ask("import", self.good(ONE))
        number = answer["settlement"]["documents"][0]["number"]
        self.hand("reverse", *number.split("/"))
        self.assertEqual("reversed", self.ask("retry", ONE)["state"])
        self.ask("run", "--once", code=None)
        self.assert_in_sap()
        self.ask("post", ONE, "--revision", "B")
        self.assert_in_sap(_20000000001=CENTS)

    def test_document_that_differs_is_kept_until_accepted(self):
        (answer,) = self.ask("import", self.good(ONE))
        number = answer["settlement"]["documents"][0]["number"].split("/")
        self.hand("park", *number)
        self.ask("retry", ONE, code=1)
        self.hand("post-parked", *number, "0000400000", "0000400900")
        waiting = self.ask("retry", ONE, code=1)
        self.assertEqual("conflicts", waiting["state"])
        self.ask("run", "--once", code=1)
        self.assert_in_sap(_20000000001=CENTS)
        self.ask("resolve", ONE, "discard", code=2)
        self.assertEqual("posted", self.ask("resolve", ONE, "accept")["state"])
        self.assertTrue(self.ask("show", ONE)["adopted"])
        self.assert_in_sap(_20000000001=CENTS)

    def test_rejected_file_is_discarded_and_reinstated(self):
        bad = self.write("bad.tsv", settlement_text(ONE, total="0.01"))
        (answer,) = self.ask("import", bad, code=3)
        name = answer["settlement"]["name"]
        self.assertEqual("superseded", self.ask("resolve", name, "discard")["state"])
        self.assertEqual([], self.ask("exceptions"))
        self.assertEqual("rejected", self.ask("resolve", name, "reinstate", code=3)["state"])
        self.assert_in_sap()

    def reissue(self):
        """A file posted in full; the same settlement again with other rows."""
        self.ask("import", self.good(ONE))
        other = self.write("other.tsv", settlement_text(ONE, [SALE]))
        (answer,) = self.ask("import", other, code=1)
        self.assertEqual("reissued", answer["settlement"]["state"])
        self.assert_in_sap(_20000000001=CENTS)
        return answer["settlement"]["name"]

    def test_reissued_file_is_discarded(self):
        name = self.reissue()
        self.assertEqual("superseded", self.ask("resolve", name, "discard")["state"])
        self.ask("run", "--once")
        self.assert_in_sap(_20000000001=CENTS)

    def test_reissued_file_supersedes_what_was_reversed_first(self):
        name = self.reissue()
        refused = self.ask("resolve", name, "supersede", code=4)
        self.assertEqual("reissued", refused["state"])
        self.assertEqual("flow.still_posted", refused["refusal"]["id"])
        self.assert_in_sap(_20000000001=CENTS)
        self.ask("reverse", ONE)
        self.assert_in_sap()
        self.assertEqual("posted", self.ask("resolve", name, "supersede")["state"])
        self.assert_in_sap(_20000000001=10000)

    def test_import_twice_posts_once(self):
        self.ask("import", self.good(ONE))
        (again,) = self.ask("import", self.good(ONE))
        self.assertTrue(again["known"])
        copy = self.write("renamed.tsv", settlement_text(ONE))
        self.ask("import", copy, copy)
        self.ask("run", "--once")
        self.assert_in_sap(_20000000001=CENTS)
        listed = self.ask("settlements", "--find", ONE)["settlements"]
        self.assertEqual(["posted"], [one["state"] for one in listed])


class Keeping(HubTest):
    def test_yesterdays_backup_posts_nothing_twice(self):
        self.ask("import", self.good("20000000003"))
        saved = self.path("saved")
        self.ask("backup", saved)
        self.assertEqual("store.backup_exists", self.ask("backup", saved, code=4)["error"]["id"])
        self.assertFalse(os.path.exists(f"{saved}/keys"))
        self.assertFalse(os.path.exists(f"{saved}/sap-simulator"))
        self.ask("reverse", "20000000003")
        self.ask("import", self.good(ONE), self.good("20000000002"))
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS)
        error = self.ask("restore", saved, code=4)["error"]
        self.assertEqual("store.target_inhabited", error["id"])
        self.ask("restore", saved, "--replace")
        self.assertEqual([], self.ask("settlements", "--find", ONE)["settlements"])
        self.ask("run", "--once", code=None)
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS)
        self.run_hub("import", self.good(ONE), self.good("20000000002"))
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS)
        states = {one["settlement_id"]: one["state"]
                  for one in self.ask("settlements")["settlements"]}
        self.assertEqual("reversed", states["20000000003"])
        verified = self.ask("audit", "verify")
        self.assertTrue(verified["agrees"])
        self.assertEqual(1, len(verified["restores"]))
        self.ask("import", self.good("20000000004"), code=None)
        self.wait_until_posted("20000000004")
        self.assert_in_sap(_20000000001=CENTS, _20000000002=CENTS, _20000000004=CENTS)

    def test_posted_under_other_rules_after_the_backup_is_adopted(self):
        saved = self.path("saved")
        self.ask("backup", saved)
        self.ask("import", self.good(ONE))
        was = self.ask("show", ONE)
        self.ask("restore", saved, "--replace")
        self.edit(RULES, 'account = "revenue"', 'account = "shipping_revenue"')
        self.run_hub("import", self.good(ONE))
        shown = self.ask("show", ONE)
        self.assertEqual(("posted", "rules"), (shown["state"], shown["adopted"]))
        self.assertEqual(was["manifest"], shown["manifest"])
        self.assertEqual(was["rules_digest"], shown["rules_digest"])
        self.assertIn("  adopted ", self.run_hub("show", ONE, code=0).out)
        self.assert_in_sap(_20000000001=CENTS)
        accounts = {line["account"] for line in self.ask("explain", f"{ONE}-01A")["lines"]}
        self.assertIn("0000400000", accounts)
        self.assertTrue(self.ask("audit", "verify")["agrees"])
        self.ask("run", "--once", code=None)
        self.assertEqual("posted", self.ask("show", ONE)["state"])
        self.assert_in_sap(_20000000001=CENTS)

    def wait_until_posted(self, name):
        """What is new keeps still after a restore until nothing can be on its way any more."""
        for _ in range(240):
            if self.ask("show", name)["state"] == "posted":
                return
            time.sleep(0.25)
            self.ask("run", "--once", code=None)
        self.fail(f"{name} is not posted")

    def test_restore_into_an_empty_folder(self):
        self.ask("backup", self.path("saved"))
        fresh = self.path("fresh")
        error = self.ask("restore", self.path("saved"), code=3, state=fresh)["error"]
        self.assertEqual("store.keys_missing", error["id"])
        shutil.copytree(f"{self.state}/keys", f"{fresh}/keys")
        self.ask("restore", self.path("saved"), state=fresh)
        self.assertEqual(self.ask("settlements")["totals"],
                         self.ask("settlements", state=fresh)["totals"])

    def test_damaged_backup_is_refused(self):
        self.ask("backup", self.path("saved"))
        self.flip(self.first_file(self.path("saved/evidence/objects")))
        error = self.ask("restore", self.path("saved"), "--replace", code=8)["error"]
        self.assertEqual("store.backup_damaged", error["id"])
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def first_file(self, folder):
        return f"{folder}/{sorted(os.listdir(folder))[0]}"

    def flip(self, path, at=-9):
        os.chmod(path, 0o600)
        with open(path, "r+b") as file:
            content = bytearray(file.read())
            content[at] ^= 1
            file.seek(0)
            file.write(content)

    def test_audit_finds_a_flipped_bit_in_evidence(self):
        self.assertTrue(self.ask("audit", "verify")["agrees"])
        path = self.first_file(f"{self.state}/evidence/objects")
        self.flip(path)
        refused = self.ask("audit", "verify", code=8)
        self.assertFalse(refused["agrees"])
        self.assertIn(os.path.basename(path), json.dumps(refused["differences"]))
        self.assertIn(os.path.basename(path), self.run_hub("audit", "verify", code=8).out)
        self.flip(path)
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def test_audit_finds_every_kind_of_change_in_its_table(self):
        checkpoint = self.write("kept.txt", self.run_hub("audit", "checkpoint", code=0).out)
        self.ask("audit", "verify", "--checkpoint", checkpoint)
        saved = f"{self.folder}/hub.sqlite"
        shutil.copy(f"{self.state}/hub.sqlite", saved)
        table, column = "audit_entry", "content"
        changes = (f"UPDATE {table} SET {column} = replace({column}, 'posted', 'postfd')",
                   f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})",
                   f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")
        for change in changes:
            database = sqlite3.connect(f"{self.state}/hub.sqlite")
            self.assertGreater(database.execute(change).rowcount, 0)
            database.commit()
            database.close()
            refused = self.ask("audit", "verify", "--checkpoint", checkpoint, code=8)
            self.assertFalse(refused["agrees"], change)
            self.assertTrue(refused["differences"][0]["id"].startswith("store.audit_"), change)
            for name in ("hub.sqlite-wal", "hub.sqlite-shm"):
                if os.path.exists(f"{self.state}/{name}"):
                    os.remove(f"{self.state}/{name}")
            shutil.copy(saved, f"{self.state}/hub.sqlite")
        self.ask("audit", "verify", "--checkpoint", checkpoint)


class Auditing(HubTest):
    """What somebody who writes the state directory, but has no key, cannot hide."""

    def sql(self, *statements):
        database = sqlite3.connect(f"{self.state}/hub.sqlite")
        for statement in statements:
            database.execute(*(statement if isinstance(statement, tuple) else (statement,)))
        database.commit()
        database.close()

    def differences(self, *words, code=8):
        refused = self.ask("audit", "verify", *words, code=code)
        self.assertFalse(refused["agrees"])
        return refused["differences"]

    def ids(self, *words):
        return {one["id"] for one in self.differences(*words)}

    def test_every_file_of_evidence_that_was_taken_away_is_named(self):
        for folder in ("objects", "lineage"):
            place = f"{self.state}/evidence/{folder}"
            for name in sorted(os.listdir(place)):
                os.rename(f"{place}/{name}", self.path("aside"))
                (found,) = self.differences()
                self.assertEqual("operations.evidence_missing", found["id"])
                self.assertIn(name, found["text"])
                os.rename(self.path("aside"), f"{place}/{name}")
        self.assertTrue(self.ask("audit", "verify")["agrees"])
        os.rename(f"{self.state}/evidence", self.path("aside"))
        self.assertEqual({"operations.evidence_missing"}, self.ids())
        shutil.rmtree(f"{self.state}/evidence")
        os.rename(self.path("aside"), f"{self.state}/evidence")
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def test_tables_changed_beside_the_trail_are_named(self):
        saved = self.path("hub.sqlite")
        shutil.copy(f"{self.state}/hub.sqlite", saved)
        for change, found in (
                ("UPDATE settlement SET total = '1.00'", "store.record_differs"),
                ("UPDATE manifest SET content = replace(content, '0000476', '0000477')",
                 "store.record_differs"),
                ("UPDATE document SET number = '0100000009'", "store.record_differs"),
                ("UPDATE class_total SET sum = '1.00'", "operations.evidence_differs"),
                ("DELETE FROM document", "store.record_differs"),
                ("DELETE FROM audit_entry", "store.audit_trail_empty")):
            self.sql(change, *(("DELETE FROM audit_tree", "DELETE FROM audit_checkpoint")
                               if "audit" in change else ()))
            self.assertIn(found, self.ids(), change)
            shutil.copy(saved, f"{self.state}/hub.sqlite")
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def forge_restore(self, position, signature):
        """A restore put in at a position, and every entry after it changed and numbered anew."""
        def digest(data):
            return hashlib.sha256(data).digest()

        def root(leaves):
            if len(leaves) < 2:
                return leaves[0] if leaves else digest(b"")
            cut = 1 << ((len(leaves) - 1).bit_length() - 1)
            return digest(b"\1" + root(leaves[:cut]) + root(leaves[cut:]))

        def edge(leaves):
            if not leaves:
                return b""
            cut = 1 << (len(leaves).bit_length() - 1)
            return root(leaves[:cut]) + edge(leaves[cut:])

        database = sqlite3.connect(f"{self.state}/hub.sqlite")
        texts = [one for (one,) in database.execute(
            "SELECT content FROM audit_entry ORDER BY position")]
        database.close()
        before = [digest(b"\0" + one.encode()) for one in texts[:position]]
        facts = [["epoch", "1795716895"], ["old_epoch", "1"], ["old_size", str(position)],
                 ["old_root", base64.b64encode(root(before)).decode()], ["backup", "nightly"],
                 ["replaced", "unknown"]] + signature
        forged = json.dumps({"action": "epoch", "actor": "cli:root", "facts": facts,
                             "at": "2026-11-26T18:14:00.000Z", "subject": "audit log"},
                            sort_keys=True, separators=(",", ":"))
        texts[position:] = [forged] + [one.replace('"hub"', '"bub"') for one in texts[position:]]
        leaves = [digest(b"\0" + one.encode()) for one in texts]
        self.sql("DELETE FROM audit_entry", "DELETE FROM audit_checkpoint",
                 *[("INSERT INTO audit_entry (tenant, subject, content, position, leaf_hash)"
                    " VALUES ('default', ?, ?, ?, ?)", (json.loads(text)["subject"], text, i, leaf))
                   for i, (text, leaf) in enumerate(zip(texts, leaves))],
                 ("UPDATE audit_tree SET epoch = 1795716895, size = ?, edge = ?",
                  (len(leaves), edge(leaves))))

    def test_forged_restore_does_not_excuse_what_a_kept_checkpoint_contradicts(self):
        kept = self.write("kept.txt", self.run_hub("audit", "checkpoint", code=0).out)
        self.ask("audit", "verify", "--checkpoint", kept)
        saved = self.path("hub.sqlite")
        shutil.copy(f"{self.state}/hub.sqlite", saved)
        for signature in ([], [["signature", ""]], [["signature", "AAAA" * 22 + "AA=="]]):
            self.forge_restore(3, signature)
            for words in (("--checkpoint", kept), ()):
                self.assertEqual("store.audit_epoch_unsigned", self.differences(*words)[0]["id"])
            shutil.copy(saved, f"{self.state}/hub.sqlite")

    def test_checkpoint_older_than_a_restore_is_told_apart_and_never_agrees(self):
        before = self.write("before.txt", self.run_hub("audit", "checkpoint", code=0).out)
        self.ask("backup", self.path("saved"))
        self.ask("import", self.good(ONE))
        lost = self.write("lost.txt", self.run_hub("audit", "checkpoint", code=0).out)
        self.ask("restore", self.path("saved"), "--replace")
        self.assertTrue(self.ask("audit", "verify", "--checkpoint", before)["agrees"])
        answer = self.ask("audit", "verify", "--checkpoint", before, lost, code=1)
        self.assertFalse(answer["agrees"])
        self.assertEqual([], answer["differences"])
        (one,) = answer["superseded_checkpoints"]
        self.assertEqual((lost, answer["restores"][0]["at"]),
                         (one["checkpoint"], one["restored_at"]))
        text = self.run_hub("audit", "verify", "--checkpoint", lost, code=1).out
        self.assertIn("made before the restore at", text)
        self.assertIn("cannot be compared", text)
        self.assertNotIn("agrees", text)

    def test_backup_that_brings_keys_is_refused(self):
        saved = self.path("saved")
        self.ask("backup", saved)
        os.mkdir(f"{saved}/keys")
        with open(f"{saved}/keys/sap-password", "w", encoding="utf-8") as file:
            file.write("theirs")
        with open(f"{saved}/SHA256SUMS", "a", encoding="utf-8") as file:
            file.write(hashlib.sha256(b"theirs").hexdigest() + "  keys/sap-password\n")
        password = self.read("keys/sap-password")
        error = self.ask("restore", saved, "--replace", code=8)["error"]
        self.assertEqual("store.foreign_to_backup", error["id"])
        self.assertEqual(password, self.read("keys/sap-password"))

    def test_show_without_its_lineage_file_shows_the_rest(self):
        name = self.ask("settlements")["settlements"][0]["name"]
        lineage = self.ask("show", name)["evidence"]["lineage"]
        os.remove(f"{self.state}/evidence/lineage/{lineage}")
        shown = self.ask("show", name, code=1)
        self.assertEqual((1, []), (len(shown["documents"]), shown["classes"]))
        self.assertIn(lineage, shown["missing"][0]["text"])
        self.assertIn(lineage, self.run_hub("show", name, code=1).out)

    def test_reversal_is_explained_by_its_number(self):
        self.ask("import", self.good(ONE))
        self.ask("reverse", ONE, "--reason", "01")
        (document,) = self.ask("show", ONE)["documents"]
        explained = self.ask("explain", document["reversed_by"])
        self.assertEqual(document["key"], explained["document"]["key"])
        reverses = explained["reverses"]
        self.assertEqual((document["reversed_by"], document["number"], "01"),
                         (reverses["number"], reverses["original"], reverses["reason"]))
        self.assertTrue(reverses["asked_by"].startswith("cli:"))
        self.assertIn(f"reverses {document['number']}",
                      self.run_hub("explain", document["reversed_by"], code=0).out)

    def test_medium_that_cannot_be_written_is_verified_and_looked_at_without_keys(self):
        name = self.ask("settlements")["settlements"][0]["name"]
        kept = self.write("kept.txt", self.run_hub("audit", "checkpoint", code=0).out)
        shutil.rmtree(f"{self.state}/keys")
        os.remove(f"{self.state}/lock")
        how = self.as_somebody_else()
        for folder, _, files in os.walk(self.state):
            os.chmod(folder, 0o555)
            for file in files:
                os.chmod(f"{folder}/{file}", 0o444)
        listed = sorted(os.listdir(self.state))
        try:
            for words in (("audit", "verify", "--checkpoint", kept), ("settlements",),
                          ("show", name), ("explain", f"{name}-01A", "1"), ("trace", name, "3")):
                self.ask(*words, code=0, **how)
            for words in (("audit", "checkpoint"), ("backup", self.path("saved"))):
                error = self.ask(*words, code=4, **how)["error"]
                self.assertEqual("operations.state_read_only", error["id"])
            self.assertEqual(listed, sorted(os.listdir(self.state)))
        finally:
            for folder, _, _ in os.walk(self.state):
                os.chmod(folder, 0o755)


if __name__ == "__main__":
    run_tests(sys.argv)
