#!/usr/bin/env python3
"""The parser of Prometheus' own Python client reads what a running hub tells, and finds names,
types and labels as docs/formats/observe.md says.

usage: metrics_test.py ML_CONNECTOR SAP_SIMULATOR [TEST...]
"""

import os
import re
import sys
import time

from prometheus_client.parser import text_string_to_metric_families

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../end_to_end"))
import observe_test  # noqa: E402
from hub import run_tests  # noqa: E402

DOCUMENT = "docs/formats/observe.md"


def documented():
    """{metric: its labels}"""
    with open(DOCUMENT, encoding="utf-8") as file:
        rows = re.findall(r"^\| `(mlc_\w+)` \|([^|]*)\|", file.read(), re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in rows}


class Metrics(observe_test.ObserveTest):
    def test_prometheus_understands_them(self):
        self.listen()
        today = time.strftime("%Y-%m-%d")
        self.edit(observe_test.CONFIGURATION, r"(?m)^# secret_rotated_on =.*",
                  f"secret_rotated_on = {today}")
        running = self.start()
        _, text = observe_test.get(self.address_of(running) + "/metrics")
        families = list(text_string_to_metric_families(text))
        found = {}
        for family in families:
            self.assertTrue(family.documentation)
            name = family.name + ("_total" if family.type == "counter" else "")
            self.assertIn(family.type, ("counter", "gauge"))
            self.assertEqual({name}, {sample.name for sample in family.samples})
            (labels,) = {frozenset(sample.labels) for sample in family.samples}
            found[name] = set(labels)
        self.assertEqual(documented(), found)


if __name__ == "__main__":
    run_tests(sys.argv)
