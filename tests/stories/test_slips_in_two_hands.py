"""One slip at two desks that can't hear each other, and slips that are copied, torn, borrowed or made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw

from fairclient.base.clock import FixedClock
from fairclient.base.errors import SlipRefused
from fairclient.base.ids import random_bytes
from fairclient.documents.symbols import symbols_in
from fairclient.slips import qr, token
from fairclient.slips.code import new_token_id
from fairclient.store.queries import day as day_queries
from fairclient.usecases.close_day import close_day
from fairclient.usecases.read_at_desk import read_at_desk
from fairclient.usecases.read_slip import NOT_HEARD_OF, read_slip
from fairclient.usecases.record_outcome import record_outcome
from fairclient.usecases.replace_slip import reissue_slip
from fairclient.usecases.workplace import Workplace
from tests.fairclient.store.making import Fair
from tests.fairclient.ui.pages.tent import carry, hear_of, laptop, register

Tent = dict[str, Workplace]


@pytest.fixture
def fair(clock: FixedClock) -> Fair:
    """A fictional centre; desk B gives ORI."""
    return Fair(clock)


@pytest.fixture
def tent(tmp_path: Path, clock: FixedClock, fair: Fair) -> Iterator[Tent]:
    """A registration point and two desks, enrolled in the morning; from then on nobody hears of anybody."""
    made = {point: laptop(tmp_path / point, clock, fair, point) for point in "STU"}
    for place in made.values():
        hear_of(place, fair)
    yield made
    for place in made.values():
        place.close()


def refusal(place: Workplace, text: str) -> SlipRefused:
    """Why a slip is refused, in three sentences."""
    with pytest.raises(SlipRefused) as refused:
        read_slip(place, text)
    assert all(part.endswith(".") for part in (refused.value.what, refused.value.safe, refused.value.do))
    return refused.value


def test_one_slip_served_at_two_desks_is_kept_twice_and_flagged(
    tent: Tent, fair: Fair, clock: FixedClock
) -> None:
    slip = register(tent["S"], services=("ORI", "SAL")).slip.token
    for point in "TU":
        clock.advance(60)
        at = read_at_desk(tent[point], slip, "B")
        assert NOT_HEARD_OF in at.read.flags  # neither has heard of the slip, nor of the other desk
        assert not record_outcome(tent[point], at.read, "ORI", "served", desk="B").earlier
    for source, target in ("TS", "US", "ST", "UT"):
        carry(tent[source], tent[target], fair)

    with tent["S"].store.read() as session:
        count = day_queries.reconcile(session, tent["S"].today())
        kept = session.connection().exec_driver_sql("SELECT count(*) FROM outcome WHERE result = 'served'")
        assert kept.scalar() == 2
    odd = [one for one in count.odd if one.code == "served-twice"]
    assert [(one.turn, one.service, one.detail) for one in odd] == [("S-001", "ORI", "B")]
    assert (count.served, count.open, count.adds_up) == (1, 1, True)
    (service,) = read_at_desk(tent["T"], slip, "B").here
    assert [(one.station, one.desk) for one in service.earlier] == [("Punto T", "B"), ("Punto U", "B")]
    assert service.earlier[1].at - service.earlier[0].at == timedelta(seconds=60)


def test_slips_that_must_not_pass_are_refused_by_a_desk_that_was_offline_all_day(
    tent: Tent, clock: FixedClock
) -> None:
    slip = register(tent["S"]).slip.token
    key, fair_id, desk = tent["S"].identity.private_key, tent["S"].fair, tent["T"]
    clock.advance(9 * 3600)
    now = datetime.fromtimestamp(clock.now_ms() / 1000, UTC)
    assert read_slip(desk, slip).turn == "S-001"
    assert refusal(desk, slip[:60]).code == "garbled"
    # The issuer is known, and this is not what it signed.
    assert refusal(desk, slip[:-6] + ("A" if slip[-6] != "A" else "B") + slip[-5:]).code == "forged"
    assert refusal(desk, _made(key, ELSEWHERE, now)).code == "foreign"
    assert refusal(desk, _made(key, fair_id, now, ends=now - timedelta(hours=2))).code == "expired"
    # An issuer of which this laptop has not heard yet is taken, with a flag in words.
    stranger = read_slip(desk, _made(Ed25519PrivateKey.generate(), fair_id, now))
    assert stranger.flags == (token.ISSUER_UNKNOWN,), "nor is its signature said to be enough"


def test_a_void_slip_is_refused_where_it_has_been_heard_of(tent: Tent, fair: Fair) -> None:
    slip = register(tent["S"]).slip
    fresh = reissue_slip(tent["S"], slip.slip)
    assert refusal(tent["S"], slip.token).code == "void"
    assert read_slip(tent["T"], slip.token).turn == "S-001"  # nobody has told it
    carry(tent["S"], tent["T"], fair)
    assert refusal(tent["T"], slip.token).code == "void"
    assert read_slip(tent["T"], fresh.token).turn == "S-001"


def test_a_photocopy_is_told_that_it_was_used(tent: Tent, fair: Fair) -> None:
    slip = register(tent["S"]).slip.token
    desk = tent["T"]
    record_outcome(desk, read_slip(desk, slip), "ORI", "served", desk="B")
    (copied,) = read_at_desk(desk, slip, "B").here
    assert not copied.is_open
    assert [(one.result, one.station) for one in copied.earlier] == [("served", "Punto T")]
    # Whoever serves all the same is not stopped, and a supervisor will see both.
    assert record_outcome(desk, read_slip(desk, slip), "ORI", "served", desk="B").earlier
    carry(desk, tent["S"], fair)
    closed = close_day(tent["S"])
    assert [one.code for one in closed.reconciliation.odd] == ["served-twice"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("how", ["specks", "blot"])
def test_five_in_a_hundred_may_be_damaged(tent: Tent, how: str, seed: int) -> None:
    slip = register(tent["S"]).slip.token
    picture = _picture(slip)
    (_specks if how == "specks" else _blot)(picture, 0.05, Random(seed))
    (read,) = symbols_in(picture.tobytes(), *picture.size, picture.width)
    assert read_slip(tent["T"], str(read)).turn == "S-001"


def _made(key: Ed25519PrivateKey, fair_id: str, now: datetime, ends: datetime | None = None) -> str:
    """A token that is made with a key."""
    return token.issue(
        key,
        fair=fair_id,
        token_id=new_token_id(random_bytes),
        turn="S-042",
        desks=("B",),
        issued=now - timedelta(days=2),
        expires=ends or now + timedelta(days=1),
    )


def _picture(text: str) -> Image.Image:
    """The symbol as it is printed, six dots a module."""
    made = qr.symbol(text)
    side = (made.size + 2 * qr.QUIET) * 6
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length in qr.bars(made):
        left, top = (x + qr.QUIET) * 6, (y + qr.QUIET) * 6
        pen.rectangle((left, top, left + 6 * length - 1, top + 5), fill=0)
    return picture


def _specks(picture: Image.Image, share: float, draw: Random) -> None:
    """Turn a share of the dots round."""
    count = picture.width * picture.height
    for at in draw.sample(range(count), round(share * count)):
        spot = (at % picture.width, at // picture.width)
        picture.putpixel(spot, 255 - picture.getpixel(spot))  # type: ignore[operator]


def _blot(picture: Image.Image, share: float, draw: Random) -> None:
    """A white spot as large as a share of the picture, somewhere between the corners."""
    side = round((share * picture.width * picture.height) ** 0.5)
    left, top = (draw.randrange(picture.width // 3, picture.width // 2) for _axis in range(2))
    ImageDraw.Draw(picture).rectangle((left, top, left + side, top + side), fill=255)


ELSEWHERE = "01890000-0000-7000-8000-00000000ffff"
