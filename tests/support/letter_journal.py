"""What the journals behind letters say, looked up by case: with nothing of the product."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from tests.support.letter_folder import Entry, Filed, Letter

_WHOLE = {"readiness": {"answered": 31}}  # what is in part is no answer


class Journal:
    """What the journals say, looked up by case."""

    def __init__(self, entries: tuple[Entry, ...], filed: tuple[Filed, ...]) -> None:
        self.of: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            self.of[entry.case].append(entry)
        self.records = filed

    def filed(self, letter: Letter, record: str) -> datetime | None:
        """When it was filed last in the same partnership, before a letter; else None.

        What came in at the same moment may be what the letter answers: in part, it is no answer.
        """
        found = [
            each
            for each in self.records
            if (each.case, each.record) == (letter.case, record)
            and self.matched(letter) <= each.moment <= letter.moment
        ]
        whole = _WHOLE.get(record, {}).items()
        if not found or any(found[-1].content.get(name) != value for name, value in whole):
            return None
        before = [each.moment for each in found if each.moment < letter.moment]
        return before[-1] if before else None

    def has_signed(self, letter: Letter, side: str) -> bool:
        """Whether a side had signed the last version of the memorandum before a letter."""
        before = [
            e for e in self.of[letter.case] if self.matched(letter) <= e.moment < letter.moment
        ]
        rows = [row for each in before for row in _rows(each, "records")]
        last = max((row[1] for row in rows if row[0] == "memorandum"), default=0)
        signed = {tuple(row[:3]) for each in before for row in _rows(each, "signatures")}
        return ("memorandum", last, side) in signed

    def departments(self, letter: Letter) -> set[str]:
        """The departments that somebody was named for, before a letter."""
        lists = [
            each.content.get("departments")
            for each in self.records
            if (each.case, each.record) == (letter.case, "contacts") and each.moment < letter.moment
        ]
        rows = lists[-1] if lists else []
        assert isinstance(rows, list)
        return {str(row["department"]) for row in rows}

    def answered(self, letter: Letter, record: str, day: str) -> bool:
        """Whether a side had answered, or its day was fixed, before it was asked for times."""
        versions = [
            each.content
            for each in self.records
            if (each.case, each.record) == (letter.case, record)
            and self.matched(letter) <= each.moment <= letter.moment
        ]
        content = versions[-1] if versions else {}
        side = letter.audience.partition(".")[0]
        last = str(content.get("ends_on") or content.get(day or "starts_on") or "9")
        if last[: len("2026-12-31")] < letter.moment.date().isoformat():
            return False  # what was said to a day that has gone by is said to no other
        no = _refused(content)
        if content.get(f"accepted_by_{side}") and content.get("starts_on"):
            return True
        if day and content.get(day) and not no:
            return True
        times = content.get(f"times_of_{side}")
        stood = [each for each in versions[:-1] if day and each.get(day) and not _refused(each)]
        is_spent = bool(stood) and stood[-1].get(f"times_of_{side}") == times
        return bool(times) and not is_spent and not content.get("starts_on")

    def matched(self, letter: Letter) -> datetime:
        """The moment at which the pair was last matched anew, else its beginning."""
        began = [
            entry.moment
            for entry in self.of[letter.root]
            if entry.content.get("what") in {"send_proposal", "rematch", "recall_proposal"}
            and entry.moment <= letter.moment
        ]
        return began[-1] if began else self.of[letter.root][0].moment

    def signed(self, letter: Letter, on: date) -> bool:
        return any(
            entry.kind == "signed" and entry.moment.date() >= on for entry in self.of[letter.root]
        )

    def stood(self, letter: Letter, since: date) -> bool:
        """Whether the pair entered a state on a day, give or take the zones."""
        return any(
            abs((entry.moment.date() - since).days) <= 1
            for entry in self.of[letter.root]
            if entry.content.get("visits")
        )


def _rows(entry: Entry, name: str) -> list[list[Any]]:
    return cast(list[list[Any]], entry.content.get(name, []))


def _refused(content: Mapping[str, object]) -> bool:
    return any(content.get(f"accepted_by_{each}") is False for each in ("coordinator", "aspiring"))
