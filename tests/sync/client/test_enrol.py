"""Enrolment from the laptop's side: lost replies, refusals, and servers that are not what they seem."""

from __future__ import annotations

import json

import pytest

from sync.client.enrol import EnrolFailed, enrol
from sync.wire import routes, signing
from sync.wire.messages import EnrolReply
from tests.sync.client.memory import CENTRE_KEY, MemoryCentre, MemoryReplica, a_key
from tests.sync.client.scripted import Answer, Asked, Script, marked, serving
from tests.sync.client.speaking import Speaking, said, stated

KEY, OPERATOR = a_key(31), a_key(32)


@pytest.fixture
def speaking(centre: MemoryCentre, laptop: MemoryReplica) -> Speaking:
    return Speaking(centre, laptop)


def ask(
    script: Script, *, expected: bytes | None = None, name: str = "Operadora ficticia"
) -> tuple[EnrolReply, int]:
    """Enrol; return the reply and how often the server was asked to."""
    with serving(script) as server:
        reply = enrol(
            f"http://127.0.0.1:{server.port}", " ABC-123 ", KEY, OPERATOR, name, expected_server_key=expected
        )
        return reply, sum(asked.path == routes.ENROL for asked in server.asked)


def failure(script: Script, **options: bytes) -> str:
    with pytest.raises(EnrolFailed) as caught:
        ask(script, **options)  # type: ignore[arg-type]
    return caught.value.problem.code


def test_the_servers_word_is_taken_when_it_is_signed_for_us(speaking: Speaking) -> None:
    reply, times = ask(speaking, expected=signing.public_bytes(CENTRE_KEY))
    assert times == 1
    assert reply.verify(signing.public_bytes(KEY).hex())
    assert reply.roles == ("registrar",)


def test_the_request_proves_the_key_and_shows_no_secret(speaking: Speaking) -> None:
    with serving(speaking) as server:
        enrol(f"http://127.0.0.1:{server.port}", " ABC-123 ", KEY, OPERATOR, "Operadora ficticia", "Punto 1")
        sent = json.loads(server.asked[-1].body)
    assert sent["code"] == "ABC-123"
    assert sent["station_name"] == "Punto 1"
    message = signing.enrolment_message("ABC-123", sent["public_key"], sent["operator_public_key"])
    assert signing.check(signing.public_bytes(KEY), bytes.fromhex(sent["proof"]), message)
    assert KEY.private_bytes_raw().hex() not in json.dumps(sent)
    assert OPERATOR.private_bytes_raw().hex() not in json.dumps(sent)


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_reply_is_asked_for_again_with_the_same_key(speaking: Speaking, lost: int) -> None:
    seen: list[str] = []

    def losing(asked: Asked) -> Answer:
        seen.append(json.loads(asked.body)["public_key"])
        whole = speaking.enrol(asked)
        return Answer(raw=whole.encoded()[:-20]) if len(seen) <= lost else whole

    speaking.spoil[routes.ENROL] = losing
    assert ask(speaking)[1] == lost + 1
    assert len(set(seen)) == 1


def test_a_reply_that_never_comes_is_given_up(speaking: Speaking) -> None:
    speaking.spoil[routes.ENROL] = lambda asked: Answer(raw=b"")
    assert failure(speaking) == "interrupted"


@pytest.mark.parametrize(
    "code", ["code-unknown", "code-used", "code-expired", "bad-field", "busy", "too-many"]
)
def test_a_refusal_is_final(speaking: Speaking, code: str) -> None:
    asked_for: list[Asked] = []

    def refuse(asked: Asked) -> Answer:
        asked_for.append(asked)
        return stated(asked, code)

    speaking.spoil[routes.ENROL] = refuse
    assert failure(speaking) == code
    assert len(asked_for) == 1


def test_a_portal_gets_no_code(speaking: Speaking) -> None:
    speaking.spoil[routes.HELLO] = lambda asked: Answer(200, {"Content-Type": "text/html"}, b"<html></html>")
    with serving(speaking) as server, pytest.raises(EnrolFailed, match="portal"):
        enrol(f"http://127.0.0.1:{server.port}", "ABC", KEY, OPERATOR, "Operadora ficticia")
    assert [asked.path for asked in server.asked] == [routes.HELLO]


def test_a_server_with_another_key_than_the_qr_says_gets_no_code(speaking: Speaking) -> None:
    with serving(speaking) as server, pytest.raises(EnrolFailed, match="stranger"):
        enrol(
            f"http://127.0.0.1:{server.port}",
            "ABC",
            KEY,
            OPERATOR,
            "Operadora ficticia",
            expected_server_key=signing.public_bytes(a_key(66)),
        )
    assert [asked.path for asked in server.asked] == [routes.HELLO]


def changed(**fields: object) -> Script:
    """Answer with a reply that is changed after it was signed."""

    def script(asked: Asked) -> Answer:
        right = json.loads(Speaking(MemoryCentre(), MemoryReplica(1)).enrol(asked).body)
        return marked(asked, json.dumps({**right, **fields}).encode())

    return script


def signed_by_another(asked: Asked) -> Answer:
    reply = EnrolReply.model_validate_json(Speaking(MemoryCentre(), MemoryReplica(1)).enrol(asked).body)
    stranger = signing.public_bytes(a_key(66)).hex()
    forged = reply.model_copy(update={"server_public_key": stranger})
    return said(asked, forged.signed(a_key(66), json.loads(asked.body)["public_key"]))


def signed_for_another(asked: Asked) -> Answer:
    reply = EnrolReply.model_validate_json(Speaking(MemoryCentre(), MemoryReplica(1)).enrol(asked).body)
    return said(asked, reply.signed(CENTRE_KEY, "ab" * 32))


@pytest.mark.parametrize(
    "script",
    [
        changed(point="Z"),
        changed(roles=["administrator"]),
        changed(signature=""),
        changed(signature="00" * 64),
        signed_by_another,
        signed_for_another,
    ],
)
def test_a_reply_that_the_greeting_server_did_not_sign_for_us_is_refused(
    speaking: Speaking, script: Script
) -> None:
    speaking.spoil[routes.ENROL] = script
    assert failure(speaking) == "stranger"


def test_an_older_server_is_named(speaking: Speaking, centre: MemoryCentre) -> None:
    old = centre.hello().model_copy(update={"wire_min": 0, "wire_max": 0})
    speaking.spoil[routes.HELLO] = lambda asked: said(asked, old.proved(centre.key, asked.echo))
    assert failure(speaking) == "old-server"


@pytest.mark.parametrize(
    ("code", "name", "problem"),
    [("x" * 200, "Operadora", "code-unknown"), ("ABC", "", "bad-field"), ("ABC", "con\x00nulo", "bad-field")],
)
def test_what_can_not_be_right_is_not_even_sent(code: str, name: str, problem: str) -> None:
    with serving(marked) as server, pytest.raises(EnrolFailed) as caught:
        enrol(f"http://127.0.0.1:{server.port}", code, KEY, OPERATOR, name)
    assert caught.value.problem.code == problem
    assert server.asked == []
    cause = caught.value.__cause__
    assert cause is not None
    assert cause.__context__ is None, "the library's message would quote the name"


def test_an_address_that_is_none() -> None:
    with pytest.raises(EnrolFailed, match="address"):
        enrol("centro.example", "ABC", KEY, OPERATOR, "Operadora ficticia")
