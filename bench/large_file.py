#!/usr/bin/env python3
"""Imports one very large settlement, plain and as gzip, and says how much memory that took at its
peak. It must not grow with the file: exit 1 when it is above the gate.

usage: bench/large_file.py [GIBIBYTES [ML_CONNECTOR]]      (4, build/bin/ml-connector)

Needs a temporary folder (TMPDIR) with room for a bit more than the file. The two are measured
apart: of the gzip both forms are kept as evidence, and it is inflated on the way.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib

GATE_MIB = 48
COLUMNS = ("settlement-id settlement-start-date settlement-end-date deposit-date total-amount "
           "currency transaction-type order-id merchant-order-id adjustment-id shipment-id "
           "marketplace-name amount-type amount-description amount fulfillment-id posted-date "
           "posted-date-time order-item-code merchant-order-item-id merchant-adjustment-item-id "
           "sku quantity-purchased promotion-id").split()
KINDS = (("ItemPrice", "Principal", 2999), ("ItemPrice", "Shipping", 499),
         ("ItemFees", "Commission", -450), ("ItemFees", "FBAPerUnitFulfillmentFee", -3048))
BLOCK_ORDERS = 1500  # about 1 MiB


def decimal(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def line(**cells):
    return "\t".join(str(cells.get(name.replace("-", "_"), "")) for name in COLUMNS) + "\n"


def block(number, first):
    """The rows of some orders; each order adds up to nothing."""
    rows = []
    for order in range(first, first + BLOCK_ORDERS):
        name = f"{114 + order % 3}-{order % 10_000_000:07}-{order * 7919 % 10_000_000:07}"
        posted = f"2026-09-{1 + order % 14:02} {order % 24:02}:{order % 60:02}:07 UTC"
        rows += [line(settlement_id=number, transaction_type="Order", order_id=name,
                      marketplace_name="Amazon.com", amount_type=kind, amount_description=what,
                      amount=decimal(cents), fulfillment_id="AFN", posted_date=posted[:10],
                      posted_date_time=posted, sku=f"SKU-{order % 997:04}", quantity_purchased=1)
                 for kind, what, cents in KINDS]
    return "".join(rows).encode()


def chunks(number, size):
    """A whole settlement of at least so many bytes, piece by piece. One more sale is its total."""
    dates = {"settlement_start_date": "2026-09-01 00:00:00 UTC",
             "settlement_end_date": "2026-09-15 12:00:00 UTC",
             "deposit_date": "2026-09-17 12:00:00 UTC"}
    yield ("\t".join(COLUMNS) + "\n" +
           line(settlement_id=number, total_amount="29.99", currency="USD", **dates) +
           line(settlement_id=number, transaction_type="Order", marketplace_name="Amazon.com",
                amount_type="ItemPrice", amount_description="Principal", amount="29.99",
                fulfillment_id="AFN", posted_date_time="2026-09-03 10:00:00 UTC")).encode()
    # Rows may be the same; Amazon's are, too.
    blocks = [block(number, first * BLOCK_ORDERS) for first in range(16)]
    written = 0
    while written < size:
        piece = blocks[written // len(blocks[0]) % len(blocks)]
        yield piece
        written += len(piece)


def write(path, pieces):
    with open(path, "wb") as file:
        for piece in pieces:
            file.write(piece)


def packed(pieces):
    pack = zlib.compressobj(1, zlib.DEFLATED, 15 + 16)
    for piece in pieces:
        yield pack.compress(piece)
    yield pack.flush()


def peak_of(process):
    """VmHWM of a program in KiB, looked at until it ends."""
    peak = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
        except OSError:
            found = None
        peak = max(peak, int(found.group(1)) if found else 0)
        time.sleep(0.01)
    return peak


def measure(program, state, file, what):
    size = os.path.getsize(file)
    began, before = time.monotonic(), os.times()
    process = subprocess.Popen([program, "import", file, "--state", state, "--json"],
                               stdout=subprocess.PIPE, text=True)
    peak = peak_of(process)
    answer = process.stdout.read()
    process.stdout.close()
    wall, after = time.monotonic() - began, os.times()
    if process.returncode != 0 or '"posted"' not in answer:
        sys.exit(f"{what}: code {process.returncode}\n{answer}")
    cpu = sum(after[2:4]) - sum(before[2:4])
    met = peak <= GATE_MIB * 1024
    print(f"{what:6} {size / 2**30:6.2f} GiB  {wall:7.1f} s  {cpu:7.1f} s CPU  "
          f"VmHWM {peak / 1024:6.1f} MiB (gate {GATE_MIB} MiB: {'met' if met else 'NOT met'})",
          flush=True)
    return met


def main():
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 4) * 2**30)
    program = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "build/bin/ml-connector")
    folder = tempfile.mkdtemp(prefix="ml-connector-large-")
    met = True
    try:
        state = f"{folder}/state"
        subprocess.run([program, "demo", "--once", "--markets", "US", "--state", state], check=True,
                       stdout=subprocess.DEVNULL)
        for number, what, form in (("29000000001", "plain", lambda pieces: pieces),
                                   ("29000000002", "gzip", packed)):
            file = f"{folder}/{number}"
            write(file, form(chunks(number, size)))
            met = measure(program, state, file, what) and met
            os.remove(file)
    finally:
        shutil.rmtree(folder)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
