"""外部比对数据: registers of other bureaus, one row per entry; each register is a form of its own into one table.

`item` holds what identifies the entry (号牌, 单位), `attr` its class (车辆类型, 职务), `status` its state; `val` is money
in fen, `num` any other quantity and `unit` what it counts (平方米, 亩, 头). A marriage's `item` is the spouse's id.
"""

from collections.abc import Mapping

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind

_PID = Field(
    "pid", "身份证号", ("公民身份号码", "证件号码", "身份证", "身份证号码"), Kind.PID, required=True, private=True
)
_UNDATED = "这份数据没有数据截止日，据此比对出的线索一律不定为A类。请向提供部门问明截止日，写在标题行（如“数据截止日：2011年3月31日”）后重新导入"
_ASOF = Field(
    "asof", "数据截止日", ("提取日期", "数据截止日期", "截止时点", "数据提取日期"), Kind.DATE, absent=_UNDATED
)
_OTHERS = {
    "name": ("姓名", "车主", "所有人", "权利人", "死者姓名", "户主姓名"),
    "from": ("起始日期",),
    "to": ("截止日期",),
    "attr": ("属性",),
    "item": ("标识",),
    "status": ("状态",),
}
_KINDS = {"name": Kind.NAME, "from": Kind.DATE, "to": Kind.DATE, "val": Kind.MONEY, "num": Kind.NUMBER}


def _register(
    source: str, headers: Mapping[str, tuple[str, ...]], marks: tuple[str, ...], unit: str = "", spouse: bool = False
) -> Form:
    """A register whose source is fixed.

    Args:
        source: a key of vocabulary.REGISTER.
        headers: field -> its headers, the printed one first; val and num only where the register has them.
        marks: fields that tell it from other lists.
        unit: what `num` counts, or the unit of `val`.
        spouse: item and attr are a person's id and name.
    """
    kinds = _KINDS | ({"item": Kind.PID, "attr": Kind.NAME} if spouse else {})
    counted = "num" in headers
    columns = (
        Field(
            name,
            words[0],
            words[1:],
            kinds.get(name, Kind.TEXT),
            private=name == "name" or (spouse and name in {"item", "attr"}),
            unit=(unit or "元") if name == "val" and not counted else "元" if name == "val" else "",
        )
        for name, words in (_OTHERS | dict(headers)).items()
    )
    return Form(
        table="registers",
        title=f"{source}登记数据",
        title_words=(source, *vocabulary.REGISTER[source]),
        marks=("pid", *marks),
        constants={"reg": source, **({"unit": unit} if counted else {})},
        fields=(_PID, *columns, _ASOF),
    )


_STATE = ("状态", "人员状态")
_EMPLOYER = ("单位", "单位名称", "工作单位", "参保单位", "缴费单位")
_ADDRESS = ("坐落", "房屋坐落", "地址", "座落")

DEATHS = _register(
    "死亡",
    {
        "from": ("死亡日期", "死亡时间", "火化日期"),
        "to": ("注销日期", "户口注销日期"),
        "attr": ("死亡原因", "属性"),
        "item": ("登记机关", "殡仪馆"),
    },
    marks=("from",),
)
PAYROLL = _register(
    "财政供养",
    {
        "from": ("起始日期", "月份", "参加工作时间", "入编时间"),
        "to": ("截止日期", "离职日期"),
        "val": ("应发", "应发工资", "工资", "金额"),
        "attr": ("职务", "岗位"),
        "item": _EMPLOYER,
    },
    marks=("item", "attr"),
    unit="元/月",
)
VEHICLES = _register(
    "机动车",
    {
        "from": ("注册日期", "初次登记日期", "登记日期"),
        "to": ("注销日期",),
        "val": ("价值", "金额"),
        "attr": ("车辆类型", "类型"),
        "item": ("号牌", "号牌号码", "车牌号"),
        "status": ("状态", "机动车状态"),
    },
    marks=("item", "attr"),
)
PROPERTY = _register(
    "不动产",
    {
        "from": ("登记日", "登记日期", "登记时间", "契税日期", "缴税日期"),
        "to": ("注销日期", "转出日期"),
        "val": ("成交价", "成交价格", "计税价格", "金额"),
        "num": ("面积", "建筑面积"),
        "attr": ("用途", "房屋用途"),
        "item": _ADDRESS,
    },
    marks=("item",),
    unit="平方米",
)
BUSINESSES = _register(
    "工商",
    {
        "from": ("成立日", "成立日期", "注册日期", "登记日期"),
        "to": ("注销日期", "吊销日期"),
        "val": ("资本", "注册资本", "注册资金", "出资额"),
        "attr": ("角色", "人员类型", "担任职务"),
        "item": ("主体", "主体名称", "企业名称", "字号名称"),
        "status": ("状态", "登记状态", "经营状态"),
    },
    marks=("item",),
)
PENSIONS = _register(
    "养老",
    {
        "from": ("起始", "起始日期", "领取起始日期", "待遇起始时间", "退休时间"),
        "to": ("停发日期", "截止日期"),
        "val": ("月额", "月养老金", "养老金", "待遇金额", "月退休金"),
        "attr": ("险种", "险种类型", "退休类别"),
        "item": ("发放单位", *_EMPLOYER),
        "status": ("状态", "待遇状态"),
    },
    marks=("val",),
    unit="元/月",
)
INSURANCE = _register(
    "社保",
    {
        "from": ("月份", "缴费月份", "参保日期", "起始日期"),
        "to": ("终止日期", "截止日期"),
        "val": ("基数", "缴费基数"),
        "attr": ("险种", "参保险种"),
        "item": _EMPLOYER,
        "status": ("状态", "参保状态", "缴费状态"),
    },
    marks=("item", "val"),
    unit="元/月",
)
HOUSING_FUND = _register(
    "公积金",
    {
        "from": ("开户日期", "缴存月份", "月份", "起始日期"),
        "to": ("销户日期", "截止日期"),
        "val": ("缴存基数", "基数", "工资基数", "余额"),
        "attr": ("缴存类别", "贷款情况"),
        "item": ("缴存单位", *_EMPLOYER),
        "status": ("状态", "缴存状态", "账户状态"),
    },
    marks=("item", "val"),
    unit="元/月",
)
INCOME_TAX = _register(
    "个税",
    {
        "from": ("所得月份", "税款所属期", "月份"),
        "val": ("月收入", "收入额", "应税收入"),
        "attr": ("所得项目",),
        "item": ("扣缴单位", "扣缴义务人", *_EMPLOYER),
    },
    marks=("val",),
    unit="元/月",
)
DESTITUTE = _register(
    "特困",
    {
        "from": ("供养日期", "批准日期", "享受时间"),
        "to": ("停止供养日期", "退出日期"),
        "val": ("月供养金", "供养标准", "月供养金额"),
        "attr": ("供养方式", "供养形式"),
        "item": ("供养证号", "五保证号", "特困证号"),
        "status": ("状态", "供养状态"),
    },
    marks=("attr",),
    unit="元/月",
)
ORPHANS = _register(
    "孤儿",
    {
        "from": ("纳入日期", "批准日期", "享受时间"),
        "to": ("终止日期", "退出日期"),
        "val": ("月基本生活费", "基本生活费"),
        "attr": ("养育方式", "孤儿类别"),
        "item": ("孤儿证号", "儿童福利证号", "监护机构"),
    },
    marks=("attr",),
    unit="元/月",
)
HOUSEHOLD_BOOK = _register(
    "户籍",
    {
        "from": ("迁入日期", "登记日期", "落户日期"),
        "to": ("迁移/注销", "迁出日期", "注销日期", "迁移注销日期"),
        "attr": ("关系", "与户主关系"),
        "item": ("户号", "户口簿编号", "户籍号"),
        "status": ("状态", "户籍状态", "变动类型"),
    },
    marks=("item", "attr"),
)
MARRIAGES = _register(
    "婚姻",
    {
        "from": ("登记日期", "结婚日期", "婚姻登记日期"),
        "to": ("离婚日期", "解除日期"),
        "attr": ("配偶姓名",),
        "item": ("配偶身份证号", "配偶身份证号码"),
        "status": ("婚姻状况", "婚姻状态", "状态"),
    },
    marks=("item",),
    spouse=True,
)
DISABLED = _register(
    "残疾",
    {
        "from": ("发证日期", "办证日期", "签发日期"),
        "to": ("有效期至", "注销日期"),
        "attr": ("残疾类别及等级", "残疾类别", "残疾等级"),
        "item": ("残疾证号", "残疾人证号"),
        "status": ("状态", "证件状态"),
    },
    marks=("item", "attr"),
)
PRISONERS = _register(
    "服刑",
    {
        "from": ("入监日期", "收监日期", "刑期起始日期", "刑期起"),
        "to": ("释放日期", "刑满日期", "刑期截止日期", "刑期止"),
        "attr": ("服刑类别", "刑罚种类"),
        "item": ("服刑场所", "监狱", "羁押场所"),
    },
    marks=("item",),
)
PUPILS = _register(
    "在校生",
    {
        "from": ("入学日期", "入学年月", "入学时间"),
        "to": ("毕业日期", "离校日期", "预计毕业日期"),
        "attr": ("学段", "年级", "学历层次"),
        "item": ("学校", "学校名称", "就读学校"),
        "status": ("学籍状态", "状态"),
    },
    marks=("item",),
)
MACHINES = _register(
    "农机",
    {
        "from": ("购机日期", "购置日期", "登记日期"),
        "to": ("注销日期", "报废日期"),
        "val": ("补贴金额", "购置价格", "购机价格"),
        "num": ("台数", "数量"),
        "attr": ("机具类型", "机具品目", "农机类型"),
        "item": ("牌证号", "出厂编号", "机具型号"),
    },
    marks=("attr",),
    unit="台",
)
SOWS = _register(
    "能繁母猪",
    {
        "from": ("补贴日期", "发放日期", "登记日期"),
        "val": ("补贴金额", "保险金额", "金额"),
        "num": ("头数", "存栏头数", "母猪头数", "能繁母猪头数"),
        "attr": ("补贴项目",),
        "item": ("养殖场", "耳标号"),
    },
    marks=("num",),
    unit="头",
)
GRAIN = _register(
    "种粮补贴",
    {
        "from": ("补贴日期", "发放日期", "补贴年度"),
        "val": ("补贴金额", "金额"),
        "num": ("补贴面积", "种植面积", "面积"),
        "attr": ("补贴项目", "补贴品种"),
        "item": ("承包经营权证号", "地块名称"),
    },
    marks=("num",),
    unit="亩",
)
DEPOSITS = _register(
    "银行存款",
    {
        "from": ("开户日期",),
        "to": ("销户日期",),
        "val": ("存款余额", "余额", "账户余额"),
        "attr": ("账户类型", "存款种类"),
        "item": ("开户银行", "银行名称", "金融机构"),
        "status": ("状态", "账户状态"),
    },
    marks=("item", "val"),
)
ELSEWHERE = _register(
    "外县低保",
    {
        "from": ("享受时间", "起始日期", "起始保障年月"),
        "to": ("停保日期", "停发日期", "退保日期"),
        "val": ("月低保金", "月保障金额", "低保金"),
        "attr": ("类别", "低保类别", "城乡类别"),
        "item": ("县(市、区)", "所在县", "县区", "发放地"),
        "status": ("状态", "享受状态"),
    },
    marks=("item",),
    unit="元/月",
)
LOW_INCOME = _register(
    "低收入监测",
    {
        "from": ("纳入日期", "识别日期", "认定日期"),
        "to": ("退出日期", "消除风险日期"),
        "val": ("月人均收入", "人均收入"),
        "attr": ("监测类别", "监测对象类别", "对象类别"),
        "item": ("监测编号", "户编号"),
        "status": ("状态", "风险状态"),
    },
    marks=("attr",),
    unit="元/人·月",
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
        Field("val", "金额/数量", ("工资", "缴费基数", "注册资本", "金额"), Kind.MONEY),
        Field("num", "数量", ("面积", "头数", "台数"), Kind.NUMBER),
        Field("unit", "计量单位"),
        Field("attr", "属性", ("车辆类型", "用途", "职务")),
        Field("item", "标识", ("号牌", "单位", "坐落", "主体")),
        Field("status", "状态"),
        _ASOF,
    ),
)

FORMS = (
    DEATHS,
    PAYROLL,
    VEHICLES,
    PROPERTY,
    BUSINESSES,
    PENSIONS,
    INSURANCE,
    HOUSING_FUND,
    INCOME_TAX,
    DESTITUTE,
    ORPHANS,
    HOUSEHOLD_BOOK,
    MARRIAGES,
    DISABLED,
    PRISONERS,
    PUPILS,
    MACHINES,
    SOWS,
    GRAIN,
    DEPOSITS,
    ELSEWHERE,
    LOW_INCOME,
    GENERAL,
)
