"""退保(停发)名册: one row per household removed."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="exits",
    title="退保(停发)名册",
    title_words=("退保", "停发"),
    marks=("hh_id", "exit_on"),
    fields=(
        CERTIFICATE,
        Field("pid", "身份证号", ("身份证号码", "户主身份证号"), kind=Kind.PID, private=True),
        Field("exit_on", "退保日期", ("停发月份", "清退时间"), kind=Kind.DATE),
        Field(
            "reason", "退保原因", ("停保原因", "清退原因"), kind=Kind.CHOICE, choices=vocabulary.EXIT_REASON, open=True
        ),
        Field("route", "退保方式", kind=Kind.CHOICE, choices=vocabulary.EXIT_ROUTE),
        Field("amount_back", "追缴金额", kind=Kind.MONEY, unit="元"),
    ),
)
