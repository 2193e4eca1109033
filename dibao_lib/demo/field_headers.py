"""Which columns the forms of the campaign itself have: boards, objections, money, visits, hearings, problems."""

from __future__ import annotations

from dibao_lib.demo.ledger_headers import Chosen

_PAIRS = (("households", "户数"), ("persons", "人数"))

POSTINGS: Chosen = (
    ("vil_id", "公示地点"),
    ("board", "公示栏类型"),
    ("from", "公示起始日期"),
    ("to", "公示截止日期"),
    ("format_ok", "统一格式"),
    ("tel3.civil", "公布民政局电话"),
    ("tel3.supervision", "公布监察局电话"),
    ("tel3.petitions", "公布信访局电话"),
    ("n_list", "公示人数"),
    ("names", "公示名单"),
    ("seen_on", "检查日期"),
)
COMPLAINTS: Chosen = (
    ("no", "登记号"),
    ("on", "登记日期"),
    ("via", "渠道"),
    ("about", "反映对象"),
    ("hh_id", "低保证号"),
    ("content", "反映内容"),
    ("recheck", "核查情况"),
    ("recheck_on", "复核日期"),
    ("reposted", "再次公榜日期"),
    ("handler", "承办人"),
)
FUNDS: Chosen = (
    ("date", "日期"),
    ("use", "摘要"),
    ("src", "资金来源"),
    ("in_amt", "拨入"),
    ("out_amt", "支付"),
    ("bal", "余额"),
    ("payee", "收款单位"),
)
_FILED_BANDS = (
    ("干部本人享受", "n_cad_db."),
    ("亲属享受", "n_rel_db."),
    ("符合条件", "n_ok."),
    ("清退", "n_out."),
)
STAT_FILINGS_BANDS = tuple((band, tuple(stem + unit for unit, _ in _PAIRS)) for band, stem in _FILED_BANDS)
STAT_FILINGS: Chosen = (
    ("twn_id", "填报单位"),
    ("n_cad", "干部人数"),
    ("n_filed", "已填报人数"),
    *((stem + unit, header) for _, stem in _FILED_BANDS for unit, header in _PAIRS),
    ("amt_out", "涉及月金额"),
    ("filed_on", "上报日期"),
)
# the same in one header line, for text files
_IN_FULL = {stem + unit: band + header for band, stem in _FILED_BANDS for unit, header in _PAIRS}
STAT_FILINGS_FLAT: Chosen = tuple((field, _IN_FULL.get(field, header)) for field, header in STAT_FILINGS)
SYSTEM_EXPORT: Chosen = (
    ("hh_id", "低保（特困）证号"),
    ("kind", "救助类型"),
    ("twn_id", "所属街"),
    ("vil_id", "所属社"),
    ("head", "户主姓名"),
    ("covered", "保障人口数"),
    ("total", "合计（元）"),
    ("status", "救助状态"),
    ("exported_on", "导出日期"),
)
VISITS: Chosen = (
    ("hh_id", "低保证号"),
    ("on", "核查日期"),
    ("team", "核查人员"),
    ("found", "是否见到本人"),
    ("income", "核实收入"),
    ("house", "住房"),
    ("assets", "大件财产"),
    ("book", "存折（卡）由谁保管"),
    ("got", "本人确认领取金额"),
    ("known", "是否知晓标准与公示"),
    ("diff", "与台账不符项"),
    ("view", "初步意见"),
    ("sign", "被访人签名"),
)
HEARINGS: Chosen = (
    ("hear_id", "编号"),
    ("vil_id", "地点"),
    ("on", "时间"),
    ("host", "主持人"),
    ("clerk", "记录人"),
    ("group_no", "核查小组"),
    ("att_recip", "低保对象到会人数"),
    ("att_panel", "评议团成员到会人数"),
    ("att_rep", "村民代表到会人数"),
    ("case_hh", "听证对象（低保证号）"),
    ("statement", "陈述要点"),
    ("opinions", "各方意见"),
    ("vote.agree", "表决同意"),
    ("vote.disagree", "表决不同意"),
    ("vote.abstain", "表决弃权"),
    ("conclusion", "听证结论"),
    ("signatures", "签名"),
)
RECTIFICATIONS: Chosen = (
    ("fid", "问题编号"),
    ("twn_id", "责任单位"),
    ("check_id", "问题类别"),
    ("what", "问题描述"),
    ("basis", "定性依据"),
    ("n_hh.households", "涉及户数"),
    ("n_hh.persons", "涉及人数"),
    ("amt", "涉及金额"),
    ("route", "发现途径"),
    ("found_on", "发现日期"),
    ("opinion", "处理意见"),
    ("owner", "责任人"),
    ("due", "整改时限"),
    ("state", "整改状态"),
    ("done_on", "完成日期"),
    ("proof", "佐证材料"),
    ("disc", "追责情况"),
    ("verifier", "复核人"),
)
