"""低保工作评议团名册: one row per panel member of a village."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="panels",
    title="低保工作评议团名册",
    title_words=("评议团",),
    marks=("name", "role"),
    fields=(
        Field("vil_id", "村(居)", ("村(居)委会", "村居", "村名", "行政村"), kind=Kind.VILLAGE, required=True),
        Field("name", "姓名", ("评议员",), required=True, private=True, kind=Kind.NAME),
        Field("pid", "身份证号", ("身份证号码",), kind=Kind.PID, private=True),
        Field("role", "身份", ("成员类别",), kind=Kind.CHOICE, choices=vocabulary.PANEL_ROLE, open=True),
        Field("present", "是否到会", ("签到",), kind=Kind.BOOL),
        Field("phone", "联系电话", private=True, kind=Kind.CODE),
    ),
)
