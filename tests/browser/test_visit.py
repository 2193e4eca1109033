"""A visit recorded in JupyterLab: blind entry, a photo, a second person's approval, two tabs with a kernel each."""

import hashlib
import os
import shutil

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from dibao_lib.records.drafts import Drafts
from dibao_lib.records.log import RecordLog
from dibao_lib.widgets.case import visit_cases

PHOTO = 12 << 20


@pytest.fixture
def log(lab):
    with RecordLog.open(lab.inspection) as opened:
        yield opened


@pytest.fixture(scope="session")
def cases(field_workspace):
    return visit_cases(field_workspace)


def fill_visit(desk, who="王建国"):
    desk.who(who)
    desk.fill(on="２０１１．６．８", team="王建国、李秀英")
    desk.choose("found", "户在人在")
    desk.fill(people="３", income="300.5", got="120", house="砖混两层，约90平方米")
    for path, value in {"assets": "没有大件财产", "book": "本人", "known": "是", "view": "保留", "sign": "是"}.items():
        desk.choose(path, value)


def test_a_visit_is_entered_blind_compared_corrected_and_approved_by_another(desk, lab, log, cases, tmp_path):
    case, photo = cases[0], tmp_path / "门前.jpg"
    photo.write_bytes(os.urandom(PHOTO))
    here = desk("05_visits")
    here.open(case.title.split("　")[1])
    fill_visit(here)
    assert "保存后显示" in here.page.inner_text("[data-p=register_income]")
    assert not [name for name in case.given() if name.startswith("register_") and _sent(here, name)]
    here.page.set_input_files("[data-p=photo]", photo)
    here.page.wait_for_selector(".db-files li:has-text('门前.jpg')")
    here.save(clicks=3)
    here.expect("已保存")
    assert "家庭人口：核实3人" in here.page.inner_text("[data-p=diff]")
    (record,) = log.records("visit")
    assert [event.action for event in record.events] == ["save"]
    assert (record.data["income"], record.data["on"], record.data["people"]) == (30050, "2011-06-08", 3)
    kept = record.data["photo"][0]
    assert kept["sha256"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert (lab.inspection.folder / "attachments" / kept["sha256"][:2] / kept["sha256"]).stat().st_size == PHOTO
    _correct_and_approve(here, log, record.record_id)


def _sent(desk, name):
    """Whether the browser was given a value it must not show yet."""
    return desk.page.evaluate("name => document.querySelector(`[data-p=${name}]`).textContent.match(/\\d/)", name)


def _correct_and_approve(here, log, record_id):
    here.put("income", "280")
    here.save()
    here.expect("更正原因")
    here.put(".reason", "存折流水显示为280元")
    here.save()
    here.expect("已保存")
    here.page.click("[data-act=submit]")
    here.page.wait_for_selector("[data-act=approve]")
    here.page.click("[data-act=approve]")
    here.expect("请由另一人")
    here.who("陈志强")
    here.page.click("[data-act=approve]")
    here.page.wait_for_selector(".db-state:has-text('已审核')")
    record = log.record(record_id)
    assert [(event.who, event.action) for event in record.events] == [
        ("王建国", "save"),
        ("王建国", "save"),
        ("王建国", "submit"),
        ("陈志强", "approve"),
    ]
    assert record.events[1].reason == "存折流水显示为280元"


def test_two_tabs_with_a_kernel_each_make_one_record_and_show_both_versions(desk, context, lab, log, cases):
    folder = lab.inspection.folder / "notebooks"
    shutil.copyfile(folder / "05_visits.ipynb", folder / "second.ipynb")
    with NotebookNotary(data_dir=str(lab.home / ".local" / "share" / "jupyter")) as notary:
        notary.sign(nbformat.read(folder / "second.ipynb", as_version=4))
    case = cases[1]
    first, second = desk("05_visits", context.new_page()), desk("second", context.new_page())
    for tab, name in ((first, "王建国"), (second, "李秀英")):
        tab.open(case.title.split("　")[1])
        fill_visit(tab, name)
    first.save()
    first.expect("已保存")
    second.put("house", "土坯房")
    second.save()
    second.page.wait_for_selector(".db-clash")
    assert "王建国已于" in second.page.inner_text(".db-clash")
    assert "土坯房" in second.page.inner_text(".db-clash tr:has-text('住房')")
    assert "砖混两层" in second.page.inner_text(".db-clash tr:has-text('住房')")
    assert log.record(case.record_id).data["house"].startswith("砖混两层")
    second.page.click("text=以我填写的更正")
    second.put(".reason", "复看后更正")
    second.save()
    second.expect("已保存")
    record = log.record(case.record_id)
    assert [(event.who, event.data["house"]) for event in record.events] == [
        ("王建国", "砖混两层，约90平方米"),
        ("李秀英", "土坯房"),
    ]
    assert case.record_id not in Drafts.open(lab.inspection).listed("visit")
