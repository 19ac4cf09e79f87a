"""How each fact about a person is asked for: words, editor, order, who is asked, and what is sensitive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from fairclient.base.words import N_, _
from fairclient.domain.answers import Answers
from fairclient.domain.catalogues import Choice, choices

Editor = Literal[
    "text",  # one line
    "paragraph",  # several lines
    "date",  # a date or an age, read by birth.parse_birth
    "segments",  # one of up to seven choices, all in sight
    "choice",  # one of a longer list
    "many",  # any number of a list
    "document",  # 1..n papers: type, number, country, expiry
    "phone",  # 1..n numbers, each with whose it is
    "municipality",  # DIVIPOLA type-ahead
    "country",  # ISO 3166 type-ahead
    "functioning",  # the six questions of the Washington Group Short Set
]
EDITORS: Final[tuple[Editor, ...]] = get_args(Editor)

YOUNGEST_FOR_FUNCTIONING: Final = 5
"""Years; the Washington Group Short Set is not meant for smaller children."""


def _everybody(_answers: Answers) -> bool:
    return True


def _old_enough_for_functioning(answers: Answers) -> bool:
    return answers.age is None or answers.age >= YOUNGEST_FOR_FUNCTIONING


def _may_be_pregnant(answers: Answers) -> bool:
    return answers.text("sex") != "M" and (answers.age is None or 10 <= answers.age <= 59)


def _may_say_gender(answers: Answers) -> bool:
    return not answers.is_minor


def _insured(answers: Answers) -> bool:
    return answers.text("health_regime") not in {"N", "99"}


@dataclass(frozen=True, slots=True)
class Section:
    """A short run of questions that belong together; `shortcut` is the letter that opens it after Alt+M."""

    key: str
    title: str
    shortcut: str = ""


@dataclass(frozen=True)
class Question:
    """How one field of a fact is asked for.

    `label`, `hint` and `reason` are Spanish sentences marked for translation (`words`, `hint_words`,
    `why`). `required`: a person can't be saved without it. `everybody`: asked of every person; the others
    wait in their sections. `sensitive` (Ley 1581 de 2012, art. 5): asked only where the person allowed it,
    its `reason` told, and always with "prefers not to answer". `choices` names a catalogue; `columns` is
    the width in sixths of the card; `longest` is in characters; `shortcut` is the letter pressed with Alt.
    `shared` answers are kept for the next member of a family. `applies` says whether it makes sense for this
    person; what does not apply is not shown and not missed.
    """

    key: str
    label: str
    editor: Editor
    section: str
    fact: Literal["attendee", "household"] = "attendee"
    hint: str = ""
    reason: str = ""
    required: bool = False
    everybody: bool = False
    sensitive: bool = False
    shortcut: str = ""
    choices: str = ""
    columns: int = 6
    longest: int = 60
    shared: bool = False
    applies: Callable[[Answers], bool] = _everybody

    @property
    def words(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    @property
    def hint_words(self) -> str:
        """The hint in the language in use; "" where there is none."""
        return _(self.hint)

    @property
    def why(self) -> str:
        """Why a sensitive thing is asked, to be told before it is; "" for the others."""
        return _(self.reason)

    def offered(self) -> tuple[Choice, ...]:
        """The answers to choose from; none for free text."""
        return choices(self.choices) if self.choices else ()


SECTIONS: Final[tuple[Section, ...]] = (
    Section("person", N_("Persona")),
    Section("contact", N_("Vivienda y contacto"), "V"),
    Section("family", N_("Familia"), "F"),
    Section("origin", N_("Situación migratoria"), "I"),
    Section("health", N_("Salud"), "H"),
    Section("functioning", N_("Discapacidad"), "D"),
    Section("study", N_("Educación y Sisbén"), "E"),
    Section("identity", N_("Identidad"), "T"),
    Section("needs", N_("Necesidades y notas"), "N"),
)

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "documents",
        N_("Documento"),
        "document",
        "person",
        hint=N_("con el escáner o escrito; puede no tener"),
        choices="document_types",
        shortcut="D",
        longest=32,
    ),
    Question(
        "given_names",
        N_("Nombres"),
        "text",
        "person",
        required=True,
        everybody=True,
        shortcut="N",
        longest=80,
    ),
    Question("first_surname", N_("Primer apellido"), "text", "person", everybody=True, columns=3),
    Question(
        "second_surname",
        N_("Segundo apellido"),
        "text",
        "person",
        hint=N_("si tiene"),
        everybody=True,
        columns=3,
    ),
    Question(
        "birth_date",
        N_("Fecha de nacimiento"),
        "date",
        "person",
        hint=N_("o la edad"),
        everybody=True,
        shortcut="F",
        columns=3,
        longest=40,
    ),
    Question(
        "sex",
        N_("Sexo"),
        "segments",
        "person",
        hint=N_("según el papel"),
        required=True,
        everybody=True,
        choices="sexes",
        shortcut="X",
        columns=3,
    ),
    Question(
        "profile",
        N_("Perfil"),
        "segments",
        "person",
        required=True,
        everybody=True,
        choices="profiles",
        shortcut="P",
        shared=True,
    ),
    Question(
        "municipality",
        N_("Municipio"),
        "municipality",
        "person",
        hint=N_("donde vive"),
        shortcut="U",
        columns=3,
        shared=True,
    ),
    Question("phones", N_("Teléfono"), "phone", "person", shortcut="T", columns=3, longest=24, shared=True),
    Question("neighbourhood", N_("Barrio o vereda"), "text", "contact", columns=3, shared=True),
    Question(
        "address",
        N_("Dirección"),
        "text",
        "contact",
        fact="household",
        columns=3,
        longest=160,
        shared=True,
    ),
    Question(
        "safe_contact",
        N_("¿Es seguro llamarle o escribirle?"),
        "segments",
        "contact",
        hint=N_("si alguien más contesta o lee, puede ser un riesgo"),
        choices="safe_contact",
    ),
    Question(
        "language",
        N_("Idioma en que prefiere hablar"),
        "segments",
        "contact",
        choices="languages",
        shared=True,
    ),
    Question(
        "household_role",
        N_("Quién es en el hogar"),
        "choice",
        "family",
        hint=N_("respecto de quien lo encabeza"),
        choices="household_roles",
    ),
    Question(
        "nationality",
        N_("Nacionalidad"),
        "country",
        "origin",
        choices="nationalities",
        columns=3,
        shared=True,
    ),
    Question(
        "migration_status",
        N_("Situación migratoria"),
        "choice",
        "origin",
        reason=N_("Sirve para orientar su trámite. No se entrega para sancionar ni expulsar a nadie."),
        sensitive=True,
        choices="migration_statuses",
        columns=3,
    ),
    Question(
        "health_regime",
        N_("Afiliación en salud"),
        "segments",
        "health",
        choices="health_regimes",
    ),
    Question(
        "eps",
        N_("EPS"),
        "choice",
        "health",
        choices="eps",
        columns=3,
        applies=_insured,
    ),
    Question(
        "pregnant",
        N_("¿Está embarazada?"),
        "segments",
        "health",
        reason=N_("Sirve para darle prioridad y orientar el control prenatal."),
        sensitive=True,
        choices="pregnancy",
        columns=3,
        applies=_may_be_pregnant,
    ),
    Question(
        "functioning",
        N_("Dificultades en la vida diaria"),
        "functioning",
        "functioning",
        reason=N_("Sirve para que la atención y el lugar se adapten a usted."),
        sensitive=True,
        choices="functioning_answers",
        applies=_old_enough_for_functioning,
    ),
    Question(
        "disability",
        N_("Categoría de discapacidad"),
        "choice",
        "functioning",
        hint=N_("si está certificada o la persona la reconoce"),
        reason=N_("Sirve para que la atención y el lugar se adapten a usted."),
        sensitive=True,
        choices="disabilities",
    ),
    Question(
        "education",
        N_("Último nivel educativo"),
        "choice",
        "study",
        choices="education",
        columns=3,
    ),
    Question(
        "sisben",
        N_("Grupo de Sisbén"),
        "choice",
        "study",
        choices="sisben",
        columns=3,
        shared=True,
    ),
    Question(
        "ethnicity",
        N_("¿Cómo se reconoce por su cultura o su pueblo?"),
        "choice",
        "identity",
        reason=N_("Sirve para ofrecer rutas propias de los pueblos y para las cifras, sin su nombre."),
        sensitive=True,
        choices="ethnicities",
    ),
    Question(
        "gender_identity",
        N_("Identidad de género"),
        "choice",
        "identity",
        reason=N_("Sirve para tratarle como usted se reconoce."),
        sensitive=True,
        choices="gender_identities",
        applies=_may_say_gender,
    ),
    Question(
        "specific_needs",
        N_("Necesidades específicas"),
        "many",
        "needs",
        hint=N_("nunca salen en la ficha"),
        reason=N_("Sirve para cuidar a quien corre más riesgo. Solo lo ve quien debe atenderlo."),
        sensitive=True,
        choices="specific_needs",
    ),
    Question(
        "notes",
        N_("Notas"),
        "paragraph",
        "needs",
        hint=N_("sin datos de salud ni de violencia"),
        longest=2000,
    ),
)

SET_BY_PROGRAM: Final[dict[str, frozenset[str]]] = {
    "attendee": frozenset({"birth_estimated", "household", "anonymous", "age_band", "unaccompanied"}),
    "household": frozenset(
        {"name", "municipality", "neighbourhood", "phone", "representative", "absent", "merged_into"}
    ),
}
"""Fields that nobody is asked for: they follow from other answers."""


def question(key: str) -> Question:
    """The question with this key; KeyError where there is none."""
    return _BY_KEY[key]


def of_section(key: str) -> tuple[Question, ...]:
    """The questions of a section, in order."""
    return tuple(asked for asked in QUESTIONS if asked.section == key)


_BY_KEY: Final = {asked.key: asked for asked in QUESTIONS}
