"""The software's own words in each language: names of days, forms of dates, plurals, digits.

The source language stands in the code. Every other one has a catalogue in `locale/`, a text file
that people edit: it is read when the first letter in that language is written.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from engine.letters.spoken import SOURCE
from engine.time.countries import INVENTED
from notifications.directions import isolated

_FOLDER = Path(__file__).parent / "locale"
_CATALOGUE = "LC_MESSAGES/letters.po"
RIGHT_TO_LEFT = "rtl"
_BRITISH = "en_GB"  # spelling and dates of the source language
_DIGITS, _POINT = "0123456789", "."
_VOWELS = "AEIOUÀÂÄÉÈÊËÎÏÔÖÛÜ"  # before them an article or a preposition may lose its own
_NO_CITY = frozenset({"UTC", "GMT"})

LANGUAGES: tuple[str, ...] = (
    SOURCE,
    *sorted(each.parents[1].name for each in _FOLDER.glob(f"*/{_CATALOGUE}")),
)


@dataclass(frozen=True)
class Language:
    """One language: what the code says in the source language, said in this one.

    A language without a catalogue has its names of days and months, and the rest as in the source.
    """

    code: str

    def say(self, pattern: str, context: str = "", /, **values: str) -> str:
        """A pattern of the source language with these values, such as `by {day}`."""
        found = self._messages.pgettext(context, pattern) if context else self.word(pattern)
        return found.format(**values)

    def part(self, value: str) -> str:
        """A value as it stands in a sentence of the language."""
        return isolated(value) if self._is_from_right else value

    def word(self, text: str) -> str:
        """A word or sentence; itself where the catalogue has none."""
        return self._messages.gettext(text)

    def several(self, one: str, many: str, count: int, /, **values: str) -> str:
        """A pattern in the plural form that a count takes; `{count}` is written in its digits."""
        found = self._messages.ngettext(one, many, count)
        return found.format(count=self.number(count), **values)

    def either(self, parts: Sequence[str]) -> str:
        """One of several: `a, b or c`, without the comma that only American English sets."""
        from babel.lists import format_list  # noqa: PLC0415 - as below

        locale = _BRITISH if self.code == SOURCE else self.code
        return format_list(parts, style="or", locale=locale)

    def number(self, value: float) -> str:
        """A number plainly: 5, 2.1."""
        text = str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")
        return self.digits(text.replace(_POINT, self._said("decimal point", _POINT)))

    def digits(self, text: str) -> str:
        """The same with the digits of the language."""
        return text.translate(self._own_digits)

    def day_of_month(self, day: int) -> str:
        return self._said("first of the month", "1") if day == 1 else self.digits(str(day))

    def day_and_month(self, on: date) -> str:
        """Write `14 December`."""
        return self.say("{day} {month}", day=self.day_of_month(on.day), month=self.months[on.month])

    def whole_date(self, on: date) -> str:
        """Write `14 December 2026`."""
        year = self.digits(str(on.year))
        return self.say("{date} {year}", date=self.day_and_month(on), year=year)

    def city(self, zone: str) -> str:
        """The city whose clocks a zone names, as people there and here call it."""
        city = zone.rpartition("/")[2].replace("_", " ")
        if city in _NO_CITY:
            return city
        if self.code != SOURCE:
            from babel.dates import get_timezone_location  # noqa: PLC0415 - as below

            city = get_timezone_location(zone, locale=self.code, return_city=True)
        context = "city with a vowel" if city[:1] in _VOWELS else "city"
        return self.say("{city} time", context, city=city)

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 code; what is none, as it is."""
        from babel import Locale  # noqa: PLC0415 - as below

        if code in INVENTED:
            return self.word("invented country")
        return str(Locale.parse(self.code).territories.get(code, code))

    @cached_property
    def days(self) -> Mapping[int, str]:
        """The names of the days of the week; Monday is 0."""
        # Imported by the first letter that is written: most commands write none.
        from babel.dates import get_day_names  # noqa: PLC0415

        return dict(get_day_names("wide", locale=self.code))

    @cached_property
    def months(self) -> Mapping[int, str]:
        """The names of the months as they stand beside a day; January is 1."""
        from babel.dates import get_month_names  # noqa: PLC0415 - as above

        return dict(get_month_names("wide", locale=self.code))

    @cached_property
    def alone(self) -> Mapping[int, str]:
        """The same without a day: another form in many languages."""
        from babel.dates import get_month_names  # noqa: PLC0415 - as above

        return dict(get_month_names("wide", context="stand-alone", locale=self.code))

    @cached_property
    def _is_from_right(self) -> bool:
        return direction(self.code) == RIGHT_TO_LEFT

    @cached_property
    def _own_digits(self) -> dict[int, str]:
        return str.maketrans(dict(zip(_DIGITS, self._said("digits", _DIGITS), strict=True)))

    def _said(self, context: str, text: str) -> str:
        return self._messages.pgettext(context, text)

    @cached_property
    def _messages(self) -> NullTranslations:
        path = _FOLDER / self.code / _CATALOGUE
        if self.code not in LANGUAGES or self.code == SOURCE:
            return NullTranslations()
        from babel.messages.mofile import write_mo  # noqa: PLC0415 - as above
        from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

        compiled = io.BytesIO()
        with path.open("rb") as written:
            write_mo(compiled, read_po(written, locale=self.code))
        compiled.seek(0)
        return GNUTranslations(compiled)


@cache
def language_of(code: str) -> Language:
    return Language(code)


def unsaid(code: str, texts: Iterable[str]) -> Iterator[str]:
    """Where the catalogue of a language says nothing for one of these texts, each a finding."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    path = _FOLDER / code / _CATALOGUE
    with path.open("rb") as written:
        catalogue = read_po(written, locale=code)
    for text in texts:
        found = catalogue.get(text)
        if found is None or not found.string:
            yield f"{path}: nothing is said for {text!r}: write it into the file"


def known(*wishes: str) -> tuple[str, ...]:
    """Those of some languages that letters can be written in; `fr-CA` is read as `fr`."""
    asked = (each.strip().lower() for each in wishes)
    found = (code for each in asked for code in (each, each.partition("-")[0]))
    return tuple(dict.fromkeys(code for code in found if code in LANGUAGES))


def direction(code: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    if code == SOURCE:
        return "ltr"
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
