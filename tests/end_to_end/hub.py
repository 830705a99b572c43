"""Drives the real programs on state directories that are thrown away afterwards."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from decimal import Decimal

import books

COLUMNS = ("settlement-id settlement-start-date settlement-end-date deposit-date total-amount "
           "currency transaction-type order-id merchant-order-id adjustment-id shipment-id "
           "marketplace-name amount-type amount-description amount fulfillment-id posted-date "
           "posted-date-time order-item-code merchant-order-item-id merchant-adjustment-item-id "
           "sku quantity-purchased promotion-id").split()

SALE = {"transaction-type": "Order", "amount-type": "ItemPrice", "amount-description": "Principal",
        "amount": "100.00", "marketplace-name": "Amazon.com", "fulfillment-id": "AFN"}
FEE = {"transaction-type": "Order", "amount-type": "ItemFees", "amount-description": "Commission",
       "amount": "-15.00", "marketplace-name": "Amazon.com", "fulfillment-id": "AFN"}


class Programs:
    """Paths of the programs under test, and a state that a demo has filled."""
    connector = ""
    simulator = ""
    folder = ""  # of this run
    demo = ""    # a state after its first night: one connection, `us`, that posts by itself


def prepare(arguments):
    Programs.connector, Programs.simulator = map(os.path.abspath, arguments)
    Programs.folder = tempfile.mkdtemp(prefix="ml-connector-")
    Programs.demo = f"{Programs.folder}/demo"
    subprocess.run([Programs.connector, "demo", "--once", "--markets", "US", "--state",
                    Programs.demo], check=True, stdout=subprocess.DEVNULL, timeout=120)


def run_tests(arguments):
    """Runs the tests of the calling program; arguments: ML_CONNECTOR SAP_SIMULATOR [TEST...]."""
    prepare(arguments[1:3])
    try:
        unittest.main(argv=[arguments[0]] + arguments[3:])
    finally:
        shutil.rmtree(Programs.folder)


def row(base, **changed):
    """A row with other cells; underscores stand for hyphens."""
    return {**base, **{name.replace("_", "-"): value for name, value in changed.items()}}


def settlement_text(number, rows=(SALE, FEE), total=None, columns=None, summaries=1):
    """A settlement report of the layout V2."""
    columns = list(columns or COLUMNS)
    if total is None:
        total = sum(Decimal(one["amount"]) for one in rows)
    summary = {"settlement-id": number, "settlement-start-date": "2026-09-01 00:00:00 UTC",
               "settlement-end-date": "2026-09-15 12:00:00 UTC",
               "deposit-date": "2026-09-17 12:00:00 UTC", "total-amount": str(total),
               "currency": "USD"}
    lines = [columns]
    for one in [summary] * summaries + list(rows):
        filled = {"settlement-id": number, **one}
        if "amount" in one:
            filled.setdefault("posted-date-time", "2026-09-03 10:00:00 UTC")
        lines.append([filled.get(name, "") for name in columns])
    return "".join("\t".join(cells) + "\n" for cells in lines)


class Answer:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def error(self):
        return self.json["error"]


class HubTest(unittest.TestCase):
    """Each test has a state of its own: a copy of the one after the demo."""

    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=Programs.folder)
        self.state = f"{self.folder}/state"
        shutil.copytree(Programs.demo, self.state)
        self.edit("ml-connector.toml", r"(?m)^cutover = .*", "cutover = 2026-01-01")
        self.before = self.in_sap()

    def tearDown(self):
        shutil.rmtree(self.folder)

    # --- the programs ---

    def run_hub(self, *words, code=None, state=None, **how):
        command = [Programs.connector, *words]
        if state is not False:
            command += ["--state", state or self.state]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False,
                              **how)
        answer = Answer(done)
        if code is not None:
            self.assertEqual(code, answer.code, f"{words}\n{answer.out}\n{answer.err}")
        self.assertNotEqual(70, answer.code, f"{words}\n{answer.out}\n{answer.err}")
        self.assertGreaterEqual(answer.code, 0, f"{words} was killed")
        return answer

    def ask(self, *words, code=0, **how):
        """One JSON value."""
        return self.run_hub(*words, "--json", code=code, **how).json

    def as_somebody_else(self, *folders):
        """How to run a program that may not write everywhere; the folders become its user's."""
        if os.geteuid() != 0:
            return {}
        for folder in (Programs.folder, self.folder):
            os.chmod(folder, 0o755)
        for folder in folders:
            os.chown(folder, 65534, 65534)
        return {"user": 65534, "group": 65534}

    def hand(self, *words):
        subprocess.run([Programs.simulator, "hand", "--books", self.books, *words], check=True,
                       capture_output=True, timeout=60)

    # --- files ---

    @property
    def books(self):
        return f"{self.state}/sap-simulator"

    def path(self, name):
        return f"{self.folder}/{name}"

    def write(self, name, content):
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(self.path(name), mode, **({} if mode == "wb" else {"encoding": "utf-8"})) as file:
            file.write(content)
        return self.path(name)

    def read(self, name):
        with open(f"{self.state}/{name}", encoding="utf-8") as file:
            return file.read()

    def overwrite(self, name, text):
        with open(f"{self.state}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def edit(self, name, pattern, text):
        old = self.read(name)
        new, count = re.subn(pattern, lambda _: text, old, count=1)
        self.assertEqual(1, count, f"{pattern} is not in {name}")
        self.overwrite(name, new)
        return old

    def good(self, number):
        return self.write(f"{number}.tsv", settlement_text(number))

    # --- SAP's books, read from outside ---

    def in_sap(self):
        return books.per_settlement(self.books)

    def assert_in_sap(self, **more):
        """The demo's settlements and these, in cents, each once: _20000000001=8500."""
        wanted = {**self.before, **{name[1:]: cents for name, cents in more.items()}}
        self.assertEqual(wanted, self.in_sap())
