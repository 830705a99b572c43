"""Reads the simulated SAP's own books file and Amazon's settlements; knows nothing of the product."""

import collections
import sqlite3


def documents(books):
    """Live documents by reference: {reference: [(number, cents on the receivable account)]}."""
    database = sqlite3.connect(f"{books}/books.sqlite", timeout=10)
    live = collections.defaultdict(list)
    heads = database.execute(
        "SELECT BUKRS, BELNR, GJAHR, XBLNR, BSTAT, STBLG FROM BKPF").fetchall()
    for bukrs, belnr, gjahr, xblnr, bstat, stblg in heads:
        if bstat.strip() or stblg.strip() or xblnr == "OPENING":
            continue  # not live, or there from the beginning: once in each company code
        cents = 0
        balance = 0
        for shkzg, wrbtr, hkont in database.execute(
                "SELECT SHKZG, WRBTR, HKONT FROM BSEG WHERE BUKRS=? AND BELNR=? AND GJAHR=?",
                (bukrs, belnr, gjahr)):
            signed = wrbtr if shkzg == "S" else -wrbtr
            balance += signed
            if hkont == "0000140100":
                cents += signed
        assert balance == 0, f"{xblnr} {belnr} does not balance: {balance}"
        live[xblnr].append((belnr, cents))
    database.close()
    return live


def per_settlement(books):
    """{settlement-id: cents on the receivable account}; fails when a part is there twice."""
    totals = collections.defaultdict(int)
    parts = collections.defaultdict(int)
    for reference, found in documents(books).items():
        settlement, _, part = reference.partition("-")
        if not settlement.isdigit() or len(part) != 3:
            continue  # keyed by somebody else
        parts[(settlement, part[:2])] += len(found)
        for _, cents in found:
            totals[settlement] += cents
    doubled = [key for key, count in parts.items() if count > 1]
    assert not doubled, f"posted twice: {doubled}"
    return dict(totals)
