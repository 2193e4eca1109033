"""入户核查: what two visitors saw at a household's door, before the register's figures were shown (R25, R29, R62)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule
from dibao_lib.units import yuan

# the visitor could speak with the household
_MET = ("found", ("户在人在",))
_NOT_MET = ("found", ("人户分离", "外出", "拒访", "查无此户", "死亡"))
_ASSETS = ("汽车", "摩托车", "农机", "商铺", "城镇住房", "大额存款", "贵重家电", "没有大件财产")

# (what is compared, typed field, shown field, unit)
_COMPARED = (
    ("家庭人口", "people", "register_people", "人"),
    ("家庭月收入", "income", "register_income", "元"),
    ("领取金额", "got", "register_amount", "元"),
)


def differences(data: Mapping[str, Any]) -> list[str]:
    """What was seen against what the register says, one phrase for each figure that differs; amounts in yuan.

    A figure nobody asked, or the register does not have, is not compared.
    """
    found = []
    for title, typed, shown, unit in _COMPARED:
        seen, listed = data.get(typed), data.get(shown)
        if isinstance(seen, int) and isinstance(listed, int) and seen != listed:
            told = [yuan(value) if unit == "元" else str(value) for value in (seen, listed)]
            found.append(f"{title}：核实{told[0]}{unit}，台账{told[1]}{unit}")
    return found


def _derive(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"diff": differences(data)}


def _consistent(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "没有大件财产" in data["assets"] and len(data["assets"]) > 1:
        yield "assets", "选了“没有大件财产”，就不能再选其他财产"
    if data["found"] == "死亡" and data["view"] == "保留":
        yield "view", "户主死亡而意见为“保留”：户内还有其他保障对象的，请选“调整”"
    if data["found"] == "查无此户" and data["view"] in {"保留", "调整"}:
        yield "view", f"查无此户，初步意见不能是“{data['view']}”，请选“退出”或“待查”"


def _under(plan: Plan) -> tuple[Rule, ...]:
    fewest = plan.number("survey_minimum", plan.date("campaign_start"))

    def enough_visitors(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if data["team"] and len(data["team"]) < fewest:
            yield "team", f"入户核查至少{fewest}人，现填{len(data['team'])}人"

    def within_campaign(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        start = plan.date("campaign_start")
        if data["on"] and dt.date.fromisoformat(data["on"]) < start:
            yield "on", f"核查日期早于专项治理开始日（{start.isoformat()}），请核对年份"

    return enough_visitors, within_campaign


FORM = RecordForm(
    kind="visit",
    title="入户核查表",
    clause="R29、R62",
    table="visits",
    key=("hh_id",),
    derive=_derive,
    rules=(_consistent,),
    under=_under,
    fields=(
        Field("hh_id", "低保证号", "shown", required=True),
        Field("head", "户主", "shown"),
        Field("place", "乡镇、村（居）", "shown"),
        Field("leads", "待核实的线索", "shown"),
        Field("on", "核查日期", "date", required=True),
        Field("team", "核查人员", "people", required=True, hint="至少两人，用顿号隔开"),
        Field("found", "入户情况", "choice", required=True, choices=tuple(vocabulary.FOUND), hint="没有见到人也是结果"),
        Field("inquiry", "未见到本人：向谁了解、怎样核实", "longtext", required=True, relevant=_NOT_MET),
        Field(
            "people",
            "实际共同生活人口",
            "int",
            required=True,
            relevant=_MET,
            blind=("register_people", "diff", "self_view"),
        ),
        Field(
            "income",
            "核实的家庭月收入（元）",
            "money",
            required=True,
            relevant=_MET,
            hint="全家每月，没有收入填0",
            blind=("register_income", "diff", "self_view"),
        ),
        Field(
            "got",
            "本人确认的最近一次领取金额（元）",
            "money",
            required=True,
            relevant=_MET,
            hint="看存折或卡的流水，没有领到填0",
            blind=("register_amount", "diff", "self_view"),
        ),
        Field("register_people", "台账人口", "shown", unit="人"),
        Field("register_income", "台账家庭月收入", "shown", unit="元"),
        Field("register_amount", "台账最近一次发放金额", "shown", unit="元"),
        Field("self_view", "乡镇自查结论", "shown"),
        Field("diff", "与台账不符项（自动比较）", "shown"),
        Field("house", "住房", "text", relevant=_MET, hint="结构、面积、装修"),
        Field("assets", "大件财产", "choices", required=True, choices=_ASSETS, relevant=_MET),
        Field(
            "book",
            "存折（卡）由谁保管",
            "choice",
            required=True,
            choices=tuple(vocabulary.BOOK_KEEPER),
            relevant=_MET,
        ),
        Field("known", "是否知晓保障标准和公示", "flag", required=True, relevant=_MET),
        Field("view", "初步意见", "choice", required=True, choices=tuple(vocabulary.VISIT_VIEW)),
        Field("reason", "理由", "longtext", required=True, relevant=("view", ("调整", "退出", "待查", "意见不一"))),
        Field("sign", "被访人是否签名", "flag", required=True, relevant=_MET),
        Field("photo", "照片", "files"),
    ),
)
