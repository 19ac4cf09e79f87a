"""What a person's page reads from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.domain.reserved import ALERTED, READERS, UNACCOMPANIED
from fairclient.store.queries import people, reference
from fairclient.store.queries.distinctions import decided
from fairclient.store.queries.people import PersonPage
from fairclient.store.queries.reserved_reads import ReservedRead, reads
from fairclient.store.queries.shared_documents import Holder, holders
from fairclient.usecases.service_names import neutral_names
from fairclient.usecases.workplace import Workplace
from sync.wire.fair import Fair
from sync.wire.service import Service


@dataclass(frozen=True)
class PersonFacts:
    """A person, the names of the services (protected ones by their desk), and the fair's own day.

    ``shared`` are the others who have one of her documents' numbers and of whom nobody has decided.
    ``alone``: a child who came without an adult, told only to those who must look after her.
    ``reads_reserved``: whether the operator may read what is sensitive; ``reads`` are those who did, told to
    supervisors. ``asks_sensitive``: she allowed that it is asked.
    """

    page: PersonPage
    names: dict[str, str]
    services: tuple[Service, ...]
    today: date
    time_zone: str
    fair: Fair
    shared: tuple[Holder, ...] = ()
    alone: bool = False
    reads_reserved: bool = False
    reads: tuple[ReservedRead, ...] = ()
    asks_sensitive: bool = False


def read_person(place: Workplace, attendee: str) -> PersonFacts:
    """Read a person; runs on the database's lane. Raises BadInput where she isn't known here."""
    with place.store.read() as session:
        page = people.person(session, attendee)
        if page is None:
            raise BadInput(
                _("Esta persona no está en este equipo."),
                do=_("Sincronice, o búsquela en el equipo donde se registró."),
                code="unknown-person",
            )
        fair = reference.fair(session)
        services = tuple(service for _service_id, service in reference.services(session))
        today = place.clock.today(fair.time_zone)
        papers = [(document.type, document.number) for document in page.fact.documents]
        apart = decided(session, attendee)
        shared = tuple(one for one in holders(session, papers, attendee) if one.attendee not in apart)
        told = place.may(*ALERTED)
        alone = told and UNACCOMPANIED in page.reserved
        names = neutral_names(session)
        return PersonFacts(
            page,
            names,
            services,
            today,
            fair.time_zone,
            fair,
            shared,
            alone,
            reads_reserved=place.may(*READERS),
            reads=reads(session, attendee) if told else (),
            asks_sensitive=bool(page.authorisations) and page.authorisations[-1].sensitive,
        )
