"""基层干部名册: one row per cadre on the roster."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="cadres",
    title="基层干部名册",
    title_words=("干部名册",),
    marks=("cad_pid", "cad", "post"),
    fields=(
        Field(
            "cad_pid",
            "身份证号",
            ("身份证号码", "公民身份号码", "干部身份证号"),
            kind=Kind.PID,
            required=True,
            private=True,
        ),
        Field("cad", "姓名", ("干部姓名",), private=True, kind=Kind.NAME),
        Field("twn_id", "乡镇", ("所在乡镇", "乡镇(街道)"), kind=Kind.TOWNSHIP),
        Field("vil_id", "村(居)", ("村(居)委会", "村居", "所在村"), kind=Kind.VILLAGE),
        Field("post", "职务", ("单位及职务",)),
        Field("lvl", "级别", kind=Kind.CHOICE, choices=vocabulary.CADRE_LEVEL, open=True),
    ),
)
