"""外部比对数据: registers of other bureaus, one row per entry; each register is a form of its own into one table.

`item` holds what identifies the entry (号牌, 单位), `attr` its class (车辆类型, 职务), `status` its state.
"""

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

_PID = Field(
    "pid", "身份证号", ("公民身份号码", "证件号码", "身份证", "身份证号码"), Kind.PID, required=True, private=True
)


def _register(
    source: str,
    since: tuple[str, ...],
    until: tuple[str, ...],
    val: tuple[str, ...],
    attr: tuple[str, ...],
    item: tuple[str, ...],
    status: tuple[str, ...] = ("状态",),
    marks: tuple[str, ...] = (),
) -> Form:
    """A register whose source is fixed; the first name of each tuple is the printed header."""

    def column(name: str, headers: tuple[str, ...], kind: Kind = Kind.TEXT) -> Field:
        return Field(name, headers[0], headers[1:], kind)

    return Form(
        table="registers",
        title=f"{source}登记数据",
        title_words=(source, *vocabulary.REGISTER[source]),
        marks=("pid", *marks),
        constants={"reg": source},
        fields=(
            _PID,
            Field("name", "姓名", ("车主", "所有人", "死者姓名"), Kind.NAME, private=True),
            column("from", since, Kind.DATE),
            column("to", until, Kind.DATE),
            column("val", val, Kind.MONEY),
            column("attr", attr),
            column("item", item),
            column("status", status),
            Field("asof", "数据截止日", ("提取日期", "数据截止日期", "截止时点"), Kind.DATE),
        ),
    )


DEATHS = _register(
    "死亡",
    ("死亡日期", "死亡时间", "火化日期"),
    ("注销日期",),
    ("金额",),
    ("死亡原因", "属性"),
    ("登记机关", "殡仪馆"),
    marks=("from",),
)
PAYROLL = _register(
    "财政供养",
    ("起始日期", "月份", "参加工作时间", "入编时间"),
    ("截止日期", "离职日期"),
    ("应发", "应发工资", "工资", "金额"),
    ("职务", "岗位"),
    ("单位", "工作单位"),
    marks=("item", "attr"),
)
VEHICLES = _register(
    "机动车",
    ("注册日期", "初次登记日期", "登记日期"),
    ("注销日期",),
    ("价值", "金额"),
    ("车辆类型", "类型"),
    ("号牌", "号牌号码", "车牌号"),
    marks=("item", "attr"),
)
GENERAL = Form(
    table="registers",
    title="外部比对数据",
    title_words=("比对",),
    marks=("reg", "pid"),
    fields=(
        Field(
            "reg",
            "来源",
            ("部门", "数据来源"),
            Kind.CHOICE,
            required=True,
            choices=vocabulary.REGISTER,
            open=True,
            titled=True,
        ),
        _PID,
        Field("name", "姓名", (), Kind.NAME, private=True),
        Field("from", "起始日期", ("注册日期", "登记日期", "死亡日期"), Kind.DATE),
        Field("to", "截止日期", ("注销日期",), Kind.DATE),
        Field("val", "金额/数量", ("工资", "缴费基数", "注册资本", "面积", "金额"), Kind.MONEY),
        Field("attr", "属性", ("车辆类型", "用途", "职务")),
        Field("item", "标识", ("号牌", "单位", "坐落", "主体")),
        Field("status", "状态"),
        Field("asof", "数据截止日", ("提取日期", "数据截止日期", "截止时点"), Kind.DATE),
    ),
)
