"""The programme out of a folder where nothing says when people are written to."""

import shutil
from pathlib import Path

from runtime.settings.settings import ProgrammeSettings, Settings
from workflows.registry import built_in


def folder_at_any_hour(folder: Path) -> Settings:
    """Settings for the same programme out of a folder, where letters go as they are owed."""
    copy = folder / "any_hour" / "wp6"
    shutil.copytree(built_in("wp6"), copy)
    letters = copy / "letters.yaml"
    text = letters.read_text(encoding="utf-8")
    # Without slots nothing has one that is fixed.
    text = text.replace("urgency: fixed_slot", "urgency: next_slot")
    before, _, after = text.partition("attention:")
    letters.write_text(before + "stages:" + after.partition("\nstages:")[2], encoding="utf-8")
    return Settings(programme=ProgrammeSettings(folder=str(copy)))
