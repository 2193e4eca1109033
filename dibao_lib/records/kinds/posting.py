"""公示检查: one notice board as it was found hanging, or not (R49-R52)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.records.form import Field, RecordForm

_UP = ("up", ("是",))


def _days(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if data["from"] and data["to"] and data["to"] < data["from"]:
        yield "to", "公示截止日期早于起始日期，请核对"
    if data["from"] and data["seen_on"] and data["seen_on"] < data["from"]:
        yield "seen_on", "检查日期早于公示起始日期，请核对"


FORM = RecordForm(
    kind="posting",
    title="公示栏检查记录",
    clause="R49-R52",
    table="postings",
    key=("vil_id", "natural", "board"),
    rules=(_days,),
    fields=(
        Field("vil_id", "村（居）代码", "shown", required=True),
        Field("place", "乡镇、村（居）", "shown"),
        Field("natural", "自然村", "text", hint="行政村、社区的公示栏不填"),
        Field("board", "公示栏类型", "choice", required=True, choices=tuple(vocabulary.BOARD)),
        Field("seen_on", "检查日期", "date", required=True),
        Field("up", "公示栏是否上墙", "flag", required=True),
        Field("from", "公示起始日期", "date", required=True, relevant=_UP),
        Field("to", "公示截止日期", "date", relevant=_UP, hint="仍在公示的不填"),
        Field("format_ok", "是否全省统一格式", "flag", required=True, relevant=_UP),
        Field("tel_civil", "是否公布民政局电话", "flag", required=True, relevant=_UP),
        Field("tel_supervision", "是否公布监察局电话", "flag", required=True, relevant=_UP),
        Field("tel_petitions", "是否公布信访局电话", "flag", required=True, relevant=_UP),
        Field("n_list", "公示户数", "int", required=True, relevant=_UP, hint="当场数，不看台账"),
        Field("private", "是否公开了身份证号等隐私", "flag", required=True, relevant=_UP),
        Field("note", "说明", "longtext", required=True, relevant=("up", ("否",))),
        Field("photo", "照片", "files"),
    ),
)
