"""The options of the program: each declared once, kept in the home as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from fairclient.base.files import write_whole
from fairclient.base.words import N_

T = TypeVar("T", str, int, bool)
MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Option(Generic[T]):
    """One option: its key in the file, its default (whose type is the option's) and what it is for."""

    key: str
    default: T
    description: str
    accepts: Callable[[T], bool] = lambda value: True

    def valid(self, value: object) -> bool:
        """Whether ``value`` has the option's type and is within its limits."""
        return type(value) is type(self.default) and self.accepts(value)


def _one_of(*choices: str) -> Callable[[str], bool]:
    return lambda value: value in choices


def _between(low: int, high: int) -> Callable[[int], bool]:
    return lambda value: low <= value <= high


def _dots(low: int, high: int) -> Callable[[int], bool]:
    """A print head's width: its dots come in whole bytes."""
    return lambda value: low <= value <= high and value % 8 == 0


def _short(value: str) -> bool:
    return len(value) <= 300


def _desk(value: str) -> bool:
    return value in ("", "*") or (len(value) <= 2 and value.isascii() and value.isupper() and value.isalpha())


LANGUAGE = Option("language", "es", N_("Idioma de las pantallas"), lambda value: 2 <= len(value) <= 8)
HIGH_CONTRAST = Option("high_contrast", False, N_("Colores de alto contraste"))
TEXT_PERCENT = Option("text_percent", 100, N_("Tamaño de la letra, en porcentaje"), _between(80, 200))
SOUND = Option("sound", True, N_("Sonido al leer una ficha"))
SLIP_FORMAT = Option("slip_format", "a6", N_("Papel de las fichas"), _one_of("a6", "roll80", "roll58", "a4"))
PRINTERS = {
    "a6": Option("printer_a6", "", N_("Impresora del papel A6; vacío: la del sistema"), _short),
    "a4": Option("printer_a4", "", N_("Impresora del papel A4; vacío: la del sistema"), _short),
    "roll80": Option("printer_roll80", "", N_("Impresora del rollo de 80 mm; vacío: la del sistema"), _short),
    "roll58": Option("printer_roll58", "", N_("Impresora del rollo de 58 mm; vacío: la del sistema"), _short),
}
"""Where the slips on each paper go, as ``fairclient.printers.address`` writes it."""
ROLL_DOTS = {
    "roll80": Option(
        "roll80_dots", 576, N_("Puntos que imprime el rollo de 80 mm a lo ancho"), _dots(352, 640)
    ),
    "roll58": Option(
        "roll58_dots", 384, N_("Puntos que imprime el rollo de 58 mm a lo ancho"), _dots(352, 464)
    ),
}
DARKNESS = Option("darkness", 0, N_("Oscuridad de los rollos, de -6 a 6"), _between(-6, 6))
SHARE_PRINTER = Option("share_printer", False, N_("Prestar la impresora a los otros equipos de la red"))
SHARED_PORT = Option(
    "shared_port", 9100, N_("Puerto en el que se presta la impresora"), _between(1024, 65_535)
)
LOCK_MINUTES = Option("lock_minutes", 5, N_("Minutos sin uso antes de bloquear la pantalla"), _between(1, 60))
BACKUP_MINUTES = Option("backup_minutes", 60, N_("Minutos entre copias de respaldo"), _between(5, 1440))
BACKUPS_KEPT = Option("backups_kept", 24, N_("Copias de respaldo que se conservan"), _between(2, 1000))
DESK = Option("desk", "", N_("Letra de la mesa de este equipo; * son todas"), _desk)
REPORT_FOLDER = Option("report_folder", "", N_("Carpeta de los informes"))
AUTO_SYNC = Option("auto_sync", True, N_("Sincronizar sola cuando hay red"))
DATA_LIMIT_MB = Option(
    "data_limit_mb",
    0,
    N_("Límite de datos al día con la central, en MB; 0 es sin límite"),
    _between(0, 100_000),
)
DATA_SPENT = Option(
    "data_spent", "", N_("Datos gastados hoy con la central: día y bytes"), lambda value: len(value) < 40
)
STICK_FOLDER = Option("stick_folder", "", N_("Carpeta de la memoria USB"))
SCANNER_PORT = Option(
    "scanner_port",
    "",
    N_("Puerto serie del lector, como COM3; vacío es ninguno"),
    lambda value: len(value) < 200,
)
SCANNER_BAUDS = Option(
    "scanner_bauds", 9600, N_("Velocidad del lector de puerto serie, en baudios"), _between(300, 921_600)
)
CAMERA = Option(
    "camera", "", N_("Cámara que lee códigos; vacío es la primera que haya"), lambda value: len(value) < 200
)
LAST_OPERATOR = Option("last_operator", "", N_("Quién entró la última vez"))

OPTIONS: tuple[Option[str] | Option[int] | Option[bool], ...] = (
    LANGUAGE,
    HIGH_CONTRAST,
    TEXT_PERCENT,
    SOUND,
    SLIP_FORMAT,
    *PRINTERS.values(),
    *ROLL_DOTS.values(),
    DARKNESS,
    SHARE_PRINTER,
    SHARED_PORT,
    LOCK_MINUTES,
    BACKUP_MINUTES,
    BACKUPS_KEPT,
    DESK,
    REPORT_FOLDER,
    AUTO_SYNC,
    DATA_LIMIT_MB,
    DATA_SPENT,
    STICK_FOLDER,
    SCANNER_PORT,
    SCANNER_BAUDS,
    CAMERA,
    LAST_OPERATOR,
)


class Settings:
    """The options that somebody changed; those of another version of the program are left as they are."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _read(path)

    def get(self, option: Option[T]) -> T:
        """The value of ``option``: its default where none, or no valid one, is kept."""
        value = self._values.get(option.key, option.default)
        return value if option.valid(value) else option.default

    def kept(self, option: Option[T]) -> bool:
        """Whether somebody chose a value of ``option`` here."""
        return option.key in self._values

    def set(self, option: Option[T], value: T) -> None:
        """Keep ``value``; ValueError when the option doesn't accept it, DiskFull or HomeNotWritable."""
        if not option.valid(value):
            raise ValueError(f"{option.key} does not accept this value")
        changed = {**self._values, option.key: value}
        text = json.dumps(changed, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(self._path, text.encode())
        self._values = changed


def _read(path: Path) -> dict[str, Any]:
    """What the file holds; a missing or damaged one holds nothing, for options never stop the work."""
    try:
        with path.open("rb") as file:
            values = json.loads(file.read(MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
