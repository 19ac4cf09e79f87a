"""Examine a laptop's store: the file, the digest chains, and whether rows follow from journals."""

from __future__ import annotations

from fairclient.base.words import _
from fairclient.store.integrity import check
from fairclient.store.replay import replay as replay_journals
from fairclient.usecases.workplace import Workplace


def examine(place: Workplace, *, replay: bool = False) -> list[str]:
    """Return what is wrong, a sentence each; an empty list means that all is well."""
    findings = list(check(place.store))
    if replay:
        result = replay_journals(place.store)
        findings += [
            _("Al repetir las bitácoras, {kind} no da lo mismo: {n} filas distintas.").format(
                kind=kind, n=count
            )
            for kind, count in result.differences.items()
        ]
    return findings
