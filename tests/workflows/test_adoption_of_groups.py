"""A table of running cases has one centre of a side in each row: of a group there is none."""

from pathlib import Path

from workflows.registry import load_programme
from workflows.schema.adoption import build_adoption
from workflows.schema.adoption_names import strange_names
from workflows.yaml.reading import read
from workflows.yaml.spot import Spot

GROUP = Path(__file__).parents[1] / "journeys" / "programmes" / "group"
ADOPTION = """\
workflow: circle
sides: [guide, member]
people:
  conveners: {role: convener, required: true}
dates:
  founded_on: {required: true, enters: [founded]}
route: [founded]
"""


def test_a_side_of_several_centres_is_refused_in_the_table_of_running_cases() -> None:
    document = read(ADOPTION, "adoption.yaml")

    found = strange_names(build_adoption(document), Spot(document), load_programme(GROUP).workflows)

    there = "adoption.yaml:2:16: member may be several centres, and a row names one"
    assert list(found) == [f"{there}: leave this file out, and open such cases one by one"]
