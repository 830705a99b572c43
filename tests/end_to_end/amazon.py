"""The simulated Amazon as a program of its own."""

import datetime
import json
import os
import shutil
import subprocess


class Amazon:
    """Runs until `stop`. What it printed: its address and the first seller's credentials."""

    def __init__(self, program, *arguments, folder=None, settlements=3, faults=None):
        """`faults`, the orders of a fault plan, are written into `folder`."""
        anchor = datetime.date.today() - datetime.timedelta(days=14 * settlements + 2)
        command = [program, "--rows", "40", "--settlements", str(settlements),
                   "--anchor", anchor.isoformat(), *arguments]
        if faults is not None:
            plan = f"{folder}/amazon-faults.json"
            with open(plan, "w", encoding="utf-8") as file:
                json.dump({"faults": faults}, file)
            command += ["--fault-plan", plan]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.facts = {}
        while "seller" not in self.facts:
            line = self.process.stdout.readline()
            assert line, "the simulator ended"
            name, value = line.strip().split("  ", 1)
            self.facts[name] = value.strip()
        self.address = self.facts["address"]
        self.seller = self.facts["seller"].split(" ")[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def order(where, kind, nth=1, **parameters):
    """An order of a fault plan."""
    return {"where": where, "kind": kind, "nth": nth, "parameters": parameters}


def connect(hub, amazon, address=None):
    """The hub, a HubTest, has this Amazon from now on, at that address of it."""
    at = address or amazon.address
    hub.edit("ml-connector.toml", r"(?m)^endpoint = .*", f'endpoint = "{at}"')
    hub.edit("ml-connector.toml", r"(?m)^login_endpoint = .*",
             f'login_endpoint = "{at}/auth/o2/token"')
    hub.edit("ml-connector.toml", r"(?m)^client_id = .*",
             f'client_id = "{amazon.facts["client id"]}"')
    hub.edit("ml-connector.toml", r"(?m)^selling_account = .*",
             f'selling_account = "{amazon.seller}"')
    hub.overwrite("keys/amazon-client-secret", amazon.facts["client secret"] + "\n")
    hub.overwrite("keys/amazon-refresh-token-na", amazon.facts["refresh token"] + "\n")


def begin_anew(hub):
    """The hub, a HubTest, and its SAP have nothing yet but configuration, rules and secrets."""
    for name in os.listdir(hub.state):
        path = f"{hub.state}/{name}"
        if name.startswith("hub.sqlite"):
            os.remove(path)
        elif name in ("evidence", "sap-simulator"):
            shutil.rmtree(path)
    os.remove(f"{hub.state}/keys/audit.key")
    hub.before = {}
