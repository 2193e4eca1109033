"""低保金发放明细: one row per payment to a household."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="payments",
    title="低保金发放明细",
    title_words=("发放", "打卡"),
    marks=("hh_id", "period", "amt"),
    fields=(
        Field(
            "hh_id",
            "低保证号",
            ("家庭编号", "低保(特困)证号", "证号", "户编号"),
            kind=Kind.CODE,
            required=True,
            private=True,
        ),
        Field("head", "户主姓名", ("姓名",), private=True, kind=Kind.NAME),
        Field("pid", "身份证号", ("身份证号码", "户主身份证号", "公民身份号码"), kind=Kind.PID, private=True),
        Field("period", "发放月份", ("发放时间", "所属月份", "季度"), kind=Kind.MONTH, required=True, titled=True),
        Field("paid_on", "发放日期", ("到账日期", "批次日期"), kind=Kind.DATE),
        Field(
            "kind",
            "类别",
            ("城乡类别", "救助类型", "低保类别"),
            kind=Kind.CHOICE,
            choices=vocabulary.AREA_KIND,
            titled=True,
        ),
        Field(
            "amt",
            "发放金额",
            ("低保金", "实发金额", "金额", "发放金额(元)"),
            kind=Kind.MONEY,
            required=True,
            unit="元",
            plausible=vocabulary.MONTHLY,
        ),
        Field("other", "其他补贴金额", ("价格补贴", "临时补贴"), kind=Kind.MONEY, unit="元"),
        Field("ptype", "发放类型", kind=Kind.CHOICE, choices=vocabulary.PAYMENT_TYPE),
        Field("acct", "银行账号", ("一卡通账号",), kind=Kind.CODE, private=True),
        Field("acct_name", "户名", private=True, kind=Kind.NAME),
        Field("mode", "发放方式", kind=Kind.CHOICE, choices=vocabulary.PAYMENT_MODE, open=True),
        Field("collector", "代领人", ("领款人",), private=True, kind=Kind.NAME),
        Field("ret", "退票标志", ("发放结果",), kind=Kind.CHOICE, choices=vocabulary.PAYMENT_RESULT),
    ),
)
