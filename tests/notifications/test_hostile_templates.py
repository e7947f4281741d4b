"""Templates that try to get out, to last for ever, or to fail at the worst moment (B11)."""

from datetime import date
from pathlib import Path

import pytest

from engine.letters.catalogue import LetterError
from notifications.checking import problems
from notifications.wording import Reader
from tests.notifications import programmes
from tests.notifications.programmes import fact

READER = Reader("Europe/Paris", date(2026, 12, 4))
NAME = fact("name", "text", "Lead")
DUE = fact("due", "date", "2026-12-14")
MANY = fact("many", "list_of_text", [str(count) for count in range(500)])
ITEMS = fact("items", "list_of_items", [{"text": "minutes"}])
FACTS = (NAME, DUE, MANY, ITEMS)

ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__ }}",
    "{{ name['__class__'] }}",
    "{{ name | attr('__class__') }}",
    "{{ name.format() }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ '%s' % name }}",
    "{{ name.upper() }}",
    "{{ name.upper }}",
    "{{ due.today() }}",
    "{{ due.year }}",
    "{{ items.append(1) }}",
    "{{ items.copy }}",
    "{{ items[0] }}",
    "{{ items[0].text }}",
    "{% for one in items %}{{ one.keys() }}{% endfor %}",
    "{% for one in items %}{{ one.items }}{% endfor %}",
    "{% for one in items %}{{ one.__class__ }}{% endfor %}",
    "{% for one in items %}{{ one.pop('text') }}{% endfor %}",
    "{% for one in items %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for one in items %}{{ loop.changed(one) }}{% endfor %}",
    "{% for one in items %}{{ loop._iterable }}{% endfor %}",
    "{% for one in items %}{{ loop.nextitem }}{% endfor %}",
    "{% for one in items %}{{ loop }}{% endfor %}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ config }}",
    "{{ request }}",
    "{{ _reader }}",
    "{{ _reader.zone }}",
    "{{ lipsum() }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler('a') }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ range(3) }}",
    "{{ caller() }}",
    "{% include 'en/letters/N-01/ask.txt' %}",
    "{% import 'frame' as frame %}",
    "{% from 'frame' import x %}",
    "{% extends 'frame' %}",
    "{% block body %}{% endblock %}",
    "{% macro m() %}{% endmacro %}",
    "{% call name() %}{% endcall %}",
    "{% set name = 'x' %}",
    "{% set ns.x = 1 %}",
    "{% with x = name %}{{ x }}{% endwith %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% do items.clear() %}",
    "{{ items | map(attribute='text') }}",
    "{{ items | tojson }}",
    "{{ name | safe }}",
    "{{ name | default('x') }}",
    "{{ name | short('x') }}",
    "{{ name is defined }}",
    "{{ [name] }}",
    "{{ {'a': name} }}",
    "{{ (name, due) }}",
    "{{ name ~ name }}",
    "{{ name[0:1] }}",
    "{{ not_declared }}",
)
BOMBS = (
    "{{ 'x' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{{ 10 ** 100000000 }}",
    "{{ name * 1000000 }}",
    "{{ many + many }}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{% for x in many recursive %}{{ loop(many) }}{% endfor %}",
    "{% for x in many %}{% for y in many %}{% for z in many %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for x in many %}{% for y in many %}{{ many | listed }}{% endfor %}{% endfor %}",
    "{% for x in many %}{% for y in many %}x{{ name }}{% endfor %}{% endfor %}",
    "{% for a, b in items %}{% endfor %}",
    "x" * 60_001,
    "{{ " + "(" * 5_000 + "name" + ")" * 5_000 + " }}",
    "{{ " + "not " * 5_000 + "name }}",
    "{% if name %}" * 2_000 + "{% endif %}" * 2_000,
    "{{ " + "9" * 5_000 + " }}",
    "{{ -9999999999 }}",
    "{{ 1 // 0 }}",
    "{{ 1 / 0 }}",
    "{{ 1 % 0 }}",
)
MISTAKES = (
    "{{ name",
    "{{ name }",
    "{% if name %}",
    "{% endif %}",
    "{% for one in items %}",
    "{% for in items %}{% endfor %}",
    "{{ name | shrt }}",
    "{{ | short }}",
    "{% nonsense %}",
    "{{ name | short }}",
    "{{ due }}",
    "{{ many }}",
    "{{ due | span }}",
    "{{ name | listed }}",
    "{{ due | moment }}",
    "{{ due | brief }}",
    "{{ name | month }}",
    "{{ due | length }}",
    "{% for one in due %}{% endfor %}",
    "{% for one in items %}{{ one.txet }}{% endfor %}",
    "{% if name < due %}{% endif %}",
    "{{ name if due < name }}",
    "{{ name if not name }}",
    "{{ name == name }}",
)


CASES = [
    *(("body", text) for text in (*ESCAPES, *BOMBS, *MISTAKES)),
    *(("subject", text) for text in (*ESCAPES, *BOMBS, *MISTAKES) if len(text) < 1000),
]


@pytest.mark.parametrize(("place", "text"), CASES, ids=lambda word: word[:60])
def test_a_hostile_text_is_refused_with_the_letter_it_stands_in(
    tmp_path: Path, place: str, text: str
) -> None:
    body, subject = (text, "A letter") if place == "body" else ("Hello.", text)
    letters = programmes.templates(tmp_path, body, *FACTS, subject=subject)
    facts = {one.name: one.sample() for one in FACTS}

    with pytest.raises(LetterError, match=r"N-01|ask\.txt") as refusal:
        letters.render("N-01.ask", facts, READER)

    assert len(str(refusal.value)) < 500
    assert problems(letters.catalogue, letters)


def test_a_mistake_is_found_at_its_line(tmp_path: Path) -> None:
    letters = programmes.templates(tmp_path, "First\nSecond\n{{ name | shrt }}\n", NAME)

    with pytest.raises(LetterError, match=r"letter N-01\.ask, body, line 6: .*shrt"):
        letters.used_facts("N-01.ask")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", r"ask\.txt:1"),
        ("Hello\n", r"ask\.txt:1"),
        ("Subject:\nPreheader: x\n\nx", r"ask\.txt:1"),
        ("Subject: x\n\nx", r"ask\.txt:2"),
        ("Subject: x\nPreheader: x\nx", r"ask\.txt:3"),
        (b"\xff\xfe", "UTF-8"),
        (None, "no text"),
    ],
)
def test_a_file_without_its_three_parts_is_named(
    tmp_path: Path, text: str | bytes | None, where: str
) -> None:
    letters = programmes.templates(tmp_path, "Hello.")
    path = tmp_path / "en" / "letters" / "N-01" / "ask.txt"
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    with pytest.raises(LetterError, match=where):
        letters.render("N-01.ask", {}, READER)
