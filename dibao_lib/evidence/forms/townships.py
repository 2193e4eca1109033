"""乡镇(街道)名册: one row per township or street."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="townships",
    title="乡镇(街道)名册",
    title_words=("乡镇名册", "街道名册"),
    marks=("twn_id", "twn"),
    fields=(
        Field("twn_id", "乡镇代码", ("行政区划代码", "区划编码", "所属街道代码"), kind=Kind.AREA, required=True),
        Field("twn", "乡镇", ("乡镇(街道)", "所属街道", "所属街", "镇", "单位"), required=True),
        Field("twn_type", "类型", ("乡/镇/街道/场",), kind=Kind.CHOICE, choices=vocabulary.TOWNSHIP_TYPE, open=True),
        Field("leader", "挂点领导", ("挂点乡镇领导", "包乡领导"), private=True, kind=Kind.NAME),
        Field("zone_leader", "分片负责人", ("民政局分片领导",), private=True, kind=Kind.NAME),
        Field("group_no", "核查小组", ("核查组", "组别"), kind=Kind.INT),
    ),
)
