"""What is asked of somebody who does not authorise the treatment of her data: enough to serve and to count.

Without an authorisation nothing may be kept that says who somebody is (Ley 1581 de 2012, art. 9), and no
service may depend on giving it. Sex, an age band and the profile are counts, not a person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from fairclient.base.words import N_, _
from fairclient.domain.answers import Answers, Form
from fairclient.domain.catalogues import find
from fairclient.domain.findings import Finding, refuse, warn
from fairclient.domain.form import FormRead
from fairclient.domain.questions import Question, question
from fairclient.domain.rules import refused
from sync.wire.age import band_of
from sync.wire.attendee import Attendee

AGE_BAND: Final = Question(
    "age_band",
    N_("Edad"),
    "segments",
    "person",
    hint=N_("la que diga o aparente; nadie pide papeles"),
    choices="age_bands",
    shortcut="F",
)
ASKED: Final = (replace(question("sex"), hint="", columns=6), AGE_BAND, question("profile"))
"""In the order in which they are asked."""
KEYS: Final = frozenset(asked.key for asked in ASKED)


def without_identity(form: Form, today: date) -> dict[str, str]:
    """What of a form may stay when somebody refuses: nothing that says who she is.

    An age that was told before becomes its band.
    """
    kept = {key: text for key, text in form.items() if key in KEYS}
    age = Answers(form, today).age
    if "age_band" not in kept and age is not None:
        kept["age_band"] = band_of(age)
    return kept


def read_anonymous(form: Form, language: str) -> FormRead:
    """Check the few answers and make the attendee of them; None with a finding that refuses."""
    findings = list(_findings(form))
    if refused(findings):
        return FormRead(None, findings)
    told = {key: form[key] for key in KEYS if form.get(key)}
    return FormRead(Attendee(anonymous=True, language=language, **told), findings)


def _findings(form: Form) -> list[Finding]:
    found = []
    for asked in ASKED:
        code = form.get(asked.key, "")
        if asked.required and find(asked.choices, code) is None:
            words = _("Falta «{label}». Elija una opción.").format(label=asked.words)
            found.append(refuse(asked.key, "missing", words))
        elif not asked.required and not code:
            words = _("Sin edad no se cuenta en ninguna franja. Puede seguir así.")
            found.append(warn(asked.key, "no-age-band", words))
    return found
