"""What happens to a slip between the printer and the reader, each misfortune from a seed.

Every picture has one pixel a dot (203 dpi) in shades of grey.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Damage = Callable[[Image.Image, Random], Image.Image]

WHITE = 255


def untouched(picture: Image.Image, _random: Random) -> Image.Image:
    """As it left the printer."""
    return picture


def blurred(picture: Image.Image, _random: Random) -> Image.Image:
    """A little out of focus: Gaussian, sigma 1.3 dots."""
    return picture.filter(ImageFilter.GaussianBlur(1.3))


def specked(share: float) -> Damage:
    """Single dots that are white where black should be, and the other way round."""

    def damage(picture: Image.Image, random: Random) -> Image.Image:
        width, height = picture.size
        specks = bytearray(width * height)
        for place in random.sample(range(width * height), round(width * height * share)):
            specks[place] = WHITE
        return ImageChops.difference(picture, Image.frombytes("L", picture.size, bytes(specks)))

    return damage


def folded(picture: Image.Image, random: Random) -> Image.Image:
    """A crease across the symbol from which the black has gone, three dots wide."""
    made = picture.copy()
    y, slope = random.uniform(picture.height / 6, picture.height * 5 / 6), random.uniform(-0.15, 0.15)
    ends = [(0, y - slope * made.width / 2), (made.width, y + slope * made.width / 2)]
    ImageDraw.Draw(made).line(ends, fill=random.randint(200, WHITE), width=3)
    return made


def faded(contrast: float) -> Damage:
    """Black that is only so much darker than the paper."""

    def damage(picture: Image.Image, _random: Random) -> Image.Image:
        return picture.point(lambda shade: round(WHITE - (WHITE - shade) * contrast))

    return damage


def scaled(picture: Image.Image, _random: Random) -> Image.Image:
    """Printed or pictured at 80 %, off the dot grid."""
    size = (round(picture.width * 0.8), round(picture.height * 0.8))
    return picture.resize(size, Image.Resampling.BILINEAR)


def turned(picture: Image.Image, random: Random) -> Image.Image:
    """Held askew, up to ten degrees either way."""
    angle = random.choice((-1, 1)) * random.uniform(4, 10)
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def curled(picture: Image.Image, random: Random) -> Image.Image:
    """Paper that won't lie flat: bent as it was on the roll, shorter and darker towards its two ends."""
    width, height = picture.size
    bend = random.uniform(0.3, 0.6)  # radians from the middle to an end: a radius of 40 to 90 mm
    seen = round(height * math.sin(bend) / bend)
    mesh = []
    for y in range(0, seen, 4):
        below = min(seen, y + 4)
        top, bottom = (_flat(at, seen, height, bend) for at in (y, below))
        mesh.append(((0, y, width, below), (0, top, 0, bottom, width, bottom, width, top)))
    bent = picture.transform((width, seen), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    light = bytes(round(WHITE * (0.4 + 0.6 * math.cos(bend * (2 * y / seen - 1)))) for y in range(seen))
    return ImageChops.multiply(bent, Image.frombytes("L", (1, seen), light).resize((width, seen)))


def _flat(y: float, seen: int, height: int, bend: float) -> float:
    """Where a row of the bent paper is when it lies flat."""
    return height / 2 * (1 + math.asin((2 * y / seen - 1) * math.sin(bend)) / bend)


def with_dead_dots(picture: Image.Image, random: Random) -> Image.Image:
    """Three dots of the head print nothing any more: white lines along the whole paper."""
    made = picture.copy()
    pen = ImageDraw.Draw(made)
    for x in random.sample(range(made.width), 3):
        pen.line([(x, 0), (x, made.height)], fill=WHITE)
    return made


def one_after_the_other(*all_of_them: Damage) -> Damage:
    """Several misfortunes of one slip."""

    def damage(picture: Image.Image, random: Random) -> Image.Image:
        for one in all_of_them:
            picture = one(picture, random)
        return picture

    return damage


WITHOUT_SPECKS: dict[str, Damage] = {
    "untouched": untouched,
    "blur": blurred,
    "fold": folded,
    "faded": faded(0.4),
    "80 %": scaled,
    "askew": turned,
    "curl": curled,
    "dead dots": with_dead_dots,
    "pocket": one_after_the_other(with_dead_dots, folded, faded(0.6), curled, turned, blurred),
}
WITH_SPECKS: dict[str, Damage] = {
    "specks 2 %": specked(0.02),
    "specks 5 %": specked(0.05),
    "dirty pocket": one_after_the_other(with_dead_dots, folded, specked(0.02), faded(0.6), turned),
}
