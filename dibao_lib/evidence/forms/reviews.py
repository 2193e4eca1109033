"""低保对象评议结果汇总表: one row per household voted on."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="reviews",
    title="低保对象评议结果汇总表",
    title_words=("评议结果",),
    marks=("hh_id", "agree", "disagree"),
    fields=(
        Field("vil_id", "村(居)", ("村(居)委会", "村居", "村名", "行政村"), kind=Kind.VILLAGE, required=True),
        Field("met_on", "评议日期", ("评议会时间",), kind=Kind.DATE),
        CERTIFICATE,
        Field("head", "户主姓名", ("低保对象",), private=True, kind=Kind.NAME),
        Field("present", "到会人数", ("评议人数量", "评议总人数", "应到/实到"), kind=Kind.INT),
        Field("agree", "同意人数", ("符合票数", "赞成票"), kind=Kind.INT),
        Field("disagree", "不同意人数", ("不符合票数", "反对票"), kind=Kind.INT),
        Field("abstain", "弃权票", ("弃权",), kind=Kind.INT),
        Field("result", "评议意见", ("评议结果",), kind=Kind.CHOICE, choices=vocabulary.VERDICT),
        Field("note", "评议内容", ("理由", "备注")),
        Field("sig_rep", "村(居)民代表签名", kind=Kind.BOOL),
        Field("sig_dir", "村(居)委会主任签名", kind=Kind.BOOL),
        Field("sig_twn", "乡镇挂点领导签名", kind=Kind.BOOL),
    ),
)
