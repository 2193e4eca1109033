"""Only the template of a paragraph may emphasise; a value is always text."""

import pytest

from dibao_lib.errors import ReportFailed
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.pieces import Run


def test_values_are_put_into_the_template():
    assert paragraph("抽查{n}户，户主{name}。", n=3, name="张某").runs == (Run("抽查3户，户主张某。"),)


def test_two_stars_in_the_template_emphasise():
    assert paragraph("共**{n}户**，合格", n=3).runs == (Run("共"), Run("3户", bold=True), Run("，合格"))


def test_two_stars_in_a_value_are_two_stars():
    assert paragraph("户主{x}", x="**张**{y}").runs == (Run("户主**张**{y}"),)


def test_a_missing_value_shows_as_a_dash():
    assert paragraph("人均{x}元、{y:.1f}元", x=float("nan"), y=None).runs == (Run("人均—元、—元"),)


def test_a_format_is_applied_and_doubled_braces_are_braces():
    assert paragraph("{{错误率}}{x:.1%}", x=0.125).runs == (Run("{错误率}12.5%"),)


def test_a_value_that_was_not_given_is_named():
    with pytest.raises(ReportFailed, match=r"段落文字里的 \{n\} 没有给出值"):
        paragraph("抽查{n}户")


def test_a_template_cannot_reach_into_a_value():
    with pytest.raises(ReportFailed, match="没有给出值"):
        paragraph("{x.__class__}", x=1)


def test_the_addressee_starts_at_the_margin():
    assert paragraph("市民政局：", indent=False).indent is False


def test_a_line_before_a_long_number_is_not_torn_apart():
    assert paragraph("焦坑村民委员会（低保证号{n}）", n="36118110320362").align == "left"
    assert paragraph("资金{n}元", n="134,581.67").align == "both"
    assert paragraph("{n}", n="36118110320362", align="center").align == "center"
