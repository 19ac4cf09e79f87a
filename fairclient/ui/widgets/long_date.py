"""Dates as people say them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from fairclient.base import words


def long_date(day: date) -> str:
    """``day`` with its weekday: "sábado 14 de marzo", "Saturday 14 March"."""
    spanish = words.language() == "es"
    locale = QLocale(QLocale.Language.Spanish if spanish else QLocale.Language.English)
    pattern = "dddd d 'de' MMMM" if spanish else "dddd d MMMM"
    return locale.toString(QDate(day.year, day.month, day.day), pattern)
