"""Merging teams: any order and any number of times give one log; nothing is lost, nothing is decided by a clock."""

import datetime as dt
import json
import random

import pytest
from attacks import as_version_1
from record_writing import NINE, workspace, write
from teams import merged, team_work

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical
from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import take_in, written_events
from dibao_lib.records.parts import opened
from dibao_lib.workspace import Inspection


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Five teams' events."""
    choice = random.Random(7)
    folder = tmp_path_factory.mktemp("teams")
    return [team_work(folder / str(number), number, choice) for number in range(5)]


@pytest.mark.parametrize("trial", range(5))
def test_any_order_and_any_repetition_give_the_same_log(packages, logs_of, trial):
    choice = random.Random(trial)
    order = choice.sample([*packages, *packages[:2]], len(packages) + 2)
    one, two = merged(logs_of("甲"), packages), merged(logs_of("乙"), order)
    assert one.checkpoint() == two.checkpoint()
    assert (one.records(), one.conflicts()) == (two.records(), two.conflicts())
    assert one.verify() == two.verify() == []


def test_every_event_of_every_team_is_there_and_each_keeps_its_place(packages, log):
    merged(log, packages)
    events = [event for record in log.records() for event in record.events]
    assert len(events) == sum(len(json.loads(text)) for text, _ in packages)
    for record in log.records():
        for device in {event.device for event in record.events}:
            numbers = [event.seq for event in record.events if event.device == device]
            assert numbers == sorted(numbers)


def test_a_lead_that_teams_judged_differently_is_listed_with_every_side(packages, log):
    merged(log, packages)
    first = next(conflict for conflict in log.conflicts() if conflict.record_id == "线索1")
    assert sorted(side.who for side in first.sides) == [f"第{n}组" for n in range(5)]
    assert first.fields == ("team",)
    assert log.record("线索1").status == "disputed"


def test_a_named_person_decides_and_the_conflict_is_gone(packages, log):
    merged(log, packages)
    disputed = log.record("线索1")
    assert disputed.revision.count("+") == 4
    write(log, "线索1", {"conclusion": "属实"}, who="组长", base=disputed.revision, reason="会商决定")
    assert [conflict.record_id for conflict in log.conflicts()] == ["线索2"]
    assert (log.record("线索1").data, log.record("线索1").status) == ({"conclusion": "属实"}, "saved")


def test_two_people_who_say_the_same_are_no_conflict(logs_of):
    for name in "甲乙":
        write(logs_of(name), "线索1", {"conclusion": "属实"}, who=name)
    office = merged(logs_of("市办"), [written_events(logs_of(name).store) for name in "甲乙"])
    assert office.conflicts() == []
    assert len(office.history("线索1")) == 2


def test_a_team_goes_on_with_the_office_s_rejection(logs_of):
    team, office = logs_of("甲"), logs_of("市办")
    write(team, "R1")
    merged(office, [written_events(team.store)])
    write(office, "R1", {}, who="审核员", action="reject", reason="缺少照片")
    merged(team, [written_events(office.store)])
    write(team, "R1", {"conclusion": "符合", "photos": 2})
    merged(office, [written_events(team.store)])
    assert [event.action for event in office.history("R1")] == ["save", "reject", "save"]
    assert (office.conflicts(), office.verify()) == ([], [])


def test_a_clock_three_days_behind_does_not_put_a_correction_before_what_it_corrects(logs_of):
    team, office = logs_of("甲"), logs_of("市办")
    write(team, "R1", {"people": 3}, now=NINE)
    merged(office, [written_events(team.store)])
    write(office, "R1", {"people": 4}, now=NINE - dt.timedelta(days=3), who="市办", reason="更正")
    assert [event.data["people"] for event in office.history("R1")] == [3, 4]
    assert office.record("R1").data == {"people": 4}


def test_a_checkpoint_printed_by_a_team_is_found_in_the_office_s_log(logs_of):
    team, office = logs_of("甲"), logs_of("市办")
    write(team)
    printed = team.checkpoint()
    write(office, "R5")
    merged(office, [written_events(team.store)])
    assert office.verify(printed) == []


def test_an_erasure_reaches_the_other_logs_and_an_old_package_does_not_undo_it(logs_of):
    team, office = logs_of("甲"), logs_of("市办")
    write(team, "R1", {"name": "户主甲"})
    before = written_events(team.store)
    merged(office, [before])
    write(office, "R1", {}, who="主任", action="erase", reason="本人依法申请删除")
    merged(team, [written_events(office.store)])
    for log in (merged(office, [before]), team, merged(logs_of("丙"), [written_events(office.store), before])):
        assert (log.record("R1").data, log.verify()) == ({}, [])
        assert log.history("R1")[0].erased == ("name",)


def changed(package, change):
    """The package with one thing done to its rows, whose parts are laid open for it."""
    rows = json.loads(package[0])
    halves = [opened(row["parts"])[0] for row in rows]
    rows = [{**row, "parts": opened(row["parts"])[1], "half": half} for row, half in zip(rows, halves, strict=True)]
    change(rows)
    for row in rows:
        half = row.pop("half")
        row["parts"] = None if row["parts"] is None else half + canonical(row["parts"])
    return canonical(rows).encode(), package[1]


def test_a_package_of_the_first_version_is_taken_in(logs_of, tmp_path):
    with logs_of("甲") as team:
        write(team, "R1", {"people": 3})
    as_version_1(tmp_path / "甲" / "records.db")
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as team:
        events, checkpoints = written_events(team.store)
    rows = [{**row, "parts": json.loads(row["parts"])} for row in json.loads(events)]
    office = merged(logs_of("市办"), [(canonical(rows).encode(), checkpoints)])
    assert (office.record("R1").data, office.verify()) == ({"people": 3}, [])


def refusal(log, package):
    before = log.checkpoint()
    with pytest.raises(InputRefused) as refused:
        take_in(log.store, "组包", *package)
    assert log.checkpoint() == before
    return str(refused.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.pop(2), "之前缺少第3条"),
        (lambda rows: rows.pop(2) and rows.pop(2), "之前缺少第3至4条"),
        (lambda rows: rows[1].update(who="另一人"), "事件被改动"),
        (lambda rows: rows[1]["parts"].update(conclusion=["0" * 32, '"符合"']), "填写内容被改动"),
        (lambda rows: rows[1].update(parts=None), "不完整或写法不对"),
        (lambda rows: rows[1].update(half=""), "填写内容被改动"),
        (lambda rows: rows[1]["parts"].update(conclusion="0" * 64), "填写内容被改动"),
        (lambda rows: rows[1].update(seq="2"), "不完整或写法不对"),
        (lambda rows: rows[1].update(seq=1 << 40), "不完整或写法不对"),
        (lambda rows: rows[1].update(note="多出一项"), "不完整或写法不对"),
        (lambda rows: rows[1].update(who="甲\x00乙"), "不完整或写法不对"),
        (lambda rows: rows[1].update(base="{"), "不完整或写法不对"),
        (lambda rows: rows[1].update(base="[[]]"), "不完整或写法不对"),
        (lambda rows: rows[1]["parts"].update({"a.x": ["0", "1"]}), "不完整或写法不对"),
        (lambda rows: rows[1]["parts"].update(a=["0", 1]), "不完整或写法不对"),
        (lambda rows: rows[1]["parts"].update(a=["0", "{"]), "不完整或写法不对"),
        (lambda rows: rows[1]["parts"].update(a=7), "不完整或写法不对"),
    ],
)
def test_a_package_whose_events_do_not_hold_together_is_refused_whole(packages, logs_of, change, told):
    said = refusal(logs_of("甲"), changed(packages[0], change))
    assert told in said and said.startswith("组包 中的记录") and "未并入" in said


@pytest.mark.parametrize("text", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff"])
def test_a_package_with_no_events_at_all_inside_is_refused(logs_of, text):
    assert "不完整或写法不对" in refusal(logs_of("甲"), (text, b"[]"))


def test_an_event_that_says_something_else_than_ours_is_refused_and_named(logs_of, tmp_path):
    team, office = logs_of("甲"), logs_of("市办")
    write(team, "R1", {"people": 3})
    merged(office, [written_events(team.store)])
    package = changed(written_events(team.store), lambda rows: rows[0].update(hash="0" * 64))
    assert "第1条与本机已有的不同：其中一份被改写过，未并入" in refusal(office, package)


def test_a_chain_that_starts_in_the_middle_is_refused(packages, logs_of):
    def without_the_first(rows):
        del rows[:3]

    assert "之前缺少第1至3条" in refusal(logs_of("甲"), changed(packages[0], without_the_first))


def test_merging_reaches_the_office_s_shared_database(shared, packages, tmp_path):
    with RecordLog.open(workspace(tmp_path / "市办", shared)) as office:
        first = merged(office, packages).checkpoint()
        assert merged(office, reversed(packages)).checkpoint() == first
        assert office.verify(first) == []
