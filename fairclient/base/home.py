"""The home: the one folder in which a laptop keeps everything of its fairs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from fairclient.base.errors import HomeMissing
from fairclient.base.files import in_words, not_writable
from fairclient.base.words import _


@dataclass(frozen=True)
class Home:
    """The places inside the folder ``dir``."""

    dir: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.dir / "fair.db"

    @property
    def keys(self) -> Path:
        """The wrapped keys of the operators."""
        return self.dir / "keys.json"

    @property
    def device_secret(self) -> Path:
        """The device's secret, where the system has no keyring."""
        return self.dir / "device.secret"

    @property
    def tries(self) -> Path:
        """How many wrong passphrases were typed lately."""
        return self.dir / "tries.json"

    @property
    def mark(self) -> Path:
        """How often the database was opened, to notice an older copy put in its place."""
        return self.dir / "fair.mark"

    @property
    def settings(self) -> Path:
        """The options that somebody changed."""
        return self.dir / "settings.json"

    @property
    def lock(self) -> Path:
        """The file that one running program holds."""
        return self.dir / "fair.lock"

    @property
    def backups(self) -> Path:
        """Copies of the database, encrypted like it."""
        return self.dir / "backups"

    @property
    def logs(self) -> Path:
        """The program's log."""
        return self.dir / "logs"

    @staticmethod
    def default() -> Home:
        """The home that the operating system suggests for this user."""
        from platformdirs import user_data_path  # noqa: PLC0415 (a home that is named needs none of it)

        return Home(user_data_path("fairclient", appauthor=False))

    def create(self) -> Home:
        """Make the folders, private to this user, and check that they can be written to.

        Raises HomeNotWritable or DiskFull.
        """
        with in_words(self.dir):
            for folder in (self.dir, self.backups, self.logs):
                self._make(folder)
            probe = self.dir / ".writable"
            probe.touch()
            probe.unlink()
        return self

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError, FileNotFoundError) as error:
            raise not_writable(self.dir) from error
        if os.name == "posix" and folder.stat().st_uid == os.geteuid():
            folder.chmod(0o700)

    def exists(self) -> bool:
        """Whether this home has been set up: its keys are there."""
        return self.keys.is_file()

    def require(self) -> Home:
        """This home, or HomeMissing when it hasn't been set up."""
        if not self.exists():
            raise HomeMissing(
                _("En la carpeta {folder} no hay ninguna feria.").format(folder=self.dir),
                do=_("Inscriba este equipo con el código que le dio la central, o revise la carpeta."),
            )
        return self
