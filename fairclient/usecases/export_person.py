"""Give a person all that is kept about her, with the proof of what she authorised (DP-02, DP-12)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from sqlmodel import Session

from fairclient.base.clock import moment, zone
from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.answer_words import field_value, field_words
from fairclient.domain.catalogues import name_of
from fairclient.domain.my_data import Evidence, Lines, MyData
from fairclient.domain.questions import QUESTIONS
from fairclient.store.queries import people, reference
from fairclient.store.queries.names import full_name
from fairclient.store.queries.people import PersonPage
from fairclient.store.queries.person_moments import Moment
from fairclient.store.queries.rows import one
from fairclient.store.reserved_reads import write_down
from fairclient.usecases.read_reserved import EXPORT
from fairclient.usecases.service_names import own_name
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.clock import milliseconds
from sync.wire.fair import Fair
from sync.wire.slip import Slip

MAY_EXPORT: Final = ("supervisor", "protection", "administrator")

Form = Literal["pdf", "json"]

_CHANNELS: Final[dict[str, Callable[[], str]]] = {
    "verbal": lambda: _("de palabra"),
    "signature": lambda: _("con firma"),
    "fingerprint": lambda: _("con huella"),
}
_ANSWERS: Final[dict[str, Callable[[], str]]] = {
    "general": lambda: _("Guardar sus datos"),
    "sensitive": lambda: _("Guardar datos sensibles"),
    "sharing": lambda: _("Compartir con las entidades"),
    "follow_up": lambda: _("Que la contacten"),
    "image": lambda: _("Fotografías"),
    "statistics": lambda: _("Cifras, sin su nombre"),
}


def export_person(place: Workplace, attendee: str, out: Path, form: Form = "pdf") -> MyData:
    """Write what is kept about a person to ``out``, for herself; that it was done is written down first.

    Everything of hers is in it, also what is sensitive; of other people nothing but the name of whom she
    allowed to answer for her. Raises Unauthorised, BadInput, DiskFull or HomeNotWritable.
    """
    # The library that makes PDFs takes a while to load: only when somebody asks for her data.
    from fairclient.reports import my_data  # noqa: PLC0415

    place.require(*MAY_EXPORT)
    with place.store.write(author=place.operator.id) as work:
        write_down(work.session.connection(), place.operator.id, attendee, (EXPORT,), place.clock.now_ms())
        data = _collected(place, work.session, attendee)
    (my_data.write_pdf if form == "pdf" else my_data.write_json)(data, out)
    return data


def _collected(place: Workplace, session: Session, attendee: str) -> MyData:
    page, found = people.person(session, attendee), one(session, Attendee, attendee)
    if page is None or found is None or found[1].anonymous:
        raise BadInput(
            _("Esta persona no está en este equipo."),
            do=_("Sincronice, o búsquela en el equipo donde se registró."),
            code="unknown-person",
        )
    fair = reference.fair(session)
    fact = found[1]
    names = {service.code: own_name(service) for _id, service in reference.services(session)}
    evidence = tuple(_evidence(told, fair, page) for told in page.moments if told.fact is not None)
    written = place.now().astimezone(zone(fair.time_zone))
    return MyData(
        name=full_name(fact),
        fair=fair.name,
        organiser=fair.organiser,
        help_line=fair.help_line,
        written=f"{written:%d/%m/%Y %H:%M}",
        parts=(
            Lines(_("Lo que dijo de usted"), _answers(fact)),
            Lines(_("Su hogar"), _household(page)),
            Lines(_("Asistencias, fichas y servicios"), _services(page, names, fair)),
            Lines(_("Correcciones"), _corrections(page, fair)),
        ),
        evidence=tuple(proof for proof in evidence if proof is not None),
        raw=_raw(page, fact, fair, written.isoformat()),
        fictional=fair.fictional,
    )


def _answers(fact: Attendee) -> tuple[tuple[str, str], ...]:
    dumped = fact.model_dump(mode="json") | {"birth_date": fact.birth_date}
    asked = [question.key for question in QUESTIONS if question.fact == "attendee"]
    rows = [(field_words(key), field_value(key, dumped[key])) for key in asked]
    return tuple((what, says) for what, says in rows if says)


def _household(page: PersonPage) -> tuple[tuple[str, str], ...]:
    """What the household shares and who she is in it; the others have their own papers."""
    if page.household is None:
        return ()
    home = page.household
    rows = (
        (_("Hogar"), home.name),
        (_("Dirección"), home.address),
        (_("Municipio"), field_value("municipality", home.municipality)),
        (_("Barrio o vereda"), home.neighbourhood),
        (_("Teléfono del hogar"), home.phone),
        (_("Personas registradas en el hogar"), str(len(page.home.members)) if page.home else ""),
    )
    return tuple((what, says) for what, says in rows if says)


def _services(page: PersonPage, names: dict[str, str], fair: Fair) -> tuple[tuple[str, str], ...]:
    rows = [(_when(told, fair), _("Vino a la feria")) for told in page.moments if told.kind == "visit"]
    for told in page.moments:
        if isinstance(told.fact, Slip):
            rows.append(
                (
                    _when(told, fair),
                    _("Ficha {turn}, código {code}").format(turn=told.fact.turn, code=told.fact.code),
                )
            )
    states = {
        "served": _("atendido"),
        "not_served": _("no se atendió"),
        "referred_on": _("remitido a otro servicio"),
        "no_show": _("no constaba al cierre"),
        "void": _("anulado"),
    }
    for referral in page.referrals:
        name = names.get(referral.service, referral.service)
        rows.append((_("Servicio pedido"), f"{name}: {states.get(referral.state, _('por atender'))}"))
    return tuple(rows)


def _corrections(page: PersonPage, fair: Fair) -> tuple[tuple[str, str], ...]:
    rows = []
    for told in page.moments:
        if told.kind == "attendee" and told.changes:
            fields = ", ".join(_one_change(told, name) for name in told.changes)
            rows.append((f"{_when(told, fair)}, {told.author}", fields))
    return tuple(rows)


def _one_change(told: Moment, name: str) -> str:
    if name == "household":
        return _("cambió de hogar")
    before, after = (field_value(name, side.get(name)) for side in (told.before, told.changes))
    words = field_words(name).lower()
    return f"{words}: {before or '—'} → {after or '—'}" if before or after else words


def _evidence(told: Moment, fair: Fair, page: PersonPage) -> Evidence | None:
    fact = told.fact
    if not isinstance(fact, Authorisation):
        return None
    who = page.names.get(fact.representative or "", "") or fact.representative_name
    papers = ", ".join(f"{paper.type} {paper.number}" for paper in fact.representative_documents)
    kin = name_of("relations", fact.relation) if fact.relation else ""
    return Evidence(
        when=_when(told, fair),
        recorded_by=told.author,
        station=told.station,
        text_version=fact.text_version,
        text_digest=fact.text_digest,
        channel=_CHANNELS[fact.channel](),
        language=name_of("languages", fact.language) or fact.language,
        answers=tuple(
            (words(), _("Sí") if getattr(fact, part) else _("No")) for part, words in _ANSWERS.items()
        ),
        represented_by=", ".join(filter(None, (who, kin, papers))),
    )


def _raw(page: PersonPage, fact: Attendee, fair: Fair, written: str) -> dict[str, Any]:
    """The same for a program; times are UTC."""
    proofs = [_entry(told) for told in page.moments if isinstance(told.fact, Authorisation)]
    return {
        "fair": {"name": fair.name, "organiser": fair.organiser, "help_line": fair.help_line},
        "written": written,
        "person": fact.model_dump(mode="json"),
        "household": page.household.model_dump(mode="json", exclude={"absent", "representative"})
        if page.household
        else None,
        "authorisations": proofs,
        "visits": [_entry(told) for told in page.moments if told.kind == "visit"],
        "slips": [slip.model_dump(mode="json") for _id, slip in page.slips],
        "services": [
            {"service": one_.service, "state": one_.state, "reason": one_.reason} for one_ in page.referrals
        ],
        "corrections": [_entry(told) for told in page.moments if told.kind == "attendee" and told.changes],
    }


def _entry(told: Moment) -> dict[str, Any]:
    known = {
        "at": moment(milliseconds(told.hlc)).isoformat(),
        "recorded_by": told.author,
        "station": told.station,
    }
    if told.fact is not None:
        return known | {"fact": told.fact.model_dump(mode="json")}
    return known | {"changes": dict(told.changes), "before": dict(told.before)}


def _when(told: Moment, fair: Fair) -> str:
    return f"{moment(milliseconds(told.hlc)).astimezone(zone(fair.time_zone)):%d/%m/%Y %H:%M}"
