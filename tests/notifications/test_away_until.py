"""The days on which somebody is away are read where they are clear, and only there."""

from datetime import date

import pytest

from notifications.inbound.days import DaysAway, days_away

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I am out of office until 14 December 2026.", date(2026, 12, 14)),
        ("Away through December 14th, back soon.", date(2026, 12, 14)),
        ("I will be back on Monday, 14 December.", date(2026, 12, 13)),
        ("Returning to the office on January 4.", date(2027, 1, 3)),
        ("Away until 11 December 2026, back on 14 December 2026.", date(2026, 12, 13)),
        ("Absente jusqu\u2019au 14 décembre 2026.", date(2026, 12, 14)),
        ("Je suis en congé du 1er au 14 décembre.", date(2026, 12, 14)),
        ("De retour le 4 janvier.", date(2027, 1, 3)),
        ("Ich bin bis zum 14.12.2026 nicht erreichbar.", date(2026, 12, 14)),
        ("Ab dem 15. Dezember bin ich wieder da.", date(2026, 12, 14)),
        ("Absent until 2026-12-14", date(2026, 12, 14)),
        ("I will be back in the office 15 December 2026.", date(2026, 12, 14)),
        ("De retour au bureau à partir du 15 décembre.", date(2026, 12, 14)),
        ("Ich bin bis einschließlich 14.12. nicht erreichbar.", date(2026, 12, 14)),
        ("Estaré fuera de la oficina hasta el lunes 14 de diciembre de 2026.", date(2026, 12, 14)),
        ("Volveré el 15 de diciembre.", date(2026, 12, 14)),
        ("Sono assente fino al 14 dicembre 2026.", date(2026, 12, 14)),
        ("Rientrerò in ufficio il 15 dicembre.", date(2026, 12, 14)),
        ("Ik ben afwezig tot en met 14 december 2026.", date(2026, 12, 14)),
        ("Jestem nieobecny do 14 grudnia 2026.", date(2026, 12, 14)),
        ("Estou ausente até 14 de dezembro de 2026.", date(2026, 12, 14)),
        ("Sunt în concediu până la 14 decembrie 2026.", date(2026, 12, 14)),
        ("Ich bin vom 07.12. - 14.12. im Urlaub.", date(2026, 12, 14)),
        ("Abwesend vom 7.12.-14.12.2026.", date(2026, 12, 14)),
        ("Away until and including 14 December", date(2026, 12, 14)),
        ("Away 7-14 December 2026.", date(2026, 12, 14)),
        ("Jestem na urlopie do poniedziałku 14 grudnia", date(2026, 12, 14)),
        ("Estou de férias até segunda-feira, 14 de dezembro", date(2026, 12, 14)),
        ("Sono in ferie fino a lunedì 14 dicembre", date(2026, 12, 14)),
        ("Sunt în concediu până luni, 14 decembrie", date(2026, 12, 14)),
        ("Estarei de volta a 15 de dezembro.", date(2026, 12, 14)),
        ("Mă întorc pe 15 decembrie.", date(2026, 12, 14)),
        ("On parental leave until 14 December 2026.", date(2026, 12, 14)),
        ("Bis 14. Dez. bin ich verreist.", date(2026, 12, 14)),
        ("Until Dec. 14 Dr. Ash is away.", date(2026, 12, 14)),
        ("Bis zum 14. Dezember 2026 bin ich verreist. Danke!", date(2026, 12, 14)),
        ("We are open until 20 December. I am away until 14 December.", date(2026, 12, 14)),
        ("Jusqu\u2019au 14 décembre, je suis absente.", date(2026, 12, 14)),
        ("Thank you! Out of office - until 14 December 2026.", date(2026, 12, 14)),
    ],
)
def test_a_clear_day_is_read(text: str, until: date) -> None:
    found = days_away(text, TODAY)

    assert found is not None
    assert found.last == until


@pytest.mark.parametrize(
    "text",
    [
        "I read mail once a day.",
        "I am away until 01/02/2027.",  # January or February
        "Away until 14 December, and then until 20 January.",
        "Away until 14 November 2026.",  # over already
        "Away until 30 February 2027.",
        "Away until 14 December 2029.",
        "The offer holds: 14 December 2026.",  # no word of an absence
        "I am in the office until 14 December 2026.",
        "I will not be away until 14 December.",
        "Registration for our congress is open until 15 January 2027 - if you want to travel.",
        "Our office is open until 20 December; the phone is not available.",
        "The call is open until 14 December 2026. Travel is paid for.",
        "The call is open until 14 December. Travel is paid for.",
        "I am away a lot. Please register until 14.12.2026.",
        "Anmeldung bis 14. Dezember 2026, falls Sie im Urlaub kommen.",
        "Je réponds jusqu'au 14 décembre.",
        "Je ne suis pas absente jusqu'au 14 décembre.",
        "Until 14 December we answer within five days.",
        "Ich bin bis 14. Dezember im Büro.",
        "Ich bin bis 14. Dezember nicht im Urlaub.",
        "I am in the office until 14 December 2026, then on vacation.",
        "I am in the office until 14 December 2026 and away from then on.",
        "Je suis au bureau jusqu'au 14 décembre 2026, puis en congé.",
        "Ich bin bis zum 14. Dezember erreichbar, danach nicht.",
        "Ich bin noch bis 14. Dezember 2026 da, und dann im Urlaub.",
        "",
    ],
)
def test_what_is_not_clear_is_not_read(text: str) -> None:
    assert days_away(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I am away from 7 December to 14 December 2026.", date(2026, 12, 7)),
        ("Out of office from the 7th to 14 December.", date(2026, 12, 7)),
        ("Starting on 7 December I am away until 14 December.", date(2026, 12, 7)),
        ("Je suis en congé du 7 au 14 décembre.", date(2026, 12, 7)),
        ("Ich bin vom 7. bis 14. Dezember nicht da.", date(2026, 12, 7)),
        ("Estoy de vacaciones del 7 al 14 de diciembre de 2026.", date(2026, 12, 7)),
        ("Sarò fuori ufficio dal 7 al 14 dicembre.", date(2026, 12, 7)),
        ("Jestem na urlopie od 7 do 14 grudnia.", date(2026, 12, 7)),
        ("Afwezig van 7 tot en met 14 december.", date(2026, 12, 7)),
        ("Vom 7.12. bis 14.12. nicht im Haus.", date(2026, 12, 7)),
        ("Ich bin vom 07.12. - 14.12. im Urlaub.", date(2026, 12, 7)),
        ("Away 7-14 December 2026.", date(2026, 12, 7)),
        ("Vom 07.12.2026 bis zum 14.12.2026 abwesend.", date(2026, 12, 7)),
        ("I am away from 23 November until 14 December.", date(2026, 11, 23)),  # since a week
    ],
)
def test_the_first_day_is_read_where_it_is_named(text: str, first: date) -> None:
    assert days_away(text, TODAY) == DaysAway(date(2026, 12, 14), first)


@pytest.mark.parametrize(
    "text",
    [
        "I am out of office until 14 December 2026.",
        "Away from 7 December to 14 December; my deputy from 10 December to 14 December.",
        "Ab dem 15. Dezember bin ich wieder da.",
    ],
)
def test_without_one_first_day_none_is_read(text: str) -> None:
    assert days_away(text, TODAY) == DaysAway(date(2026, 12, 14))
