"""Sentences that the engine puts together about a case, as a French letter says them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import checks
from engine.letters.catalogue import Catalogue
from notifications.languages import language_of
from notifications.sentences import SENTENCES
from notifications.terms import in_language, said
from tests.support.world import wp6

PROGRAMME = wp6()
LETTERS: Catalogue = PROGRAMME.letters
FACT = "flag_cause"
_VALUE = "\N{BULLET}"
PLAIN = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def _in_french(text: str) -> str:
    terms = PROGRAMME.spoken["fr"].terms
    told = in_language(LETTERS, {FACT: text}, terms, language_of("fr"))[FACT]
    assert isinstance(told, str)
    return said(told).translate(PLAIN)


SAID = {
    '"The first day that suits you" is missing.': (
        "“Le premier jour qui vous convient” : rien n’est indiqué."
    ),
    (
        '"What suits you" says 2027-05-31, which is not on offer. '
        "Choose among what is on offer by now."
    ): (
        "“Ce qui vous convient” : 31 mai 2027 n’est pas proposé. "
        "Choisissez parmi ce qui est proposé à présent."
    ),
    '"The first day that suits you" cannot be read: no day. Write it anew.': (
        "“Le premier jour qui vous convient” : réponse illisible (no day). "
        "Veuillez l’écrire à nouveau."
    ),
    "2027-05-31 has begun or gone by: name a day to come": (
        "le 31 mai 2027 a déjà commencé ou est passé : indiquez un jour à venir"
    ),
    '"answered" in the readiness checklist RACCC-31 is 19; at least 31 is needed': (
        "“réponses données” dans “Grille d’évaluation de la préparation RACCC-31” : 19 ; "
        "il en faut au moins 31"
    ),
    "the answer is not given yet; confirmed or declined is needed": (
        "“réponse” : pas encore donné ; il faudrait : confirmé ou décliné"
    ),
    '"A plan; for all" was due on 2027-05-31; "Joint audit" was due on 2027-09-29': (
        "“A plan; for all” était attendu le 31 mai 2027 ; "
        "“Joint audit” était attendu le 29 septembre 2027"
    ),
    'the record of the first visit answers "leadership present" with no; yes is needed': (
        "“Compte rendu de la première visite” : la réponse à “direction présente” est non ; "
        "il faudrait : oui"
    ),
    "the roadmap lists 4 objectives (short); 2 to 3 are needed": (
        "“Feuille de route” : objectifs (court terme), 4 en tout ; il en faut de 2 à 3"
    ),
    "no day is fixed for Meeting on the mid-term report": (
        "aucune date n’est fixée : Réunion sur le rapport à mi-parcours"
    ),
    'the day of "First on-site visit" is not known yet; or nobody has filed the roadmap yet': (
        "date de “Première visite sur site” : pas encore connu ; "
        "ou pas encore déposé : Feuille de route"
    ),
    "what was open is settled: the contact list; the mid-term report": (
        "réglé : la liste de contacts ; le rapport à mi-parcours"
    ),
    "not signed by the aspiring side (Three Lakes)": (
        "il manque une signature : centre aspirant (Three Lakes)"
    ),
    "Their lead left. nobody has filed the mid-term report yet": (
        "Their lead left. pas encore déposé : Rapport à mi-parcours"
    ),
    "check in: 1 so far, asked: at least 2": ("point d’étape : 1 jusqu’ici, il en faut au moins 2"),
    '"Plan": milestone slips from 2027-01-01 to 2027-05-01': (
        "“Plan” : jalon, reporté du 1er janvier 2027 au 1er mai 2027"
    ),
    "at most 3 are allowed (short-term objectives, at most: 3 instead of 4, adapted by A B: Few)": (
        "le maximum est 3 (objectifs à court terme, au plus : 3 au lieu de 4, adapté par A B : Few)"
    ),
    "withheld: quiet until 2027-05-31": "retenu : silence jusqu’au 31 mai 2027",
    "nobody reachable as aspiring in case P-01": (
        "personne n’est joignable : centre aspirant, dossier P-01"
    ),
    "it was sent 10 days before, 14 days before are asked": (
        "envoyé 10 jours avant ; il en faut : 14 jours"
    ),
}


@pytest.mark.parametrize("text", SAID, ids=range(len(SAID)))
def test_a_sentence_of_the_engine_is_read_in_french(text: str) -> None:
    assert _in_french(text) == SAID[text]


@pytest.mark.parametrize(
    "text",
    [
        "The data office refuses; the air is bad.",
        "yes; and the rest is needed",
        "the roadmap is " + "long " * 500,
        "x; " * 600 + "x",
        "a (b: c instead of d, adapted by e: " * 55,
        "or " * 660,
        "withheld: " * 190,
        "1" * 5_000 + " days",
    ],
    ids=["own", "own words", "long", "many", "nested", "in a row", "withheld", "ages"],
)
def test_what_a_person_wrote_is_left_as_they_wrote_it(text: str) -> None:
    assert _in_french(text) == text


def _shape(node: ast.JoinedStr) -> str:
    """What stands in the code between the values of a sentence."""
    texts = (each.value if isinstance(each, ast.Constant) else _VALUE for each in node.values)
    return "".join(str(text) for text in texts)


def _shapes_of_lacks() -> Iterator[str]:
    """What checks say is lacking, where they say it in one piece. Who plays no part here is said to
    whoever types a name, in no letter.
    """
    for file in sorted(Path(checks.__file__).parent.glob("*.py")):
        if file.stem == "people":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Lack"), args=[ast.JoinedStr() as words, *_]):
                    yield from _shape(words).split("; ")
                case _:
                    pass


def test_what_checks_say_is_lacking_is_among_the_sentences_that_are_translated() -> None:
    shapes = [each for each in _shapes_of_lacks() if each != _VALUE]
    read = [re.escape(each).replace(re.escape(_VALUE), ".+") for each in shapes]

    assert len(shapes) > len(SENTENCES) // 3
    assert [each for each in read if not any(re.fullmatch(each, text) for text in SENTENCES)] == []
