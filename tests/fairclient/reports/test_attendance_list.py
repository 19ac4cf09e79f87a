"""The attendance list: the columns that are asked for, texts that stay texts, and a page to sign on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fairclient.base.errors import DiskFull, HomeNotWritable
from fairclient.domain.report_rows import DayFigures
from fairclient.reports import attendance_list
from fairclient.reports.attendance_columns import COLUMNS, FOR_ORGANISER, TO_SHARE, WITHOUT_NAMES, Options
from tests.fairclient.reports.factory import DAY, EMPTY, HEADING, large_day, person

# The customary columns, in their order.
CUSTOMARY = (
    "Código de beneficiario(a)",
    "Nombres",
    "Apellidos",
    "Tipo documento (sigla)",
    "Número documento",
    "Sexo",
    "Edad",
    "Discapacidad",
    "Perfil poblacional",
    "Teléfono",
    "Caso asociado",
    "Pertenencia étnica",
    "Organización / entidad",
    "Municipio / barrio",
    "Correo electrónico",
    "Firma o huella",
    "Autoriza tratamiento de datos (S/N)",
    "Autoriza uso de imagen (S/N)",
)


def day_of(**changes: object) -> DayFigures:
    return DayFigures(heading=HEADING, day=DAY, people=(person(**changes),))


def sheet(figures: DayFigures, options: Options = FOR_ORGANISER) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(attendance_list.made(figures, options)))
    found = book.active
    assert isinstance(found, Worksheet)
    return found


def rows(figures: DayFigures, options: Options = FOR_ORGANISER) -> list[dict[str, object]]:
    """The people as dictionaries by heading."""
    heads, *people, _total = [
        list(row) for row in sheet(figures, options).iter_rows(min_row=4, values_only=True)
    ]
    return [dict(zip(map(str, heads), row, strict=True)) for row in people]


def test_the_customary_columns_in_their_order() -> None:
    heads = [cell.value for cell in sheet(large_day(3))[4]]
    assert tuple(heads) == CUSTOMARY == tuple(column.heading for column in COLUMNS)


def test_what_stands_in_a_row() -> None:
    found = rows(day_of(disability="2", ethnicity="5", household="H-17"))[0]
    assert found == {
        "Código de beneficiario(a)": "030FZVGJ4",
        "Nombres": "Yuleidy del Carmen",
        "Apellidos": "Urdaneta Mora",
        "Tipo documento (sigla)": "PPT\nCV",
        "Número documento": "1234567\nV25345090",
        "Sexo": "Femenino",
        "Edad": 32,
        "Discapacidad": "Visual",
        "Perfil poblacional": "Permanencia",
        "Teléfono": "3000000000",
        "Caso asociado": "H-17",
        "Pertenencia étnica": "Afro",
        "Organización / entidad": "Alcaldía ficticia de Puente Nuevo",
        "Municipio / barrio": "San José de Cúcuta, Norte de Santander / La Ermita",
        "Correo electrónico": None,
        "Firma o huella": None,
        "Autoriza tratamiento de datos (S/N)": "S",
        "Autoriza uso de imagen (S/N)": "N",
    }


def test_what_is_left_out_is_nowhere_in_the_file() -> None:
    """DP-16: a list to be shared holds no phone, document or sensitive answer, not even hidden."""
    figures = day_of(disability="2", ethnicity="5")
    kept = rows(figures, TO_SHARE)[0]
    assert {"Nombres", "Apellidos", "Firma o huella"} <= kept.keys()
    assert kept.keys() == {column.heading for column in COLUMNS if column.kind in ("plain", "name")}
    packed = zipfile.ZipFile(io.BytesIO(attendance_list.made(figures)))
    everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    for secret in ("1234567", "V25345090", "3000000000", "Visual", "Afro", "Teléfono"):
        assert secret not in everything


def test_a_list_without_names() -> None:
    heads = rows(day_of(), WITHOUT_NAMES)[0].keys()
    assert not heads & {"Nombres", "Apellidos", "Firma o huella"}


@pytest.mark.parametrize(
    "name",
    ["=1+1", "=cmd|' /C calc'!A0", "+57", "-1", "@SUM(A1)", "\t=1", "https://example.org", "007", "{=A1}"],
)
def test_a_name_is_never_a_formula_a_link_or_a_number(name: str) -> None:
    found = sheet(day_of(given_names=name, surnames=name))
    cells = [cell for row in found.iter_rows(min_row=5, max_row=5) for cell in row if cell.value == name]
    assert len(cells) == 2
    for cell in cells:
        assert cell.data_type == "s" and cell.hyperlink is None and cell.quotePrefix


def test_it_prints_well() -> None:
    found = sheet(large_day(120))
    assert found.page_setup.orientation == "landscape" and found.page_setup.paperSize == 9
    assert found.sheet_properties.pageSetUpPr is not None and found.sheet_properties.pageSetUpPr.fitToPage
    assert found.page_setup.fitToWidth in (1, None) and found.page_setup.fitToHeight == 0
    assert found.print_title_rows == "$4:$4" and found.freeze_panes == "A5"
    assert found.print_area == "'Asistencia'!$A$1:$R$125"
    assert found.oddHeader.left.text == "Feria de servicios Puente Nuevo"
    assert found.oddHeader.right.text == "24/10/2026"
    assert found["A1"].value == "Feria de servicios Puente Nuevo"
    assert "Sábado 24 de octubre de 2026" in str(found["A2"].value)
    assert "práctica" in str(found["A3"].value)
    assert all(dimension.width >= 6 for dimension in found.column_dimensions.values())


def test_a_fair_with_an_ampersand_does_not_garble_the_header() -> None:
    heading = type(HEADING)(name="Salud & Vida &D")
    found = sheet(DayFigures(heading=heading, day=DAY))
    packed = zipfile.ZipFile(io.BytesIO(attendance_list.made(DayFigures(heading=heading, day=DAY))))
    assert "Salud &amp;&amp; Vida &amp;&amp;D" in packed.read("xl/worksheets/sheet1.xml").decode()
    assert found["A1"].value == "Salud & Vida &D"


def test_an_empty_day_says_so() -> None:
    values = [cell.value for row in sheet(EMPTY).iter_rows() for cell in row if cell.value]
    assert "Nadie quedó registrado este día." in values and "Total de personas: 0" in values


def test_the_same_day_gives_the_same_bytes() -> None:
    assert attendance_list.made(large_day(40)) == attendance_list.made(large_day(40))


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises((HomeNotWritable, DiskFull)) as caught:
        attendance_list.write(EMPTY, tmp_path / "no" / "list.xlsx")
    assert caught.value.what and caught.value.do
