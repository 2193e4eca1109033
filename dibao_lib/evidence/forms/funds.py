"""资金台账: one row per movement of dibao money, in or out (R21, R24)."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="funds",
    title="资金台账",
    title_words=("资金台账", "资金收支", "专账"),
    marks=("date", "in_amt", "out_amt"),
    fields=(
        Field("twn_id", "乡镇", ("乡镇(街道)", "填报单位"), Kind.TOWNSHIP),
        Field("date", "日期", ("拨付日期", "记账日期"), Kind.DATE, required=True),
        Field("src", "资金来源", ("来源渠道",), Kind.CHOICE, choices=vocabulary.FUND_SOURCE, open=True),
        Field("in_amt", "拨入", ("拨入金额", "收入金额"), Kind.MONEY, unit="元"),
        Field("out_amt", "拨出", ("支付", "拨出金额", "支付金额", "支出金额"), Kind.MONEY, unit="元"),
        Field("payee", "收款单位", ("收款人",), private=True),
        Field("use", "用途", ("摘要",)),
        Field("bal", "余额", ("结余",), Kind.MONEY, unit="元"),
    ),
)
