"""A township's slice answers every question of its report as the relations of the whole place do."""

import datetime as dt

import pytest

from dibao_lib.report.relations import open_relations, write_slices
from dibao_lib.report.sections import (
    annexes,
    basics,
    five_checks,
    hearing,
    problems,
    proposals,
    public_notice,
    rectification,
    reviews,
    sampling,
    self_inspection,
    sources,
    visits,
    working_papers,
)
from dibao_lib.report.subject import SLICE, open_subject

DAY = "2011-06-30"
CODES = ("361181001", "361181103")
SECTIONS = [
    *(each.section for each in (basics, sources, sampling, five_checks, self_inspection, reviews, hearing, visits)),
    *(each.section for each in (problems, proposals, rectification, annexes, working_papers)),
    rectification.ledger,
    annexes.signatures,
    public_notice.found,
    public_notice.boards,
]


@pytest.fixture(scope="module")
def slices(recorded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("slices")
    with open_relations(recorded.inspection, dt.date.fromisoformat(DAY)) as connection:
        write_slices(connection, folder, CODES)
    return folder


@pytest.mark.parametrize("code", CODES)
def test_a_report_from_a_slice_is_the_report_from_the_whole(recorded, slices, code, monkeypatch):
    workspace = str(recorded.inspection.folder)
    whole = open_subject(workspace, code, DAY)
    monkeypatch.setenv(SLICE, str(slices / code))
    cut = open_subject(workspace, code, DAY)
    made = [sum(len(block.body) for block in section(cut) if block.kind == "table") for section in SECTIONS]
    assert sum(made) > 50
    assert [list(section(cut)) for section in SECTIONS] == [list(section(whole)) for section in SECTIONS]
