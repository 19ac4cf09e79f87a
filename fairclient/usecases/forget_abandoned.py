"""What was said in registrations that were given up is forgotten everywhere when a day is closed.

Nobody authorised to keep it (Ley 1581 de 2012, art. 9), and nothing is counted by it.
"""

from __future__ import annotations

from fairclient.store.queries import drafts
from fairclient.store.unit_of_work import UnitOfWork
from fairclient.usecases.erase_person import signed_erasure
from fairclient.usecases.workplace import Workplace


def forget_abandoned(place: Workplace, work: UnitOfWork) -> bool:
    """Erase what was given up, inside a supervisor's transaction; say whether there was any.

    Those of which two laptops wrote different ends stay: one of them may have registered the person.
    """
    gone = drafts.abandoned(work.session)
    if gone:
        work.create(signed_erasure(place, gone[0], gone, "retention"))
    return bool(gone)
