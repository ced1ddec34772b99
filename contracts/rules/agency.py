"""The contract's agency and data items are those of its pemda, and what is excluded by law is not opened by a contract alone."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.explain import Flaw, suggestion
from contracts.models.contract import Contract
from contracts.rules.surroundings import Surroundings


def flaws(contract: Contract, around: Surroundings) -> Iterator[Flaw]:
    """Producer and data items unknown to the pemda; access looser than the law's class."""
    producer = contract.produsen_data
    if producer is not None and around.opd and producer not in around.opd:
        yield Flaw(("produsen_data",), f"OPD `{producer}` tidak ada di opd.yml", suggestion(producer, sorted(around.opd)))
    for i, code in enumerate(contract.item):
        item = around.items.get(code)
        if item is None and around.items:
            yield Flaw(("item", i), f"data `{code}` tidak ada di daftar_data.yml", suggestion(code, sorted(around.items)))
        elif item is not None and item.kelas_informasi == "dikecualikan" and contract.akses == "terbuka" and not contract.dasar:
            problem = f"data `{code}` dikecualikan, tetapi aksesnya terbuka"
            yield Flaw(("akses",), problem, "akses: tertutup, atau `dasar:` berisi keputusan Forum Satu Data atau PPID")
