"""Names of months, weekdays and halves of the day by language (CLDR, as Java 17 has them)."""

from __future__ import annotations

from silhouette_plan.plan.records import record


@record
class Names:
    """One language. Weekdays begin on Monday; ``sunday_first`` says how its weeks begin (United States, else ISO)."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    narrow_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    narrow_weekdays: tuple[str, ...]
    halves: tuple[str, ...]
    sunday_first: bool = False


def _names(*lists: str, sunday_first: bool = False) -> Names:
    months, short, narrow, weekdays, short_days, narrow_days, halves = (tuple(text.split("|")) for text in lists)
    return Names(months, short, narrow, weekdays, short_days, narrow_days, halves, sunday_first)


LANGUAGES = {
    "fr": _names(
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        "janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.",
        "J|F|M|A|M|J|J|A|S|O|N|D",
        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        "lun.|mar.|mer.|jeu.|ven.|sam.|dim.",
        "L|M|M|J|V|S|D",
        "AM|PM",
    ),
    "de": _names(
        "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        "Jan.|Feb.|März|Apr.|Mai|Juni|Juli|Aug.|Sept.|Okt.|Nov.|Dez.",
        "J|F|M|A|M|J|J|A|S|O|N|D",
        "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag",
        "Mo.|Di.|Mi.|Do.|Fr.|Sa.|So.",
        "M|D|M|D|F|S|S",
        "AM|PM",
    ),
    "es": _names(
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        "ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic",
        "E|F|M|A|M|J|J|A|S|O|N|D",
        "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
        "lun|mar|mié|jue|vie|sáb|dom",
        "L|M|X|J|V|S|D",
        "a. m.|p. m.",
    ),
    "it": _names(
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic",
        "G|F|M|A|M|G|L|A|S|O|N|D",
        "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
        "lun|mar|mer|gio|ven|sab|dom",
        "L|M|M|G|V|S|D",
        "AM|PM",
    ),
    "nl": _names(
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        "jan.|feb.|mrt.|apr.|mei|jun.|jul.|aug.|sep.|okt.|nov.|dec.",
        "J|F|M|A|M|J|J|A|S|O|N|D",
        "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
        "ma|di|wo|do|vr|za|zo",
        "M|D|W|D|V|Z|Z",
        "a.m.|p.m.",
    ),
    "pt": _names(
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        "jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.",
        "J|F|M|A|M|J|J|A|S|O|N|D",
        "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo",
        "seg.|ter.|qua.|qui.|sex.|sáb.|dom.",
        "S|T|Q|Q|S|S|D",
        "AM|PM",
    ),
    "en": _names(
        "January|February|March|April|May|June|July|August|September|October|November|December",
        "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
        "J|F|M|A|M|J|J|A|S|O|N|D",
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
        "M|T|W|T|F|S|S",
        "AM|PM",
        sunday_first=True,
    ),
}
"""The languages known, by ISO 639 code."""


def names_of(locale: str) -> Names:
    """The names for ``locale`` (``fr``, ``fr_FR``, ``fr-FR``). Raises ValueError for a language that is not known."""
    language = locale.replace("-", "_").partition("_")[0].lower()
    if language not in LANGUAGES:
        raise ValueError(f"names of months and days in locale {locale!r} are not known")
    return LANGUAGES[language]
