"""Whatever is written, changed and received, in any order of journals: replayed, it gives the same rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairclient.base.clock import FixedClock
from fairclient.base.home import Home
from fairclient.store.database import Store
from fairclient.store.integrity import check
from fairclient.store.queries.state import state
from fairclient.store.replay import replay
from fairclient.store.sync_port import StoreReplica
from sync.wire.receipt import Verdict
from tests.fairclient.store.making import (
    AUTHOR,
    KEY,
    SERVICES,
    Arrived,
    Fair,
    arrive,
    attendee,
    enrol,
    everything,
    open_here,
    send,
    served,
)

NAMES = st.sampled_from(["Luz", "María José", "Ñandú", "O'Higgins", "Ana"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), st.integers(0, 2), NAMES),
        st.tuples(st.just("change"), st.integers(0, 2), NAMES),
        st.tuples(st.just("blind change"), st.integers(0, 2), NAMES),
        st.tuples(st.just("serve"), st.integers(0, 2), st.sampled_from(["served", "not_served", "no_show"])),
        st.tuples(st.just("share"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("tick"), st.integers(-90_000, 90_000), st.none()),
        st.tuples(st.just("refuse"), st.integers(0, 2), st.none()),
    ),
    max_size=14,
)


class _Stations:
    """Three stations of one fair in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock()
        self.fair = Fair(self.clock)
        self.stores = [open_here(Home(folder / name).create(), KEY, self.clock) for name in "abc"]
        for point, store in zip("ABC", self.stores, strict=True):
            enrol(store, self.fair, point)
        for store in self.stores:
            have = StoreReplica(store).heads()[str(self.fair.journal)][0]
            if have < len(self.fair.entries):
                StoreReplica(store).receive(self.fair.batch(after=have))
        self.arrived: list[Arrived] = []

    def act(self, what: str, where: int, how: object) -> None:
        """One act of `ACTS`."""
        if what == "tick":
            self.clock.advance(where)
            return
        store = self.stores[where]
        if what == "arrive":
            with store.write(AUTHOR) as work:
                self.arrived.append(arrive(work, self.clock, attendee(str(how)), services=SERVICES[:2]))
        elif what == "share" and isinstance(how, int):
            send(store, self.stores[how])
        elif what == "refuse":
            self._refuse(store)
        elif self.arrived:
            self._touch(store, what, str(how))

    def _touch(self, store: Store, what: str, how: str) -> None:
        target = self.arrived[len(how) % len(self.arrived)]
        with store.write(AUTHOR) as work:
            if what == "serve":
                work.create(served(target, SERVICES[0], how))
            else:
                base = "" if what == "blind change" else None
                changes = {"neighbourhood": how, "safe_contact": "N" if "ñ" in how.lower() else "S"}
                work.change("attendee", target.attendee, changes, base=base)

    def _refuse(self, store: Store) -> None:
        """The centre has everything and puts the station's last entry into quarantine."""
        replica = StoreReplica(store)
        if replica.heads().get(str(store.identity.journal)):
            batch = everything(store)
            verdict = Verdict(seq=batch.last, verdict="quarantined", code="unknown-author")
            replica.save_receipt(self.fair.receipt(batch, [verdict]))


@contextmanager
def _stations() -> Iterator[_Stations]:
    folder = Path(tempfile.mkdtemp())
    stations = _Stations(folder)
    try:
        yield stations
    finally:
        for store in stations.stores:
            store.close()
        shutil.rmtree(folder)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_a_replay_gives_the_rows_that_are_here(acts: list[tuple[str, int, object]]) -> None:
    with _stations() as stations:
        for act in acts:
            stations.act(*act)
        for store in stations.stores:
            assert replay(store).differences == {}
            assert check(store) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS.map(lambda acts: [act for act in acts if act[0] != "refuse"]), st.permutations(range(3)))
def test_settled_stations_have_one_digest(acts: list[tuple[str, int, object]], order: list[int]) -> None:
    with _stations() as stations:
        for act in acts:
            stations.act(*act)
        for source in order:
            for target in range(3):
                if source != target:
                    send(stations.stores[source], stations.stores[target])
        found = []
        for store in stations.stores:
            with store.read() as session:
                found.append(state(session))
        assert len({figures["state_digest"] for figures in found}) == 1
        assert found[0]["counts"] == found[1]["counts"] == found[2]["counts"]
        assert len({figures["entries"] for figures in found}) == 1
