"""The vault opens with the right passphrase on the right device, and with nothing else."""

from __future__ import annotations

import json
import os
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairclient.base.clock import FixedClock
from fairclient.base.errors import (
    BadInput,
    DamagedStore,
    HomeMissing,
    TooManyTries,
    Unauthorised,
    WrongPassphrase,
)
from fairclient.base.home import Home
from fairclient.store import vault
from fairclient.store.slots import Cost, Slot
from fairclient.store.tries import LONGEST_WAIT, wait_after
from sync.wire.signing import public_bytes

CHEAP = Cost(1, 8, 1)
GOOD = "mesa larga y verde"
ANA, LUZ = "ana-id", "luz-id"


@pytest.fixture
def made(home: Home) -> vault.Unlocked:
    return vault.create(home, ANA, "Ana de Ensayo", GOOD, CHEAP)


def test_the_right_passphrase_gives_the_same_keys(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    again = vault.unlock(home, GOOD, ANA, clock)
    assert again.data_key == made.data_key
    assert again.operator_key.private_bytes_raw() == made.operator_key.private_bytes_raw()
    assert (again.operator, again.operator_name) == (ANA, "Ana de Ensayo")


def test_an_accent_typed_in_two_ways_is_the_same_passphrase(home: Home, clock: FixedClock) -> None:
    vault.create(home, ANA, "Ana", "coraz\u00f3n verde", CHEAP)
    assert vault.unlock(home, "corazo\u0301n verde", ANA, clock).operator == ANA


def test_a_wrong_passphrase_says_what_is_safe(home: Home, made: vault.Unlocked, clock: FixedClock) -> None:
    with pytest.raises(WrongPassphrase) as told:
        vault.unlock(home, "mesa larga y roja", ANA, clock)
    assert told.value.what and told.value.safe and told.value.do


def test_wrong_passphrases_slow_the_next_try_even_after_a_restart(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            vault.unlock(home, "no es esta", ANA, clock)
    with pytest.raises(TooManyTries) as told:
        vault.unlock(home, GOOD, ANA, FixedClock(clock.now_ms()))
    assert told.value.seconds == 5
    clock.advance(5)
    assert vault.unlock(home, GOOD, ANA, clock).data_key == made.data_key
    assert not home.tries.exists()


def test_a_try_counts_even_when_the_program_is_killed_during_it(
    home: Home, made: vault.Unlocked, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: Slot, passphrase: str, device: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Slot, "open", killed)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                vault.unlock(home, "otra", ANA, clock)
    with pytest.raises(TooManyTries):
        vault.unlock(home, GOOD, ANA, clock)


def test_a_clock_turned_back_neither_frees_nor_locks_out(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            vault.unlock(home, "no es esta", ANA, clock)
    clock.advance(-365 * 86_400)
    with pytest.raises(TooManyTries) as told:
        vault.unlock(home, GOOD, ANA, clock)
    assert told.value.seconds == 5
    clock.advance(5)
    assert vault.unlock(home, GOOD, ANA, clock).operator == ANA


@given(st.integers(0, 10_000))
def test_the_wait_never_shrinks_and_has_an_end(count: int) -> None:
    assert 0 <= wait_after(count) <= wait_after(count + 1) <= LONGEST_WAIT


def test_several_operators_share_the_data_and_not_the_signing_key(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    luz = vault.add_operator(home, made, LUZ, "Luz de Ensayo", "otra frase larga", CHEAP)
    assert luz.data_key == made.data_key
    assert luz.operator_key.private_bytes_raw() != made.operator_key.private_bytes_raw()
    assert vault.unlock(home, "otra frase larga", None, clock).operator == LUZ
    assert vault.unlock(home, GOOD, None, clock).operator == ANA
    with pytest.raises(WrongPassphrase):
        vault.unlock(home, GOOD, LUZ, clock)
    assert [slot[:2] for slot in vault.operators(home)] == [(ANA, "Ana de Ensayo"), (LUZ, "Luz de Ensayo")]
    keys = [public_bytes(one.operator_key).hex() for one in (made, luz)]
    assert [slot.public_key for slot in vault.operators(home)] == keys


def test_a_new_passphrase_keeps_the_signing_key(home: Home, made: vault.Unlocked, clock: FixedClock) -> None:
    vault.add_operator(home, made, ANA, "Ana de Ensayo", "una frase nueva", CHEAP)
    again = vault.unlock(home, "una frase nueva", ANA, clock)
    assert again.operator_key.private_bytes_raw() == made.operator_key.private_bytes_raw()
    assert len(vault.operators(home)) == 1


def test_who_is_taken_off_opens_nothing_and_the_last_one_stays(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    vault.add_operator(home, made, LUZ, "Luz de Ensayo", "otra frase larga", CHEAP)
    vault.remove_operator(home, LUZ)
    with pytest.raises(Unauthorised):
        vault.unlock(home, "otra frase larga", LUZ, clock)
    with pytest.raises(WrongPassphrase):
        vault.unlock(home, "otra frase larga", None, clock)
    vault.remove_operator(home, ANA)
    assert vault.unlock(home, GOOD, ANA, clock).data_key == made.data_key


def test_a_file_of_a_program_that_kept_no_public_keys_opens(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    content = json.loads(home.keys.read_text("utf-8"))
    del content["slots"][0]["public_key"]
    home.keys.write_text(json.dumps(content), "utf-8")
    assert vault.operators(home)[0].public_key == ""
    assert vault.unlock(home, GOOD, ANA, clock).data_key == made.data_key


def test_an_operator_without_a_slot_is_not_let_in(
    home: Home, made: vault.Unlocked, clock: FixedClock
) -> None:
    with pytest.raises(Unauthorised):
        vault.unlock(home, GOOD, LUZ, clock)


def test_a_home_is_set_up_once_and_not_with_a_short_passphrase(home: Home) -> None:
    with pytest.raises(BadInput) as short:
        vault.create(home, ANA, "Ana", "corta", CHEAP)
    assert short.value.code == "short-passphrase"
    assert not home.exists()
    vault.create(home, ANA, "Ana", GOOD, CHEAP)
    before = home.keys.read_bytes()
    with pytest.raises(BadInput) as twice:
        vault.create(home, LUZ, "Luz", GOOD, CHEAP)
    assert twice.value.code == "already-set-up"
    assert home.keys.read_bytes() == before


def test_another_device_does_not_open_a_copy(home: Home, made: vault.Unlocked, clock: FixedClock) -> None:
    home.device_secret.write_text("00" * 32)
    with pytest.raises(WrongPassphrase):
        vault.unlock(home, GOOD, ANA, clock)
    home.device_secret.unlink()
    with pytest.raises(DamagedStore) as told:
        vault.unlock(home, GOOD, ANA, clock)
    assert told.value.code == "device-secret-missing"


@pytest.mark.parametrize("part", ["operator", "name", "cost", "salt", "nonce", "wrapped"])
def test_no_part_of_a_slot_can_be_swapped(
    home: Home, made: vault.Unlocked, clock: FixedClock, part: str
) -> None:
    other = Slot.seal("x", "X", bytes(64), "otra", bytes(32), Cost(1, 16, 1)).to_json()
    content = json.loads(home.keys.read_text(encoding="utf-8"))
    content["slots"][0][part] = other[part]
    home.keys.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(WrongPassphrase):
        vault.unlock(home, GOOD, None, clock)


def _broken(change: Any) -> Any:
    def apply(content: dict[str, Any]) -> Any:
        change(content)
        return content

    return apply


@pytest.mark.parametrize(
    "change",
    [
        lambda content: [],
        lambda content: None,
        _broken(lambda content: content.pop("slots")),
        _broken(lambda content: content.update(format=2)),
        _broken(lambda content: content["slots"][0].update(cost=[1, 2**40, 1])),
        _broken(lambda content: content["slots"][0].update(cost=[1])),
        _broken(lambda content: content["slots"][0].update(nonce="00")),
        _broken(lambda content: content["slots"][0].update(salt="zz")),
        _broken(lambda content: content["slots"][0].pop("wrapped")),
        _broken(lambda content: content["slots"].append(7)),
    ],
)
def test_damaged_keys_are_said_in_words(
    home: Home, made: vault.Unlocked, clock: FixedClock, change: Any
) -> None:
    content = json.loads(home.keys.read_text(encoding="utf-8"))
    home.keys.write_text(json.dumps(change(content)), encoding="utf-8")
    with pytest.raises(DamagedStore) as told:
        vault.unlock(home, GOOD, ANA, clock)
    assert told.value.code == "damaged-keys"


def test_a_home_without_keys_is_missing(tmp_path: Path) -> None:
    with pytest.raises(HomeMissing):
        vault.unlock(Home(tmp_path), GOOD)


def test_nothing_secret_shows_in_a_representation(made: vault.Unlocked) -> None:
    assert made.data_key.hex() not in repr(made)
    assert repr(made.data_key) not in repr(made)


class _Keyring:
    priority = 5.0

    def __init__(self, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.forgets = forgets

    def set_password(self, service: str, name: str, value: str) -> None:
        if not self.forgets:
            self.kept[service, name] = value

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def _install(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    module = types.ModuleType("keyring")
    monkeypatch.setattr(module, "get_keyring", lambda: backend, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.delenv("FAIRCLIENT_KEYRING")


def test_the_systems_keyring_holds_the_secret_where_there_is_one(
    home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = _Keyring()
    _install(monkeypatch, backend)
    made = vault.create(home, ANA, "Ana", GOOD, CHEAP)
    assert not home.device_secret.exists()
    assert vault.unlock(home, GOOD, ANA, clock).data_key == made.data_key
    backend.kept.clear()
    with pytest.raises(DamagedStore):
        vault.unlock(home, GOOD, ANA, clock)


def test_a_keyring_that_forgets_is_not_trusted(
    home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(monkeypatch, _Keyring(forgets=True))
    made = vault.create(home, ANA, "Ana", GOOD, CHEAP)
    assert vault.unlock(home, GOOD, ANA, clock).data_key == made.data_key
    if os.name == "posix":
        assert home.device_secret.stat().st_mode & 0o777 == 0o600
