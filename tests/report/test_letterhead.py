"""The red head and the closing lines: the plan says which documents bear them, and what they read."""

import datetime as dt
from dataclasses import replace

import pytest

from dibao_lib.plan import Letterhead, Township
from dibao_lib.report.blocks import Colophon, Masthead
from dibao_lib.report.layout import masthead_pt
from dibao_lib.report.letterhead import addressee, colophon, red_head
from dibao_lib.report.subject import Subject

DAY = dt.date(2011, 6, 30)
TOWNSHIP = Township("361181103", "绕二镇", "镇", ())


def subject(plan, tmp_path, township=None, **letterhead):
    chosen = replace(plan, letterhead=Letterhead(**letterhead))
    return Subject(chosen, DAY, township, (), None, tmp_path)


def test_the_circular_goes_out_under_the_name_of_the_office_with_room_for_its_number(plan, tmp_path):
    (made,) = red_head(subject(plan, tmp_path))
    assert made == Masthead("德兴市城乡低保资金发放专项治理工作\n领导小组办公室文件", "　　　　〔2011〕　　号")
    (closing,) = colophon(subject(plan, tmp_path))
    assert closing == Colophon(
        "领导小组各成员单位", "德兴市城乡低保资金发放专项治理工作领导小组办公室", "2011年6月30日"
    )


def test_what_the_plan_says_is_printed(plan, tmp_path):
    told = subject(
        plan, tmp_path, issuer="德兴市民政局文件", number="德民字〔2011〕58号", addressee="各乡镇", copies="市纪委", printer="局办公室"
    )  # fmt: skip
    assert red_head(told).items == (Masthead("德兴市民政局文件", "德民字〔2011〕58号"),)
    assert addressee(told).items[0].runs[0].text == "各乡镇：" and not addressee(told).items[0].indent
    assert colophon(told).items == (Colophon("市纪委", "局办公室", "2011年6月30日"),)


@pytest.mark.parametrize(
    ("township", "letterhead", "bears"),
    [
        (None, {}, True),
        (None, {"circular": False}, False),
        (TOWNSHIP, {}, False),
        (TOWNSHIP, {"townships": True}, True),
    ],
)
def test_the_plan_decides_which_documents_bear_a_red_head(plan, tmp_path, township, letterhead, bears):
    told = subject(plan, tmp_path, township, **letterhead)
    assert [len(made(told)) for made in (red_head, addressee, colophon)] == [int(bears)] * 3


def test_a_long_red_line_is_set_smaller_until_it_fits():
    assert masthead_pt("德兴市民政局文件") == 44
    assert masthead_pt("德兴市城乡低保资金发放专项治理工作\n领导小组办公室文件") == 25.8


def test_the_shipped_plan_has_the_section(plan):
    assert plan.letterhead.circular and not plan.letterhead.townships
    assert plan.letterhead.addressee == "各乡镇人民政府、街道办事处"
