"""入户核查表(工作底稿): one row per home visit (R29, R62)."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="visits",
    title="入户核查表",
    title_words=("入户核查", "入户调查"),
    marks=("hh_id", "on", "found"),
    fields=(
        CERTIFICATE,
        Field("on", "核查日期", ("入户日期",), Kind.DATE),
        Field("team", "核查人员", ("入户人员",), Kind.LIST, private=True),
        Field("found", "是否见到本人", ("户人情况",), Kind.CHOICE, choices=vocabulary.FOUND),
        Field("income", "核实收入", ("核实月收入",), Kind.MONEY, unit="元/月"),
        Field("house", "住房", ("住房情况",)),
        Field("assets", "大件财产", ("家庭财产",), Kind.LIST),
        Field("book", "存折(卡)由谁保管", ("存折保管人",), Kind.CHOICE, choices=vocabulary.BOOK_KEEPER),
        Field("got", "本人确认领取金额", ("确认领取金额",), Kind.MONEY, unit="元"),
        Field("known", "是否知晓标准与公示", ("是否知晓",), Kind.BOOL),
        Field("diff", "与台账不符项", ("不符项",), Kind.LIST, private=True),
        Field("view", "初步意见", (), Kind.CHOICE, choices=vocabulary.VISIT_VIEW),
        Field("sign", "被访人签名", (), Kind.BOOL),
        Field("photo", "照片", ("附件",)),
    ),
)
