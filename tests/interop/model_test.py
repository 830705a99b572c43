#!/usr/bin/env python3
"""Amazon's own models as the judge: Prism stands between client and simulated Amazon and holds each
request and each answer against them. Our client's requests and our simulator's answers, refusals
included, must be what the models say.

usage: model_test.py ML_CONNECTOR SAP_SIMULATOR AMAZON_SIMULATOR ENVIRONMENT [TEST...]

ENVIRONMENT is where Prism is kept. Skipped when the models are not there.
"""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path[0:0] = [str(HERE), str(HERE.parent / "end_to_end")]
import hub  # noqa: E402
import registry  # noqa: E402
import with_node  # noqa: E402
from amazon import Amazon, begin_anew, connect, order  # noqa: E402

MODELS = pathlib.Path("../shared/data/amazon-models")
JUDGED = ("reports_2021-06-30.json", "sellers.json", "tokens_2021-03-01.json")

# What is not held against the models, and why that is right: beginning of the path, place and words
# of the violation (none: the whole exchange), reason. Everything else must be as the models say.
EXCEPTIONS = (
    ("/auth/o2/token", None, None,
     "Login with Amazon is in no model, only in prose; the two other clients log in to it"),
    ("/documents/", None, None,
     "presigned addresses are the storage's, not the API's; the two other clients download there"),
)

TYPE = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"
US = "ATVPDKIKX0DER"
REPORTS = "/reports/2021-06-30/reports"
SCHEDULES = "/reports/2021-06-30/schedules"
DOCUMENTS = "/reports/2021-06-30/documents"
SELLERS = "/sellers/v1/marketplaceParticipations"
TOKENS = "/tokens/2021-03-01/restrictedDataToken"


class Names:
    """Programs, and what Node needs to find Prism."""
    amazon = ""
    node_path = ""


class Prism:
    """The proxy in front of one Amazon, and every exchange that went through it."""

    def __init__(self, upstream):
        models = [str(MODELS / name) for name in JUDGED]
        unmodelled = [path for path, place, _, _ in EXCEPTIONS if place is None]
        self.process = subprocess.Popen(
            ["node", str(HERE / "prism_proxy.cjs"), upstream, ",".join(unmodelled), *models], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env={**os.environ, "NODE_PATH": Names.node_path})
        self.address = self.process.stdout.readline().strip()
        assert self.address, "Prism did not start"
        self.exchanges = []
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.exchanges.append(json.loads(line))

    def stop(self):
        """Every exchange; none is missing any more."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
            self.reader.join(timeout=60)
            self.process.wait(timeout=60)
            self.process.stdout.close()
        return self.exchanges


class Impostor:
    """Answers every question with JSON that looks like an answer."""

    def __enter__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b'{"payload": [{"storeName": 5}], "reports": [{"reportId": "1"}]}'
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                """Silent."""
        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *words):
        self.server.shutdown()
        self.server.server_close()


def excepted(exchange, violation):
    place = ".".join(str(part) for part in violation["location"])
    return any(exchange["path"].startswith(path) and place.startswith(where) and
               text in violation["message"]
               for path, where, text, _ in EXCEPTIONS if where is not None)


def violations(exchange, side):
    """Those of the "request" or of the "response"; a model that does not fit is both's."""
    return [f"{'.'.join(map(str, one['location']))}: {one['message']}"
            for one in exchange["violations"]
            if one["location"][0] in (side, "model") and not excepted(exchange, one)]


class Judged(unittest.TestCase):
    maxDiff = None

    def begin(self, *arguments, folder=None, settlements=3, faults=None):
        self.amazon = Amazon(Names.amazon, *arguments, folder=folder, settlements=settlements,
                             faults=faults)
        self.addCleanup(self.amazon.stop)
        self.prism = Prism(self.amazon.address)
        self.addCleanup(self.prism.stop)

    def assert_clean(self, side):
        for exchange in self.prism.stop():
            self.assertEqual([], violations(exchange, side), exchange)


class Answers(Judged):
    """What the simulated Amazon says."""

    def setUp(self):
        self.folder = hub.tempfile.mkdtemp()
        self.addCleanup(hub.shutil.rmtree, self.folder)

    def log_in(self):
        facts = self.amazon.facts
        form = {"grant_type": "refresh_token", "refresh_token": facts["refresh token"],
                "client_id": facts["client id"], "client_secret": facts["client secret"]}
        with urllib.request.urlopen(self.prism.address + "/auth/o2/token",
                                    urllib.parse.urlencode(form).encode()) as answer:
            self.token = json.load(answer)["access_token"]

    def ask(self, path, status=200, method="GET", body=None, token=None, content_type=None,
            **query):
        """The answer as JSON; `query` may hold lists."""
        url = self.prism.address + path
        if query:
            url += "?" + urllib.parse.urlencode(
                {name: ",".join(value) if isinstance(value, list) else value
                 for name, value in query.items()})
        headers = {"user-agent": "model_test/1 (Language=Python; Platform=Linux)",
                   "accept": "application/json"}
        if token != "":
            headers["x-amz-access-token"] = token or self.token
        if body is not None:
            body = json.dumps(body).encode()
            headers["content-type"] = content_type or "application/json"
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                found, text = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                found, text = refused.code, refused.read()
        self.assertEqual(status, found, text)
        return json.loads(text)

    def errors(self, *words, **how):
        return self.ask(*words, **how)["errors"][0]["code"]

    def listed(self, **more):
        return self.ask(REPORTS, reportTypes=[TYPE], **more)

    def test_reports(self):
        self.begin()
        self.log_in()
        first = self.listed(pageSize=2, marketplaceIds=[US], processingStatuses=["DONE", "FATAL"])
        rest = self.ask(REPORTS, nextToken=first["nextToken"])
        self.assertEqual(3, len(first["reports"] + rest["reports"]))
        for report in first["reports"]:
            self.assertEqual(report, self.ask(f"{REPORTS}/{report['reportId']}"))
            document = urllib.parse.quote(report["reportDocumentId"], safe="")
            self.assertIn("url", self.ask(f"{DOCUMENTS}/{document}"))
            self.ask(f"{DOCUMENTS}/{document}", enableContentEncodingUrlHeader="true")
        self.assertEqual([], self.ask(REPORTS, reportTypes=["GET_FLAT_FILE_ORDERS_DATA"])["reports"])
        self.assertEqual([], self.ask(SCHEDULES, reportTypes=[TYPE])["reportSchedules"])
        self.assert_clean("request")
        self.assert_clean("response")

    def test_reports_as_the_field_knows_them(self):
        self.begin(folder=self.folder, faults=[
            order("getReports", "bare", 1), order("getReports", "strange_fields", 2),
            order("getReports", "other_marketplaces", 3), order("getReportDocument", "gzip_label"),
            order("settlement:1", "cancelled"), order("settlement:2", "fatal"),
            order("settlement:3", "in_progress", hours=2400)])
        self.log_in()
        states = set()
        for _ in range(3):
            reports = self.listed()["reports"]
            states |= {report["processingStatus"] for report in reports}
        self.assertEqual({"DONE", "CANCELLED", "FATAL", "IN_PROGRESS"}, states)
        for report in reports:
            self.ask(f"{REPORTS}/{report['reportId']}")
            if "reportDocumentId" in report:
                document = urllib.parse.quote(report["reportDocumentId"], safe="")
                self.ask(f"{DOCUMENTS}/{document}")
        self.assert_clean("response")

    def test_refusals_of_good_requests(self):
        self.begin(folder=self.folder,
                   faults=[order("getReports", "page_token_expired", 2)])
        self.log_in()
        settlement = {"reportType": TYPE, "marketplaceIds": [US]}
        token = self.listed(pageSize=1)["nextToken"]
        self.assertEqual("InvalidInput", self.errors(REPORTS, status=400, nextToken=token))
        self.assertEqual("NotFound", self.errors(f"{REPORTS}/1", status=404))
        self.assertEqual("NotFound", self.errors(f"{DOCUMENTS}/none", status=404))
        self.assertEqual("NotFound", self.errors(f"{SCHEDULES}/1", status=404))
        self.errors(f"{REPORTS}/1", status=404, method="DELETE")
        self.errors(f"{SCHEDULES}/1", status=404, method="DELETE")
        self.errors(REPORTS, status=400, method="POST", body=settlement)
        self.errors(SCHEDULES, status=400, method="POST", body={**settlement, "period": "P1D"})
        self.errors(TOKENS, status=400, method="POST", body={"restrictedResources": [
            {"method": "GET", "path": f"{DOCUMENTS}/none"}]})
        for path in (SELLERS, f"{REPORTS}/1", f"{DOCUMENTS}/none"):
            self.assertEqual("Unauthorized", self.errors(path, status=403, token="Atza|nobody's"))
            self.assertEqual("Unauthorized", self.errors(path, status=403, token=""))
        self.assert_clean("request")
        self.assert_clean("response")

    def test_seller(self):
        self.begin()
        self.log_in()
        found = self.ask(SELLERS)["payload"]
        self.assertEqual([US], [one["marketplace"]["id"] for one in found])
        self.assert_clean("response")

    def test_quota_and_trouble_of_amazons_own(self):
        places = {"getReports": (REPORTS, {"reportTypes": [TYPE]}),
                  "getReport": (f"{REPORTS}/1", {}),
                  "getReportDocument": (f"{DOCUMENTS}/none", {}),
                  "getMarketplaceParticipations": (SELLERS, {})}
        codes = {429: "QuotaExceeded", 500: "InternalFailure", 503: "ServiceUnavailable"}
        self.begin(folder=self.folder, faults=[
            order(place, "status", nth, status=status)
            for place in places for nth, status in enumerate(codes, 1)])
        self.log_in()
        for path, query in places.values():
            for status, code in codes.items():
                self.assertEqual(code, self.errors(path, status=status, **query))
        self.assert_clean("response")

    def test_bad_requests_are_bad_to_both(self):
        """What the simulator refuses for its form, the models forbid; else it were too strict, or
        Prism did not look."""
        bad = ({"pageSize": 101, "reportTypes": [TYPE]}, {"pageSize": 0, "reportTypes": [TYPE]},
               {"reportTypes": [TYPE], "createdSince": "yesterday"},
               {"reportTypes": [TYPE], "processingStatuses": ["READY"]},
               {"reportTypes": [TYPE] * 11}, {"reportTypes": [TYPE], "marketplaceIds": [US] * 11})
        self.begin()
        self.log_in()
        for query in bad:
            self.assertEqual("InvalidInput", self.errors(REPORTS, status=400, **query))
        exchanges = self.prism.stop()
        self.assertEqual(len(bad), len(exchanges))
        for exchange in exchanges:
            self.assertNotEqual([], violations(exchange, "request"), exchange)
            self.assertEqual([], violations(exchange, "response"), exchange)

    def test_the_judge_is_awake(self):
        """What no Amazon would say is seen: a page, and JSON that lacks what the model requires."""
        self.begin(folder=self.folder, faults=[order("getMarketplaceParticipations", "firewall")])
        self.log_in()
        with self.assertRaises(json.JSONDecodeError):
            self.ask(SELLERS, status=403)
        (exchange,) = self.prism.stop()
        self.assertNotEqual([], violations(exchange, "response"))
        with Impostor() as address:
            self.prism = Prism(address)
            self.addCleanup(self.prism.stop)
            self.ask(SELLERS)
            self.ask(REPORTS, reportTypes=[TYPE])
            for exchange in self.prism.stop():
                self.assertNotEqual([], violations(exchange, "response"), exchange)


class Requests(hub.HubTest, Judged):
    """What our client says, when the hub runs a night against Amazon behind Prism."""

    def run_night(self, code, **how):
        self.begin("--seed", "77", folder=self.folder, **how)
        begin_anew(self)
        connect(self, self.amazon, self.prism.address)
        summary = self.ask("run", "--once", code=code)
        asked = self.prism.stop()
        self.assert_clean("request")
        self.assert_clean("response")
        return summary, asked

    def test_night_with_pages_to_turn(self):
        many = [order(f"settlement:{one}", "cancelled") for one in (1, 2) for _ in range(60)]
        summary, asked = self.run_night(0, faults=many)
        self.assertEqual(3, summary["posted"])
        lists = [one["query"] for one in asked if one["path"] == REPORTS]
        self.assertEqual([["createdSince", "pageSize", "reportTypes"], ["nextToken"]],
                         [sorted(query) for query in lists])
        self.assertEqual(3, sum(one["path"].startswith(DOCUMENTS) for one in asked))

    def test_denial_is_looked_into(self):
        _, asked = self.run_night(1, faults=[order("getReports", "denied", 0)])
        self.assertEqual({REPORTS, SELLERS}, {one["path"] for one in asked})


def main():
    if not MODELS.exists():
        registry.skip(f"{MODELS} is not there, so nobody can judge")
    Names.amazon = os.path.abspath(sys.argv[3])
    Names.node_path = with_node.prepare(sys.argv[4], HERE / "prism")
    hub.run_tests(sys.argv[:3] + sys.argv[5:])


if __name__ == "__main__":
    main()
