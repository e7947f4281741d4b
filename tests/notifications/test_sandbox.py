"""A text is compiled once, and knows which names it takes from outside."""

from datetime import date

import pytest
from jinja2.meta import find_undeclared_variables

from notifications.evaluating import Written
from notifications.previews import SAMPLE_READER
from notifications.sandbox import IN_FULL, READER, Environment


@pytest.mark.parametrize("text", ["", "\n", "plain", "one\n", "two\n\n", "a\r\nb\r\n", "c\rd"])
def test_a_text_without_names_reads_as_jinja_reads_it(text: str) -> None:
    environment = Environment("en")

    template, names = environment.compiled(text)

    assert "".join(template.generate({})) == environment.from_string(text).render()
    assert names == frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ pair }} {% if reason %}{{ reason }}{% endif %}", {"pair", "reason"}),
        ("{% for row in rows %}{{ loop.index }} {{ row.name }} {{ pair }}{% endfor %}", None),
        ("{% for row in rows %}{% for row in row.parts %}{{ row }}{% endfor %}{% endfor %}", None),
        ("{% for row in rows %}{{ row }}{% else %}{{ row }}{% endfor %}", {"rows", "row"}),
        ("{% for row in rows if row.open and wanted %}{{ row }}{% endfor %}", {"rows", "wanted"}),
        ("{{ rows | length }} {{ 'a' if late else 'b' }}", {"rows", "late"}),
    ],
)
def test_the_names_of_a_text_are_those_it_takes_from_outside(
    text: str, names: set[str] | None
) -> None:
    environment = Environment("en")

    _, found = environment.compiled(text)

    assert found == find_undeclared_variables(environment.parse(text))
    assert names is None or found == names


def test_a_text_that_stands_in_several_letters_is_compiled_once() -> None:
    environment = Environment("en")

    assert environment.compiled("{{ pair }}")[0] is environment.compiled("{{ pair }}")[0]


def test_a_text_that_is_written_in_several_ways_is_parsed_once() -> None:
    written, in_full = Environment("en"), Environment("en", IN_FULL)

    short, full = (each.compiled("{{ day | short }}")[0] for each in (written, in_full))

    assert isinstance(short, Written)
    assert isinstance(full, Written)
    assert short.body is full.body
    values = {"day": date(2026, 12, 7), READER: SAMPLE_READER}
    assert "".join(short.generate(values)) != "".join(full.generate(values))
