"""Every letter is to be looked at before it is sent: as page, as text, as message."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.notifications.programmes import shipped
from tests.support.calendar_items import seen
from tests.support.commands import pairing
from tests.support.html_words import page_of
from tests.support.letter_words import words_of
from tests.support.world import wp6

STAGES = {stage.id for stage in shipped().stages()}
MOVES = ("meeting_moved", "cancelled")
BY_REPLY = {f"{stage}.by_reply" for stage in STAGES if wp6().answers.of(stage)}


@pytest.fixture(scope="module")
def hung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gallery") / "letters"
    told = pairing("mail", "preview", "--all", "--out", str(out), folder=out.parent)
    assert told.code == 0
    assert str(out / "index.html") in told.out
    return out


def test_every_stage_has_its_page_its_text_and_its_message(hung: Path) -> None:
    for ending in ("html", "txt", "eml"):
        assert {each.stem for each in (hung / "en").glob(f"*.{ending}")} == STAGES | BY_REPLY


def test_the_index_leads_to_every_file_and_each_subject_is_in_it(hung: Path) -> None:
    index = page_of((hung / "index.html").read_text(encoding="utf-8"))

    linked = index.all_with("href")
    files = {each.relative_to(hung).as_posix() for each in hung.glob("*/*.*")}
    assert set(linked) == files
    assert len(linked) == len(files)
    assert index.unclosed == []


def test_a_message_of_the_gallery_holds_the_same_text_and_page(hung: Path) -> None:
    for file in sorted((hung / "en").glob("*.eml")):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        text = file.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")[2]
        assert words_of(message).replace("\r\n", "\n") == text
        page = message.get_body(("html",))
        assert page is not None
        assert page.get_content().replace("\r\n", "\n") == file.with_suffix(".html").read_text()


def test_a_letter_that_fixes_moves_or_calls_off_a_meeting_has_its_item(hung: Path) -> None:
    items = {each.stem: each.read_bytes() for each in (hung / "en").glob("*.ics")}

    assert {"N-07.invitation", "N-14.session_fixed", "N-24.cancelled"} <= set(items)
    assert b"METHOD:REQUEST" in items["N-24.meeting_moved"]
    assert b"METHOD:CANCEL" in items["N-24.cancelled"]
    for name, item in items.items():
        message = message_from_bytes((hung / "en" / f"{name}.eml").read_bytes())
        found = [part.get_payload(decode=True) for part in message.walk()]
        assert found.count(item) == 2


def test_an_item_is_of_the_days_that_its_letter_names(hung: Path) -> None:
    """The one beside it is looked at in a calendar: it must not tell of another day."""
    entries = {each.stem: seen(each.read_bytes()) for each in (hung / "en").glob("*.ics")}

    days = {name: (f"{each.begins:%d %B}", f"{each.ends:%d %B}") for name, each in entries.items()}
    assert days.pop("N-09.invitation") == ("14 January", "16 January")  # the day after its last
    assert days.pop("N-24.meeting_moved") == ("21 January", "23 January")
    assert days.pop("N-24.cancelled") == ("14 January", "15 January")  # it names no other
    assert days.pop("N-17.invitation") == ("21 January", "22 January")
    for name, (begins, ends) in days.items():
        text = (hung / "en" / f"{name}.txt").read_text(encoding="utf-8")
        at = entries[name].begins
        assert begins == ends
        assert f"{at:%A %d %B %Y, %H:%M}" in text
    assert {entries[f"N-24.{each}"].title for each in MOVES} == {"First on-site visit"}


def test_one_letter_is_written_alone_and_a_machine_is_told_where(tmp_path: Path) -> None:
    told = pairing("mail", "preview", "N-11.ask", "--out", "out", "--json", folder=tmp_path)

    assert told.body == {"letters": [], "gallery": "out/index.html"}
    assert {each.name for each in (tmp_path / "out" / "en").iterdir()} == {
        f"N-11.ask{way}.{ending}" for ending in ("html", "txt", "eml") for way in ("", ".by_reply")
    }


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")

    told = pairing("mail", "preview", "N-11.ask", "--out", "taken", folder=tmp_path)

    assert told.code == 2
    assert "cannot write letters below" in told.err
