"""Rules between nationality, profile and migration status: all of them only ask for a second look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairclient.base.words import _
from fairclient.domain.answers import Answers
from fairclient.domain.findings import Finding, warn

_COLOMBIAN: Final = frozenset({"NAC", "NAT"})
_FOREIGN: Final = frozenset({"REG", "PRO", "IRR", "SOL", "REF"})


def origin_rules(answers: Answers) -> Iterator[Finding]:
    """Findings about where somebody comes from."""
    nationality = answers.text("nationality")
    if not nationality:
        return
    if not answers.is_minor:  # children were often born on the other side of the border
        yield from _profile(answers.text("profile"), nationality)
    yield from _status(answers.text("migration_status"), nationality)


def _profile(profile: str, nationality: str) -> Iterator[Finding]:
    if profile == "RE" and nationality != "COL":
        yield warn(
            "profile",
            "returnee-not-colombian",
            _("El perfil de retorno es de personas colombianas. Revise el perfil o la nacionalidad."),
        )
    elif profile == "VP" and nationality == "COL":
        yield warn(
            "profile",
            "migrant-colombian",
            _("Es de Colombia y el perfil es de Venezuela. ¿Es retornada o binacional?"),
        )
    elif profile == "OT" and nationality in {"COL", "VEN"}:
        yield warn(
            "profile",
            "other-nationality",
            _("El perfil dice otra nacionalidad. Revise el perfil o la nacionalidad."),
        )


def _status(status: str, nationality: str) -> Iterator[Finding]:
    if status in _COLOMBIAN and nationality != "COL":
        yield warn(
            "migration_status",
            "status-colombian",
            _("La situación dice que es de Colombia y la nacionalidad no. ¿Es binacional?"),
        )
    elif status in _FOREIGN and nationality == "COL":
        yield warn(
            "migration_status",
            "status-foreign",
            _("La nacionalidad es de Colombia: no necesita situación migratoria. Revise."),
        )
    elif status == "APA" and nationality != "XXA":
        yield warn(
            "migration_status",
            "stateless",
            _("La situación es apátrida y hay una nacionalidad. Revise."),
        )
