"""会议与里程碑: a meeting held or a deadline met, when, by whom and with what proof (R26-R33, R43, R55-R67)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule
from dibao_lib.units import chinese_date

_ITEMS = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "其他会议")
_MEETING = ("sort", ("会议",))


def _under(plan: Plan) -> tuple[Rule, ...]:
    due = {one.id: one.due for one in plan.milestones}

    def explained_delay(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        last = due.get(data["milestone"])
        if last and data["on"] and dt.date.fromisoformat(data["on"]) > last and not data["note"]:
            yield "note", f"{data['milestone']}的时限是{chinese_date(last)}，迟于时限的请写明原因"

    return (explained_delay,)


FORM = RecordForm(
    kind="milestone",
    title="会议与里程碑记录",
    clause="R26-R33、R43、R55-R67",
    table=None,
    key=("twn_id", "milestone", "on"),
    under=_under,
    fields=(
        Field("twn_id", "乡镇（街道）代码", "shown", hint="市一级的没有"),
        Field("place", "乡镇（街道）", "shown"),
        Field("sort", "类别", "choice", required=True, choices=("会议", "报送", "完成")),
        Field("milestone", "对应时限", "choice", required=True, choices=_ITEMS),
        Field("title", "名称", "text", required=True),
        Field("on", "日期", "date", required=True),
        Field("venue", "地点", "text", relevant=_MEETING),
        Field("host", "主持人", "text", required=True, relevant=_MEETING),
        Field("present", "到会人数", "int", required=True, relevant=_MEETING),
        Field("content", "主要内容", "longtext", required=True, relevant=_MEETING),
        Field("note", "说明", "longtext"),
        Field("files", "附件（签到表、记录、照片、报送件）", "files"),
    ),
)
