"""基层干部及其亲属享受低保待遇情况统计表: one row per township (R33)."""

from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.pairs import households_and_persons

FORM = Form(
    table="stat_filings",
    title="基层干部及其亲属享受低保待遇情况统计表",
    title_words=("低保待遇情况统计", "亲属享受低保统计"),
    marks=("twn_id", "n_cad", "n_filed"),
    fields=(
        Field("twn_id", "乡镇", ("填报单位", "乡镇(街道)"), Kind.TOWNSHIP, required=True),
        Field("n_cad", "干部人数", ("应填报人数",), Kind.INT),
        Field("n_filed", "已填报人数", (), Kind.INT),
        *households_and_persons("n_cad_db", "干部本人享受"),
        *households_and_persons("n_rel_db", "亲属享受", ("干部亲属享受",)),
        *households_and_persons("n_ok", "符合条件", ("符合",)),
        *households_and_persons("n_out", "清退"),
        Field("amt_out", "涉及月金额", ("清退月金额",), Kind.MONEY, unit="元/月"),
        Field("filed_on", "上报日期", ("填报日期", "填表日期"), Kind.DATE),
    ),
)
