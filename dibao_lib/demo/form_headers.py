"""Which columns the forms, rosters and registers have, and what is printed above them."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_lib.demo.ledger_headers import Chosen

ASSESSMENTS: Chosen = (
    ("hh_id", "低保证号"),
    ("date", "核定日期"),
    ("wage", "工资性收入"),
    ("oper", "生产经营性收入"),
    ("trans", "转移性收入"),
    ("total", "核定总收入"),
    ("pci", "月人均"),
    ("living", "实际生活水平评估"),
    ("surveyors", "调查人员"),
    ("result", "调查结果"),
)
CASES: Chosen = (
    ("hh_id", "低保证号"),
    ("apply", "申请日期"),
    ("review", "村（居）评议日期"),
    ("post1", "公示开始日期"),
    ("post1_end", "公示结束日期"),
    ("twn_review", "乡镇评审日期"),
    ("approve", "县级审批日期"),
    ("agent", "经办人"),
    ("guests", "参与代表"),
)
EXITS: Chosen = (
    ("hh_id", "低保证号"),
    ("pid", "身份证号"),
    ("exit_on", "退保日期"),
    ("reason", "退保原因"),
    ("route", "退保方式"),
    ("amount_back", "追缴金额"),
)
FILINGS: Chosen = (
    ("cad", "干部姓名"),
    ("cad_pid", "干部身份证号"),
    ("unit", "工作单位"),
    ("post", "职务"),
    ("nil", "有无亲属享受"),
    ("rel_name", "享受低保亲属姓名"),
    ("rel_pid", "亲属身份证号"),
    ("relation", "与干部关系"),
    ("hh_id", "低保证号"),
    ("kind", "享受类别"),
    ("persons", "享受人数"),
    ("amt", "月享受金额"),
    ("since", "开始享受时间"),
    ("verdict", "是否符合条件"),
    ("action", "处理结果"),
    ("filed_on", "填报日期"),
    ("signed", "本人签名"),
)
PANELS: Chosen = (
    ("vil_id", "村(居)"),
    ("name", "姓名"),
    ("pid", "身份证号"),
    ("role", "身份"),
    ("present", "是否到会"),
)
REVIEWS: Chosen = (
    ("vil_id", "村(居)"),
    ("met_on", "评议日期"),
    ("hh_id", "低保证号"),
    ("head", "户主姓名"),
    ("present", "到会人数"),
    ("agree", "同意人数"),
    ("disagree", "不同意人数"),
    ("abstain", "弃权票"),
    ("result", "评议意见"),
    ("sig_rep", "村(居)民代表签名"),
    ("sig_dir", "村(居)委会主任签名"),
    ("sig_twn", "乡镇挂点领导签名"),
)

TOWNSHIPS: Chosen = (("twn_id", "行政区划代码"), ("twn", "乡镇(街道)"), ("twn_type", "类型"), ("group_no", "核查小组"))
VILLAGES: Chosen = (
    ("vil_id", "村居代码"),
    ("twn_id", "乡镇代码"),
    ("vil", "村(居)委会"),
    ("n_house", "总户数"),
    ("director", "主任"),
)
STANDARDS: Mapping[str, Chosen] = {
    kind: (
        ("kind", "类别"),
        ("area", "适用范围"),
        ("effective", "执行日期"),
        ("expiry", "终止日期"),
        ("std", header),
        ("floor", "省定标准"),
        ("doc_no", "文号"),
        ("issuer", "发文机关"),
        ("issued", "发文日期"),
        ("published", "公布日期"),
        ("survey", "调研测算材料"),
        ("consult", "征求意见材料"),
    )
    for kind, header in (("城市", "月保障标准"), ("农村", "年保障标准"))
}
CADRES: Chosen = (
    ("cad", "姓名"),
    ("cad_pid", "身份证号"),
    ("twn_id", "乡镇"),
    ("vil_id", "村(居)"),
    ("post", "单位及职务"),
    ("lvl", "级别"),
)

_PAIRS = (("households", "户数"), ("persons", "人数"))
_STAT_BANDS = (
    ("现有低保", "hh_p."),
    ("核查", "checked."),
    ("清退合户保", "out5.merged_"),
    ("清退分户保", "out5.split_"),
    ("清退人情保", "out5.favour_"),
    ("清退关系保", "out5.relation_"),
    ("清退福利保", "out5.welfare_"),
    ("清退收入超标", "out5.income_"),
    ("清退死亡", "out5.death_"),
    ("清退其他", "out5.other_"),
    ("新纳入", "in_new."),
)
STAT_BANDS = tuple((band, tuple(stem + unit for unit, _ in _PAIRS)) for band, stem in _STAT_BANDS)
STAT_FORM: Chosen = (
    ("twn_id", "填报单位"),
    ("kind", "类别"),
    *((stem + unit, header) for _, stem in _STAT_BANDS for unit, header in _PAIRS),
    ("panel.formed", "成立评议团数"),
    ("panel.met", "召开评议会数"),
    ("board", "公示栏数"),
    ("calls.registered", "异议登记数"),
    ("calls.closed", "异议办结数"),
    ("people", "处理责任人数"),
    ("filed_on", "上报日期"),
)
