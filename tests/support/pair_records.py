"""What people file for a pair when all goes well: invented, short, and complete."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

DEPARTMENTS = (  # those of the domain Care
    ("Medical oncology", "physician"),
    ("Surgery", "physician"),
    ("Radiotherapy", "physician"),
    ("Nursing", "health_professional"),
    ("Psycho-oncology", "health_professional"),
    ("Quality and certification", "quality"),
)


def content(record: str, today: date) -> dict[str, object]:
    """A complete version of a record, filed on a day; empty where the test says it all."""
    write = _CONTENT.get(record)
    return dict(write(today)) if write is not None else {}


def objectives(short: int = 2, mid: int = 1) -> list[dict[str, object]]:
    """So many objectives for the short and the middle term."""
    return [
        {
            "title": f"{horizon.title()} objective {number}",
            "horizon": horizon,
            "actions": ["Write the plan"],
            "responsible": "Head of nursing",
            "milestone": "2029-06-01",
            "indicator": "Share of staff with a plan",
            "state": "open",
        }
        for horizon, count in (("short", short), ("mid", mid))
        for number in range(1, count + 1)
    ]


def _eoi(today: date) -> Mapping[str, object]:
    return {
        "received_on": "2026-03-20",
        "country": "RO",
        "status": "pilot",
        "domain_interest": "Care",
        "country_without_ccc": True,
        "judged_on": today.isoformat(),
        "source": "Minutes of the group",
    }


def _match(_: date) -> Mapping[str, object]:
    reasons = ("maturity_reason", "configuration_reason", "similarity_reason")
    return {**dict.fromkeys(reasons, "They fit."), "domain": "Care"}


def _contacts(_: date) -> Mapping[str, object]:
    return {
        "departments": [
            {
                "department": name,
                "name": f"Head of {name.lower()}",
                "function": "Head",
                "profession": profession,
            }
            for name, profession in DEPARTMENTS
        ],
    }


def _visit_dates(today: date) -> Mapping[str, object]:
    starts_on = today + timedelta(days=20)
    return {
        "starts_on": starts_on.isoformat(),
        "ends_on": (starts_on + timedelta(days=1)).isoformat(),
        "city": "Vienna",
        "accepted_by_coordinator": True,
        "accepted_by_aspiring": True,
    }


def _scores(today: date) -> Mapping[str, object]:
    return {"domain_score": 2.1, "overall_score": 2.4, "measured_on": today.isoformat()}


def _higher(today: date) -> Mapping[str, object]:
    return {"domain_score": 2.9, "overall_score": 2.8, "measured_on": today.isoformat()}


def _feedback(_: date) -> Mapping[str, object]:
    return dict.fromkeys(("value", "limits", "learning"), "Some")


_CONTENT: Mapping[str, Callable[[date], Mapping[str, object]]] = {
    "eoi": _eoi,
    "readiness": lambda today: {
        "answered": 31,
        "completed_on": today.isoformat(),
        "infrastructure_note": "All there.",
    },
    "maturity_baseline": _scores,
    "maturity_mid_term": _higher,
    "match": _match,
    "match_answer": lambda today: {"answer": "confirmed", "answered_on": today.isoformat()},
    "contacts": _contacts,
    "mirrors": lambda _: {
        "people": [
            {"department": name, "name": f"Colleague in {name.lower()}"} for name, _ in DEPARTMENTS
        ]
    },
    "onboarding_slides": lambda _: {"summary": "Where we stand in all domains."},
    "gap_analysis": lambda _: {"readiness": "Few", "domain": "Some", "overall": "Some"},
    "indicators": lambda _: {"indicators": ["Share of staff with a plan"]},
    "onboarding": lambda today: {
        "held_on": today.isoformat(),
        "hours": 2,
        "gaps": ["Training"],
        "expected_outcomes": ["A plan"],
        "focus_areas": ["Nursing"],
    },
    "visit_1_dates": _visit_dates,
    "visit_1_agenda": lambda today: {"sent_on": today.isoformat(), "institutional_show": False},
    "synthesis": lambda _: {"pages": 1},
    "travel": lambda _: {"cleared": True},
    "day_1_synthesis": lambda _: {
        name: ["One"] for name in ("gaps", "areas", "solutions", "stakeholders", "questions")
    },
    "areas": lambda _: {"areas": ["Nursing", "Quality", "Registry"]},
    "roadmap": lambda _: {"objectives": objectives()},
    "visit_1": lambda today: {
        "started_on": (today - timedelta(days=1)).isoformat(),
        "held_on": today.isoformat(),
        "days": 1.5,
        "facilitator_present": True,
        "leadership_present": True,
        "decisions": ["Begin with nursing"],
        "commitments": ["A plan by autumn"],
    },
    "memorandum": lambda _: {
        "roadmap_version": 1,
        "next_steps": ["Begin in summer"],
        "indicators": ["Share of staff with a plan"],
    },
    "mid_term": lambda today: {"held_on": today.isoformat()},
    "mid_term_deck": lambda _: {
        name: ["One"] for name in ("actions_completed", "challenges", "early_outcomes")
    },
    "mid_term_report": lambda today: {
        "sent_on": today.isoformat(),
        "summary": "Half way.",
        "questions": ["What next?"],
        "objectives": ["A training record in two wards"],
    },
    "response": lambda today: {"text": "Well done.", "answered_on": today.isoformat()},
    "report_meeting": lambda today: {"held_on": today.isoformat()},
    "workshop_date": lambda today: {
        "on": (today + timedelta(days=30)).isoformat(),
        "city": "Birchwater",
    },
    "workshop_agenda": lambda today: {"sent_on": (today - timedelta(days=20)).isoformat()},
    "workshop_presentation": lambda _: {
        name: ["One"] for name in ("achievements", "improvements", "challenges")
    },
    "site_assessment": lambda _: {"alignment": "Good", "gaps": ["Signposting"]},
    "sustainability": lambda _: {name: ["One"] for name in ("supports", "resources", "culture")},
    "commitments": lambda _: {"commitments": ["Go on"]},
    "workshop": lambda today: {
        "held_on": today.isoformat(),
        "hours": 6,
        "leadership_present": True,
        "on_site": True,
    },
    "closing": lambda today: {"held_on": today.isoformat()},
    "feedback_aspiring": _feedback,
    "feedback_coordinator": _feedback,
    "final_report": lambda _: dict.fromkeys(("achievements", "learning", "practices"), "Some"),
    "maturity_final": _higher,
    "survey": lambda today: {"sent_on": today.isoformat()},
    "lessons": lambda _: {"lessons": [{"lesson": "Begin early", "meant_for": "guideline"}]},
}
