"""A hearing recorded in JupyterLab: the kernel dies in the middle, impatient clicks, a page loaded again."""

import os
import signal

import pytest

from dibao_lib.records.log import RecordLog
from dibao_lib.widgets.case import hearing_cases

SAID = "本人陈述：家里三口人，丈夫瘫痪在床，儿子在外务工，每月寄回两百元。"


@pytest.fixture(scope="session")
def case(field_workspace):
    """A village with three households to hear."""
    return hearing_cases(field_workspace)[0]


def fill_hearing(desk):
    desk.fill(on="2011-06-10", host="李主持", clerk="周记录", voters="20")
    counts = {"低保对象": 3, "评议团成员": 12, "村（居）民代表": 14, "乡镇干部": 1, "村（居）干部": 2, "核查小组": 2}
    for role, count in counts.items():
        desk.put(f"attended.{role}", str(count))
    desk.choose("signatures", "是")


def fill_cases(desk, count=3):
    for place in range(count):
        if place:
            desk.put(f"cases.{place}.statement", "有病，不能干重活")
        desk.put(f"cases.{place}.opinions", "代表们意见一致")
        for path, votes in {"agree": "１４", "disagree": "5", "abstain": "1"}.items():
            desk.put(f"cases.{place}.{path}", votes)
        desk.choose(f"cases.{place}.conclusion", "维持")


def test_every_character_survives_the_death_of_the_kernel(desk, lab, case):
    here = desk("06_hearing")
    here.who("王建国")
    here.open(case.title)
    fill_hearing(here)
    here.put("cases.0.statement", SAID)
    os.kill(here.kernel(), signal.SIGKILL)
    # typed while nothing is behind the page
    here.put("opinion", "会议小结：逐户表决，无异议。")
    here.page.wait_for_selector(".dibao-banner:has-text('正在自动重新启动')")
    here.put("venue", "村部二楼会议室")
    here.page.wait_for_selector(".dibao-banner", state="detached")
    here.expect("草稿已存")
    assert here.value("cases.0.statement") == SAID
    assert here.value("opinion") == "会议小结：逐户表决，无异议。"
    assert here.value("venue") == "村部二楼会议室"
    assert here.value("attended.村（居）民代表") == "14"
    fill_cases(here)
    here.save(clicks=3)
    here.expect("已保存")
    with RecordLog.open(lab.inspection) as log:
        (record,) = log.records("hearing")
        assert len(record.events) == 1
        assert record.data["cases"][0]["statement"] == SAID
        assert record.data["cases"][0]["agree"] == 14
    here.page.reload()
    here.page.wait_for_selector(".db-form")
    assert here.value("cases.0.statement") == SAID
    assert here.page.locator(".db-trail").count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_saved(desk, lab, case):
    with RecordLog.open(lab.inspection) as log:
        before = len(log.records("hearing"))
    here = desk("06_hearing")
    here.who("王建国")
    if here.page.locator(".db-back").count():
        here.page.click(".db-back")
    others = here.page.locator(".db-list tr:has-text('待填') [data-open]")
    others.first.click()
    here.page.wait_for_selector(".db-form")
    fill_hearing(here)
    here.put("attended.评议团成员", "0")
    here.save()
    here.expect("没有保存：还有")
    beside = here.page.inner_text("[data-e='attended.评议团成员']")
    assert "听证会应有评议团成员参加" in beside
    assert here.page.locator(".db-badge.db-wrong:visible").count()
    with RecordLog.open(lab.inspection) as log:
        assert len(log.records("hearing")) == before
