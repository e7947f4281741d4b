"""The days on which somebody is away, where a text names one last day.

Read are English, French, German, Spanish, Italian, Dutch, Polish, Portuguese and Romanian.

What could be meant in two ways is not read: 5/4/2027 is April here and May there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_ABSENCE = timedelta(days=200)
_MOST_READ = 3_000  # characters
_MONTHS = (
    "january jan janvier janv januar jän jänner enero gennaio janeiro januari stycznia ianuarie",
    (
        "february feb février fevrier févr fevr februar febrero febbraio fevereiro februari lutego "
        "februarie"
    ),
    "march mar mars märz maerz mrz marzo março maart marca martie",
    "april apr avril avr abril aprile kwietnia aprilie",
    "may mai mayo maggio maio mei maja",
    "june jun juin juni junio giugno junho czerwca iunie",
    "july jul juillet juil juli julio luglio julho lipca iulie",
    "august aug août aout agosto augustus sierpnia",
    "september sep sept septembre septiembre settembre setembro września septembrie",
    "october oct octobre oktober okt octubre ottobre outubro października octombrie",
    "november nov novembre noviembre novembro listopada noiembrie",
    "december dec décembre decembre déc dezember dez diciembre dicembre dezembro grudnia decembrie",
)
_MONTH = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|"
    r"lunes|martes|miércoles|jueves|viernes|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica|"
    r"(?:maan|dins|woens|donder|vrij)dag|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|"
    r"s[áa]bado|domingo|poniedziałku|wtorku|środy|czwartku|piątku|soboty|niedzieli|"
    r"luni|marți|miercuri|joi|vineri|sâmbătă|duminică),?\s+"
)
_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
_ARTICLE = r"(?:(?:the|le|den|dem|el|il|al|a)\s+)?"
_DAY = (
    rf"{_ARTICLE}(?:{_WEEKDAY})?{_ARTICLE}(?:"
    r"(?P<iso>\d{4}-\d{2}-\d{2})|"
    r"(?P<numbers>\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\.\d{1,2}\.(?=\D|$))|"
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?(?P<month>{_NAME})\b\.?"
    r"(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?|"
    rf"(?P<month_first>{_NAME})\b\.?\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year_last>\d{4}))?)(?![\d./-]*\d)"
)
# Away on the day itself; or back on it, so that the day before is the last one.
_LAST = re.compile(
    r"\b(?:until(?:\s+and\s+including)?|till|through|up\s+to|jusqu['\u2019 ]?(?:au|à)|"
    r"bis(?:\s+einschließlich)?(?:\s+zum)?|hasta|fino|sino|até(?:\s+ao?)?|tot(?:\s+en\s+met)?|"
    r"do(?:\s+dnia)?|p[âa]n[ăa](?:\s+(?:la|pe|în))?|"
    r"from\s[^.\n]{3,30}?\sto|du\s[^.\n]{1,25}?\sau|vom\s[^\n]{1,25}?(?:\sbis(?:\s+zum)?|[-\u2013])|"
    r"(?:away|absent|abwesend|leave|office|holidays?)[\s:]+\d{1,2}\s?[-\u2013]|"
    r"(?:del|dal)\s[^.\n]{1,25}?\s(?=al\s))\s*" + _DAY,
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:(?:back|return(?:ing)?)(?:\s+(?:in|to|at)\s+(?:the\s+|my\s+)?(?:office|work))?"
    r"(?:\s+(?:on|from))?|"
    r"(?:de\s+retour|reviendrai|retour)(?:\s+au\s+bureau)?(?:\s+(?:à\s+partir\s+du|dès))?|"
    r"(?:de\s+vuelta|regreso|regresaré|vuelvo|volveré)(?:\s+a\s+partir\s+del)?|"
    r"(?:rientro|rientrerò|torno|tornerò|di\s+ritorno)(?:\s+in\s+ufficio)?(?:\s+dal)?|"
    r"(?:de\s+volta|regresso|volto|voltarei)|(?:mă\s+întorc|revin|voi\s+reveni)(?:\s+pe)?|"
    r"(?:terug|weer\s+(?:aanwezig|bereikbaar))(?:\s+(?:op|vanaf))?|(?:wracam|wrócę)(?:\s+dnia)?|"
    r"(?:ab\s+dem|ab|am)(?=.{3,40}?\b(?:wieder|zurück)))\s+" + _DAY,
    re.IGNORECASE,
)

# Somebody may also be there until a day, or answer until then: that is no absence.
_AWAY = re.compile(
    r"\b(?:away|out\s+of|out\s+until|absen|un?available|unreachable|not\s+(?:in|at|available|reachable)\b|"
    r"(?:\w+\s+)?leave\b|vacation|holiday|travel|ooo\b|off\b|cong[ée]|vacances|indisponible|déplacement|"
    r"abwesen|urlaub|nicht\b|außer|verreist|elternzeit|fuera|ausente|vacaciones|permiso|"
    r"assen|fuori|ferie|afwezig|vakantie|verlof|niet\b|nieobecn|urlop|poza|"
    r"f[ée]rias|fora\b|licença|concediu|plecat)",
    re.IGNORECASE,
)
# A point behind a number, as in "14. Dezember", or a short form ends none; one behind a year does.
_ENDS = re.compile(
    r"[!?;]\s|(?:(?<!\d)(?<!\bdr)(?<!\bprof)(?<!\bmr)(?<!\bmrs)|(?<=\d{4}))\.\s", re.IGNORECASE
)
_SHORT = re.compile(
    r"\b(?:jan|janv|feb|febr|fevr|févr|mar|mrz|apr|avr|jun|jul|juil|aug|sep|sept|o[ck]t|nov|d[eé][cz])\.$",
    re.IGNORECASE,
)
# What comes after the day, or only if something else is so, is another matter: there until then.
_APPENDED = re.compile(
    r"\s[-\u2013\u2014]\s|,?\s(?:if|wenn|falls|si)\s|"
    r",?\s(?:and\s+|et\s+|und\s+|y\s+|e\s+|en\s+|i\s+|[sș]i\s+)?"
    r"(?:then|thereafter|afterwards|puis|ensuite|danach|dann|anschließend|luego|después|poi|dopo|"
    r"depois|daarna|potem|apoi)\b|\sand\s(?=away\b|absent\b|off\b|on\s+leave\b)",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:not\s+(?:be\s+)?(?:away|absent|out|on\s+leave)|pas\s+(?:absente?|en\s+congé)|"
    r"nicht\s+(?:abwesend|im\s+urlaub)|no\s+\w+\s+(?:ausente|de\s+vacaciones)|"
    r"non\s+\w+\s+(?:assente|in\s+ferie)|niet\s+(?:afwezig|met\s+(?:vakantie|verlof)))\b",
    re.IGNORECASE,
)

# From when, with a month of its own; or with that of the last day: from 1 to 14 December.
_FIRST = re.compile(
    r"\b(?:from|starting(?:\s+on)?|as\s+of|du|à\s+partir\s+du|vom|del|dal|van|od|"
    r"ab(?:\s+dem)?(?!.{3,40}?\b(?:wieder|zurück)))\s+" + _DAY,
    re.IGNORECASE,
)
_FIRST_OF_MONTH = re.compile(
    r"\b(?:from|du|vom|del|dal|van|od|away|absent|abwesend|leave|office|holidays?)[\s:]+"
    r"(?:the\s+)?(?P<first>\d{1,2})(?:st|nd|rd|th|er|\.)?\s*"
    r"(?:[-\u2013]|\bto\b|\buntil\b|\bau\b|\bbis(?:\s+zum)?\b|\bal\b|\btot\b|\bdo\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DaysAway:
    """The last day of an absence, and the first one where a text names one."""

    last: date
    first: date | None = None


def days_away(text: str, today: date) -> DaysAway | None:
    """Return the absence that a text names; None if it names none, no last day, or several."""
    read = " ".join(text[:_MOST_READ].split())
    last = _last(read, today) if not _THERE.search(read) else None
    return DaysAway(last, _first(read, last)) if last is not None else None


def _first(read: str, last: date) -> date | None:
    """The day on which an absence begins; None if none is named, or several are."""
    begins = last - _LONGEST_ABSENCE
    named = {day for day in _days(_FIRST, read, begins) if day <= last}
    of_month = {int(found["first"]) for found in _FIRST_OF_MONTH.finditer(read)}
    named |= {last.replace(day=day) for day in of_month if 1 <= day <= last.day}
    return named.pop() if len(named) == 1 else None


def _last(read: str, today: date) -> date | None:
    last = set(_days(_LAST, read, today, says=_AWAY))
    back = {day - timedelta(days=1) for day in _days(_BACK, read, today)}
    # Who is away until Friday and back on Monday says one thing twice.
    if len(last) == len(back) == 1 and timedelta(0) <= min(back) - min(last) <= timedelta(days=3):
        return min(back)
    named = last | back
    return named.pop() if len(named) == 1 else None


def _days(
    clue: re.Pattern[str], text: str, today: date, says: re.Pattern[str] | None = None
) -> Iterator[date]:
    """The days to come of a clue; where `says` is given those whose sentence says it too."""
    for found in clue.finditer(text):
        day = _read(found, today)
        is_meant = says is None or says.search(_sentence(text, found)) is not None
        if day is not None and is_meant and today <= day <= today + _LONGEST_ABSENCE:
            yield day


def _sentence(text: str, found: re.Match[str]) -> str:
    """The sentence in which something was found, without what is appended to it behind that."""
    begins = max((each.end() for each in _ENDS.finditer(text, 0, found.start())), default=0)
    is_short = _SHORT.search(found[0]) is not None  # its point belongs to the month
    read_to = found.end() if is_short else found.end() - 1
    ends = [each for clue in (_ENDS, _APPENDED) if (each := clue.search(text, read_to))]
    return text[begins : min((each.start() for each in ends), default=len(text))]


def _read(found: re.Match[str], today: date) -> date | None:
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        if parts["numbers"]:
            return _of_numbers(parts["numbers"], today)
        month = _MONTH[(parts["month"] or parts["month_first"]).lower()]
        day = int(parts["day"] or parts["day_last"])
        year = parts["year"] or parts["year_last"]
        return date(int(year), month, day) if year else _to_come(month, day, today)
    except ValueError:
        return None


def _to_come(month: int, day: int, today: date) -> date:
    """The next such day, where no year is named."""
    near = date(today.year, month, day)
    return near if near >= today else date(today.year + 1, month, day)


def _of_numbers(written: str, today: date) -> date | None:
    """With points the day stands first; with strokes only where it cannot be the month."""
    first, second, *years = (int(each) for each in re.split(r"[./]", written) if each)
    if not years:
        return _to_come(second, first, today)
    (year,) = years
    if "/" in written and first <= 12 and first != second:  # noqa: PLR2004 - months of a year
        return None
    return date(year, second, first)
