"""What each problem code of sync means to a person: what happened, what is safe, what to do."""

from __future__ import annotations

from typing import Final, NamedTuple

from fairclient.base.errors import CodeRefused, SayError, ServerRefused, ServerUnreachable
from fairclient.base.words import N_, _, ngettext
from sync.client.trouble import SyncProblem


class Words(NamedTuple):
    """Three sentences; the last two may be empty."""

    what: str
    safe: str
    do: str


_SAFE: Final = N_("Lo guardado en este equipo sigue aquí, completo.")
_KEPT: Final = N_("El servidor guardó esos registros aparte, sin perder ninguno.")
_AGAIN: Final = N_("Inténtelo otra vez en un momento.")
_TELL: Final = N_("Avise a la persona de soporte y muéstrele este mensaje.")

_LINE: Final[dict[str, Words]] = {
    "offline": Words(
        N_("No hay conexión con la red, o la red no encuentra el servidor."),
        _SAFE,
        N_("Puede seguir registrando. Revise el Wi-Fi o los datos del teléfono."),
    ),
    "refused": Words(
        N_("La red funciona, pero en la dirección del servidor no responde nadie."),
        _SAFE,
        N_("Revise que el servidor esté encendido y que la dirección sea la correcta."),
    ),
    "timeout": Words(
        N_("El servidor tardó demasiado en responder."),
        _SAFE,
        N_("Puede seguir registrando. Si la señal es débil, acérquese a ella e inténtelo otra vez."),
    ),
    "interrupted": Words(
        N_("La conexión se cortó antes de terminar."),
        _SAFE,
        N_("Inténtelo otra vez: se sigue desde donde iba y nada queda repetido."),
    ),
    "portal": Words(
        N_("Respondió otra página, no el servidor: es posible que esta red pida iniciar sesión."),
        _SAFE,
        N_("Abra el navegador, inicie sesión en la red e inténtelo otra vez."),
    ),
    "redirected": Words(
        N_("La red envía a otra dirección, y por seguridad no se sigue."),
        _SAFE,
        N_("Si la red pide iniciar sesión, hágalo en el navegador. Si no, revise la dirección del servidor."),
    ),
    "tls": Words(
        N_("El certificado del servidor no es el que este equipo reconoce: alguien podría estar en medio."),
        N_("No se envió ningún dato. Lo guardado en este equipo sigue aquí."),
        N_("Use otra red, por ejemplo el teléfono. Si se repite, avise a la persona de soporte."),
    ),
    "clock": Words(
        N_("El certificado del servidor no vale en la fecha que marca este equipo."),
        N_("No se envió ningún dato. Lo guardado en este equipo sigue aquí."),
        N_("Corrija la fecha y la hora del equipo. Si son correctas, avise a la persona de soporte."),
    ),
    "address": Words(
        N_("La dirección del servidor no es válida."),
        _SAFE,
        N_("Escríbala como https://servidor o https://servidor:puerto."),
    ),
    "authority": Words(
        N_("El certificado de la autoridad de la central no se puede leer."),
        N_("No se envió ningún dato."),
        N_("Pida otra vez el archivo o el código QR a quien administra la central."),
    ),
    "plain": Words(
        N_("Esa dirección no va cifrada (empieza por http://) y no se envían datos de personas sin cifrar."),
        _SAFE,
        N_("Use la dirección que empieza por https://."),
    ),
    "stranger": Words(
        N_("En esa dirección responde otro servidor, no el de esta feria."),
        N_("No se le envió ningún dato. Lo guardado en este equipo sigue aquí."),
        N_("Revise la dirección y la red. Si se repite, avise a la persona de soporte."),
    ),
    "garbled": Words(
        N_("Un mensaje llegó dañado y no se tuvo en cuenta."),
        _SAFE,
        _AGAIN,
    ),
    "bad-receipt": Words(
        N_("El acuse del servidor no corresponde a lo enviado, así que no se tuvo en cuenta."),
        _SAFE,
        N_("Inténtelo otra vez. Si se repite, avise a la persona de soporte."),
    ),
    "busy": Words(N_("El servidor está ocupado en este momento."), _SAFE, _AGAIN),
    "too-many": Words(
        N_("Este equipo preguntó al servidor demasiadas veces seguidas."), _SAFE, N_("Espere unos minutos.")
    ),
    "internal": Words(
        N_("El servidor tuvo una falla propia."),
        _SAFE,
        N_("Inténtelo otra vez. Si se repite, avise a la persona de soporte."),
    ),
    "data-limit": Words(
        N_("Se usaron hoy todos los datos que este equipo puede gastar en la red."),
        _SAFE,
        N_("Suba el límite en «Sincronizar», use otra red, o siga mañana."),
    ),
    "cancelled": Words(
        N_("Se detuvo la sincronización."),
        N_("Lo que alcanzó a llegar cuenta; lo demás sigue en este equipo."),
        N_("Cuando quiera, sincronice otra vez: se sigue desde donde iba."),
    ),
}
"""The line between this laptop and the server."""

_VERSIONS: Final[dict[str, Words]] = {
    "old-client": Words(
        N_("El servidor tiene una versión más nueva que este programa no entiende."),
        _SAFE,
        N_("Actualice el programa en este equipo y sincronice otra vez."),
    ),
    "old-server": Words(
        N_("El servidor tiene una versión más vieja que este programa ya no usa."),
        _SAFE,
        N_("Pida a la persona de soporte que actualice el servidor."),
    ),
    "wire-version": Words(
        N_("Este programa y el servidor no hablan la misma versión."),
        _SAFE,
        N_("Actualice el que sea más viejo. La persona de soporte puede ver las dos versiones."),
    ),
    "not-understood": Words(
        N_("El servidor respondió que no, por un motivo que esta versión del programa no conoce."),
        _SAFE,
        N_("Actualice el programa en este equipo."),
    ),
}
"""Which end must be updated."""

_STATION: Final[dict[str, Words]] = {
    "unauthorised": Words(N_("El servidor no reconoció la sesión de este equipo."), _SAFE, _AGAIN),
    "forbidden": Words(
        N_("Este equipo no tiene permiso para eso en esta feria."),
        _SAFE,
        N_("Pida a la supervisora o al supervisor que revise los permisos del equipo."),
    ),
    "revoked": Words(
        N_("Se retiró el acceso de este equipo a la central."),
        N_("Lo guardado en este equipo sigue aquí, cifrado."),
        N_("Guarde lo suyo en una memoria USB y entréguela a la supervisión, que decide qué hacer con eso."),
    ),
    "unknown-station": Words(
        N_("La central no conoce este equipo."),
        _SAFE,
        N_("Revise que la dirección sea la del servidor de esta feria. Si lo es, pida un código nuevo."),
    ),
    "unknown-fair": Words(
        N_("La central no conoce esta feria."),
        _SAFE,
        N_("Revise que la dirección sea la del servidor de esta feria."),
    ),
    "new-incarnation": Words(
        N_("La central tiene otra historia de este equipo: parece restaurado de una copia, o duplicado."),
        N_("Nada se sobrescribe: la central guarda aparte lo que no coincide."),
        N_("Puede seguir registrando. Avise a la persona de soporte: el equipo necesita otra bitácora."),
    ),
    "not-joined": Words(
        N_("Este equipo todavía no se ha unido a ese concentrador."),
        _SAFE,
        N_("Escanee el código QR que muestra el concentrador."),
    ),
    "code-unknown": Words(
        N_("Ese código no existe: puede estar mal escrito."),
        N_("No se cambió nada."),
        N_("Revíselo letra por letra, o escanee el código QR."),
    ),
    "code-used": Words(
        N_("Ese código de inscripción ya lo usó otro equipo."),
        N_("No se cambió nada."),
        N_("Pida un código nuevo: cada código sirve para un solo equipo."),
    ),
    "code-expired": Words(
        N_("Ese código ya venció."),
        N_("No se cambió nada."),
        N_("Pida un código nuevo y úselo enseguida: duran pocos minutos."),
    ),
}
"""Who this laptop is to the server."""

_JOURNALS: Final[dict[str, Words]] = {
    "bad-digest": Words(
        N_("Un lote llegó con registros que no cuadran con su sello y se rechazó entero."), _SAFE, _AGAIN
    ),
    "bad-signature": Words(
        N_("Una firma no corresponde y lo que venía con ella se rechazó."),
        _SAFE,
        N_("Si se repite, avise a la persona de soporte y muéstrele este mensaje."),
    ),
    "bad-field": Words(N_("Un dato no tiene una forma permitida."), _SAFE, N_("Corrija el dato señalado.")),
    "unknown-kind": Words(
        N_("Hay registros de una clase que la otra parte todavía no conoce."),
        _KEPT,
        N_("Se leerán cuando todo esté actualizado."),
    ),
    "unknown-author": Words(
        N_("Hay registros de una persona que no está en la lista de la feria."),
        _KEPT,
        N_("Pida a la supervisora o al supervisor que revise la lista de operadores."),
    ),
    "revoked-author": Words(
        N_("Hay registros de una persona a quien se le retiró el acceso."),
        _KEPT,
        N_("Pida a la supervisora o al supervisor que los revise."),
    ),
    "late-clock": Words(
        N_("Hay registros con una hora adelantada en más de un día."),
        _KEPT,
        N_("Corrija la fecha y la hora del equipo."),
    ),
    "too-large": Words(N_("Un lote es más grande de lo que se acepta."), _SAFE, _TELL),
    "gap": Words(
        N_("A la bitácora le faltan registros antes de los que llegaron."),
        _SAFE,
        N_("Sincronice otra vez. Si se repite, avise a la persona de soporte."),
    ),
    "fork": Words(
        N_("Hay dos historias distintas de una misma bitácora."),
        N_("Ninguna se mezcla ni se borra."),
        _TELL,
    ),
    "unknown-journal": Words(N_("El servidor no tiene una de las bitácoras que nombró."), _SAFE, _AGAIN),
    "unknown-key": Words(
        N_("Todavía no se puede comprobar lo que escribió otro equipo: falta su llave."),
        _SAFE,
        N_("Sincronice otra vez más tarde: la llave llega con la lista de la feria."),
    ),
    "not-found": Words(N_("El servidor no encontró lo que se le pidió."), _SAFE, _AGAIN),
    "method": Words(
        N_("El servidor no acepta esa petición."),
        _SAFE,
        N_("Revise que la dirección sea la del servidor de esta feria."),
    ),
}
"""One journal or one entry; the others go on."""

WORDS: Final[dict[str, Words]] = _LINE | _VERSIONS | _STATION | _JOURNALS

_OTHER: Final = Words(N_("La sincronización encontró un problema."), _SAFE, _TELL)
_UNREACHABLE: Final = frozenset(_LINE) - {
    "address",
    "authority",
    "plain",
    "too-many",
    "internal",
    "cancelled",
    "data-limit",
}
_CODES: Final = frozenset({"code-unknown", "code-used", "code-expired"})


def words_for(code: str) -> Words:
    """Return the sentences for a problem code, in the language in use; general ones for an unknown code."""
    return Words(*(_(sentence) if sentence else "" for sentence in WORDS.get(code, _OTHER)))


def refusal(problem: SyncProblem) -> SayError:
    """Return the error that tells a person about a problem; scripts find its code in ``code``."""
    words = words_for(problem.code)
    do = words.do
    if problem.retry_after:
        seconds = round(problem.retry_after)
        wait = ngettext(
            "El servidor pide esperar {n} segundo.", "El servidor pide esperar {n} segundos.", seconds
        )
        do = f"{do} {wait.format(n=seconds)}"
    return _kind(problem.code)(words.what, words.safe, do, code=problem.code)


def _kind(code: str) -> type[SayError]:
    if code in _CODES:
        return CodeRefused
    return ServerUnreachable if code in _UNREACHABLE else ServerRefused
