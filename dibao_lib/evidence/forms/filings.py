"""基层干部及其亲属享受低保待遇情况备案表: one row per filing of a cadre (nil returns too) and, if any, one relative."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="filings",
    title="基层干部及其亲属享受低保待遇情况备案表",
    title_words=("备案",),
    marks=("cad_pid", "cad", "nil"),
    fields=(
        Field(
            "cad_pid",
            "干部身份证号",
            ("填报人身份证号", "工作人员身份证号"),
            kind=Kind.PID,
            required=True,
            private=True,
        ),
        Field("cad", "干部姓名", ("填报人", "工作人员姓名"), private=True, kind=Kind.NAME),
        Field("unit", "工作单位"),
        Field("post", "职务"),
        Field("nil", "有无亲属享受", kind=Kind.BOOL, choices=vocabulary.NO_RELATIVES),
        Field("rel_name", "享受低保亲属姓名", ("救助对象姓名", "近亲属"), private=True, kind=Kind.NAME),
        Field("rel_pid", "亲属身份证号", kind=Kind.PID, private=True),
        Field("relation", "与干部关系", ("关系",), kind=Kind.CHOICE, choices=vocabulary.KINSHIP, open=True),
        Field("hh_id", "低保证号", ("低保(特困)证号", "证号"), kind=Kind.CODE, private=True),
        Field("kind", "享受类别", kind=Kind.CHOICE, choices=vocabulary.AREA_KIND),
        Field("persons", "享受人数", ("家庭人口",), kind=Kind.INT),
        Field("amt", "月享受金额", kind=Kind.MONEY, unit="元/月"),
        Field("since", "开始享受时间", kind=Kind.MONTH),
        Field("verdict", "是否符合条件", ("核查意见", "乡镇意见"), kind=Kind.CHOICE, choices=vocabulary.VERDICT),
        Field("action", "处理结果", kind=Kind.CHOICE, choices=vocabulary.FILING_ACTION),
        Field("filed_on", "填报日期", ("填表日期",), kind=Kind.DATE),
        Field("signed", "本人签名", kind=Kind.BOOL),
    ),
)
