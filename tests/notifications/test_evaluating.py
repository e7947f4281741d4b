"""What a text writes is what Jinja would write of it, compiled."""

from datetime import date

import pytest
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from notifications.sandbox import READER, Environment
from notifications.wording import Reader

JINJA = SandboxedEnvironment(
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
)
VALUES = {
    "name": "North",
    "count": 3,
    "none": None,
    "rows": [{"who": "A", "days": 1}, {"who": "B", "days": 9}],
    "empty": [],
    READER: Reader("Europe/Paris", date(2026, 12, 4)),
}


@pytest.mark.parametrize(
    "text",
    [
        "{{ name }}, {{ count }}",
        "{% if none %}a{% elif count > 2 %}b{% else %}c{% endif %}",
        "{% if none or name == 'South' %}a{% else %}b{% endif %}",
        "{% if name and not none %}a{% endif %}",
        "{{ 'one' if count <= 1 else 'some' }}",
        "{% for row in rows %}{{ loop.index }}{% if not loop.last %};{% endif %}{% endfor %}",
        "{% for row in rows if row.days > 3 %}{{ row.who }} of {{ loop.length }}{% endfor %}",
        "{% for row in empty %}{{ row.who }}{% else %}nobody{% endfor %}",
        "{% for a in rows %}{% for b in rows %}{{ a.who }}{{ b.who }}{% endfor %}{% endfor %}",
        "{{ 'in' if 'or' in name else 'out' }}{{ 'in' if 'x' not in name else 'out' }}",
        "{{ 'a' if 1 < count < 5 else 'b' }}{{ 'a' if count != 3 else 'b' }}",
        "{{ rows | length }}",
    ],
)
def test_a_text_is_written_as_jinja_would_write_it(text: str) -> None:
    written, _ = Environment("en").compiled(text)

    assert "".join(written.generate(VALUES)) == JINJA.from_string(text).render(**VALUES)


@pytest.mark.parametrize("text", ["{{ nobody }}", "{% if nobody %}a{% endif %}"])
def test_what_is_not_there_is_never_written(text: str) -> None:
    written, _ = Environment("en").compiled(text)

    with pytest.raises(UndefinedError, match="'nobody' is undefined"):
        "".join(written.generate(VALUES))
