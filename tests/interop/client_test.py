#!/usr/bin/env python3
"""A Selling Partner API client that others wrote for the real Amazon, against the simulated one: it
logs in, lists, fetches and downloads. What it understands, Amazon could have said.

usage: client_test.py AMAZON_SIMULATOR [TEST...]
"""

import os
import sys
import unittest
from decimal import Decimal

from sp_api.api import Reports, Sellers
from sp_api.auth import AccessTokenClient
from sp_api.auth.access_token_client import cache
from sp_api.auth.exceptions import AuthorizationError
from sp_api.base import Marketplaces
from sp_api.base.exceptions import (SellingApiBadRequestException, SellingApiForbiddenException,
                                    SellingApiNotFoundException,
                                    SellingApiRequestThrottledException)

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../end_to_end"))
from amazon import Amazon  # noqa: E402

TYPE = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
US = "ATVPDKIKX0DER"
SETTLEMENTS = 3


def at(simulator, kind, region="na", secret=None):
    """A client of that kind that talks to the simulator, not to Amazon."""

    host_and_port = simulator.address.removeprefix("http://")

    class LocalLogin(AccessTokenClient):
        scheme = "http://"
        host = host_and_port

    class Local(kind):
        @property
        def headers(self):
            # The client cuts eight characters, "https://", off the endpoint.
            return {**super().headers, "host": host_and_port}

    client = Local(marketplace=Marketplaces.US,
                   refresh_token=simulator.facts["refresh token"],
                   credentials={"lwa_app_id": simulator.facts["client id"],
                                "lwa_client_secret": secret or simulator.facts["client secret"]},
                   auth_token_client_class=LocalLogin)
    client.endpoint = f"{simulator.address}/{region}"
    return client


class OtherClient(unittest.TestCase):
    program = ""

    def setUp(self):
        cache.clear()
        self.simulator = Amazon(self.program, settlements=SETTLEMENTS)
        self.addCleanup(self.simulator.stop)
        self.reports = at(self.simulator, Reports)

    def listed(self, **more):
        # Without marketplaceIds this client adds four spellings of the name, three of which no
        # model of Amazon's has; the simulator refuses those.
        return self.reports.get_reports(reportTypes=[TYPE], marketplaceIds=[US], **more)

    def test_seller_is_known_by_his_marketplaces(self):
        found = at(self.simulator, Sellers).get_marketplace_participation().payload
        self.assertEqual([one["marketplace"]["id"] for one in found], [US])
        self.assertEqual(found[0]["marketplace"]["defaultCurrencyCode"], "USD")
        self.assertTrue(found[0]["participation"]["isParticipating"])

    def test_reports_are_listed_page_by_page(self):
        first = self.listed(pageSize=2)
        ids = [one["reportId"] for one in first.payload["reports"]]
        self.assertEqual(len(ids), 2)
        rest = self.reports.get_reports(nextToken=first.next_token)
        ids += [one["reportId"] for one in rest.payload["reports"]]
        self.assertEqual(len(set(ids)), SETTLEMENTS)
        self.assertFalse(rest.next_token)
        self.assertEqual(rest.headers["x-amzn-RateLimit-Limit"], "0.0222")

    def test_report_is_fetched_by_its_id(self):
        report = self.listed().payload["reports"][0]
        self.assertEqual(self.reports.get_report(report["reportId"]).payload, report)
        with self.assertRaises(SellingApiNotFoundException):
            self.reports.get_report("1")

    def test_documents_are_downloaded_and_add_up(self):
        packed = set()
        for report in self.listed().payload["reports"]:
            document = self.reports.get_report_document(report["reportDocumentId"], download=True)
            packed.add(document.payload.get("compressionAlgorithm"))
            header, summary, *rows = [line.split("\t")
                                      for line in document.payload["document"].splitlines()]
            self.assertEqual(header[0], "settlement-id")
            self.assertEqual(document.character_code.lower(), "utf-8")
            amount = header.index("amount")
            self.assertEqual(sum(Decimal(row[amount]) for row in rows),
                             Decimal(summary[header.index("total-amount")]))
        self.assertEqual(packed, {"GZIP", None})

    def test_settlement_report_cannot_be_requested(self):
        with self.assertRaises(SellingApiBadRequestException) as refused:
            self.reports.create_report(reportType=TYPE, marketplaceIds=[US])
        self.assertIn("not allowed at this time", str(refused.exception))

    def test_quota_is_kept_to_amazons_burst(self):
        for _ in range(10):
            self.listed()
        with self.assertRaises(SellingApiRequestThrottledException):
            self.listed()

    def test_other_region_is_denied(self):
        with self.assertRaises(SellingApiForbiddenException):
            at(self.simulator, Sellers, region="eu").get_marketplace_participation()

    def test_wrong_secret_is_an_authorisation_error(self):
        with self.assertRaises(AuthorizationError) as refused:
            at(self.simulator, Sellers, secret="wrong").get_marketplace_participation()
        self.assertEqual(refused.exception.error_code, "invalid_client")


if __name__ == "__main__":
    OtherClient.program = sys.argv.pop(1)
    # The client leaves its connections to the garbage collector.
    unittest.main(warnings="ignore")
