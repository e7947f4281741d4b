"""The orchard as a programme that writes to people at slots: what is for one of them is merged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.grove import Grove, settings
from tests.support.grove import grove as planted
from tests.support.orchard import ORCHARD
from workflows.registry import load_programme

SLOT = 'opens: "08:00", closes: "18:00", slots: [daily 13:00], merged: N-9.digest'
ATTENTION = f"""attention:
  coordinator: {{{SLOT}}}
  aspiring: {{{SLOT}}}
  lead: {{{SLOT}}}
  facilitator: {{{SLOT}}}
"""
FACTS = """
  requests: {type: list_of_items, from: digest.requests, means: what is asked, example: [
    {title: A note, pair: P-1, preheader: Soon., ask: Please., lines: [More.], told: nobody.,
     also: [], readers: [], instead_of: "", asked_by: "", asker: ""}]}
  news: {type: list_of_items, from: digest.news, means: what is told, example: [
    {title: News, pair: P-1, lines: [It is so.], told: nobody., also: [], readers: [],
     copied_from: []}]}
  first_due: {type: date, from: digest.first_due, optional: true, example: "2026-05-04", means: a}
  one_reply: {type: yes_no, from: digest.one_reply, example: true, means: one for all}
  pair: {type: text, from: case.name, optional: true, example: Vienna, means: of which}
  state: {type: term, from: case.state_title, optional: true, example: Planted, means: where}
  helper: {type: text, from: people.facilitator.name, optional: true, example: Fern, means: who}
  stands_in_for: {type: text, from: event.instead_of, optional: true, example: Ash, means: for whom}
"""
LETTERS = """  N-9:
    title: Several
    stages:
      digest:
        to: [coordinator, aspiring, lead, facilitator]
        urgency: fixed_slot
        act: read them
        told: "as they say."
        reason: "several came at once."
"""
FRAME = """Orchards{% if pair %}: {{ pair }}{% endif %}


{% if stands_in_for %}
You stand in for {{ stands_in_for }}.

{% endif %}
{{ body }}

Who else was told: {{ told }}
Why you get this: {{ reason }}
{% if state %}
It is {{ state }}.
{% endif %}
{% if helper %}
A reply reaches {{ helper }}.
{% endif %}
"""
DIGEST = """\
Subject: {{ requests | length }}{% if first_due %}, {{ first_due | short }}{% endif %}
Preheader: All of it is below.

See below.

{% for each in requests %}
{{ loop.index }}. {{ each.title }}{% if each.due_on %}, {{ each.due_on | by_short }}{% endif %}
{% if each.asked_by %}
{{ each.asked_by }} asks.
{% endif %}
{% endfor %}

Dear {{ recipient_name }},

{% for each in requests %}
# {{ each.title }} ({{ each.pair }})

{{ each.preheader }} {{ each.ask }}
{% if each.asker %}
Asked by: {{ each.asker }}
{% endif %}
{% if each.instead_of %}
Instead of {{ each.instead_of }}
{% endif %}
{% if each.readers %}
For {{ each.readers | listed }}
{% endif %}
{% for line in each.lines %}
{{ line }}
{% endfor %}

Told: {{ each.told }}{% if each.also %} {{ each.also | listed }}{% endif %}


{% endfor %}
{% for each in news %}
# {{ each.title }} ({{ each.pair }})

{% if each.readers %}
For {{ each.readers | listed }}
{% endif %}
{% if each.copied_from %}
A copy of {{ each.copied_from | listed }}
{% endif %}
{% for line in each.lines %}
{{ line }}
{% endfor %}

Told: {{ each.told }}{% if each.also %} {{ each.also | listed }}{% endif %}


{% endfor %}
{% if one_reply %}
One reply answers all.
{% endif %}
"""


def orchard_at_slots(folder: Path) -> Path:
    """A copy of the orchard whose people are written to once a day."""
    place = Path(shutil.copytree(ORCHARD, folder / "orchard_at_slots"))
    letters = place / "letters.yaml"
    before, _, rest = letters.read_text(encoding="utf-8").partition("letters:\n")
    written = before.replace("facts:\n", ATTENTION + "facts:\n") + FACTS.lstrip("\n")
    letters.write_text(f"{written}letters:\n{rest}{LETTERS}", encoding="utf-8")
    words = place / "words" / "en" / "letters"
    (words / "frame.txt").write_text(FRAME, encoding="utf-8")
    (words / "N-9").mkdir()
    (words / "N-9" / "digest.txt").write_text(DIGEST, encoding="utf-8")
    return place


@contextmanager
def both_pairs(programme: Path, url: str, folder: Path, coordinator: str) -> Iterator[Grove]:
    """The grove at slots, with one coordinator for both pairs."""
    where = settings(url, folder)
    own = where.programme.model_copy(update={"folder": str(programme)})
    where = where.model_copy(update={"programme": own})
    with planted(where, load_programme(programme)) as made:
        made.empties("LIS-ELM", "coordinator")
        made.gives("LIS-ELM", "coordinator", coordinator)
        yield made
