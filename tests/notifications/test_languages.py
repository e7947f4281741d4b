"""What the software says by itself in each language: dates, lists, numbers, plurals, direction."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from engine.letters.spoken import SOURCE
from engine.model.reasons import SEVERITIES
from notifications import languages
from notifications.answer_links import LABELS
from notifications.languages import LANGUAGES, direction, known, language_of
from notifications.sentences import EVERY, THINGS
from notifications.terms import ENGINE_WORDS
from notifications.wording import FILTERS, Reader, letters_sent

ROOM = Path(languages.__file__).parent
FURTHER = [each for each in LANGUAGES if each != SOURCE]
MORNING = datetime(2026, 12, 15, 7, 30, tzinfo=UTC)
FIRST, LAST = date(2026, 8, 27), date(2026, 8, 28)
NEW_YEAR = (date(2026, 12, 31), date(2027, 1, 1))

ISOLATES = dict.fromkeys((0x2068, 0x2069))  # around what is Latin
SAID = [
    ("day", date(2026, 12, 1), "mardi 1er décembre 2026", "الثلاثاء ١ ديسمبر ٢٠٢٦"),
    ("short", date(2026, 12, 14), "14 décembre", "١٤ ديسمبر"),
    ("short", date(2027, 1, 1), "1er janvier 2027", "١ يناير ٢٠٢٧"),
    (
        "by",
        date(2026, 12, 14),
        "au plus tard le lundi 14 décembre 2026",
        "في موعد أقصاه الاثنين ١٤ ديسمبر ٢٠٢٦",
    ),
    ("by", date(2026, 12, 4), "dès que possible", "في أقرب وقت ممكن"),
    ("by", date(2026, 12, 3), "dès que possible", "في أقرب وقت ممكن"),
    ("by_short", date(2026, 12, 14), "d’ici au 14 décembre", "حتى ١٤ ديسمبر"),
    (
        "moment",
        MORNING,
        "mardi 15 décembre 2026 à 8 h 30 (heure de Vienne)",
        "الثلاثاء ١٥ ديسمبر ٢٠٢٦، الساعة ٠٨:٣٠ (بتوقيت فيينا)",
    ),
    ("brief", MORNING, "15 décembre, 8 h 30", "١٥ ديسمبر، ٠٨:٣٠"),
    ("month", date(2026, 8, 1), "août 2026", "أغسطس ٢٠٢٦"),
    ("span", (FIRST, LAST), "27 et 28 août 2026", "٢٧ و٢٨ أغسطس ٢٠٢٦"),
    (
        "span",
        NEW_YEAR,
        "31 décembre 2026 au 1er janvier 2027",
        "٣١ ديسمبر ٢٠٢٦ إلى ١ يناير ٢٠٢٧",
    ),
    ("listed", ("a", "b", "c"), "a, b et c", "a، b وc"),
    ("listed", ("a, b", "c", "d"), "a, b ; c et d", "a, b؛ c وd"),
    ("listed", (), "aucun", "لا شيء"),
    ("listed", (2, 2.5), "2 et 2,5", "٢ و٢٫٥"),
    ("country", "IT", "Italie", "إيطاليا"),
    ("written", "2026-12-01", "mardi 1er décembre 2026", "الثلاثاء ١ ديسمبر ٢٠٢٦"),
]


def _plain(text: str) -> str:
    """Spaces that bind, as any space: another test looks at them."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _reader(language: str) -> Reader:
    return Reader("Europe/Vienna", date(2026, 12, 4), language)


@pytest.mark.parametrize(("name", "value", "french", "arabic"), SAID)
def test_a_value_reads_as_the_language_writes_it(
    name: str, value: object, french: str, arabic: str
) -> None:
    assert _plain(FILTERS[name](value, _reader("fr"))) == french
    assert FILTERS[name](value, _reader("ar")).translate(ISOLATES) == arabic


def test_in_french_a_day_keeps_its_month_and_an_hour_its_minutes() -> None:
    brief = FILTERS["brief"](MORNING, _reader("fr"))

    bound = "\N{NO-BREAK SPACE}"
    assert brief == f"15{bound}décembre, 8{bound}h{bound}30"
    assert FILTERS["listed"](("a, b", "c", "d"), _reader("fr")).count("\N{NARROW NO-BREAK SPACE}")


def test_in_french_the_hour_of_oslo_loses_a_vowel() -> None:
    assert language_of("fr").city("Europe/Oslo") == "heure d’Oslo"
    assert language_of("fr").city("Europe/Vienna") == "heure de Vienne"
    assert language_of("fr").city("UTC") == "UTC"


@pytest.mark.parametrize(
    ("count", "french", "arabic"),
    [
        (1, "1 mois", "شهر واحد"),
        (2, "2 mois", "شهران"),
        (3, "3 mois", "٣ أشهر"),
        (11, "11 mois", "١١ شهرًا"),
        (100, "100 mois", "١٠٠ شهر"),
        (0, "0 mois", "لا أشهر"),
    ],
)
def test_a_noun_takes_the_form_of_its_number(count: int, french: str, arabic: str) -> None:
    said = [
        language_of(code).several("{count} month", "{count} months", count) for code in ("fr", "ar")
    ]

    assert said == [french, arabic]


def test_what_was_tried_is_said_in_the_plural_that_the_number_takes() -> None:
    days = [date(2026, 3, day) for day in (1, 2, 3)]

    french = [letters_sent(days[:count], _reader("fr")) for count in (0, 1, 2)]
    arabic = [letters_sent(days[:count], _reader("ar")) for count in (1, 2, 3)]

    said = [_plain("".join(each)) for each in french]
    assert said == ["", "1 lettre, le 1er mars 2026", "2 lettres, la dernière le 2 mars 2026"]
    assert ["".join(each).split("،")[0] for each in arabic] == [
        "رسالة واحدة",
        "رسالتان",
        "٣ رسائل",
    ]


def test_a_language_knows_from_where_it_is_written() -> None:
    assert [direction(each) for each in ("en", "fr", "ar", "he", "nothing")] == [
        *("ltr", "ltr", "rtl", "rtl", "ltr")
    ]


def test_a_language_of_a_region_is_read_as_the_language() -> None:
    assert known("fr-CA", "", "xx", "AR", "fr") == ("fr", "ar")


def _catalogue(language: str) -> Catalog:
    with (ROOM / "locale" / language / "LC_MESSAGES" / "letters.po").open("rb") as file:
        return read_po(file, locale=language)


def _ids(catalogue: Catalog) -> set[tuple[str, ...]]:
    return {_id(each.id) for each in catalogue if each.id}


def _id(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _constants() -> set[str]:
    """Every text that stands in the code of the room."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in ROOM.glob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


def _asked() -> set[str]:
    """The texts that the code asks a language to say."""
    found = {*ENGINE_WORDS, *EVERY, *THINGS, *LABELS}
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"say", "word", "several"}:
                found |= _texts_in(node)
    return found


def _texts_in(call: ast.AST) -> set[str]:
    first = call.args[:1] if isinstance(call, ast.Call) else []
    nodes = (each for argument in first for each in ast.walk(argument))
    values = (each.value for each in nodes if isinstance(each, ast.Constant))
    return {each for each in values if isinstance(each, str)}


@pytest.mark.parametrize("language", FURTHER)
def test_a_catalogue_says_all_that_the_code_asks_and_nothing_else(language: str) -> None:
    ids = {text for each in _ids(_catalogue(language)) for text in each}

    assert _asked() - ids == set()
    assert ids - _constants() - {"1", "."} == set()


@pytest.mark.parametrize("language", FURTHER)
def test_a_catalogue_leaves_nothing_untranslated_and_names_the_same_values(language: str) -> None:
    for each in _catalogue(language):
        if each.id:
            strings = _id(each.string)
            assert all(strings), each.id
            allowed = {name for text in _id(each.id) for name in _names(text)}
            more = {"plain_hour"} if "hour" in allowed else set()
            assert all(_names(text) <= allowed | more for text in strings), each.id


def test_a_sentence_that_a_catalogue_lacks_is_found_with_its_file() -> None:
    [found] = languages.unsaid("fr", ["yes", "nobody watered the {title}", "{noun} is {value}"])

    assert found.startswith(str(ROOM / "locale" / "fr" / "LC_MESSAGES" / "letters.po"))
    assert found.endswith(
        "nothing is said for 'nobody watered the {title}': write it into the file"
    )


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_all_catalogues_say_the_same_things() -> None:
    said = {language: _ids(_catalogue(language)) for language in FURTHER}

    assert len(FURTHER) > 1
    assert len({frozenset(each) for each in said.values()}) == 1


def test_a_language_has_a_word_for_every_severity() -> None:
    assert set(SEVERITIES) <= set(ENGINE_WORDS)


def test_the_source_language_has_no_catalogue_and_says_what_stands_in_the_code() -> None:
    assert not (ROOM / "locale" / SOURCE).exists()
    assert language_of(SOURCE).word("as soon as you can") == "as soon as you can"


def test_no_text_of_the_french_catalogue_has_a_plain_space_before_a_mark_of_two_parts() -> None:
    texts = [text for each in _catalogue("fr") if each.id for text in _id(each.string)]

    assert [text for text in texts if re.search(r" [:;?!»]|« ", text)] == []
