"""低保听证会记录: one row per hearing (R60, R61)."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="hearings",
    title="低保听证会记录",
    title_words=("听证",),
    marks=("hear_id", "on", "conclusion"),
    fields=(
        Field("hear_id", "编号", ("听证编号",), Kind.CODE, required=True),
        Field("vil_id", "地点", ("村(居)", "村(居)委会", "村居", "听证地点"), Kind.VILLAGE),
        Field("on", "时间", ("听证日期", "听证时间"), Kind.DATE),
        Field("host", "主持人", (), Kind.NAME, private=True),
        Field("clerk", "记录人", (), Kind.NAME, private=True),
        Field("group_no", "核查小组", ("核查组", "组别"), Kind.INT),
        Field("att_recip", "低保对象到会人数", (), Kind.INT),
        Field("att_panel", "评议团成员到会人数", ("评议团到会人数",), Kind.INT),
        Field("att_rep", "村民代表到会人数", ("代表到会人数", "村(居)民代表到会人数"), Kind.INT),
        Field("case_hh", "听证对象(低保证号)", ("低保证号",), Kind.LIST),
        Field("statement", "陈述要点", ("本人陈述",), private=True),
        Field("opinions", "各方意见", (), private=True),
        Field("vote.agree", "表决同意", ("同意票数", "同意人数"), Kind.INT),
        Field("vote.disagree", "表决不同意", ("不同意票数", "不同意人数"), Kind.INT),
        Field("vote.abstain", "表决弃权", ("弃权票数", "弃权人数"), Kind.INT),
        Field("conclusion", "听证结论", ("结论",), Kind.CHOICE, choices=vocabulary.HEARING_CONCLUSION),
        Field("signatures", "签名", ("是否签名",), Kind.BOOL),
        Field("attach", "附件", ("录音", "照片")),
    ),
)
