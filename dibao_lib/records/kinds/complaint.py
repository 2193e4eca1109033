"""异议登记: an objection as it came in, its recheck and the second posting (R53, R70)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.records.form import Field, RecordForm

_RECHECKED = ("recheck", tuple(vocabulary.SUBSTANTIATED))


def _order(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if data["on"] and data["recheck_on"] and data["recheck_on"] < data["on"]:
        yield "recheck_on", "复核日期早于登记日期，请核对"
    if data["reposted"] and not data["recheck_on"]:
        yield "reposted", "还没有复核，不能再次公榜；请先填写复核结果和日期"
    if data["recheck_on"] and data["reposted"] and data["reposted"] < data["recheck_on"]:
        yield "reposted", "再次公榜日期早于复核日期，请核对"


FORM = RecordForm(
    kind="complaint",
    title="来电来访异议登记表",
    clause="R53、R70",
    table="complaints",
    key=("no",),
    rules=(_order,),
    fields=(
        Field("no", "登记号", "text", required=True),
        Field("on", "登记日期", "date", required=True),
        Field("via", "渠道", "choice", required=True, choices=tuple(vocabulary.COMPLAINT_VIA)),
        Field("anonymous", "是否匿名", "flag", required=True, hint="匿名来电同样登记、同样答复"),
        Field("about", "反映对象", "text"),
        Field("hh_id", "低保证号", "text", hint="反映的是在册低保户时填写"),
        Field("place", "乡镇、村（居）", "text", hint="未在册的写明住址"),
        Field("content", "反映内容", "longtext", required=True),
        Field("recheck", "复核结果", "choice", choices=tuple(vocabulary.SUBSTANTIATED), hint="未复核的暂不选"),
        Field("recheck_on", "复核日期", "date", required=True, relevant=_RECHECKED),
        Field("finding", "复核情况", "longtext", required=True, relevant=_RECHECKED),
        Field("reposted", "再次公榜日期", "date"),
        Field("handler", "承办人", "text", required=True),
        Field("files", "附件", "files"),
    ),
)
