"""问题整改台账: one row per problem (R63).

columns.tsv calls this table findings; here it is `rectifications`, because `findings` is what the checks wrote.
"""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.pairs import households_and_persons

FORM = Form(
    table="rectifications",
    title="问题整改台账",
    title_words=("整改台账", "问题台账"),
    marks=("fid", "what", "state"),
    fields=(
        Field("fid", "问题编号", ("编号",), Kind.CODE, required=True),
        Field("ins_id", "检查编号", (), Kind.CODE),
        Field("twn_id", "乡镇", ("乡镇/村(居)", "乡镇(街道)", "责任单位"), Kind.TOWNSHIP),
        Field("check_id", "检查项", ("问题类别",)),
        Field("what", "问题描述", ("问题事实",), private=True),
        Field("basis", "定性依据", ("政策依据",)),
        *households_and_persons("n_hh", "涉及"),
        Field("amt", "涉及金额", (), Kind.MONEY, unit="元"),
        Field("route", "发现途径", (), Kind.CHOICE, choices=vocabulary.FOUND_BY),
        Field("found_on", "发现日期", (), Kind.DATE),
        Field("opinion", "处理意见", ("整改要求",), private=True),
        Field("owner", "责任人", (), Kind.NAME, private=True),
        Field("due", "整改时限", (), Kind.DATE),
        Field("state", "整改状态", ("完成情况",), Kind.CHOICE, choices=vocabulary.LEDGER_STATE),
        Field("done_on", "完成日期", (), Kind.DATE),
        Field("proof", "佐证材料", ("附件",)),
        Field("recovered", "追缴金额", (), Kind.MONEY, unit="元"),
        Field("disc", "追责情况", (), Kind.CHOICE, choices=vocabulary.DISCIPLINE, open=True),
        Field("verifier", "复核人", ("销号人",), Kind.NAME, private=True),
    ),
)
