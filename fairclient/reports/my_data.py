"""«Mis datos»: all that is kept about one person, as a PDF for her hands or as JSON for a program."""

from __future__ import annotations

import json
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from fairclient.base.files import write_whole
from fairclient.base.typeface import register
from fairclient.base.words import _
from fairclient.domain.my_data import Evidence, MyData
from fairclient.reports.page import BODY, CELL, FAIR, LINE, NOTE, SECTION, TITLE, WIDTH, built, text

_LABELS = 58 * mm
_STRONG = ParagraphStyle("what", parent=CELL, fontName=SECTION.fontName)


def write_pdf(data: MyData, out: Path) -> None:
    """Write the paper, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, made(data))


def write_json(data: MyData, out: Path) -> None:
    """Write the same as JSON, whole or not at all. Raises DiskFull or HomeNotWritable, in words."""
    write_whole(out, (json.dumps(data.raw, ensure_ascii=False, indent=2) + "\n").encode())


def made(data: MyData) -> bytes:
    """The paper. Built in memory: no temporary file ever holds it."""
    register()  # a paragraph looks its face up as soon as it is made
    story: list[Flowable] = [text(data.fair, FAIR), text(_("Mis datos"), TITLE), Spacer(1, 2 * mm)]
    story.append(text(_("{name} · al {written}").format(name=data.name, written=data.written), BODY))
    if data.fictional:
        story.append(text(_("Feria de práctica: datos ficticios"), NOTE))
    for part in data.parts:
        story.append(text(part.title, SECTION))
        story.append(_pairs(part.rows) if part.rows else text(_("Nada anotado."), BODY))
    story.append(text(_("Autorizaciones, con su prueba"), SECTION))
    for proof in data.evidence:
        story += [_pairs(_proof_rows(proof)), Spacer(1, 2 * mm)]
    if not data.evidence:
        story.append(text(_("Nada anotado."), BODY))
    story += [Spacer(1, 4 * mm), *(text(words, NOTE) for words in _rights(data))]
    return built(
        story, _("Mis datos"), _("Datos personales (Ley 1581 de 2012): entréguelos solo a su titular")
    )


def _pairs(rows: tuple[tuple[str, str], ...]) -> Table:
    cells = [[text(what, _STRONG), text(says, CELL)] for what, says in rows]
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(cells, colWidths=(_LABELS, WIDTH - _LABELS), style=look, hAlign="LEFT")


def _proof_rows(proof: Evidence) -> tuple[tuple[str, str], ...]:
    known = (
        (_("Cuándo"), proof.when),
        (_("Quién la anotó"), " · ".join(filter(None, (proof.recorded_by, proof.station)))),
        *proof.answers,
        (_("Quién respondió por ella"), proof.represented_by),
        (_("Texto que se le leyó"), f"{proof.text_version} ({proof.language}), SHA-256 {proof.text_digest}"),
        (_("Cómo respondió"), proof.channel),
    )
    return tuple((what, says) for what, says in known if says)


def _rights(data: MyData) -> tuple[str, ...]:
    return (
        _(
            "Puede conocer, corregir y actualizar sus datos, pedir que se borren y retirar su autorización, "
            "sin pagar nada. Consultas: diez días hábiles. Reclamos: quince días hábiles."
        ),
        _("Responsable: {organiser}. Línea de ayuda: {help_line}.").format(
            organiser=data.organiser or "—", help_line=data.help_line or "—"
        ),
    )
