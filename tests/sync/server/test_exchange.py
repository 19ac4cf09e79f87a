"""The whole exchange over HTTP: greet, enrol, open a session, compare heads, send, receive."""

from __future__ import annotations

import pytest

from sync.server.reference import own_journal
from sync.wire import batch as wire
from sync.wire import compression, routes
from sync.wire import receipt as wire_receipt
from sync.wire.body import decode
from sync.wire.entry import Entry
from sync.wire.messages import EnrolReply
from sync.wire.receipt import Receipt
from sync.wire.station import Station
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, person
from tests.sync.server.web import JSON, Web, code_of


def test_a_laptop_enrols_sends_and_gets_a_receipt_that_counts(place: Place) -> None:
    laptop = Laptop()
    web = Web(place.node, laptop)
    asked = laptop.enrol_request(place.code(name="Laptop 1"))
    reply = web.ask("POST", routes.ENROL, content=asked.model_dump_json(), headers=JSON)
    given = EnrolReply.model_validate_json(reply.content)
    assert given.verify(asked.public_key) and given.server_public_key == web.hello().public_key
    assert (given.name, given.point, given.incarnation, given.fair) == ("Laptop 1", "A", 1, place.fair)
    laptop.enrolled(given).register()
    reply = web.sign_in().send(laptop.batch())
    assert reply.headers["content-type"] == routes.JSON
    receipt = Receipt.model_validate_json(reply.content)
    assert wire_receipt.verify(receipt, bytes.fromhex(given.server_public_key)) and receipt.tier == "centre"
    heads = web.ask("POST", routes.HEADS, content='{"heads":{}}', headers=JSON).json()
    assert heads["heads"][str(laptop.journal)] == [6, receipt.digest]
    assert heads["receipts"] == [receipt.model_dump(mode="json")]


@pytest.mark.parametrize("method", compression.METHODS)
def test_batches_come_packed_in_each_way(place: Place, method: str) -> None:
    laptop = place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()
    assert web.send(laptop.batch(), method).status_code == 200


def test_a_new_station_receives_the_fair_and_the_roster_sealed_by_the_server(place: Place) -> None:
    laptop = place.laptop()
    web = Web(place.node, laptop).sign_in()
    journal = own_journal(place.node, place.fair)
    batch = web.receive(str(journal))
    batch.check_seal(bytes.fromhex(place.node.keys.public_key))
    kinds = [entry.header.kind for entry in batch.entries]
    assert kinds == ["fair", "service", "service", "desk", "station", "operator"]
    fact = decode("station", batch.entries[4].body or b"").fact
    assert isinstance(fact, Station) and fact.scope == "fair" and fact.point == "A"
    assert code_of(web.ask("GET", f"{routes.batch_of(*journal)}?after=6")) == "not-found"


def test_what_one_station_sent_another_receives_under_the_first_ones_seal(place: Place) -> None:
    writer, reader = place.laptop(), place.laptop()
    for _ in range(200):
        writer.register()
    sending = Web(place.node, writer).sign_in()
    for first, last in ((1, 500), (501, 900), (901, 1200)):
        assert sending.send(writer.batch(first, last)).status_code == 200
    receiving = Web(place.node, reader).sign_in()
    after = 0
    got: list[Entry] = []
    while after < 1200:
        batch = receiving.receive(str(writer.journal), after)
        batch.check_seal(writer.key.public_key().public_bytes_raw())
        assert len(wire.encode(batch)) <= wire.MAX_BYTES
        got += batch.entries
        after = batch.last
    assert got == writer.entries


def test_a_desk_receives_headers_but_no_personal_bodies(place: Place) -> None:
    writer, desk = place.laptop(), place.laptop("desk")
    writer.register()
    Web(place.node, writer).sign_in().send(writer.batch())
    batch = Web(place.node, desk).sign_in().receive(str(writer.journal))
    batch.check_seal(writer.key.public_key().public_bytes_raw())
    seen = {entry.header.kind: entry.body is not None for entry in batch.entries}
    assert seen == {"attendee": False, "authorisation": False, "visit": True, "referral": True, "slip": True}


def test_a_desk_gets_back_the_personal_bodies_that_it_wrote_itself(place: Place) -> None:
    desk = place.laptop("desk")
    desk.state(person())
    web = Web(place.node, desk).sign_in()
    web.send(desk.batch())
    assert web.receive(str(desk.journal)).entries == tuple(desk.entries)


def test_nobody_is_handed_the_body_of_what_is_in_quarantine(place: Place) -> None:
    writer, reader = place.laptop(), place.laptop()
    writer.state(person())
    writer.state(person(), author=reader.station)  # a station is nobody's operator
    writer.state(person())
    assert Web(place.node, writer).sign_in().send(writer.batch()).json()["verdicts"][0]["seq"] == 2
    for station in (writer, reader):
        batch = Web(place.node, station).sign_in().receive(str(writer.journal))
        batch.check_seal(writer.key.public_key().public_bytes_raw())
        assert [entry.body is None for entry in batch.entries] == [False, True, False]
        assert batch.after == writer.digests[-1]


def test_a_gap_says_which_entry_is_expected(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    reply = Web(place.node, laptop).sign_in().send(laptop.batch(3, 6))
    assert (reply.status_code, code_of(reply), reply.json()["expected"]) == (409, "gap", 1)


def test_a_fork_is_a_conflict(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()
    web.send(laptop.batch())
    laptop.forget_from(4)
    laptop.register()
    reply = web.send(laptop.batch())
    assert (reply.status_code, code_of(reply)) == (409, "fork")


def test_a_station_sees_nothing_of_another_fair(place: Place) -> None:
    laptop = place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()
    web.send(laptop.batch())
    other = f"{laptop.fair[:-1]}{'0' if laptop.fair[-1] != '0' else '1'}"
    reply = web.ask("GET", routes.batch_of(laptop.station, 1, other))
    assert (reply.status_code, code_of(reply)) == (403, "forbidden")
    laptop.fair = other
    laptop.forget_from(1)
    laptop.register()
    assert code_of(web.send(laptop.batch())) == "forbidden"


def test_an_unknown_journal_is_said_to_be_unknown(place: Place) -> None:
    laptop = place.laptop()
    web = Web(place.node, laptop).sign_in()
    assert code_of(web.ask("GET", routes.batch_of(laptop.station, 7, laptop.fair))) == "unknown-journal"


def test_health_says_that_the_database_answers(place: Place) -> None:
    reply = Web(place.node).ask("GET", routes.HEALTH)
    assert reply.json() == {"status": "ok", "server": place.node.server, "tier": "centre"}
