"""Documents of people who don't exist, encoded as the printers of real ones do."""

from __future__ import annotations

from fairclient.documents.mrz import check_digit

FINGER = bytes((7 * at + 3) % 256 for at in range(363))
AFIS, CARD, BLOOD = "30847811", "16434054", "O+"


def cedula(
    number: str = "51907053",
    surnames: tuple[str, str] = ("GONZALEZ", "MARIN"),
    given: tuple[str, str] = ("MARIA", "GABRIELA"),
    sex: str = "F",
    born: str = "19670128",
    finger: bytes = FINGER,
) -> bytes:
    """The 531 bytes of an old cédula."""
    frame = bytearray(531)

    def put(at: int, text: str) -> None:
        raw = text.encode("latin-1")
        frame[at : at + len(raw)] = raw

    put(0, "03")
    put(2, AFIS)
    put(24, "PubDSK_1")
    put(40, CARD)
    put(48, number.zfill(10))
    for at, name in zip((58, 81, 104, 127), (*surnames, *given), strict=True):
        put(at, name)
    put(150, "0" + sex + born + "15001")
    put(165, "1" + BLOOD)
    frame[168:] = finger
    return bytes(frame)


def td1(
    *,
    code: str = "IC",
    issuer: str = "COL",
    card: str = "000123456",
    born: str = "900215",
    sex: str = "F",
    expires: str = "310214",
    nationality: str = "COL",
    optional: str = "1032456789",
    names: str = "GONZALEZ<MARIN<<MARIA<GABRIELA",
) -> str:
    """Three lines of 30."""
    one = code.ljust(2, "<") + issuer.ljust(3, "<") + card.ljust(9, "<") + check_digit(card.ljust(9, "<"))
    one = (one + "15001").ljust(30, "<")
    two = (
        born
        + check_digit(born)
        + sex
        + expires
        + check_digit(expires)
        + nationality
        + optional.ljust(11, "<")
    )
    two += check_digit(one[5:] + two[:7] + two[8:15] + two[18:29])
    return "\n".join((one, two, names.ljust(30, "<")[:30]))


def td3(
    *,
    code: str = "P<",
    issuer: str = "VEN",
    number: str = "123456789",
    nationality: str = "VEN",
    born: str = "850704",
    sex: str = "M",
    expires: str = "240703",
    personal: str = "",
    names: str = "URDANETA<PAZ<<YORMAN<JOSE",
) -> str:
    """Two lines of 44."""
    one = (code + issuer.ljust(3, "<") + names).ljust(44, "<")[:44]
    number, personal = number.ljust(9, "<"), personal.ljust(14, "<")
    two = number + check_digit(number) + nationality.ljust(3, "<") + born + check_digit(born) + sex
    two += (
        expires + check_digit(expires) + personal + ("<" if set(personal) == {"<"} else check_digit(personal))
    )
    return one + "\n" + two + check_digit(two[:10] + two[13:20] + two[21:43])
