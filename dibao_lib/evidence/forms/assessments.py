"""家庭经济状况核定表: one row per income determination of a household."""

from fractions import Fraction

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="assessments",
    title="家庭经济状况核定表",
    title_words=("核定", "经济状况"),
    marks=("hh_id", "date", "total"),
    fields=(
        CERTIFICATE,
        Field("date", "核定日期", ("调查日期", "入户时间", "复核日期"), kind=Kind.DATE),
        Field("wage", "工资性收入", kind=Kind.MONEY, unit="元/年"),
        Field("oper", "生产经营性收入", ("家庭经营收入", "经营净收入"), kind=Kind.MONEY, unit="元/年"),
        Field("prop", "财产性收入", ("财产净收入",), kind=Kind.MONEY, unit="元/年"),
        Field("trans", "转移性收入", ("其他转移性收入",), kind=Kind.MONEY, unit="元/年"),
        Field("deduct", "刚性支出扣减", kind=Kind.MONEY, unit="元/年"),
        Field(
            "total",
            "核定总收入",
            ("家庭月总收入",),
            kind=Kind.MONEY,
            scales={"家庭月总收入": Fraction(12)},
            unit="元/年",
        ),
        Field("pci", "月人均", kind=Kind.MONEY, unit="元/人·月"),
        Field("living", "实际生活水平评估", ("生活状况",)),
        Field("surveyors", "调查人员", ("核算小组成员", "调查负责人"), kind=Kind.LIST, private=True),
        Field("result", "调查结果", ("核查结果",), kind=Kind.CHOICE, choices=vocabulary.VERDICT),
    ),
)
