"""The calendars of people, as programs keep them: by name and number of each item."""

from dataclasses import dataclass, field
from datetime import date

from tests.support.calendar_items import Seen
from tests.support.calendar_mail import Arrived


@dataclass
class Calendars:
    """What stands in each reader's calendar, and what any of them would have ignored."""

    entries: dict[tuple[str, str], Seen] = field(default_factory=dict)
    ignored: list[tuple[str, Seen]] = field(default_factory=list)

    def take(self, arrived: Arrived) -> None:
        for reader, item in arrived:
            known = self.entries.get((reader, item.uid))
            is_news = item.sequence > known.sequence if known else item.method == "REQUEST"
            if is_news:
                self.entries[reader, item.uid] = item
            else:
                self.ignored.append((reader, item))

    def standing(self) -> dict[str, list[tuple[str, date]]]:
        """By reader what is not called off: which meeting, and when."""
        found: dict[str, list[tuple[str, date]]] = {}
        for (reader, uid), item in sorted(self.entries.items()):
            if item.method == "REQUEST":
                found.setdefault(reader, []).append((uid, item.begins))
        return found
