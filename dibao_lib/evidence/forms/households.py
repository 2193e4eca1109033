"""低保对象台账(家庭): one row per household on the register."""

from fractions import Fraction

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Field, Form, Kind, Provisional, Repeat

FORM = Form(
    table="households",
    title="低保对象台账(家庭)",
    title_words=("家庭查询", "低保家庭", "低保对象", "台账", "花名册"),
    marks=("hh_id", "head", "twn_id"),
    fields=(
        Field(
            "hh_id",
            "低保证号",
            ("低保(特困)证号", "证号", "家庭编号", "户编号", "档案号", "低保（特困）证号", "低保证编号"),
            kind=Kind.CODE,
            required=True,
            private=True,
        ),
        Field(
            "kind",
            "类别",
            ("城乡类别", "救助类型", "低保类别"),
            kind=Kind.CHOICE,
            choices=vocabulary.AREA_KIND,
            titled=True,
        ),
        Field(
            "twn_id",
            "乡镇",
            ("乡镇(街道)", "所属街道", "所属街", "乡镇街道", "所属乡镇"),
            kind=Kind.TOWNSHIP,
            required=True,
        ),
        Field(
            "vil_id",
            "村(居)",
            ("村(居)委会", "村居", "行政村", "社区", "所属社区", "所属社", "村名", "村", "所属村"),
            kind=Kind.VILLAGE,
        ),
        Field("head", "户主姓名", ("户主", "申请人", "姓名"), private=True, kind=Kind.NAME),
        Field(
            "head_pid",
            "户主身份证号",
            ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
            kind=Kind.PID,
            private=True,
        ),
        Field("hukou_no", "户口簿编号", ("户号",), kind=Kind.CODE, private=True),
        Field("addr", "家庭住址", ("住址", "地址", "现住址"), private=True),
        Field("size", "家庭人口", ("家庭人口数", "人口"), kind=Kind.INT),
        Field("covered", "保障人口", ("保障人口数", "保障人数", "享受人数"), kind=Kind.INT),
        Field(
            "income_year",
            "家庭年总收入",
            ("年收入", "家庭总收入"),
            kind=Kind.MONEY,
            unit="元/年",
            plausible=vocabulary.YEARLY,
        ),
        Field(
            "pci",
            "月人均收入",
            ("人均收入", "家庭年均收入", "年人均收入"),
            kind=Kind.MONEY,
            scales={"家庭年均收入": Fraction(1, 12), "年人均收入": Fraction(1, 12)},
            unit="元/人·月",
            plausible=vocabulary.INCOME,
        ),
        Field("cause", "致贫原因", ("主要致贫原因", "申请原因", "困难原因")),
        Field(
            "cls",
            "分类",
            ("类别(A/B/C)", "分档类型", "档次", "施保类别"),
            kind=Kind.CHOICE,
            choices=vocabulary.CLASS,
            open=True,
        ),
        Field("method", "救助金计算方式", ("计算方式",), kind=Kind.CHOICE, choices=vocabulary.METHOD, open=True),
        Field(
            "base",
            "户月保障金额",
            ("月保障金", "保障金额", "月低保金", "月补差额"),
            kind=Kind.MONEY,
            unit="元/户·月",
            plausible=vocabulary.MONTHLY,
            heads="covered",
        ),
        Field("top_hh", "家庭分类施保金额", ("家庭分类施保总额",), kind=Kind.MONEY, unit="元/月"),
        Field("top_person", "人员分类施保金额", ("人员分类施保总额",), kind=Kind.MONEY, unit="元/月"),
        Field(
            "total",
            "合计",
            ("月发放金额", "应发金额"),
            kind=Kind.MONEY,
            unit="元/户·月",
            plausible=vocabulary.MONTHLY,
            heads="covered",
        ),
        Field("start", "起始保障年月", ("享受时间", "最初享受月份", "批准时间"), kind=Kind.MONTH),
        Field("bank", "开户银行"),
        Field("acct_name", "银行账户名称", ("户名", "账户名"), private=True, kind=Kind.NAME),
        Field(
            "acct", "银行帐号", ("银行账号", "卡号", "一卡通账号", "存折号", "惠农一卡通"), kind=Kind.CODE, private=True
        ),
        Field("phone", "联系电话", ("电话", "手机"), private=True, kind=Kind.CODE),
        Field("status", "状态", ("享受状态", "是否在保"), kind=Kind.CHOICE, choices=vocabulary.HOUSEHOLD_STATUS),
        Field("houses", "拥有产权住房套数", ("住房套数",), kind=Kind.INT),
        Field("assets", "金融资产总额", ("存款", "家庭财产"), kind=Kind.MONEY, unit="元"),
    ),
    provisional=Provisional(number="hh_id", person="head_pid", place="vil_id"),
    repeat=Repeat(
        table="members",
        headers={
            "name": ("姓名", "成员姓名", "家庭成员姓名"),
            "pid": ("身份证号", "身份证号码", "成员身份证号"),
            "rel": ("与户主关系", "关系"),
        },
        carry=("hh_id",),
    ),
)
