"""Invented people for measuring who is already here: families that look alike, and hands that err a lot.

Everything is drawn from a seed. A `Person` is the truth; `told` gives what a registration desk writes of her,
with the slips that happen there. Members of a family share surnames, telephones and a municipality; some
children are twins, some sons have their father's name: they look alike and are not the same person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate, count
from random import Random

from fairclient.domain.catalogues import names as catalogue

TODAY = date(2026, 3, 14)
MUNICIPALITIES = ("08758", "08001", "08433", "08573", "54001", "11001", "44001", "76001", "05001", "47001")
SIZES = ((1, 12), (2, 15), (3, 19), (4, 20), (5, 16), (6, 10), (7, 8))
KINDS_VEN = (("PPT", 55), ("CV", 28), ("PA", 6), ("PEP", 4), ("", 7))
FIGURES = {"CC": 10, "TI": 10, "RC": 10, "PPT": 7, "PEP": 15, "CV": 8, "PA": 9}
KEYBOARD = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr",
    "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "mb", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "xs",
}  # fmt: skip
SOUNDS = (
    ("b", "v"), ("v", "b"), ("s", "z"), ("z", "s"),
    ("ce", "se"), ("ci", "si"), ("y", "ll"), ("ll", "y"), ("h", ""),
    ("qui", "ki"), ("que", "ke"), ("ge", "je"), ("gi", "ji"), ("x", "s"), ("i", "y"), ("y", "i"), ("nn", "n"),
    ("ph", "f"), ("k", "c"), ("w", "v"), ("j", "y"),
)  # fmt: skip
OCR = (("o", "0"), ("l", "1"), ("i", "l"), ("m", "rn"), ("e", "c"), ("s", "5"), ("u", "v"), ("n", "h"))
PET = {
    "patricia": "Paty", "jose": "Cheo", "francisco": "Pacho",
    "luis": "Lucho", "jesus": "Chucho", "maria": "Mari",
    "alejandra": "Ale", "alexander": "Alex", "rafael": "Rafa",
    "gabriela": "Gaby", "daniela": "Dani", "isabel": "Isa",
    "carolina": "Caro", "carlos": "Carlitos", "miguel": "Migue", "santiago": "Santi", "valentina": "Vale",
    "paola": "Pao", "veronica": "Vero", "elizabeth": "Eli",
    "manuel": "Manolo", "gustavo": "Tavo", "juan": "Juancho",
    "antonio": "Toño", "eduardo": "Lalo", "guadalupe": "Lupe", "natalia": "Naty", "liliana": "Lili",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Who somebody is; ``family`` numbers the people who live with her."""

    entity: int
    family: int
    given: tuple[str, ...]
    surnames: tuple[str, str]
    birth: date
    sex: str
    papers: tuple[tuple[str, str], ...]
    phones: tuple[str, ...]
    municipality: str


@dataclass(frozen=True)
class Told:
    """What one desk wrote of a person."""

    entity: int
    family: int
    given_names: str
    first_surname: str = ""
    second_surname: str = ""
    birth: date | None = None
    sex: str = ""
    kind: str = ""
    number: str = ""
    phone: str = ""
    municipality: str = ""
    slips: tuple[str, ...] = field(default=(), compare=False)


class Names:
    """Common names by their weights and a long tail of rare ones, as in any real list."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._lists: dict[str, tuple[list[str], list[float]]] = {}
        for country in ("ve", "co"):
            for what, tail, share in (
                ("surnames", [_rare_surname(draw) for _n in range(3500)], 0.36),
                ("given_female", [_rare_given(draw, "F") for _n in range(2500)], 0.38),
                ("given_male", [_rare_given(draw, "M") for _n in range(2500)], 0.38),
            ):
                self._lists[f"{country}_{what}"] = _with_tail(
                    catalogue(f"names_{country}_{what}"), tail, share
                )

    def given(self, country: str, sex: str) -> tuple[str, ...]:
        """One or two given names."""
        what = f"{country}_given_{'male' if sex == 'M' else 'female'}"
        first = self._pick(what)
        second = self._pick(what) if self._draw.random() < 0.56 else first
        return (first,) if first == second else (first, second)

    def surname(self, country: str) -> str:
        """One surname."""
        return self._pick(f"{country}_surnames")

    def _pick(self, what: str) -> str:
        texts, weights = self._lists[what]
        return self._draw.choices(texts, cum_weights=weights)[0]


def _with_tail(
    common: tuple[tuple[str, int], ...], tail: list[str], share: float
) -> tuple[list[str], list[float]]:
    whole = sum(weight for _name, weight in common)
    weights = [weight * (1 - share) / whole for _name, weight in common]
    ranks = [1 / (rank + 8) ** 0.7 for rank in range(len(tail))]
    of_tail = sum(ranks)
    weights += [share * rank / of_tail for rank in ranks]
    return [name for name, _weight in common] + tail, list(accumulate(weights))


def _rare_surname(draw: Random) -> str:
    starts = (
        "A Al An Ar Ba Be Bo Bra Ca Cas Ce Co Cor Cha Da Du E Es Fa Fi Fo Ga Gue Gui Ha He Hi Ho I Ja "
        "Jo La Le Li Lo Lla Ma Me Mi Mo Mon Na No O Or Pa Pe Pi Po Que Qui Ra Re Ri Ro Sa San Se So "
        "Su Ta Te To Tra U Ur Va Ve Vi Vi Xi Ye Yu Za Zu"
    )
    middles = (
        "ba be bri ca ce ci co da de do fa ga go gui la le li lo ma me mi mo na ni no pa pe que ra re "
        "ri ro sa se si ta te ti to va ve vi za ze"
    )
    ends = (
        "bal ca cos da dez do ga gue ja la lla lles llo ma mo na nes ño nza ra res rio ro rra sa so "
        "ta tes to tre va vez ya yo za zo"
    )
    middle = draw.choice(middles.split()) if draw.random() < 0.62 else ""
    return draw.choice(starts.split()) + middle + draw.choice(ends.split())


def _rare_given(draw: Random, sex: str) -> str:
    starts = (
        "Ad Al An Ar Bre Da Dai Dar Dei Di E Ei Fran Ge Gre Ha I Ja Jei Jo Joha Ka Kei Ki La Lei Li "
        "Lu Ma Mai Mari Mi Na Nei O Oli Ra Rei Ro Sa Sha Ste Ta Ti Va Vi Wi Wil Ya Yei Yo Yu Yus Za "
        "Zu"
    )
    middles = (
        "ber bi da der di ka ke ki la le li lu ma me mi mar na ne ni no ra ri ro sa si ta te ti van ve vi xi"
    )
    ends = {
        "F": (
            "bel ca da dis dy lia lis lys ma mar mary my na nis nni ra ri ris sa ska sy ta thza tza ya "
            "yelis zka"
        ),
        "M": (
            "bert ber ck der derson do drick el erson fer ker kson lson ly man mer n ner nny ras rdo ris "
            "ro sson ver xon"
        ),
    }
    middle = draw.choice(middles.split()) if draw.random() < 0.7 else ""
    return draw.choice(starts.split()) + middle + draw.choice(ends["M" if sex == "M" else "F"].split())


def population(seed: int) -> Iterator[list[Person]]:
    """Families without end, the same for the same seed."""
    draw = Random(seed)
    names = Names(draw)
    entities, used = count(1), set[str]()
    for number in count(1):
        yield list(_family(draw, names, number, entities, used))


def people(seed: int, many: int) -> list[list[Person]]:
    """Whole families of at least ``many`` people together."""
    found: list[list[Person]] = []
    left = many
    for family in population(seed):
        found.append(family)
        left -= len(family)
        if left <= 0:
            return found
    return found


def _family(
    draw: Random, names: Names, number: int, entities: Iterator[int], used: set[str]
) -> Iterator[Person]:
    country = "ve" if draw.random() < 0.75 else "co"
    size = draw.choices([size for size, _w in SIZES], [weight for _s, weight in SIZES])[0]
    shared, town = _phone(draw), draw.choices(MUNICIPALITIES, (40, 14, 8, 5, 9, 8, 5, 4, 4, 3))[0]

    def person(given: tuple[str, ...], surnames: tuple[str, str], birth: date, sex: str) -> Person:
        adult = birth.year <= TODAY.year - 18
        phones = (shared,) if draw.random() < (0.62 if adult else 0.9) else (_phone(draw),)
        return Person(
            next(entities),
            number,
            given,
            surnames,
            birth,
            sex,
            _papers(draw, country, adult, used),
            phones,
            town,
        )

    def two() -> tuple[str, str]:
        return names.surname(country), names.surname(country)

    head_sex = "F" if draw.random() < 0.6 else "M"
    head = person(names.given(country, head_sex), two(), _born(draw, 19, 58), head_sex)
    yield head
    parents = {head.sex: head}
    left = size - 1
    if left and draw.random() < 0.55:
        sex = "M" if head.sex == "F" else "F"
        partner = person(names.given(country, sex), two(), _years(draw, head.birth, -6, 6), sex)
        parents[sex] = partner
        yield partner
        left -= 1
    if left and draw.random() < 0.12:
        yield person(
            names.given(country, "F"),
            (head.surnames[1], names.surname(country)),
            _years(draw, head.birth, -34, -18),
            "F",
        )
        left -= 1
    children: list[Person] = []
    for _child in range(left):
        children.append(_child_of(draw, names, country, parents, children, person))
        yield children[-1]


def _child_of(
    draw: Random,
    names: Names,
    country: str,
    parents: dict[str, Person],
    children: list[Person],
    person: Callable[[tuple[str, ...], tuple[str, str], date, str], Person],
) -> Person:
    mother, father = parents.get("F"), parents.get("M")
    one = father or mother
    assert one is not None  # there is a head
    surnames = (father.surnames[0], mother.surnames[0]) if father and mother else one.surnames
    sex = draw.choice("FM")
    birth = _years(draw, one.birth, 17, 36)
    if birth > TODAY:
        birth = _born(draw, 0, 3)
    if children and draw.random() < 0.05:
        birth = children[-1].birth  # twins
    given = names.given(country, sex)
    elder = parents.get(sex)
    if elder is not None and draw.random() < 0.09:
        given = (elder.given[0], *given[1:]) if draw.random() < 0.5 else elder.given
    elif children and draw.random() < 0.12 and children[-1].sex == sex:
        given = (children[-1].given[0], names.given(country, sex)[0])  # María Paula and María José
    return person(given, surnames, birth, sex)


def _born(draw: Random, youngest: int, oldest: int) -> date:
    return TODAY - timedelta(days=draw.randint(youngest * 365 + 1, oldest * 365 + 364))


def _years(draw: Random, birth: date, least: int, most: int) -> date:
    return birth + timedelta(days=draw.randint(least * 365, most * 365))


def _phone(draw: Random) -> str:
    return f"3{draw.choice('0125')}{draw.randrange(10**8):08}"


def _papers(draw: Random, country: str, adult: bool, used: set[str]) -> tuple[tuple[str, str], ...]:
    if country == "co":
        return ((("CC" if adult else draw.choice(("TI", "RC"))), _number(draw, "CC", used)),)
    kinds = draw.choices([kind for kind, _w in KINDS_VEN], [weight for _k, weight in KINDS_VEN], k=2)
    chosen = dict.fromkeys(kind for kind in kinds if kind)
    return tuple((kind, _number(draw, kind, used)) for kind in chosen)


def _number(draw: Random, kind: str, used: set[str]) -> str:
    figures = FIGURES[kind]
    while (number := f"1{draw.randrange(10 ** (figures - 1)):0{figures - 1}}") in used:
        pass
    used.add(number)
    return number


# --- what a desk writes -------------------------------------------------------------------------------------


def told(draw: Random, person: Person, harsh: float = 1.0) -> Told:
    """What a desk writes of a person; at ``harsh`` 1.0 about two of three registrations have some slip."""
    slips: list[str] = []

    def happens(chance: float, what: str) -> bool:
        if draw.random() < chance * harsh:
            slips.append(what)
            return True
        return False

    given, surnames = _given_told(draw, person, happens), _surnames_told(person, happens)
    words = [" ".join(given), *surnames]
    if happens(0.04, "wrong-field"):
        words = _in_wrong_fields(draw, words)
    if happens(0.20, "misspelt"):
        words = _one_changed(draw, words, _missound)
    if happens(0.12, "typo"):
        words = _one_changed(draw, words, _mistype)
    if happens(0.03, "ocr"):
        words = _one_changed(draw, words, _misread)
    style = draw.choice((str, str, str.upper, _unaccented, lambda text: _unaccented(text).upper(), str.lower))
    kind, number = _paper_told(draw, person, happens)
    phone = person.phones[0] if person.phones else ""
    if happens(0.22, "other-phone"):
        phone = _phone(draw)
    elif happens(0.14, "no-phone"):
        phone = ""
    elif happens(0.03, "phone-slip"):
        phone = _finger(draw, phone)
    town = draw.choice(MUNICIPALITIES) if happens(0.2, "moved-house") else person.municipality
    sex = {"F": "M", "M": "F"}[person.sex] if happens(0.025, "wrong-sex") else person.sex
    return Told(
        person.entity,
        person.family,
        given_names=style(words[0]),
        first_surname=style(words[1]),
        second_surname=style(words[2]),
        birth=_birth_told(draw, person.birth, happens),
        sex=sex,
        kind=kind,
        number=number,
        phone=phone,
        municipality=town,
        slips=tuple(slips),
    )


Happens = Callable[[float, str], bool]


def _given_told(draw: Random, person: Person, happens: Happens) -> list[str]:
    given = list(person.given)
    if len(given) > 1:
        if happens(0.15, "second-given-missing"):
            given = given[:1]
        elif happens(0.06, "first-given-missing"):
            given = given[1:]
        elif happens(0.05, "initial"):
            given[1] = given[1][0]
        elif happens(0.02, "given-order"):
            given.reverse()
    short = PET.get(_unaccented(given[0]).lower())
    if short and happens(0.06, "pet-name"):
        given[0] = short
    return given


def _surnames_told(person: Person, happens: Happens) -> list[str]:
    first, second = person.surnames
    if happens(0.18, "second-surname-missing"):
        return [first, ""]
    if happens(0.05, "surnames-swapped"):
        return [second, first]
    if happens(0.02, "surnames-in-one-field"):
        return [f"{first} {second}", ""]
    if person.sex == "F" and happens(0.015, "first-surname-missing"):
        return [second, ""]
    return [first, second]


def _in_wrong_fields(draw: Random, words: list[str]) -> list[str]:
    given, first, second = words
    parts = given.split()
    if len(parts) > 1 and draw.random() < 0.4:
        return [parts[0], parts[1], first]  # the second given name as a surname; the second surname is lost
    if draw.random() < 0.5:
        return [first, given, second]
    return [f"{first} {second}".strip(), given, ""]


def _one_changed(draw: Random, words: list[str], change: Callable[[Random, str], str]) -> list[str]:
    at = draw.choice([place for place, word in enumerate(words) if word])
    parts = words[at].split()
    which = draw.randrange(len(parts))
    parts[which] = change(draw, parts[which])
    return [*words[:at], " ".join(parts), *words[at + 1 :]]


def _missound(draw: Random, word: str) -> str:
    plain = _unaccented(word).lower()
    fitting = [(one, other) for one, other in SOUNDS if one in plain]
    if not fitting:
        return _mistype(draw, word)
    one, other = draw.choice(fitting)
    return plain.replace(one, other, 1).capitalize() or word


def _mistype(draw: Random, word: str) -> str:
    if len(word) < 3:
        return word
    at = draw.randrange(len(word) - 1)
    how = draw.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 1:
        return word[:at] + word[at + 1 :]
    if how == 2:
        return word[:at] + word[at] + word[at:]
    beside = KEYBOARD.get(_unaccented(word[at]).lower(), "a")
    return word[:at] + draw.choice(beside) + word[at + 1 :]


def _misread(draw: Random, word: str) -> str:
    plain = _unaccented(word).lower()
    fitting = [(one, other) for one, other in OCR if one in plain]
    if not fitting:
        return word
    one, other = draw.choice(fitting)
    return plain.replace(one, other, 1).upper()


def _birth_told(draw: Random, birth: date, happens: Happens) -> date | None:
    if happens(0.05, "no-birth"):
        return None
    if happens(0.04, "day-and-month") and birth.day <= 12:
        return birth.replace(month=birth.day, day=birth.month)
    if happens(0.03, "year-slip"):
        return _replaced(birth, year=birth.year + draw.choice((-10, -1, -1, 1, 1, 10)))
    if happens(0.04, "day-slip"):
        return _replaced(birth, day=draw.randint(1, 28))
    if happens(0.02, "month-slip"):
        return _replaced(birth, month=draw.randint(1, 12))
    if happens(0.05, "estimated"):
        return date(birth.year + draw.choice((0, 0, 0, -1, 1)), 1, 1)
    return birth


def _replaced(birth: date, year: int = 0, month: int = 0, day: int = 0) -> date:
    year, month, day = year or birth.year, month or birth.month, day or birth.day
    return min(date(year, month, min(day, 28)), TODAY)


def _paper_told(draw: Random, person: Person, happens: Happens) -> tuple[str, str]:
    if not person.papers or happens(0.17, "no-paper"):
        return "", ""
    kind, number = person.papers[0]
    if happens(0.25, "other-paper"):
        kind, number = person.papers[-1] if len(person.papers) > 1 else ("PA", f"9{draw.randrange(10**8):08}")
    if happens(0.06, "number-slip"):
        number = _finger(draw, number)
    if kind == "CV" and draw.random() < 0.3:
        number = f"V-{number}"
    return kind, number


def _finger(draw: Random, number: str) -> str:
    if len(number) < 4:
        return number
    at = draw.randrange(1, len(number) - 1)
    if draw.random() < 0.6:
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + draw.choice("0123456789") + number[at + 1 :]


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def without(one: Told, *fields: str) -> Told:
    """What was told, with only some fields: for queries of a part of a form."""
    empty = {"birth": None}
    kept = {"entity", "family", "slips", *fields}
    return replace(one, **{name: empty.get(name, "") for name in vars(one) if name not in kept})  # type: ignore[arg-type]
