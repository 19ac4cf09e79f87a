"""Enrolment by one-time code, and sessions that only the station's key opens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from sync.server import auth, enrolment, intake, reference
from sync.server.reference import Statement
from sync.wire import enrolment_code, routes
from sync.wire.messages import SessionRequest
from sync.wire.problem import WireError
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id, person
from tests.sync.server.web import JSON, Web, code_of


def refused(place: Place, code: str, laptop: Laptop | None = None) -> str:
    with pytest.raises(WireError) as caught:
        enrolment.enrol(place.node, (laptop or Laptop()).enrol_request(code))
    return caught.value.code


def revoke(place: Place, kind: str, subject: str) -> None:
    with place.node.database.write() as connection:
        statement = Statement(kind, subject, change={"revoked": True})
        reference.publish(connection, place.node, place.fair, [statement])


def test_the_same_laptop_asking_again_gets_the_same_reply_and_another_is_told_that_the_code_is_used(
    place: Place,
) -> None:
    code, laptop = place.code(), Laptop()
    asked = laptop.enrol_request(code)
    first = enrolment.enrol(place.node, asked)
    place.clock.advance(3600)
    assert enrolment.enrol(place.node, asked) == first
    assert refused(place, code) == "code-used"


def test_codes_end_and_are_forgiving_about_how_they_are_typed(place: Place) -> None:
    code = place.code(minutes=10)
    assert refused(place, "00000-00000-00000-00000-00000-0") == "code-unknown"
    sloppy = f" {code.lower().replace('-', ' ')}"
    assert enrolment.enrol(place.node, Laptop().enrol_request(sloppy)).fair == place.fair
    late = place.code(minutes=10)
    place.clock.advance(601)
    assert refused(place, late) == "code-expired"


def test_codes_are_not_kept_as_they_are(place: Place) -> None:
    code = place.code()
    with place.node.database.read() as connection:
        row = connection.execute(text("SELECT * FROM enrolment_code")).one()
    assert not any(code in str(value) or enrolment_code.tidy(code) in str(value) for value in row)


def test_a_key_that_was_not_proved_is_refused(place: Place) -> None:
    asked = Laptop().enrol_request(place.code())
    stolen = asked.model_copy(update={"public_key": Laptop().enrol_request("x").public_key})
    with pytest.raises(WireError) as caught:
        enrolment.enrol(place.node, stolen)
    assert caught.value.code == "bad-signature"


def test_points_are_given_one_after_another_even_to_laptops_that_come_together(place: Place) -> None:
    codes = [place.code() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        asked = [Laptop().enrol_request(code) for code in codes]
        replies = list(pool.map(lambda request: enrolment.enrol(place.node, request), asked))
    assert sorted(reply.point for reply in replies) == ["A", "B", "C", "D", "E", "F"]


def test_names_that_hide_something_are_refused(place: Place) -> None:
    for name in ("a\x00b", "a\u202eb"):
        asked = Laptop().enrol_request(place.code()).model_dump(mode="json") | {"station_name": name}
        reply = Web(place.node).ask("POST", routes.ENROL, json=asked)
        assert code_of(reply) == "bad-field"


def test_a_session_needs_the_stations_signature_over_a_fresh_challenge_of_this_server(place: Place) -> None:
    laptop = place.laptop()
    web = Web(place.node, laptop)
    good = web.proof(web.hello())
    forged = good.model_copy(update={"signature": "00" * 64})
    other = good.model_copy(update={"challenge": "made.ffffffffffff.up"})
    stranger = good.model_copy(update={"station": new_id()})

    def answer(request: SessionRequest) -> str:
        reply = web.ask("POST", routes.SESSION, content=request.model_dump_json(), headers=JSON)
        return "" if reply.status_code == 200 else code_of(reply)

    assert [answer(request) for request in (forged, other, stranger, good)] == [
        "bad-signature",
        "unauthorised",
        "unknown-station",
        "",
    ]
    place.clock.advance(auth.CHALLENGE_SECONDS + 1)
    assert answer(good) == "unauthorised"


def test_tokens_end_and_cannot_be_made_up(place: Place) -> None:
    laptop = place.laptop()
    web = Web(place.node, laptop).sign_in()

    def heads() -> int:
        return web.ask("POST", routes.HEADS, content='{"heads":{}}', headers=JSON).status_code

    assert heads() == 200
    good = web.token
    for bad in (new_id() + good[36:], good[:-1] + ("0" if good[-1] != "0" else "1"), "", "\xf1", "a.b.c"):
        web.token = bad
        assert heads() == 401
    web.token = good
    place.clock.advance(auth.TOKEN_SECONDS + 1)
    assert heads() == 401


def test_a_challenge_is_no_token(place: Place) -> None:
    with pytest.raises(WireError):
        auth.caller(place.node, f"Bearer {auth.challenge(place.node)}")


def test_a_revoked_station_is_refused_and_what_another_carries_for_it_is_put_aside(place: Place) -> None:
    laptop, carrier = place.laptop(), place.laptop()
    laptop.register()
    web = Web(place.node, laptop).sign_in()
    revoke(place, "station", laptop.station)
    assert code_of(web.send(laptop.batch())) == "revoked"
    reply = web.ask("POST", routes.HEADS, content='{"heads":{}}', headers=JSON)
    assert (reply.status_code, code_of(reply)) == (403, "revoked")
    receipt = intake.take(place.node, carrier.station, laptop.batch())
    assert {verdict.code for verdict in receipt.verdicts} == {"revoked"} and len(receipt.verdicts) == 6


def test_what_a_revoked_operator_wrote_is_put_aside(place: Place) -> None:
    laptop = place.laptop()
    laptop.state(person())
    intake.take(place.node, laptop.station, laptop.batch())
    revoke(place, "operator", laptop.operator)
    laptop.state(person())
    receipt = intake.take(place.node, laptop.station, laptop.batch(2, 2))
    assert [verdict.code for verdict in receipt.verdicts] == ["revoked-author"]
    with place.node.database.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM attendee")).scalar_one() == 1
