"""乡镇工作事项: what a township must show for itself, item by item, with the proof seen (R08 … R73)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule

_STATES = ("已落实", "部分落实", "未落实", "未查")
_JUDGED = _STATES[:3]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to see in a township office: its clause, what it is and what proves it."""

    clause: str
    item: str
    proof: str


ITEMS = (
    Item("R08", "保障标准能满足困难群众基本生活", "走访困难群众的记录"),
    Item("R12", "成立家庭收入联合调查核算小组", "成立小组的文件、成员名单"),
    Item("R18", "低保制度健全，与省、市要求一致并有创新", "制度文本"),
    Item("R19", "社会救助信息网络畅通", "现场登录、查询一户"),
    Item("R27", "参加全市业务会议，传达实施方案", "会议签到、传达记录"),
    Item("R28", "层层动员", "动员会记录、照片"),
    Item("R28", "制定本乡镇具体实施方案", "方案文本"),
    Item("R28", "成立领导小组", "文件"),
    Item("R28", "指定责任人", "文件或分工表"),
    Item("R29", "成立核查小组，由乡镇领导带队逐户排查", "小组名单、逐户排查表"),
    Item("R30", "组织学习文件，开展宣传教育", "学习记录、宣传资料"),
    Item("R68", "党委政府统一领导，责任到人", "责任分解表"),
    Item("R70", "拓宽诉求渠道，群众反映的问题逐条整改", "登记簿、答复记录"),
    Item("R71", "有人办事：专（兼）职工作人员到位", "岗位文件，实有人数写入说明"),
    Item("R71", "有钱办事：工作经费落实", "预算或拨款凭证，金额写入说明"),
    Item("R73", "建立群众利益维护和保障的长效机制", "制度文本"),
)


def given_items() -> list[dict[str, str]]:
    """The rows a blank form opens with."""
    return [{"clause": one.clause, "item": one.item, "proof_asked": one.proof} for one in ITEMS]


def _under(plan: Plan) -> tuple[Rule, ...]:
    def known_clauses(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for place, row in enumerate(data["items"]):
            if row["clause"] and row["clause"] not in plan.clauses:
                yield f"items.{place}.clause", f"方案中没有{row['clause']}，请从任务清单重新打开这张表"

    return (known_clauses,)


FORM = RecordForm(
    kind="township_item",
    title="乡镇工作事项检查表",
    clause="R08、R12、R18、R19、R27-R30、R68、R70、R71、R73",
    table=None,
    key=("twn_id",),
    under=_under,
    fields=(
        Field("twn_id", "乡镇（街道）代码", "shown", required=True),
        Field("place", "乡镇（街道）", "shown"),
        Field("on", "检查日期", "date", required=True),
        Field("team", "检查人员", "people", required=True),
        Field(
            "items",
            "逐项检查",
            "table",
            required=True,
            columns=(
                Field("clause", "条款", "shown", required=True),
                Field("item", "事项", "shown", required=True),
                Field("proof_asked", "应查看", "shown"),
                Field("state", "落实情况", "choice", required=True, choices=_STATES),
                Field(
                    "proof",
                    "看到的材料（名称、文号、日期）",
                    "text",
                    required=True,
                    relevant=("state", ("已落实", "部分落实")),
                ),
                Field("since", "落实日期", "date", relevant=("state", ("已落实", "部分落实"))),
                Field("note", "说明", "longtext", required=True, relevant=("state", ("部分落实", "未落实", "未查"))),
                Field("files", "附件", "files", relevant=("state", _JUDGED)),
            ),
        ),
        Field("opinion", "总体意见", "longtext"),
        Field("sign", "乡镇（街道）负责人是否签名", "flag", required=True),
    ),
)
