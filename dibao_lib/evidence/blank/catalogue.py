"""Which forms of the plan are handed out blank, and how each is laid out on paper (plan-clauses.md, 1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dibao_lib.evidence.form import Field, Form
from dibao_lib.evidence.forms import (
    complaints,
    exits,
    filings,
    hearings,
    households,
    panels,
    postings,
    rectifications,
    reviews,
    stat_filings,
    stat_form,
    visits,
)


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form to be printed and filled in.

    Args:
        title: its title on paper and the name of its file.
        form: the declaration it is read with.
        columns: the columns; all fields of the form that are not above the table when empty.
        above: field -> the words before the colon above the table; a blank name is the township the import takes from there.
        levels: field -> header labels from the top down, where they are not the field's header alone.
        rows: blank rows.
        height: height of a row in points.
        prefilled: field -> what is printed in its rows.
        notes: how to fill it in.
        signatures: who signs below.
        totals: fields whose sums stand below the rows once it is filled in.
        posted: it is put up in public and never sent back.
    """

    title: str
    form: Form
    columns: tuple[Field, ...] = ()
    above: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: int = 20
    height: float = 24
    prefilled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ("填表人", "审核人", "负责人（签字）")
    totals: tuple[str, ...] = ()
    posted: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns' declarations."""
        return self.columns or tuple(one for one in self.form.fields if one.name not in self.above)

    def labels(self, one: Field) -> tuple[str, ...]:
        """A column's header labels from the top down; an amount says its unit."""
        unit = f"\n（{one.unit}）" if one.unit.startswith("元") else ""
        path = self.levels.get(one.name) or _pair(one) or (one.header,)
        return (*path[:-1], path[-1] + unit)


def _pair(one: Field) -> tuple[str, ...] | None:
    """清退合户保户数 stands under 清退 and 合户保, 现有低保户数 under 现有低保."""
    stem, end = one.header[:-2], one.header[-2:]
    if "." not in one.name or end not in {"户数", "人数"}:
        return None
    if one.name.startswith("out5."):
        return ("清退", stem.removeprefix("清退"), end)
    return (stem, end)


_IDS = "证件号码、低保证号请按文本填写，本表已设好格式，请勿从别处带格式粘贴"
_CHOICES = "带下拉箭头的栏目请从选项中选择"
_NOTE = Field("note", "备注")

BLANKS: tuple[BlankForm, ...] = (
    BlankForm(
        "基层干部及其亲属享受低保待遇情况备案表",
        filings.FORM,
        above={"": "填报单位", "filed_on": "填报日期"},
        rows=18,
        notes=(
            "每名乡镇、村（居）干部都要填报，没有亲属享受的在“有无亲属享受”栏填“无”，其后各栏空着",
            "一名干部有几名亲属享受的填几行，干部姓名和身份证号逐行填写，不合并单元格",
            "开始享受时间填到月，如2010-06",
            _IDS,
        ),
        signatures=("填报人（签字）", "审核人", "单位负责人（盖章）"),
    ),
    BlankForm(
        "基层干部及其亲属享受低保待遇情况统计表",
        stat_filings.FORM,
        above={"twn_id": "填报单位", "filed_on": "上报日期"},
        rows=1,
        height=40,
        notes=("由乡镇根据备案表汇总，4月15日前上报市领导小组办公室", "没有的填0，不留空"),
    ),
    BlankForm(
        "低保对象评议结果汇总表",
        reviews.FORM,
        above={"": "乡镇", "vil_id": "村（居）", "met_on": "评议日期"},
        rows=16,
        notes=(
            "每个村（居）填一份，本村（居）已享受低保的家庭全部评议，每户一行",
            "同意、不同意、弃权三项之和应等于到会人数",
            "三方签名齐全的填“是”，签名原件由乡镇存档",
            _IDS,
        ),
        signatures=("村（居）民代表（签名）", "村（居）委会主任（签名）", "乡镇挂点领导（签名）"),
    ),
    BlankForm(
        "城乡低保资金发放专项治理工作情况统计表",
        stat_form.FORM,
        above={"twn_id": "填报单位", "filed_on": "上报日期"},
        levels={
            "panel.formed": ("评议", "成立评议团数"),
            "panel.met": ("评议", "召开评议会数"),
            "calls.registered": ("群众异议", "异议登记数"),
            "calls.closed": ("群众异议", "异议办结数"),
            "money.involved": ("资金", "涉及资金"),
            "money.recovered": ("资金", "追缴资金"),
        },
        rows=3,
        height=36,
        prefilled={"kind": ("城市", "农村", "合计")},
        notes=("5月10日前连同自查自纠小结报市民政局", "合计行应等于城市、农村两行之和，没有的填0，不留空"),
    ),
    BlankForm(
        "低保工作评议团名册",
        panels.FORM,
        above={"": "乡镇", "vil_id": "村（居）"},
        rows=24,
        height=16.5,
        notes=(
            "评议团不少于20人，村（居）民代表须占三分之二以上",
            "是否到会在评议会当天填写，到会人员须签到",
            "身份证号可以不填，填写的须为18位",
        ),
    ),
    BlankForm(
        "公示栏检查记录",
        postings.FORM,
        above={"": "乡镇"},
        levels={
            "tel3.civil": ("公布电话", "民政局"),
            "tel3.supervision": ("公布电话", "监察局"),
            "tel3.petitions": ("公布电话", "信访局"),
        },
        notes=(
            "公示地点填村（居）委会全称，公示栏设在自然村的再填自然村名",
            "低保对象公示栏、退保对象公示栏分别填一行，公示栏应保留一年",
            "照片栏填照片的文件名",
        ),
        rows=18,
        signatures=("检查人（签字）", "村（居）陪同人（签字）"),
    ),
    BlankForm(
        "来电来访异议登记表",
        complaints.FORM,
        above={"": "登记单位"},
        height=36,
        rows=11,
        notes=("来电、来访、来信逐一登记，编号不重复", "复核后须再次公榜的，填写再次公榜日期", _CHOICES),
        signatures=("登记人", "审核人"),
    ),
    BlankForm(
        "入户核查表",
        visits.FORM,
        above={"": "乡镇"},
        rows=11,
        height=36,
        notes=(
            "每户一行，核查人员不少于两人，姓名之间用顿号分开",
            "核实收入按全家每月填写，本人确认领取金额按其所说一次领取的数额填写",
            "大件财产、不符项有多项的用顿号分开",
            _IDS,
        ),
        signatures=("核查人（签字）", "陪同人（签字）"),
    ),
    BlankForm(
        "低保听证会记录",
        hearings.FORM,
        above={"": "乡镇"},
        levels={
            "att_recip": ("到会人数", "低保对象到会人数"),
            "att_panel": ("到会人数", "评议团成员到会人数"),
            "att_rep": ("到会人数", "村民代表到会人数"),
            "vote.agree": ("表决", "同意"),
            "vote.disagree": ("表决", "不同意"),
            "vote.abstain": ("表决", "弃权"),
        },
        rows=4,
        height=90,
        notes=(
            "每场听证会一行，低保对象、评议团成员、村民代表三方均须有人到会",
            "听证对象有几户的，低保证号之间用顿号分开",
        ),
        signatures=("主持人（签字）", "记录人（签字）"),
    ),
    BlankForm(
        "问题整改台账",
        rectifications.FORM,
        above={"": "填报单位"},
        height=36,
        rows=10,
        totals=("amt", "recovered"),
        notes=("一个问题一行，逐项整改、逐项销号", "复核人不得是责任人本人", _CHOICES),
    ),
    BlankForm(
        "低保对象公示栏",
        households.FORM,
        columns=(*map(households.FORM.field, ("head", "kind", "covered", "base", "total", "start")), _NOTE),
        above={"": "乡镇", "vil_id": "村（居）"},
        rows=22,
        height=18.5,
        totals=("covered", "total"),
        notes=("公示栏保留一年，不得公示身份证号、银行账号和联系电话",),
        signatures=("民政局电话", "监察局电话", "信访局电话", "公示起止日期"),
        posted=True,
    ),
    BlankForm(
        "退保公示栏",
        exits.FORM,
        columns=(households.FORM.field("head"), *map(exits.FORM.field, ("exit_on", "reason", "route")), _NOTE),
        above={"": "乡镇", "vil": "村（居）"},
        rows=22,
        height=18.5,
        notes=("公示栏保留一年，不得公示身份证号、银行账号和联系电话",),
        signatures=("民政局电话", "监察局电话", "信访局电话", "公示起止日期"),
        posted=True,
    ),
)
