"""Run as a program: registers fictional people and sends them, and says each act once it is done.

Whoever started it pulls the plug. Arguments: the home, the greatest number of people, and "tent" to send to
the hub that was joined; the passphrase comes from the environment as for every command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from datetime import date
from pathlib import Path

from fairclient.base.clock import SystemClock
from fairclient.base.home import Home
from fairclient.usecases.register_attendee import Registration, register_attendee
from fairclient.usecases.synchronise import synchronise, synchronise_with_hub
from fairclient.usecases.unlock import unlock
from fairclient.usecases.workplace import Workplace
from sync.client.report import Progress, SyncReport
from sync.wire.attendee import Attendee


def main() -> None:
    """Register, and after every third person make a pass; what the network does is no reason to stop."""
    place = unlock(Home(Path(sys.argv[1])), os.environ["FAIRCLIENT_PASSPHRASE"], SystemClock())
    for number in range(int(sys.argv[2])):
        person = Attendee(
            given_names=f"Ficticia {number}", sex="F", profile="VP", birth_date=date(1990, 2, 3)
        )
        done = register_attendee(place, Registration(person, ("SAL-AFIL",)))
        print("saved", done.attendee, flush=True)
        if number % 3 == 2:
            print("passed", _pass(place).acknowledged, flush=True)
    place.close()


def _pass(place: Workplace) -> SyncReport:
    def told(how: Progress) -> None:
        print("passing", how.phase, flush=True)

    if sys.argv[3:] == ["tent"]:
        return synchronise_with_hub(place, told, look=nothing_announced)
    return synchronise(place, on_progress=told)


def nothing_announced(*_: object) -> Generator[str]:
    """No hub is looked for by name in the network that this machine is in."""
    yield from ()


if __name__ == "__main__":
    main()
