"""What happened to a person, each moment in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fairclient.base.words import N_, _
from fairclient.domain import catalogues
from fairclient.domain.answer_words import field_words, value_words
from fairclient.domain.questions import QUESTIONS
from fairclient.slips.code import pretty
from fairclient.store.queries.person_moments import Moment
from fairclient.store.queries.prints import PRINT
from fairclient.ui.pages.person.household_words import Told, household_told, moved_told
from fairclient.ui.widgets import states
from sync.wire.authorisation import Authorisation
from sync.wire.distinction import Distinction
from sync.wire.outcome import Outcome
from sync.wire.referral import Referral
from sync.wire.slip import Slip
from sync.wire.visit import Visit

_ASKED = {question.key: question for question in QUESTIONS}
_ALLOWED = (
    ("general", N_("el registro")),
    ("sensitive", N_("datos sensibles")),
    ("sharing", N_("compartir con las entidades")),
    ("follow_up", N_("que la contacten")),
    ("image", N_("fotografías")),
    ("statistics", N_("cifras")),
)


def tell(moment: Moment, names: Mapping[str, str], whose: str = "") -> Told:
    """Say what happened to ``whose`` page it is (an id).

    ``names`` are those of services by code, of people and households by id.
    """
    fact = moment.fact
    if fact is None:
        return _changed(moment, names)
    if isinstance(fact, Visit):
        point = _("en el punto {point}").format(point=fact.point) if fact.point else ""
        return Told("register", "accent_ink", _("Vino a la feria"), point)
    if isinstance(fact, Referral):
        return Told(
            "arrow", "accent_ink", _("Pidió {service}").format(service=names.get(fact.service, fact.service))
        )
    if isinstance(fact, Slip):
        return _slip(fact)
    if isinstance(fact, Outcome):
        return _outcome(fact, names)
    if isinstance(fact, Authorisation):
        return _authorised(fact, names)
    if isinstance(fact, Distinction):
        return _distinguished(fact, names.get(fact.attendee if fact.other == whose else fact.other, ""))
    return Told("person", "accent_ink", _("Se registró a la persona"))


def together(moments: Sequence[Moment]) -> Iterable[list[Moment]]:
    """Referrals that were asked in one breath, as one; everything else by itself."""
    run: list[Moment] = []
    for moment in moments:
        if run and not _one_breath(run[-1], moment):
            yield run
            run = []
        run.append(moment)
    if run:
        yield run


def tell_together(run: Sequence[Moment], names: Mapping[str, str], whose: str = "") -> Told:
    """Say a run of moments in one sentence."""
    if len(run) == 1:
        return tell(run[0], names, whose)
    asked = [moment.fact.service for moment in run if isinstance(moment.fact, Referral)]
    return Told(
        "arrow",
        "accent_ink",
        _("Pidió {service}").format(service=", ".join(names.get(one, one) for one in asked)),
    )


def _one_breath(one: Moment, other: Moment) -> bool:
    """Written by the same person within the same minute."""
    both = isinstance(one.fact, Referral) and isinstance(other.fact, Referral)
    return both and one.author == other.author and int(other.hlc[:12], 16) - int(one.hlc[:12], 16) < 60_000


def _slip(fact: Slip) -> Told:
    where = " → ".join(_("mesa {letter}").format(letter=letter) for letter in fact.desks)
    text = " · ".join(filter(None, (pretty(fact.code), where)))
    title = (
        _("Ficha nueva {turn}: la anterior quedó anulada") if fact.replaces else _("Recibió la ficha {turn}")
    )
    return Told("slip", "accent_ink", title.format(turn=fact.turn), text)


def _outcome(fact: Outcome, names: Mapping[str, str]) -> Told:
    look = states.look("reopened" if fact.undoes else fact.result)
    service = names.get(fact.service, fact.service)
    if fact.result == "no_show":
        # Written at closing by a laptop that had heard nothing: it may stand after a desk's "served".
        return Told(
            look.icon,
            look.role,
            _("Al cerrar el día no constaba su atención: {service}").format(service=service),
        )
    parts = [_("mesa {letter}").format(letter=fact.desk) if fact.desk else ""]
    if fact.result == "not_served":
        parts.append(catalogues.name_of("not_served_reasons", fact.reason))
    if fact.result == "referred_on":
        parts.append(_("a {service}").format(service=names.get(fact.reason, fact.reason)))
    return Told(look.icon, look.role, f"{look.words}: {service}", " · ".join(filter(None, parts)))


def _authorised(fact: Authorisation, names: Mapping[str, str]) -> Told:
    said = [_(words) for name, words in _ALLOWED if getattr(fact, name)]
    if not said:
        return Told("shield", "warn_ink", _("No autorizó el tratamiento de sus datos"))
    text = [_("texto {version}").format(version=fact.text_version)]
    if fact.relation:
        who = names.get(fact.representative or "", "") or fact.representative_name
        kin = catalogues.name_of("relations", fact.relation)
        text.append(_("por ella: {who}").format(who=", ".join(filter(None, (who, kin)))))
    title = _("Autorizó: {what}").format(what=", ".join(said))
    return Told("shield", "done_ink", title, " · ".join(text))


def _distinguished(fact: Distinction, other: str) -> Told:
    other = other or _("otra persona")
    if fact.same:
        return Told("person", "warn_ink", _("Es la misma persona que {name}").format(name=other), fact.reason)
    return Told(
        "person", "accent_ink", _("No es la misma persona que {name}").format(name=other), fact.reason
    )


def _changed(moment: Moment, names: Mapping[str, str]) -> Told:
    if moment.kind == PRINT:
        title = (
            _("Se imprimió una copia de la ficha") if moment.changes["again"] else _("Se imprimió la ficha")
        )
        return Told("printer", "accent_ink", title)
    if moment.kind == "slip":
        if "void_reason" in moment.changes:
            return Told("void", "warn_ink", _("Se anuló una ficha"))
        return Told("slip", "accent_ink", _("Cambió una ficha"))
    if moment.kind == "household":
        return household_told(moment, names)
    if moment.kind != "attendee":
        return Told("info", "accent_ink", _("Se corrigió un registro"))
    if set(moment.changes) <= {"household", "household_role"} and "household" in moment.changes:
        return moved_told(moment, names)
    fields = ", ".join(field_words(name).lower() for name in moment.changes)
    lines = (_change(name, value, moment.before) for name, value in moment.changes.items())
    return Told(
        "register",
        "warn_ink",
        _("Se corrigió: {fields}").format(fields=fields),
        "  ·  ".join(filter(None, lines)),
    )


def _change(name: str, value: Any, before: Mapping[str, Any]) -> str:
    """What stood there and what stands there now; of sensitive things only that they changed."""
    question = _ASKED.get(name)
    if question is None or question.sensitive:
        return ""
    return f"{value_words(question, before.get(name)) or '—'} → {value_words(question, value) or '—'}"
