"""A letter in a further language: its words, and what is wrong where they are not all there."""

from datetime import date
from pathlib import Path

import pytest

from engine.letters.catalogue import Fact
from engine.letters.spoken import Spoken
from notifications.checking import problems
from notifications.render import Templates
from notifications.wording import Reader
from tests.notifications import programmes
from tests.notifications.programmes import fact

NAME = fact("name", "text", "Lead")
STATE = fact("state", "term", "Open")
ITEMS = fact("items", "list_of_items", [{"field": "held_on", "after": "2 months"}])
OPEN = fact("open", "list_of_terms", ["Open"])
FRENCH = Reader("Europe/Vienna", date(2026, 12, 4), "fr")
SPOKEN = Spoken({"Open": "Ouvert", "held on": "tenue le"}, {"told": "personne."})
BODY = "Dear {{ name }}."
GONE_BY = (
    "ce qu\N{RIGHT SINGLE QUOTATION MARK}a donné la rencontre "
    "«\N{NO-BREAK SPACE}Ouvert\N{NO-BREAK SPACE}» à sa date, ou une autre date"
)
NARROW = "\N{NARROW NO-BREAK SPACE}"


def _bilingual(root: Path, english: str, french: str, *facts: Fact, head: str = "") -> Templates:
    """The little programme with its one text in both languages, and what is usual in French."""
    programmes.write(root, english)
    folder = root / "fr" / "letters"
    (folder / "N-01").mkdir(parents=True)
    text = f"Subject: Une lettre\nPreheader: Elle est brève.\n{head}\n{french}"
    (folder / "N-01" / "ask.txt").write_text(text, encoding="utf-8")
    frame = "{{ body }}\n\nInformé : {{ told }}\nPourquoi : {{ reason }}\n"
    (folder / "frame.txt").write_text(frame, encoding="utf-8")
    catalogue = programmes.catalogue(**{one.name: one for one in facts})
    return Templates(catalogue, root, spoken={"fr": SPOKEN})


REASON = "Reason: on vous le demande.\n"


def test_a_letter_is_written_in_the_readers_language_with_what_is_usual_there(
    tmp_path: Path,
) -> None:
    letters = _bilingual(tmp_path, BODY, "Bonjour {{ name }}.", NAME, head=REASON)

    rendered = letters.render("N-01.ask", {"name": "Lead"}, FRENCH)

    assert problems(letters.catalogue, letters) == []
    assert rendered.subject == "Une lettre"
    assert rendered.text == (
        "Bonjour Lead.\n\nInformé : personne.\nPourquoi : on vous le demande.\n"
    )


def test_a_term_is_said_in_the_readers_language_and_compared_as_it_is_kept(tmp_path: Path) -> None:
    text = "{% if state == 'Open' %}{{ state }} {{ state | written }}{% endif %} {{ name }}"
    letters = _bilingual(tmp_path, text, text, NAME, STATE, head=REASON)
    facts = {"state": "Open", "name": "Open"}

    french = letters.render("N-01.ask", facts, FRENCH).text
    english = letters.render("N-01.ask", facts, Reader("UTC", FRENCH.sent_on)).text

    assert french.startswith("Ouvert Ouvert Open\n")  # what somebody wrote stays as it is
    assert english.startswith("Open Open Open\n")


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("Open", "Ouvert"),
        ("red", "rouge"),
        ("3 months", "3 mois"),
        ("1 working day", "1 jour ouvré"),
        ("Open; Open", "Ouvert; Ouvert"),
        ("Closed", "Closed"),
        ("Open; Closed", "Open; Closed"),
        ("what came of Open on its day, or another day", GONE_BY),
        ("nobody has filed the open yet", "pas encore déposé\N{NO-BREAK SPACE}: Ouvert"),
        ("nobody has filed the lease yet", "nobody has filed the lease yet"),
    ],
)
def test_a_term_is_one_of_the_programme_or_one_of_the_engine(
    tmp_path: Path, kept: str, said: str
) -> None:
    letters = _bilingual(tmp_path, "{{ state }}", "{{ state }}", STATE, head=REASON)

    rendered = letters.render("N-01.ask", {"state": kept}, FRENCH)

    assert rendered.text.partition("\n\n")[0].replace("\n", " ") == said


def test_terms_in_lists_and_in_rows_are_said_too(tmp_path: Path) -> None:
    text = (
        "{{ open | listed }}{% for each in items %} {{ each.field }} {{ each.after }}{% endfor %}"
        "{% for each in open %} {{ each }}{% endfor %}"
    )
    letters = _bilingual(tmp_path, text, text, OPEN, ITEMS, head=REASON)
    row = {"field": "held on, 2, held on", "after": "nothing"}

    rendered = letters.render("N-01.ask", {"open": ["Open"], "items": [row]}, FRENCH)

    assert rendered.text.startswith("Ouvert tenue le, 2, tenue le rien Ouvert\n")


def test_a_number_has_the_decimal_mark_of_the_language(tmp_path: Path) -> None:
    score = fact("score", "number", 2.5)
    letters = _bilingual(tmp_path, "{{ score }}", "{{ score }}", score, head=REASON)

    assert letters.render("N-01.ask", {"score": 2.1}, FRENCH).text.startswith("2,1\n")


def test_spaces_that_bind_stand_in_a_subject_as_they_were_written(tmp_path: Path) -> None:
    letters = _bilingual(tmp_path, BODY, "Bonjour {{ name }}.", NAME, head=REASON)
    path = tmp_path / "fr" / "letters" / "N-01" / "ask.txt"
    text = path.read_text(encoding="utf-8").replace("Une lettre", f"Une  lettre{NARROW}?")
    path.write_text(text, encoding="utf-8")

    assert letters.render("N-01.ask", {"name": "L"}, FRENCH).subject == f"Une lettre{NARROW}?"


WRONG = {
    "no text": ("N-01/ask.txt", None, "no text"),
    "a fact too few": ("N-01/ask.txt", "{{ name }}", "leaves out the fact name"),
    "a fact too many": ("N-01/ask.txt", "Bonjour", "says the fact more, not so the one in en"),
    "no reason": ("N-01/ask.txt", REASON, "the text has no line Reason: write `Reason: ...`"),
    "bad template": ("N-01/ask.txt", "}}", "letter N-01.ask, body"),
    "no frame": ("frame.txt", None, "no text"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_a_language_lacks_is_found_and_its_reader_gets_the_letter_whole_in_english(
    tmp_path: Path, what: str
) -> None:
    more = fact("more", "text", "more", optional=True)
    letters = _bilingual(
        tmp_path,
        BODY + "{% if more %}{% endif %}" * (what != "a fact too many"),
        "Bonjour {{ name }}.{% if more %}{% endif %}",
        *(NAME, more),
        head=REASON,
    )
    name, gone, said = WRONG[what]
    path = tmp_path / "fr" / "letters" / name
    if gone is None:
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace(gone, ""), encoding="utf-8")

    found = [each for each in problems(letters.catalogue, letters) if "fr/letters" in each]

    assert len(found) == 1
    assert said in found[0]
    assert str(path) in found[0]
    rendered = letters.render("N-01.ask", {"name": "Lead"}, FRENCH)
    assert (rendered.subject, rendered.text.partition("\n")[0]) == ("A letter", "Dear Lead.")


def test_a_language_that_the_software_has_no_words_in_is_a_problem(tmp_path: Path) -> None:
    letters = _bilingual(tmp_path, BODY, "Bonjour {{ name }}.", NAME, head=REASON)
    (tmp_path / "fr").rename(tmp_path / "tlh")

    [problem] = problems(letters.catalogue, letters)

    assert problem == (
        f"{tmp_path}/tlh: letters are written in en, ar, fr: name the folder so, or take it away"
    )


def test_the_second_language_of_a_reader_comes_before_english(tmp_path: Path) -> None:
    letters = _bilingual(tmp_path, BODY, "Bonjour {{ name }}.", NAME, head=REASON)
    reader = Reader("UTC", FRENCH.sent_on, "ar", ("fr",))

    assert letters.render("N-01.ask", {"name": "L"}, reader).subject == "Une lettre"
