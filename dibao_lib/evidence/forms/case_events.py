"""审批流程记录: one row per household, with the dates of its four steps."""

from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="case_events",
    title="审批流程记录",
    title_words=("审批",),
    marks=("hh_id", "apply", "approve"),
    fields=(
        CERTIFICATE,
        Field("apply", "申请日期", kind=Kind.DATE),
        Field("review", "村(居)评议日期", ("评议日期",), kind=Kind.DATE),
        Field("post1", "公示开始日期", ("初审公示",), kind=Kind.DATE),
        Field("post1_end", "公示结束日期", kind=Kind.DATE),
        Field("twn_review", "乡镇评审日期", ("审核日期",), kind=Kind.DATE),
        Field("approve", "县级审批日期", ("审批时间", "审批日期"), kind=Kind.DATE),
        Field("agent", "经办人", private=True, kind=Kind.NAME),
        Field("principal", "负责人", ("低保局负责人", "民政局负责人"), private=True, kind=Kind.NAME),
        Field("guests", "参与代表", ("邀请代表",), kind=Kind.LIST, private=True),
    ),
)
