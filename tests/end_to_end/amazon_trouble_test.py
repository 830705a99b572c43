#!/usr/bin/env python3
"""Amazon as it can be: whatever it does or lets run out is one named error that says what to do,
nothing half done reaches SAP's books, and afterwards every settlement is there exactly once.

What can go wrong, by what name, and where that is tested (here, else in the program of that name):

  in a file                                       error or word                          tested
  character set that nobody knows                 settlement_report.unknown_charset      Files
  wrong charset in Content-Type                   (read as what it is)                   Documents
  number formats mixed                            settlement_report.mixed_formats        bad_input
  V1 with columns that nobody knows               (accepted, named in `show`)            Files
  V2 with columns that nobody knows               (accepted, named in `show`)            bad_input
  column renamed                                  settlement_report.missing_columns      Files
  gzip cut off, by hand                           operations.damaged_gzip                Files
  gzip cut off, from Amazon                       amazon.document_damaged                Documents
  larger than largest_report, by hand             operations.file_too_large              Files
  gzip that grows beyond largest_report           amazon.document_too_large              Documents
  4 GiB, valid                                    (posted, constant memory)              bench/large_file.py
  marketplace that nobody knows                   ledger.unknown_cost_center             Files
  marketplace blank, order-id a shipment's        (posted by rules without marketplace)  Files
  amounts and dates of another country            (read by what proves them)             format_test

  at Amazon (with the number in its list of field problems)
  1  settlement reports cannot be requested       (never asked for)                      interop
  2  marketplaces of a report are wrong           (not looked at)                        Listings
  3  90 days back is refused                      (89 days are asked for)                reports_client_test
  7  page token ends while waiting                amazon.page_token_refused              Listings
  8  the same page again and again                amazon.page_repeated                   Listings
  8  internal failure in the middle of a listing  amazon.unavailable                     Listings
  10 a report is listed late                      (found by the next listing)            Listings
  12 quota gone, for hours                        amazon.quota_exceeded, then
                                                  amazon.quota_exhausted                 Listings
  13 no limit in the answer, other limits         (learned)                              rate_limiter_test
  14 CANCELLED or FATAL                           (no settlement; the real one comes)    Listings
  15 compressionAlgorithm says the opposite       (the bytes decide)                     Documents
  16 charset of another country                   (kept as bytes, decoded strictly)      Documents
  17 client secret expired                        amazon.secret_expired                  Logins
  17 client secret wrong                          amazon.invalid_client                  Logins
  17 refresh token revoked                        amazon.invalid_grant                   Logins
  18 wrong region, the right one can be reached   amazon.wrong_region                    recovery_test
  18 wrong region, no other one answers           amazon.access_denied                   Logins
  18 role missing                                 amazon.role_missing                    Logins
  23 fields that nobody knows, optional ones gone (accepted)                             Listings
  24 decimal comma among decimal points           settlement_report.mixed_formats        bad_input
     token endpoint down                          amazon.login_unavailable               Logins
     presigned address expired                    amazon.address_expired                 Documents
     connection lost in the middle of a download  net.broken                             Documents
     clock ahead of Amazon's                      amazon.clock_wrong, .clock_differs     Clocks
     settlement issued again                      flow.reissued                          Listings
  4, 5 are rows of a file (above); 6, 9, 11, 19-22 concern APIs that are not called here.

usage: amazon_trouble_test.py ML_CONNECTOR SAP_SIMULATOR AMAZON_SIMULATOR [TEST...]
"""

import datetime
import gzip
import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from amazon import Amazon, begin_anew, connect, order  # noqa: E402
from hub import COLUMNS, FEE, SALE, HubTest, row, run_tests, settlement_text  # noqa: E402

ONE = "20000000001"
CENTS = 8500
SETTLEMENTS = 2  # that the simulated Amazon has
CONFIGURATION = "ml-connector.toml"
PERSON, LATER = 1, 6  # exit codes of `run`: a person is needed; it goes on by itself


class AmazonTest(HubTest):
    program = ""

    def setUp(self):
        super().setUp()
        begin_anew(self)

    def begin(self, *faults, arguments=()):
        """The hub's Amazon is one that does this."""
        self.amazon = Amazon(self.program, "--seed", "77", *arguments, folder=self.folder,
                             settlements=SETTLEMENTS, faults=list(faults))
        self.addCleanup(self.amazon.stop)
        connect(self, self.amazon)

    def night(self, code):
        return self.run_hub("run", "--once", "--json", code=code)

    def exception(self, code):
        (found,) = self.ask("exceptions", code=code)
        return found

    def assert_named(self, error, code, cure, kind="discovery"):
        """One row of `exceptions` names the cause and what to do; SAP has nothing of it."""
        found = self.exception(code)
        self.assertEqual((error, kind), (found["error"], found["kind"]), found)
        self.assertEqual(code == LATER, found["goes_on_by_itself"])
        self.assertRegex(found["cure"], cure)
        self.assertIn(error if code == PERSON else found["what"],
                      self.run_hub("exceptions", code=code).out + error)
        self.assert_in_sap()
        return found

    def trouble(self, error, code, cure, kind="discovery"):
        """A night that ends with that."""
        self.night(code)
        return self.assert_named(error, code, cure, kind)

    def hours_pass(self, hours=24):
        """What the hub remembers happened so much earlier."""
        def earlier(text):
            return (datetime.datetime.fromisoformat(text[:-1]) - datetime.timedelta(hours=hours)
                    ).isoformat(timespec="milliseconds") + "Z"
        if not os.path.exists(f"{self.state}/hub.sqlite"):
            return
        database = sqlite3.connect(f"{self.state}/hub.sqlite")
        with database:
            works = database.execute("SELECT tenant, id, due_at FROM work "
                                     "WHERE due_at < '9999'").fetchall()
            for tenant, work, due in works:
                database.execute("UPDATE work SET due_at = ?, ready_at = ? WHERE tenant = ? AND "
                                 "id = ?", (earlier(due), earlier(due), tenant, work))
            for key, value in database.execute("SELECT * FROM rate_bucket").fetchall():
                numbers = [int(one) for one in value.split()]
                for instant in (3, 4, 6):  # as of, blocked until, refused since
                    numbers[instant] = max(0, numbers[instant] - hours * 3_600_000)
                database.execute("UPDATE rate_bucket SET value = ? WHERE bucket_key = ?",
                                 (" ".join(map(str, numbers)), key))
        database.close()

    def assert_recovers(self, settlements=SETTLEMENTS):
        """The next night posts all of Amazon's settlements, each once; a further one nothing."""
        self.hours_pass()
        for _ in range(2):
            summary = self.night(0).json
            self.assertEqual(len(self.before) + settlements, summary["posted"])
        self.assertEqual([], self.ask("exceptions"))
        posted = {one["settlement_id"]: round(float(one["total"]) * 100)
                  for one in self.ask("settlements")["settlements"]
                  if one["state"] == "posted"}
        self.assertEqual(posted, self.in_sap())
        self.assertTrue(self.ask("audit", "verify")["agrees"])


class Logins(AmazonTest):
    def test_token_endpoint_is_down(self):
        for fault in (order("login", "status", status=503), order("login", "drop")):
            with self.subTest(fault["kind"]):
                self.begin(fault)
                self.trouble("amazon.login_unavailable", LATER, "tried again later")
        self.assert_recovers()

    def test_something_else_answers_in_its_place(self):
        self.begin(order("login", "garbage"))
        self.trouble("amazon.web_page", LATER, "let 127.0.0.1 through unchanged")
        self.assert_recovers()

    def test_secret_is_wrong(self):
        self.begin()
        self.overwrite("keys/amazon-client-secret", "hunter2secret\n")
        self.trouble("amazon.invalid_client", PERSON, "Rotate secret")
        for words in (("exceptions",), ("run", "--once")):
            told = self.run_hub(*words, code=PERSON)
            self.assertNotIn("hunter2", told.out + told.err)
        self.overwrite("keys/amazon-client-secret", self.amazon.facts["client secret"] + "\n")
        self.assert_recovers()

    def test_secret_has_expired(self):
        self.begin(order("getReports", "secret_expired", 1), order("getReports", "secret_expired", 2))
        self.trouble("amazon.secret_expired", PERSON, "then Rotate secret .*refresh tokens stay")
        self.assert_recovers()

    def test_refresh_token_is_revoked(self):
        self.begin(order("login", "invalid_grant"))
        self.trouble("amazon.invalid_grant", PERSON, "Authorize, and enter the new refresh token")
        self.assert_recovers()

    def test_application_may_not_log_in_so(self):
        self.begin(order("login", "unauthorized_client"))
        self.trouble("amazon.unauthorized_client", PERSON, "published or self-authorised")
        self.assert_recovers()

    def test_role_is_missing(self):
        self.begin(order("getReports", "denied"))
        self.trouble("amazon.role_missing", PERSON, "tick the role Finance and Accounting")
        self.assert_recovers()

    def test_access_is_denied_everywhere(self):
        self.begin(order("getReports", "denied"), order("getMarketplaceParticipations", "denied", 0))
        self.trouble("amazon.access_denied", PERSON, "Finance and Accounting .* region")
        self.assert_recovers()

    def test_region_is_wrong(self):
        self.begin()
        self.edit(CONFIGURATION, r"(?m)^endpoint = .*", f'endpoint = "{self.amazon.address}/eu"')
        self.trouble("amazon.access_denied", PERSON, "check that the region is the seller's")
        self.edit(CONFIGURATION, r"(?m)^endpoint = .*", f'endpoint = "{self.amazon.address}/na"')
        self.assert_recovers()


class Listings(AmazonTest):
    def test_quota_is_gone_for_hours(self):
        self.begin(order("getReports", "quota", hours=3))
        self.trouble("amazon.quota_exceeded", LATER, "another program")
        for _ in range(6):  # somebody looks every now and then
            self.hours_pass(1)
            self.night(LATER)
        found = self.assert_named("amazon.quota_exhausted", LATER,
                                  "stop or slow it down; .*support, with request")
        self.assertRegex(found["what"], r"for \d{2,} minutes")
        self.amazon.stop()
        self.begin()
        self.assert_recovers()

    def test_one_call_is_too_many(self):
        self.begin(order("getReports", "status", status=429))
        self.trouble("amazon.quota_exceeded", LATER, "slow down by themselves")
        self.night(LATER)  # at once: it is not even asked
        self.assert_named("amazon.quota_wait", LATER, "made when the quota allows it")
        self.assert_recovers()

    def test_amazon_is_out_of_order(self):
        for status in (500, 503):
            with self.subTest(status):
                self.begin(order("getReports", "status", status=status))
                self.trouble("amazon.unavailable", LATER, "request [0-9a-f-]{36}")
                self.hours_pass()
        self.assert_recovers()

    def many(self):
        """So many reports that their list has two pages."""
        return [order(f"settlement:{one}", "cancelled") for one in (1, 2) for _ in range(60)]

    def test_page_token_ends_between_two_pages(self):
        self.begin(*self.many(), order("getReports", "page_token_expired", 2))
        self.night(0)  # the listing begins again at once
        self.assert_recovers()

    def test_page_token_is_never_accepted(self):
        self.begin(*self.many(), order("getReports", "page_token_expired", 0))
        self.assert_stuck("amazon.page_token_refused", "begins again at its first page")

    def test_pages_go_in_circles(self):
        self.begin(*self.many(), order("getReports", "same_token", 0))
        self.assert_stuck("amazon.page_repeated", "begins again at its first page")

    def assert_stuck(self, error, cure):
        """It is tried a few times, then less and less; meanwhile the first page's are posted."""
        self.night(LATER)
        found = self.exception(LATER)
        self.assertEqual(error, found["error"])
        self.assertRegex(found["cure"], cure)
        self.amazon.stop()
        self.begin(*self.many())
        self.assert_recovers()

    def test_failure_in_the_middle_of_a_listing(self):
        self.begin(*self.many(), order("getReports", "status", 2, status=500))
        self.night(LATER)
        self.assertEqual("amazon.unavailable", self.exception(LATER)["error"])
        self.assert_recovers()

    def test_reports_look_otherwise_than_documented(self):
        for kind in ("other_marketplaces", "bare", "strange_fields"):
            with self.subTest(kind):
                self.begin(order("getReports", kind, 0))
                self.assert_recovers()

    def test_reports_that_brought_nothing(self):
        self.begin(order("settlement:1", "cancelled"), order("settlement:2", "fatal"))
        self.assert_recovers()

    def test_report_that_is_late_or_not_ready(self):
        for kind in ("late", "in_progress"):
            with self.subTest(kind):
                self.begin(order("settlement:2", kind, hours=2400))
                self.assert_recovers(SETTLEMENTS - 1)
                self.amazon.stop()
                self.begin()
                self.assert_recovers()
                self.setUp()

    def test_report_that_comes_twice(self):
        self.begin(order("settlement:1", "repeat", hours=1))
        self.assert_recovers()

    def test_settlement_that_is_issued_again(self):
        self.begin(order("settlement:1", "reissue", hours=1))
        self.night(PERSON)
        found = self.exception(PERSON)
        self.assertEqual(("flow.reissued", "reissued"), (found["error"], found["cause"]))
        (second,) = found["settlements"]
        self.ask("resolve", second, "discard")
        self.assert_recovers()

    def test_answers_that_are_none(self):
        for kind, error, cure in (("garbage", "amazon.web_page", "through unchanged"),
                                  ("firewall", "amazon.web_page", "through unchanged"),
                                  ("truncate", "net.broken", "repeated later")):
            with self.subTest(kind):
                self.begin(order("getReports", kind))
                self.trouble(error, LATER, cure)
                self.hours_pass()
        self.assert_recovers()

    def test_access_token_ends_early(self):
        self.begin(order("getReports", "expire_token"), order("getReportDocument", "expire_token"))
        self.assert_recovers()


class Documents(AmazonTest):
    def settlement_waits(self, fault, error, cure):
        """One download fails; the other settlement is posted, the next night brings this one."""
        self.begin(fault)
        self.night(LATER)
        found = self.exception(LATER)
        self.assertEqual((error, "settlement"), (found["error"], found["kind"]), found)
        self.assertRegex(found["cure"], cure)
        self.assertEqual(len(self.before) + SETTLEMENTS - 1, len(self.in_sap()))
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.assert_recovers()

    def test_address_ends_before_the_download(self):
        self.begin(order("document", "expired_address"))
        self.assert_recovers()  # a fresh one is asked for at once

    def test_address_always_ends_before_the_download(self):
        self.begin(order("document", "expired_address", 0))
        self.night(LATER)
        for found in self.ask("exceptions", code=LATER):
            self.assertEqual("amazon.address_expired", found["error"])
            self.assertRegex(found["cure"], "a fresh address is asked for")
        self.amazon.stop()
        self.begin()
        self.assert_recovers()

    def test_address_ends_in_the_middle_of_the_download(self):
        """The storage hangs up; when the download begins again its address has ended."""
        self.begin(order("document", "truncate", 1), order("document", "expired_address", 2))
        self.night(LATER)
        self.assertEqual("net.broken", self.exception(LATER)["error"])
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.assert_recovers()

    def test_gzip_is_cut_off(self):
        self.settlement_waits(order("document", "short_body"), "amazon.document_damaged",
                              "it is downloaded again")

    def test_connection_is_lost(self):
        self.settlement_waits(order("document", "drop"), "net.broken", "repeated later")

    def test_storage_is_out_of_order(self):
        self.settlement_waits(order("document", "status", status=503),
                              "amazon.storage_unavailable", "tried again later")

    def test_something_else_answers_in_its_place(self):
        for kind, error in (("garbage", "amazon.web_page"), ("firewall", "amazon.storage_denied")):
            with self.subTest(kind):
                self.settlement_waits(order("document", kind), error, "127.0.0.1")
                self.setUp()

    def test_label_of_the_compression_is_wrong(self):
        for fault in (order("getReportDocument", "gzip_label", 0), order("document", "inflated", 0)):
            with self.subTest(fault["kind"]):
                self.begin(fault)
                self.assert_recovers()

    def test_label_of_the_charset_is_wrong(self):
        """The bytes are UTF-8, Shift_JIS or Windows-1252, whatever the label says."""
        for value in ("text/plain; charset=Cp1252", "text/plain; charset=Shift_JIS",
                      "text/plain; charset=nonsense", "application/octet-stream", ""):
            with self.subTest(value):
                self.begin(order("document", "content_type", 0, value=value))
                self.assert_recovers()
                self.setUp()

    def test_document_is_larger_than_allowed(self):
        self.begin()
        old = self.edit(CONFIGURATION, r"(?m)^largest_report = .*", 'largest_report = "1 KiB"')
        self.night(PERSON)
        found = self.ask("exceptions", code=PERSON)
        self.assertEqual(SETTLEMENTS, len(found))
        for one in found:
            self.assertEqual(("amazon.document_too_large", "rejected"),
                             (one["error"], one["cause"]))
            self.assertIn("1024 bytes", one["what"])
            self.assertRegex(one["cure"], "raise largest_report .*packed to grow")
        self.assert_in_sap()
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.overwrite(CONFIGURATION, old)
        for one in found:
            self.ask("retry", *one["settlements"])
        self.assert_recovers()


class Clocks(AmazonTest):
    AHEAD = 100 * 24 * 60  # minutes: so far Amazon's clock is behind ours

    def test_clock_is_so_far_ahead_that_amazon_refuses(self):
        self.begin(order("getReports", "clock", 0, minutes=self.AHEAD))
        found = self.trouble("amazon.clock_wrong", PERSON, "timedatectl")
        self.assertRegex(found["what"], "clock is 14[34][0-9]{3} minutes ahead of Amazon's")
        self.amazon.stop()
        self.begin()
        self.assert_recovers()

    def test_clock_is_a_little_ahead(self):
        self.begin(order("getReports", "clock", minutes=20))
        told = self.night(0)
        self.assertIn("amazon.clock_differs", told.err)
        self.assertIn("minutes ahead of Amazon's", told.err)
        self.assert_recovers()


class Files(HubTest):
    """By hand, through the same path."""

    def exception(self, code):
        (found,) = self.ask("exceptions", code=code)
        return found

    def refuse(self, content, error, cure, code=3):
        """The file is rejected by name; put aside, the whole one is posted."""
        (answer,) = self.ask("import", self.write("bad.txt", content), code=code)
        bad = answer["settlement"]
        self.assertEqual(("rejected", error), (bad["state"], bad["error"]["id"]))
        self.assertRegex(bad["error"]["cure"], cure)
        self.assert_in_sap()
        self.ask("resolve", bad["name"], "discard")
        self.ask("import", self.good(ONE))
        self.assert_in_sap(_20000000001=CENTS)
        return bad["error"]

    def test_charset_that_nobody_knows(self):
        # A lone continuation byte is no UTF-8, 0x81 no Windows-1252, and no Shift_JIS before a tab.
        text = settlement_text(ONE, [row(SALE, sku="SKU-1"), FEE]).encode()
        error = self.refuse(text.replace(b"SKU-1", b"SKU-\x81\x8d\xfd\xff"),
                            "settlement_report.unknown_charset", "character set can be learned")
        self.assertIn("sku", str(error["facts"]))

    def test_utf16_is_no_settlement_report(self):
        self.refuse(settlement_text(ONE).encode("utf-16"), "settlement_report.nul_byte", "UTF-16")

    def test_renamed_column(self):
        text = settlement_text(ONE).replace("amount-description", "amount-text", 1)
        error = self.refuse(text, "settlement_report.missing_columns", "layout V2")
        self.assertIn("amount-description", error["text"])

    def test_v1_with_columns_that_nobody_knows(self):
        name = self.write("v1.txt", v1_text(ONE, ["brand-new-column", "another-one"]))
        dry = self.ask("import", "--dry-run", name, state=False)[0]
        self.assertEqual((["brand-new-column", "another-one"], True),
                         (dry["unknown_columns"], dry["ties"]))
        self.ask("import", name)
        self.assertEqual(["brand-new-column", "another-one"],
                         self.ask("show", ONE)["evidence"]["unknown_columns"])
        self.assert_in_sap(_20000000001=CENTS)

    def test_marketplace_that_nobody_knows(self):
        text = settlement_text(ONE, [SALE, row(FEE, marketplace_name="Amazon.moon")])
        (answer,) = self.ask("import", self.write("moon.txt", text), code=4)
        bad = answer["settlement"]
        self.assertEqual(("rejected", "ledger.unknown_cost_center"),
                         (bad["state"], bad["error"]["id"]))
        self.assertIn("'Amazon.moon'", bad["error"]["text"])
        self.assertIn("Add the marketplace to cost_centers", bad["error"]["cure"])
        self.assert_in_sap()
        self.edit("rules/us-sample.toml", r"(?m)^\[cost_centers\]\n",
                  '[cost_centers]\n"amazon.moon" = "1000"\n')
        self.ask("retry", ONE)
        self.assert_in_sap(_20000000001=CENTS)

    def test_blank_marketplace_and_strange_order(self):
        text = settlement_text(ONE, [row(SALE, order_id="FBA15K7XYZ01"),
                                     row(FEE, marketplace_name="", order_id="")])
        self.ask("import", self.write("blank.txt", text))
        self.assert_in_sap(_20000000001=CENTS)

    def test_gzip_by_hand(self):
        text = settlement_text(ONE).encode()
        packed = gzip.compress(text)
        for size in (len(packed) - 1, len(packed) // 2, 3):
            (answer,) = self.ask("import", self.write("cut.gz", packed[:size]), code=3)
            self.assertEqual("operations.damaged_gzip", answer["error"]["id"])
            self.assertIn("Download it again", answer["error"]["cure"])
            (dry,) = self.ask("import", "--dry-run", self.path("cut.gz"), code=3, state=False)
            self.assertEqual(["operations.damaged_gzip"], [one["id"] for one in dry["errors"]])
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.assert_in_sap()
        whole = self.write("whole.gz", packed)
        self.assertTrue(self.ask("import", "--dry-run", whole, state=False)[0]["ties"])
        self.ask("import", whole)
        self.assert_in_sap(_20000000001=CENTS)
        # The same settlement unpacked is the same settlement.
        (again,) = self.ask("import", self.good(ONE))
        self.assertTrue(again["known"])
        self.assertTrue(self.ask("audit", "verify")["agrees"])

    def test_larger_than_allowed(self):
        text = settlement_text(ONE).encode()
        bomb = gzip.compress(text + b"\n" * 50_000_000)
        old = self.edit(CONFIGURATION, r"(?m)^largest_report = .*",
                        f'largest_report = "{len(text) - 1} B"')
        names = [self.write("plain.txt", text), self.write("packed.gz", gzip.compress(text)),
                 self.write("bomb.gz", bomb)]
        answers = self.ask("import", *names, code=3)
        for answer in answers:
            self.assertEqual("operations.file_too_large", answer["error"]["id"])
            self.assertRegex(answer["error"]["cure"], "raise largest_report")
        self.assertEqual([], os.listdir(f"{self.state}/evidence/incoming"))
        self.assert_in_sap()
        self.edit(CONFIGURATION, r"(?m)^largest_report = .*", 'largest_report = "1 MiB"')
        answers = self.ask("import", *names, code=3)
        self.assertEqual("operations.file_too_large", answers[2]["error"]["id"])
        self.assertEqual("posted", answers[0]["settlement"]["state"])
        self.overwrite(CONFIGURATION, old)
        self.assert_in_sap(_20000000001=CENTS)


V1_COLUMNS = [name for name in COLUMNS
              if not name.startswith("amount") and name != "posted-date-time"] + (
    "shipment-fee-type shipment-fee-amount order-fee-type order-fee-amount price-type price-amount "
    "item-related-fee-type item-related-fee-amount misc-fee-amount other-fee-amount "
    "other-fee-reason-description promotion-type promotion-amount direct-payment-type "
    "direct-payment-amount other-amount").split()


def v1_text(number, more):
    """The two rows of settlement_text in the older layout, with columns it never had."""
    dates = {"settlement-start-date": "2026-09-01 00:00:00 UTC",
             "settlement-end-date": "2026-09-15 12:00:00 UTC",
             "deposit-date": "2026-09-17 12:00:00 UTC", "total-amount": "85.00", "currency": "USD"}
    common = {"transaction-type": "Order", "marketplace-name": "Amazon.com",
              "fulfillment-id": "AFN", "posted-date": "2026-09-03 10:00:00 UTC",
              **{name: "x" for name in more}}
    rows = (dates, {**common, "price-type": "Principal", "price-amount": "100.00"},
            {**common, "item-related-fee-type": "Commission", "item-related-fee-amount": "-15.00"})
    columns = V1_COLUMNS + list(more)
    lines = [columns] + [[{"settlement-id": number, **one}.get(name, "") for name in columns]
                         for one in rows]
    return "".join("\t".join(cells) + "\n" for cells in lines)


if __name__ == "__main__":
    AmazonTest.program = os.path.abspath(sys.argv.pop(3))
    run_tests(sys.argv)
