"""低保信息系统导出名册: one row per household as the rescue information system holds it (R19, R20).

The bureau exports it; it is the third list beside a township's register and its payment lists.
"""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.certificate import CERTIFICATE
from dibao_lib.evidence.form import Field, Form, Kind

FORM = Form(
    table="system_export",
    title="低保信息系统导出名册",
    title_words=("信息系统导出", "系统导出"),
    marks=("hh_id", "exported_on"),
    fields=(
        CERTIFICATE,
        Field("kind", "类别", ("城乡类别", "救助类型"), Kind.CHOICE, choices=vocabulary.AREA_KIND),
        Field("twn_id", "乡镇", ("乡镇(街道)", "所属街道", "所属街"), Kind.TOWNSHIP),
        Field("vil_id", "村(居)", ("村(居)委会", "所属社区", "所属社"), Kind.VILLAGE),
        Field("head", "户主姓名", ("户主", "申请人"), Kind.NAME, private=True),
        Field("covered", "保障人口", ("保障人口数", "保障人数"), Kind.INT),
        Field("total", "合计", ("月发放金额", "户月合计"), Kind.MONEY, unit="元/户·月"),
        Field("status", "状态", ("享受状态", "救助状态"), Kind.CHOICE, choices=vocabulary.HOUSEHOLD_STATUS),
        Field(
            "exported_on",
            "导出日期",
            ("系统导出日期", "导出时间"),
            Kind.DATE,
            absent="这份名册没有导出日期，不知道是哪个月的名单，不能与台账、发放表比对。请在标题行写明“导出日期：2011年5月20日”后重新导入",
        ),
    ),
)
