"""问题与整改: one problem from lead to closure: judged, assigned, put right, proved (R63-R65, R72)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule

# 部分属实 is 属实 for the part that was confirmed
JUDGEMENTS = ("属实", "部分属实", "不属实", "待核")
UPHELD = ("属实", "部分属实")
# the plan's decision table in a few words each; the first two characters are the rule's id
DECISIONS = (
    "D1 不再追究责任",
    "D2 一律清退并上报",
    "D3 通报并严肃处理",
    "D4 自我检查、从重处理",
    "D5 顶风违纪，一起查处",
    "D6 清退或及时纳入",
    "D7 只清退明显不符合的",
)
_UPHELD = ("judgement", UPHELD)
_JUDGED = ("judgement", ("属实", "部分属实", "不属实"))


def rule_ids(data: Mapping[str, Any]) -> list[str]:
    """Ids of the disposition rules somebody adopted."""
    return [chosen[:2] for chosen in data["dispositions"]]


def _order(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if data["found_on"] and data["due"] and data["due"] < data["found_on"]:
        yield "due", "整改时限早于发现日期，请核对"
    if data["found_on"] and data["done_on"] and data["done_on"] < data["found_on"]:
        yield "done_on", "完成日期早于发现日期，请核对"
    if data["done_on"] and not data["proof"]:
        yield "proof", "填了完成日期，就要有佐证材料（文件、照片、凭证）"
    if data["proof"] and not data["done_on"]:
        yield "done_on", "有了佐证材料，请填写完成日期"
    if data["recovered"] is not None and data["amt"] is not None and data["recovered"] > data["amt"]:
        yield "recovered", "追缴金额大于涉及金额，请核对"


def _decided(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if data["dispositions"] and not data["decided_by"]:
        yield "decided_by", "采用了处理规则，请写明由谁审定；软件只提出建议，由人决定"
    chosen = rule_ids(data)
    if "D1" in chosen and {"D4", "D5"} & {*chosen}:
        yield "dispositions", "D1（不再追究）与D4、D5（从重、查处）不能同时采用，请选定一种"


def _under(plan: Plan) -> tuple[Rule, ...]:
    known = {one.id for one in plan.dispositions}

    def of_the_plan(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if unknown := sorted({*rule_ids(data)} - known):
            yield "dispositions", f"方案中没有处理规则{'、'.join(unknown)}，请改选"

    return (of_the_plan,)


FORM = RecordForm(
    kind="rectification",
    title="问题整改台账",
    clause="R63-R65、R72",
    table="rectifications",
    key=("fid",),
    rules=(_order, _decided),
    under=_under,
    fields=(
        Field("fid", "问题编号", "shown", required=True),
        Field("finding_id", "线索编号", "shown"),
        Field("twn_id", "乡镇（街道）代码", "shown", required=True),
        Field("place", "乡镇、村（居）", "shown"),
        Field("hh_id", "低保证号", "shown"),
        Field("head", "户主", "shown"),
        Field("check_id", "检查项", "shown"),
        Field("facts", "比对事实", "shown"),
        Field("what", "问题描述", "longtext", required=True),
        Field("basis", "定性依据", "text"),
        Field("households", "涉及户数", "int"),
        Field("persons", "涉及人数", "int"),
        Field("amt", "涉及金额（元）", "money"),
        Field("route", "发现途径", "choice", required=True, choices=tuple(vocabulary.FOUND_BY)),
        Field("found_on", "发现日期", "date", required=True),
        Field(
            "judgement", "核实结论", "choice", required=True, choices=JUDGEMENTS, hint="比对出来的只是线索，核实后才定"
        ),
        Field("judged_on", "核实日期", "date", required=True, relevant=_JUDGED),
        Field("judged_by", "核实人", "people", required=True, relevant=_JUDGED),
        Field("grounds", "核实情况", "longtext", required=True, relevant=_JUDGED),
        Field("advice", "处理建议（按方案）", "shown"),
        Field("dispositions", "采用的处理规则", "choices", choices=DECISIONS, relevant=_UPHELD),
        Field("decided_by", "审定人", "text", relevant=_UPHELD),
        Field("cadre", "涉及干部（姓名、职务）", "text", relevant=_UPHELD, hint="涉及干部控制、隐瞒或徇私的填写"),
        Field("opinion", "处理意见", "longtext", required=True, relevant=_UPHELD),
        Field("owner", "整改责任人", "text", required=True, relevant=_UPHELD),
        Field("due", "整改时限", "date", required=True, relevant=_UPHELD),
        Field("measures", "整改措施", "longtext", relevant=_UPHELD),
        Field("done_on", "完成日期", "date", relevant=_UPHELD),
        Field("proof", "佐证材料", "files", relevant=_UPHELD),
        Field("recovered", "追缴金额（元）", "money", relevant=_UPHELD),
        Field("disc", "追责情况", "choice", choices=tuple(vocabulary.DISCIPLINE), relevant=_UPHELD),
    ),
)


def state_of(data: Mapping[str, Any], *, closed: bool) -> str:
    """Where a problem stands: 待核, 不属实, 未整改, 整改中, 已整改 or 已销号.

    Args:
        data: the record, with `usable` answers.
        closed: a second person has approved what the record says now.
    """
    if data["judgement"] not in UPHELD:
        return "不属实" if data["judgement"] == "不属实" else "待核"
    if data["done_on"] and data["proof"]:
        return "已销号" if closed else "已整改"
    return "整改中" if data["measures"] else "未整改"
