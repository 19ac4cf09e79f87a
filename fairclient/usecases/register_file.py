"""Register the people of a CSV file, row by row; families are kept together by their label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from fairclient.base.errors import BadInput, SayError
from fairclient.base.words import _
from fairclient.domain.authorisation_texts import current_text
from fairclient.domain.csv_import import PersonRow, mend_the_row, read_people
from fairclient.domain.findings import Finding
from fairclient.store.queries import reference
from fairclient.usecases.register_attendee import Registered, Registration, register_attendee
from fairclient.usecases.workplace import Workplace
from sync.wire.attendee import Attendee
from sync.wire.authorisation import Authorisation
from sync.wire.household import Household


@dataclass(frozen=True)
class RowOutcome:
    """What became of a row (numbered from 1, the header not counted); `findings` are worth a second look."""

    row: int
    result: Registered | SayError
    findings: tuple[Finding, ...] = ()


def register_file(place: Workplace, source: Path) -> Iterator[RowOutcome]:
    """Register each row in a transaction of its own and say what became of it.

    A file is only for people who gave their authorisation: it is recorded for each as given by word of mouth
    to the operator who brings the file in, the general part only.

    Raises BadInput before anything is written where the file as a whole can't be read.
    """
    with place.store.read() as session:
        services = {service.code for _service_id, service in reference.services(session)}
    households: dict[str, str] = {}
    for parsed in read_people(source, services, place.today()):
        if isinstance(parsed.person, SayError):
            yield RowOutcome(parsed.row, parsed.person)
            continue
        result = _register(place, parsed.person, households)
        yield RowOutcome(parsed.row, _with_a_way_out(parsed.row, result), parsed.person.findings)


def _with_a_way_out(row: int, result: Registered | SayError) -> Registered | SayError:
    """A refusal that names the row and says what to do, whoever refused."""
    if isinstance(result, Registered) or result.do:
        return result
    what = _("Fila {row}: {what}").format(row=row, what=result.what)
    return BadInput(what, result.safe, mend_the_row(), code=result.code)


def _register(place: Workplace, row: PersonRow, households: dict[str, str]) -> Registered | SayError:
    known = households.get(row.household)
    attendee = row.attendee.model_copy(update={"household": known})
    registration = Registration(attendee, row.services, _authorisation(attendee))
    if row.household and known is None:
        family = Household(name=attendee.first_surname, municipality=attendee.municipality)
        registration = replace(registration, household=family)
    try:
        done = register_attendee(place, registration)
    except SayError as refused:
        return refused
    if row.household and done.household:
        households[row.household] = done.household
    return done


def _authorisation(attendee: Attendee) -> Authorisation:
    text = current_text(attendee.language)
    return Authorisation(
        attendee="00000000-0000-0000-0000-000000000000",  # the use case writes the real one
        text_version=text.version,
        text_digest=text.digest,
        language=text.language,
        channel="verbal",
        general=True,
    )
