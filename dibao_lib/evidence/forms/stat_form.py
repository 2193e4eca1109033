"""城乡低保资金发放专项治理工作情况统计表: one row per township and kind (R33, R47, R55)."""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.pairs import households_and_persons

_REMOVED = (
    ("merged", "合户保"),
    ("split", "分户保"),
    ("favour", "人情保"),
    ("relation", "关系保"),
    ("welfare", "福利保"),
    ("income", "收入超标"),
    ("death", "死亡"),
    ("other", "其他"),
)


FORM = Form(
    table="stat_form",
    title="城乡低保资金发放专项治理工作情况统计表",
    title_words=("专项治理工作情况统计",),
    marks=("twn_id", "hh_p.households", "hh_p.persons"),
    fields=(
        Field("twn_id", "乡镇", ("填报单位", "地区", "乡镇(街道)"), Kind.TOWNSHIP, required=True),
        Field("kind", "类别", ("城乡类别",), Kind.CHOICE, required=True, choices=vocabulary.FORM_KIND),
        *households_and_persons("hh_p", "现有低保", ("低保",)),
        *households_and_persons("checked", "核查"),
        *(f for key, zh in _REMOVED for f in households_and_persons(f"out5.{key}", f"清退{zh}", (f"{zh}清退", zh))),
        *households_and_persons("in_new", "新纳入"),
        Field("adj", "调整金额户数", ("调整户数",), Kind.INT),
        Field("panel.formed", "成立评议团数", ("评议团数",), Kind.INT),
        Field("panel.met", "召开评议会数", ("评议会数",), Kind.INT),
        Field("board", "公示栏数", (), Kind.INT),
        Field("calls.registered", "异议登记数", ("登记数",), Kind.INT),
        Field("calls.closed", "异议办结数", ("办结数",), Kind.INT),
        Field("money.involved", "涉及资金", (), Kind.MONEY, unit="元"),
        Field("money.recovered", "追缴资金", ("追缴金额",), Kind.MONEY, unit="元"),
        Field("people", "处理责任人数", (), Kind.INT),
        Field("filed_on", "上报日期", ("填报日期", "填表日期"), Kind.DATE),
    ),
)
