"""The made-up campaign: believable, sound, the same again, and what is irregular in it is found."""

from collections import Counter

import pytest

from dibao_lib.demo import compare, demo_day
from dibao_lib.demo.records import write_records
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.kinds import RECORD_KINDS, record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.review import standing
from dibao_lib.records.validate import validate
from dibao_lib.rectification import problems_of


@pytest.fixture
def records(recorded):
    with RecordLog.open(recorded.inspection) as log:
        yield log.records()


def test_every_kind_of_record_is_written(records):
    assert {record.kind for record in records} == {form.kind for form in RECORD_KINDS}


def test_every_record_is_one_its_form_accepts(recorded, records):
    plan = recorded.inspection.plan
    faults = [validate(record_form(record.kind, plan), record.data) for record in records]
    assert [fault for fault in faults if fault] == []


def test_nothing_is_recorded_after_the_day_of_the_report(recorded, records):
    day = demo_day(recorded.inspection.plan).isoformat()
    assert max(event.at[:10] for record in records for event in record.events) <= day


def test_the_log_verifies_and_its_attachments_are_there(recorded, records):
    with RecordLog.open(recorded.inspection) as log:
        assert log.verify(log.checkpoint()) == []
    wanted = {
        file["sha256"] for record in records for file in record.data.get("proof") or record.data.get("attach") or []
    }
    assert wanted
    assert Attachments.open(recorded.inspection).damaged(wanted) == []


def test_nobody_approved_or_closed_what_he_entered(records):
    for record in records:
        approver = standing(record).approver
        assert not approver or approver not in {event.who for event in record.events if event.action == "save"}


def test_visits_are_answers_of_several_kinds(recorded):
    found = Counter(recorded.inspection.table("visits")["found"])
    assert found["户在人在"] > 20
    assert len(found) >= 2


def test_problems_stand_at_every_stage(recorded):
    states = Counter(problem.state for problem in problems_of(recorded.inspection))
    assert {"待核", "不属实", "未整改", "已销号"} <= set(states)


def test_what_the_campaign_planted_is_found_and_nothing_else_of_its_making(recorded):
    assert {planted.check_id for planted in recorded.campaign.planted} == {"C6", "C7", "P11", "P12"}
    comparison = compare(recorded.findings, (*recorded.county.truth, *recorded.campaign.planted))
    of_records = [one for one in comparison.missed if one in recorded.campaign.planted]
    assert of_records == []
    boards = recorded.findings[recorded.findings["check_id"].isin(["P10", "P11", "P12", "C6"])]
    own = [any(str(source).startswith("records.db#") for source in sources) for sources in boards["sources"]]
    assert sum(own) == sum(planted.check_id != "C7" for planted in recorded.campaign.planted)


def test_a_second_run_writes_nothing(recorded):
    again = write_records(recorded.county, recorded.inspection, ["361181001"], demo_day(recorded.inspection.plan))
    assert (again.events, again.planted) == (recorded.campaign.events, ())
