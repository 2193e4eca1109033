"""Which columns the registers of other bureaus have, who sends them and under which name."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_lib.demo.ledger_headers import Chosen
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import registers

Sent = tuple[str, Form, Chosen]

_WHO: Chosen = (("name", "姓名"), ("pid", "身份证号码"))
_ASOF: Chosen = (("asof", "数据截止日"),)

# register -> file stem, form, columns
REGISTERS: Mapping[str, Sent] = {
    "死亡": (
        "市民政局-死亡人口登记",
        registers.DEATHS,
        (
            ("name", "姓名"),
            ("pid", "公民身份号码"),
            ("from", "死亡日期"),
            ("to", "注销日期"),
            ("attr", "死亡原因"),
            ("item", "登记机关"),
            *_ASOF,
        ),
    ),
    "财政供养": (
        "市财政局-财政供养人员名单",
        registers.PAYROLL,
        (
            ("item", "单位"),
            *_WHO,
            ("attr", "职务"),
            ("from", "起始日期"),
            ("to", "截止日期"),
            ("val", "应发工资"),
            *_ASOF,
        ),
    ),
    "机动车": (
        "市公安局-机动车登记",
        registers.VEHICLES,
        (
            ("item", "号牌号码"),
            ("attr", "车辆类型"),
            ("name", "所有人"),
            ("pid", "证件号码"),
            ("from", "初次登记日期"),
            ("to", "注销日期"),
            ("status", "状态"),
            ("asof", "提取日期"),
        ),
    ),
    "户籍": (
        "市公安局-户籍比对数据",
        registers.GENERAL,
        (
            ("reg", "来源"),
            ("item", "标识"),
            ("name", "姓名"),
            ("pid", "公民身份号码"),
            ("attr", "属性"),
            ("to", "截止日期"),
            ("status", "状态"),
            *_ASOF,
        ),
    ),
    "不动产": (
        "市房管局-房产登记",
        registers.PROPERTY,
        (
            ("name", "权利人"),
            ("pid", "证件号码"),
            ("item", "房屋坐落"),
            ("attr", "房屋用途"),
            ("num", "建筑面积"),
            ("from", "登记时间"),
            ("to", "转出日期"),
            ("val", "成交价格"),
            *_ASOF,
        ),
    ),
    "工商": (
        "市工商局-工商登记",
        registers.BUSINESSES,
        (
            ("item", "字号名称"),
            ("name", "姓名"),
            ("pid", "证件号码"),
            ("attr", "人员类型"),
            ("val", "注册资金"),
            ("from", "成立日期"),
            ("status", "经营状态"),
            ("asof", "提取日期"),
        ),
    ),
    "养老": (
        "市社保局-养老金发放名单",
        registers.PENSIONS,
        (
            *_WHO,
            ("attr", "险种类型"),
            ("val", "月养老金"),
            ("from", "领取起始日期"),
            ("item", "发放单位"),
            ("status", "待遇状态"),
            *_ASOF,
        ),
    ),
    "社保": (
        "市社保局-社保缴费名单",
        registers.INSURANCE,
        (
            *_WHO,
            ("item", "参保单位"),
            ("attr", "参保险种"),
            ("val", "缴费基数"),
            ("from", "参保日期"),
            ("status", "缴费状态"),
            *_ASOF,
        ),
    ),
    "公积金": (
        "市住房公积金中心-公积金缴存名单",
        registers.HOUSING_FUND,
        (
            *_WHO,
            ("item", "缴存单位"),
            ("attr", "缴存类别"),
            ("val", "缴存基数"),
            ("from", "开户日期"),
            ("status", "账户状态"),
            *_ASOF,
        ),
    ),
    "个税": (
        "市地税局-个税扣缴明细",
        registers.INCOME_TAX,
        (*_WHO, ("item", "扣缴义务人"), ("attr", "所得项目"), ("val", "月收入"), ("from", "税款所属期"), *_ASOF),
    ),
    "特困": (
        "市民政局-五保供养名册",
        registers.DESTITUTE,
        (
            *_WHO,
            ("attr", "供养方式"),
            ("item", "五保证号"),
            ("val", "供养标准"),
            ("from", "供养日期"),
            ("to", "停止供养日期"),
            *_ASOF,
        ),
    ),
    "孤儿": (
        "市民政局-孤儿名册",
        registers.ORPHANS,
        (*_WHO, ("attr", "养育方式"), ("item", "孤儿证号"), ("val", "月基本生活费"), ("from", "批准日期"), *_ASOF),
    ),
    "婚姻": (
        "市民政局-婚姻登记",
        registers.MARRIAGES,
        (*_WHO, ("attr", "配偶姓名"), ("item", "配偶身份证号"), ("from", "结婚日期"), ("status", "婚姻状况"), *_ASOF),
    ),
    "残疾": (
        "市残联-残疾人证名单",
        registers.DISABLED,
        (
            *_WHO,
            ("item", "残疾人证号"),
            ("attr", "残疾类别及等级"),
            ("from", "发证日期"),
            ("status", "证件状态"),
            *_ASOF,
        ),
    ),
    "服刑": (
        "市司法局-服刑人员名单",
        registers.PRISONERS,
        (*_WHO, ("attr", "刑罚种类"), ("item", "服刑场所"), ("from", "刑期起"), ("to", "刑期止"), *_ASOF),
    ),
    "低收入监测": (
        "市民政局-低收入监测名册",
        registers.LOW_INCOME,
        (
            *_WHO,
            ("attr", "对象类别"),
            ("item", "监测编号"),
            ("val", "月人均收入"),
            ("from", "纳入日期"),
            ("status", "状态"),
            *_ASOF,
        ),
    ),
}
