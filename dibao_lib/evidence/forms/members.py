"""家庭成员表: one row per household member."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Block, Field, Form, Kind

FORM = Form(
    table="members",
    title="家庭成员表",
    title_words=("人员查询", "家庭成员", "低保人员"),
    marks=("hh_id", "name", "pid"),
    block=Block("hh_id", "rel", "本人"),
    fields=(
        CERTIFICATE,
        Field(
            "pid", "身份证号", ("成员身份证号", "身份证号码", "公民身份号码", "证件号码"), kind=Kind.PID, private=True
        ),
        Field("name", "姓名", ("成员姓名", "家庭成员姓名"), required=True, private=True, kind=Kind.NAME),
        Field("rel", "与户主关系", ("与申请人关系", "关系"), kind=Kind.CHOICE, choices=vocabulary.RELATION, open=True),
        Field("sex", "性别", kind=Kind.CHOICE, choices=vocabulary.SEX),
        Field("dob", "出生日期", kind=Kind.DATE),
        Field("is_cov", "是否保障", ("是否享受", "是否低保对象", "是否保障对象"), kind=Kind.BOOL),
        Field("labor", "劳动能力", kind=Kind.CHOICE, choices=vocabulary.LABOR, open=True),
        Field("health", "健康状况", ("患病病种", "是否重病"), kind=Kind.CHOICE, choices=vocabulary.HEALTH, open=True),
        Field("dis_no", "残疾证号", kind=Kind.CODE, private=True),
        Field("dis_lvl", "残疾等级", kind=Kind.CHOICE, choices=vocabulary.DISABILITY_LEVEL),
        Field("work", "就业状况", ("在职单位名称",)),
        Field("school", "在读学校名称", ("是否在校",)),
        Field("inc", "年收入", ("个人年收入",), kind=Kind.MONEY, unit="元/年"),
    ),
)
