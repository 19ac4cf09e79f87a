"""A slip that was only photographed (the person left the paper at home) serves as well as the paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from tests.stories.conftest import Laptop, person


def test_a_photo_of_each_paper_is_served(practice: Laptop, tmp_path: Path) -> None:
    slip = practice.register([person()])[0]
    for paper in ("a6", "a4", "roll80", "roll58"):
        pdf, photo = tmp_path / f"{paper}.pdf", tmp_path / f"{paper}.jpg"
        assert practice("slip", slip["slip"], "--format", paper, "--out", str(pdf)).code == 0
        with pypdfium2.PdfDocument(pdf) as document:
            document[0].render(scale=2.5).to_pil().rotate(7, expand=True, fillcolor="white").save(photo)
        said = practice("serve", str(photo), "--service", "EMP", "--json")
        assert (said.code, said.json["result"]) == (0, "served"), said

    (tmp_path / "other.png").write_text("no picture")
    refused = practice("serve", str(tmp_path / "other.png"), "--service", "EMP", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "no-picture")
