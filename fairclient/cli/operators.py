"""`fairclient operators`: who may enter on this laptop; a supervisor adds people, or takes them off it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from fairclient.base.errors import BadInput
from fairclient.base.words import _
from fairclient.cli import output
from fairclient.cli.context import Common, JsonOption, common, passphrase, unlocked

if TYPE_CHECKING:
    from fairclient.usecases.laptop_people import Person
    from fairclient.usecases.workplace import Workplace

LONGEST = 1000
"""Characters that are read of a line with a passphrase."""

people = typer.Typer(help="Who may enter on this laptop.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(help="The name as on the roster, or the id.")]


@people.command("list")
def list_(ctx: typer.Context, json: JsonOption = False) -> None:
    """List who enters on this laptop, and who of the fair's roster could."""
    from fairclient.usecases.laptop_people import laptop_people  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    with unlocked(shared) as place:
        found = laptop_people(place)
    if shared.json:
        output.as_json({"operators": [asdict(one) for one in found]})
        return
    output.as_text([_line(one) for one in found])


@people.command("add")
def add(ctx: typer.Context, operator: Named, json: JsonOption = False) -> None:
    """Give somebody of the roster access to this laptop; needs no network."""
    from fairclient.usecases.add_operator import add_operator  # noqa: PLC0415 (loads the store)

    shared = common(ctx, json)
    person = _for_another(shared, operator, add_operator)
    _say(shared, person, _("{name} ya puede entrar en este equipo con su propia contraseña."))


@people.command("passphrase")
def new_passphrase(
    ctx: typer.Context,
    operator: Annotated[str, typer.Argument(help="Who forgot hers; left out, one's own is changed.")] = "",
    json: JsonOption = False,
) -> None:
    """Change one's own passphrase, or give a new one to somebody who forgot hers."""
    from fairclient.usecases.renew_passphrase import (  # noqa: PLC0415 (loads the store)
        change_passphrase,
        give_passphrase,
    )

    shared = common(ctx, json)
    if operator:
        person = _for_another(shared, operator, give_passphrase)
        _say(shared, person, _("{name} tiene una contraseña nueva en este equipo; la de antes ya no sirve."))
        return
    own = passphrase()
    with unlocked(shared, own) as place:
        change_passphrase(place, _new_passphrase(place.operator.name), own)
        name = place.operator.name
    _say(shared, None, _("La contraseña de {name} cambió."), name)


@people.command("remove")
def remove(ctx: typer.Context, operator: Named, json: JsonOption = False) -> None:
    """Take somebody off this laptop. She stays on the roster; what she registered stays hers."""
    from fairclient.usecases.laptop_people import person_named  # noqa: PLC0415 (loads the store)
    from fairclient.usecases.remove_operator import remove_operator  # noqa: PLC0415 (as above)

    shared = common(ctx, json)
    own = passphrase()
    with unlocked(shared, own) as place:
        person = remove_operator(place, person_named(place, operator).id, own)
    _say(shared, person, _("{name} ya no entra en este equipo."))


def _for_another(shared: Common, named: str, verb: Callable[[Workplace, str, str, str], Person]) -> Person:
    """Run what a supervisor does for somebody else, who types a new passphrase."""
    from fairclient.usecases.laptop_people import person_named, wanted  # noqa: PLC0415 (loads the store)

    own = passphrase()
    with unlocked(shared, own) as place:
        person = wanted(place, person_named(place, named).id)  # refused before anything is typed
        return verb(place, person.id, _new_passphrase(person.name), own)


def _new_passphrase(name: str) -> str:
    """Ask for a new passphrase twice; without a terminal it is the first line of the standard input.

    Raises BadInput where there is none.
    """
    if sys.stdin.isatty():
        asked = _("Contraseña nueva de {name}").format(name=name)
        return str(typer.prompt(asked, hide_input=True, confirmation_prompt=True))
    given = sys.stdin.readline(LONGEST).rstrip("\r\n")
    if not given:
        raise BadInput(
            _("Falta la contraseña nueva."),
            _("No se cambió nada."),
            _("Escríbala en una terminal, o désela a la orden por la entrada estándar."),
            code="passphrase-missing",
        )
    return given


def _say(shared: Common, person: Person | None, words: str, name: str = "") -> None:
    if shared.json:
        output.as_json({"operator": person.id if person else "", "name": person.name if person else name})
    else:
        output.as_text([words.format(name=person.name if person else name)])


def _line(person: Person) -> str:
    from fairclient.usecases.workplace import ROLE_NAMES  # noqa: PLC0415 (loads the store)

    states = {"holds": "", "over": _("permiso terminado"), "unlisted": _("no está en la lista de la feria")}
    where = _("entra aquí") if person.here else _("no entra aquí")
    roles = ", ".join(_(ROLE_NAMES[role]) for role in person.roles)
    return "  ·  ".join(filter(None, (person.name, where, roles, states[person.access], person.id)))


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(people, name="operators")
