"""来电来访异议登记表: one row per objection, with its recheck and second posting (R53, R70)."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="complaints",
    title="来电来访异议登记表",
    title_words=("异议登记", "来电来访", "来信来访"),
    marks=("no", "on", "content"),
    fields=(
        Field("no", "编号", ("登记号",), Kind.CODE, required=True),
        Field("on", "登记日期", ("来电时间", "来访日期"), Kind.DATE),
        Field("via", "渠道", ("反映渠道", "来源"), Kind.CHOICE, choices=vocabulary.COMPLAINT_VIA, open=True),
        Field("about", "反映对象", ("被反映人",), Kind.NAME, private=True),
        Field("hh_id", "低保证号", ("低保(特困)证号", "证号", "家庭编号", "户编号"), Kind.CODE, private=True),
        Field("content", "反映内容", ("反映问题",), private=True),
        Field("recheck", "复核结果", ("核查情况",), Kind.CHOICE, choices=vocabulary.SUBSTANTIATED),
        Field("recheck_on", "复核日期", ("核查日期",), Kind.DATE),
        Field("reposted", "再次公榜日期", ("重新公示日期",), Kind.DATE),
        Field("handler", "承办人", ("经办人",), Kind.NAME, private=True),
    ),
)
