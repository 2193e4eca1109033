"""Which columns a township's household, member and payment files have, and what is printed above them."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_lib.demo.styles import Book

Chosen = tuple[tuple[str, str], ...]

# as the ministry's system exports them: full-width brackets, cut-off place names, 帐 for 账; the kind is in the file name
_EXPORT: Chosen = (
    ("hh_id", "低保（特困）证号"),
    ("twn_id", "所属街"),
    ("vil_id", "所属社"),
    ("head", "户主姓名"),
    ("head_pid", "户主身份证号"),
    ("hukou_no", "户口簿编号"),
    ("size", "家庭人口数"),
    ("covered", "保障人口数"),
    ("income_year", "家庭年总收入（元）"),
    ("pci", "月人均收入（元）"),
    ("cause", "主要致贫原因"),
    ("cls", "分档类型"),
    ("method", "救助金计算方式"),
    ("base", "户月保障金额（元）"),
    ("top_hh", "家庭分类施保总额（元）"),
    ("top_person", "人员分类施保总额（元）"),
    ("total", "合计（元）"),
    ("start", "最初享受月份"),
    ("bank", "开户银行"),
    ("acct_name", "银行账户名称"),
    ("acct", "银行帐号"),
    ("status", "状态"),
    ("houses", "拥有产权住房套数"),
)
_LIST: Chosen = (
    ("hh_id", "低保证号"),
    ("kind", "类别"),
    ("twn_id", "乡镇"),
    ("vil_id", "村(居)委会"),
    ("head", "户主"),
    ("head_pid", "户主身份证号"),
    ("size", "家庭人口"),
    ("covered", "享受人数"),
    ("income_year", "家庭年总收入"),
    ("pci", "月人均收入"),
    ("cause", "致贫原因"),
    ("base", "保障金额"),
    ("top_hh", "家庭分类施保金额"),
    ("top_person", "人员分类施保金额"),
    ("total", "合计"),
    ("start", "享受时间"),
    ("hukou_no", "户号"),
    ("acct", "一卡通账号"),
    ("phone", "联系电话"),
    ("status", "享受状态"),
    ("assets", "存款"),
)
_FORM: Chosen = (
    ("hh_id", "低保证号"),
    ("twn_id", "乡镇"),
    ("vil_id", "村(居)"),
    ("kind", "类别"),
    ("head", "户主姓名"),
    ("head_pid", "户主身份证号"),
    ("hukou_no", "户口簿编号"),
    ("addr", "家庭住址"),
    ("size", "家庭人口"),
    ("covered", "保障人口"),
    ("income_year", "家庭年总收入"),
    ("pci", "月人均收入"),
    ("cause", "致贫原因"),
    ("cls", "分类"),
    ("method", "救助金计算方式"),
    ("base", "户月保障金额"),
    ("top_hh", "家庭分类施保金额"),
    ("top_person", "人员分类施保金额"),
    ("total", "合计"),
    ("start", "起始保障年月"),
    ("acct_name", "户名"),
    ("acct", "银行账号"),
    ("status", "状态"),
)
_YEARLY: Chosen = tuple(("pci", "家庭年均收入") if field == "pci" else (field, header) for field, header in _FORM)
HOUSEHOLDS: Mapping[Book, Chosen] = {"ministry": _EXPORT, "wide": _LIST, "printed": _FORM, "csv": _YEARLY, "xls": _FORM}
BANDS = (
    ("人口（人）", ("size", "covered")),
    ("收入（元）", ("income_year", "pci")),
    ("月保障金额（元）", ("base", "top_hh", "top_person", "total")),
)

MEMBERS: Chosen = (
    ("hh_id", "低保证号"),
    ("name", "姓名"),
    ("pid", "身份证号"),
    ("rel", "与户主关系"),
    ("sex", "性别"),
    ("dob", "出生日期"),
    ("is_cov", "是否保障"),
    ("labor", "劳动能力"),
    ("health", "健康状况"),
    ("dis_no", "残疾证号"),
    ("dis_lvl", "残疾等级"),
)

_PAID: Chosen = (
    ("hh_id", "低保证号"),
    ("head", "户主姓名"),
    ("pid", "身份证号"),
    ("kind", "救助类型"),
    ("period", "发放月份"),
    ("amt", "发放金额（元）"),
    ("acct", "银行账号"),
    ("ptype", "发放类型"),
    ("ret", "发放结果"),
)
_PAID_COLLECTED: Chosen = (*_PAID, ("mode", "发放方式"), ("collector", "代领人"))
# one sheet a month: the month is in the title
_PAID_MONTH: Chosen = (
    ("hh_id", "证号"),
    ("head", "户主姓名"),
    ("kind", "类别"),
    ("amt", "实发金额"),
    ("acct", "一卡通账号"),
    ("ptype", "发放类型"),
    ("ret", "退票标志"),
)
_PAID_OLD: Chosen = (
    ("hh_id", "低保证号"),
    ("head", "姓名"),
    ("kind", "类别"),
    ("period", "所属月份"),
    ("paid_on", "到账日期"),
    ("amt", "低保金"),
    ("acct", "银行账号"),
    ("acct_name", "户名"),
    ("ptype", "发放类型"),
    ("ret", "发放结果"),
)
PAYMENTS: Mapping[Book, Chosen] = {
    "ministry": _PAID,
    "wide": _PAID_MONTH,
    "printed": _PAID_COLLECTED,
    "csv": _PAID_COLLECTED,
    "xls": _PAID_OLD,
}
