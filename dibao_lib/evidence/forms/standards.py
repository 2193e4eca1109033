"""保障标准表: one row per standard with its dates."""

from fractions import Fraction

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="standards",
    title="保障标准表",
    title_words=("保障标准",),
    marks=("kind", "effective", "std"),
    fields=(
        Field(
            "kind",
            "类别",
            ("城乡类别", "救助类型", "保障类型"),
            kind=Kind.CHOICE,
            required=True,
            choices=vocabulary.AREA_KIND,
            titled=True,
        ),
        Field("area", "适用范围"),
        Field("effective", "执行日期", ("生效日期", "起始年月"), kind=Kind.DATE, required=True),
        Field("expiry", "终止日期", kind=Kind.DATE),
        Field(
            "std",
            "保障标准",
            ("低保标准", "月保障标准", "年保障标准"),
            kind=Kind.MONEY,
            required=True,
            scales={"年保障标准": Fraction(1, 12)},
            unit="元/人·月",
            plausible=vocabulary.INCOME,
        ),
        Field("floor", "省定标准", ("省指导标准", "最低标准"), kind=Kind.MONEY, unit="元/人·月"),
        Field("subsidy_avg", "月人均补差", ("人均补差", "省定补差"), kind=Kind.MONEY, unit="元/人·月"),
        Field("doc_no", "文号", ("发文字号",)),
        Field("issuer", "发文机关"),
        Field("issued", "发文日期", kind=Kind.DATE),
        Field("published", "公布日期", ("公告日期",), kind=Kind.DATE),
        Field("survey", "调研测算材料", kind=Kind.BOOL),
        Field("consult", "征求意见材料", kind=Kind.BOOL),
    ),
)
