"""A supervisor lets the laptop beside hers enrol: with her own key, and with what is hers to give."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.server import auth, codes, enrolment, reference
from sync.server.enrolment import Grant
from sync.server.reference import Statement
from sync.wire import routes
from sync.wire.messages import CodeReply, CodeRequest
from sync.wire.operator import Role
from sync.wire.problem import WireError
from tests.sync.server.conftest import Place
from tests.sync.server.laptop import Laptop, new_id
from tests.sync.server.web import JSON, Web, code_of

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def asked(
    place: Place,
    laptop: Laptop,
    roles: Sequence[Role] = ("registrar",),
    key: Ed25519PrivateKey | None = None,
    **changed: str,
) -> CodeRequest:
    """What the supervisor of a laptop signs."""
    named = {"fair": place.fair, "operator": laptop.operator, "challenge": auth.challenge(place.node)}
    plain = CodeRequest(**named, roles=tuple(roles), signature="")
    signed = (key or laptop.operator_key).sign(plain.signed_part(place.node.server, laptop.station))
    return plain.model_copy(update={"signature": signed.hex(), **changed})


def laptop_of(place: Place, *roles: Role) -> Laptop:
    """A laptop whose operator has these roles."""
    with place.node.database.write() as connection:
        code, _until = enrolment.new_code(connection, place.node, Grant(place.fair, roles), 10)
    laptop = Laptop()
    return laptop.enrolled(enrolment.enrol(place.node, laptop.enrol_request(code)))


def refused(place: Place, laptop: Laptop, request: CodeRequest) -> str:
    with pytest.raises(WireError) as why:
        codes.give(place.node, laptop.station, request)
    return why.value.code


def test_the_code_lets_one_laptop_in_with_these_roles(place: Place) -> None:
    supervisor = place.laptop()
    web = Web(place.node, supervisor).sign_in()
    body = asked(place, supervisor, ("registrar", "desk")).model_dump_json()
    reply = web.ask("POST", routes.CODES, content=body, headers=JSON)
    given = CodeReply.model_validate_json(reply.content)
    assert (given.fair, given.minutes) == ("Feria de prueba (ficticia)", 10)
    new = Laptop()
    answer = enrolment.enrol(place.node, new.enrol_request(given.code))
    assert (answer.fair, answer.roles, answer.scope) == (place.fair, ("registrar", "desk"), "fair")
    with pytest.raises(WireError, match="code-used"):
        enrolment.enrol(place.node, Laptop().enrol_request(given.code))
    place.clock.advance(codes.MINUTES * 60 + 1)
    later = codes.give(place.node, supervisor.station, asked(place, supervisor))
    place.clock.advance(codes.MINUTES * 60 + 1)
    with pytest.raises(WireError, match="code-expired"):
        enrolment.enrol(place.node, Laptop().enrol_request(later.code))


def test_without_a_session_nobody_is_heard(place: Place) -> None:
    supervisor = place.laptop()
    reply = Web(place.node).ask(
        "POST", routes.CODES, content=asked(place, supervisor).model_dump_json(), headers=JSON
    )
    assert code_of(reply) == "unauthorised"


def test_nobody_gives_what_is_not_hers(place: Place) -> None:
    supervisor, registrar = place.laptop(), laptop_of(place, "registrar", "desk")
    administrator = laptop_of(place, "administrator")
    assert refused(place, registrar, asked(place, registrar)) == "forbidden"
    assert refused(place, supervisor, asked(place, supervisor, ("protection",))) == "forbidden"
    assert refused(place, supervisor, asked(place, supervisor, ("administrator",))) == "forbidden"
    codes.give(place.node, supervisor.station, asked(place, supervisor, ("supervisor", "desk")))
    codes.give(place.node, administrator.station, asked(place, administrator, ("protection",)))


def test_what_is_forged_old_or_altered_is_refused(place: Place) -> None:
    supervisor, other = place.laptop(), place.laptop()
    stranger = Ed25519PrivateKey.generate()
    assert refused(place, supervisor, asked(place, supervisor, key=stranger)) == "bad-signature"
    assert refused(place, supervisor, asked(place, supervisor, scope="desk")) == "bad-signature"
    assert refused(place, other, asked(place, supervisor)) == "bad-signature"  # from a laptop that isn't hers
    assert refused(place, supervisor, asked(place, supervisor, operator=new_id())) == "unknown-author"
    assert refused(place, supervisor, asked(place, supervisor, fair=new_id())) == "forbidden"
    early = asked(place, supervisor)
    place.clock.advance(auth.CHALLENGE_SECONDS + 1)
    assert refused(place, supervisor, early) == "unauthorised"


@pytest.mark.parametrize("who", ["operator", "station"])
def test_whose_access_was_withdrawn_lets_nobody_in(place: Place, who: str) -> None:
    supervisor = place.laptop()
    subject = supervisor.operator if who == "operator" else supervisor.station
    with place.node.database.write() as connection:
        gone = [Statement(who, subject, change={"revoked": True})]
        reference.publish(connection, place.node, place.fair, gone)
    expected = {"operator": "revoked-author", "station": "revoked"}[who]
    assert refused(place, supervisor, asked(place, supervisor)) == expected


def test_whose_days_are_over_lets_nobody_in(place: Place) -> None:
    supervisor = place.laptop()
    place.clock.advance(30 * 86_400)
    assert refused(place, supervisor, asked(place, supervisor)) == "revoked-author"
