"""The plan as data: what the shipped example says, how values are dated, how a broken file is refused."""

import datetime as dt
import hashlib
import re
from fractions import Fraction

import pytest

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.shipped import shipped

TEMPLATE = Plan.template("dexing")


def written(folder, text):
    path = folder / "plan.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(folder, *changes):
    """The example plan with some first occurrences replaced."""
    text = TEMPLATE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return Plan.read(written(folder, text))


def refusal(folder, *changes):
    with pytest.raises(InputRefused) as refused:
        changed(folder, *changes)
    return str(refused.value)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return Plan.read(written(tmp_path_factory.mktemp("plan"), TEMPLATE))


# ---- what the shipped plan says


def test_all_73_clauses_are_there_in_order(plan):
    assert list(plan.clauses) == [f"R{number:02d}" for number in range(1, 74)]
    assert all(clause.text and clause.summary and clause.software for clause in plan.clauses.values())


def test_clause_parts_are_the_parts_of_the_plan(plan):
    parts = list(dict.fromkeys(clause.part for clause in plan.clauses.values()))
    assert parts == [
        *("依据", "目标", "范围", "一查", "二查", "三查", "四查", "五查", "总时限", "一阶段", "二阶段"),
        *("清查干部", "评议", "公示", "三阶段", "四阶段", "要求"),
    ]


def test_clause_text_uses_chinese_punctuation(plan):
    assert not [clause.id for clause in plan.clauses.values() if re.search("[,;:()]", clause.text)]


def test_the_village_review_clause_reads_as_in_the_plan(plan):
    assert plan.clauses["R42"].text == "村（居）民代表必须占评议团人数三分之二以上"


@pytest.mark.parametrize("year", [2011, 2025])
def test_milestones_fall_on_the_plan_days_of_the_campaign_year(tmp_path, year):
    plan = Plan.read(written(tmp_path, Plan.template("dexing", year)))
    due = {milestone.id: (milestone.due.year, milestone.due.month, milestone.due.day) for milestone in plan.milestones}
    assert due == {
        "M1": (year, 4, 6),
        "M2": (year, 4, 6),
        "M3": (year, 4, 10),
        "M4": (year, 4, 15),
        "M5": (year, 4, 30),
        "M6": (year, 5, 10),
        "M7": (year, 7, 15),
        "M8": (year, 8, 10),
        "M9": (year, 8, 31),
    }
    assert plan.milestone("M7").start == dt.date(year, 5, 16)
    assert plan.milestone("M8").start == dt.date(year, 7, 16)


def test_the_report_is_due_on_10_may_but_self_inspection_ends_on_15_may(plan):
    assert plan.date("self_report_due") == dt.date(2011, 5, 10)
    assert plan.date("self_inspection_end") == dt.date(2011, 5, 15)
    assert "5月15日" in plan.milestone("M6").note


def test_named_dates_cover_windows_and_stages(plan):
    assert plan.date("boards_start") == dt.date(2011, 4, 10)
    assert plan.date("cadre_forms_due") == dt.date(2011, 4, 15)
    assert plan.date("campaign_due") == dt.date(2011, 8, 31)
    assert plan.date("rectification_start") == dt.date(2011, 5, 16)


def test_an_unknown_date_name_is_refused_with_the_known_ones(plan):
    with pytest.raises(InputRefused, match=r"没有名为“the_end”的日期。可用的有：.*self_report_due"):
        plan.date("the_end")


def test_an_unknown_milestone_is_refused_with_the_known_ones(plan):
    with pytest.raises(InputRefused, match=r"没有名为“M10”的时限。可用的有：M1、M2、.*M9"):
        plan.milestone("M10")


def test_four_stages_follow_one_another_without_a_gap(plan):
    assert [stage.name[:4] for stage in plan.stages] == ["动员部署", "自查自纠", "督促整改", "检查评估"]
    ends = [stage.end + dt.timedelta(days=1) for stage in plan.stages[:-1]]
    assert ends == [stage.start for stage in plan.stages[1:]]


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        ("2011-03-31", None),
        ("2011-04-06", "mobilisation"),
        ("2011-04-07", "self_inspection"),
        ("2011-05-15", "self_inspection"),
        ("2011-05-16", "rectification"),
        ("2011-08-10", "evaluation"),
        ("2011-08-11", None),
    ],
)
def test_the_stage_of_a_day_includes_its_first_and_last_day(plan, today, stage):
    found = plan.stage(dt.date.fromisoformat(today))
    assert (found and found.id) == stage


def test_quotas_are_exact(plan):
    assert plan.quotas.supervision == Fraction(1, 5)
    assert plan.quotas.cross_inspection == Fraction(3, 10)
    assert plan.quotas.panel_minimum == 20
    assert plan.quotas.panel_representatives == Fraction(2, 3)
    assert plan.quotas.board_retention_days == 365
    assert plan.quotas.verification_groups == 3


def test_two_thirds_of_21_is_met_by_exactly_14(plan):
    share = plan.quotas.panel_representatives
    assert next(n for n in range(22) if n >= share * 21) == 14


def test_the_place_has_16_townships_and_146_villages(plan):
    assert len(plan.townships) == 16
    assert len(plan.villages) == len({village.code for village in plan.villages}) == 146
    assert {township.type for township in plan.townships} == {"乡", "镇", "街道"}
    assert all(township.code.startswith(plan.place.code) for township in plan.townships)


def test_villages_are_spelled_as_in_the_national_code_list(plan):
    names = {village.code: village.name for village in plan.villages}
    assert names["361181103200"] == "绕二村民委员会"
    assert names["361181001016"] == "幸福社区居居委员会"
    assert {village.township_code for village in plan.villages} == {township.code for township in plan.townships}


def test_a_usual_misspelling_leads_to_its_township(plan):
    assert [township.name for township in plan.townships if "泗州镇" in township.aliases] == ["泗洲镇"]


def test_historic_id_area_codes_belong_to_the_place(plan):
    assert set(plan.place.id_area_codes) == {"361181", "362302", "362333", "362330"}


def test_word_lists_have_the_size_the_plan_gives(plan):
    codes = plan.codes
    assert (len(codes.targets), len(codes.slogans), len(codes.problem_types)) == (6, 4, 24)
    assert codes.improper_kinds == ("合户保", "分户保", "人情保", "关系保", "福利保")
    assert set(codes.improper_kinds) < set(codes.problem_types)
    assert codes.routes == ("自查", "督查", "交叉检查", "群众举报", "数据比对")
    assert codes.case_states[0] == "新发现" and codes.case_states[-1] == "已销号"


def test_the_five_checks_carry_the_titles_of_the_plan(plan):
    assert list(plan.check_titles) == ["一查", "二查", "三查", "四查", "五查", "专项"]
    assert plan.check_titles["五查"] == "资金发放是否足额及时"


def test_seven_dispositions_rest_on_clauses(plan):
    assert [rule.id for rule in plan.dispositions] == [f"D{number}" for number in range(1, 8)]
    assert all(rule.condition and rule.proposal and rule.clauses for rule in plan.dispositions)


def test_the_board_telephones_are_left_for_the_office_to_fill_in(plan):
    assert plan.contacts == {"市民政局": "", "市监察局": "", "市信访局": ""}


# ---- dated values


def test_an_unconfirmed_value_says_so_in_its_source(plan):
    entries = [(policy.id, policy.source, policy.confirmed) for policy in plan.policies]
    entries += [(standard.kind, standard.source, standard.confirmed) for standard in plan.standards]
    assert [name for name, source, confirmed in entries if not confirmed and not re.search("示例|待核实", source)] == []


def test_a_confirmed_value_cites_a_clause_of_the_plan(plan):
    cited = [re.fullmatch(r"方案 (R\d\d)", policy.source) for policy in plan.policies if policy.confirmed]
    assert cited and all(match and match[1] in plan.clauses for match in cited)


def test_each_value_is_read_in_its_unit(plan):
    on = dt.date(2011, 6, 1)
    assert plan.value("household_tolerance", on) == 50
    assert plan.value("payment_tolerance", on) == 100
    assert plan.value("review_vote_threshold", on) == Fraction(2, 3)
    assert plan.value("quarterly_pay_months", on) == (1, 4, 7, 10)
    assert plan.value("single_person_cover", on) is True
    assert plan.value("benefit_rounding_mode", on) == "四舍五入"
    assert "两轮摩托" in plan.value("exempt_vehicle_types", on)


def test_numbers_and_shares_come_in_their_own_type(plan):
    on = dt.date(2011, 6, 1)
    assert plan.number("last_pay_day", on) == 15
    assert plan.share("same_amount_share", on) == Fraction(9, 10)
    with pytest.raises(InputRefused, match="政策参数 last_pay_day 的单位“日”与用法不符"):
        plan.share("last_pay_day", on)


def test_a_new_rule_counts_from_its_first_day(plan):
    before, after = (
        plan.policy("posting_days", dt.date(2021, 6, 30)),
        plan.policy("posting_days", dt.date(2021, 7, 1)),
    )
    assert "民发〔2021〕57号" not in before.source
    assert "民发〔2021〕57号" in after.source


def test_the_order_of_entries_in_the_file_does_not_matter(tmp_path):
    entry = '[[policy]]\nid = "last_pay_day"\nname = "x"\nvalue = 10\nunit = "日"\neffective = "{}"\nsource = "x"\nconfirmed = true\n'
    more = entry.format("2012-01-01") + entry.format("2011-01-01").replace("10", "12", 1)
    plan = changed(tmp_path, ("[[policy]]", more + "\n[[policy]]"))
    assert [plan.number("last_pay_day", dt.date(year, 6, 1)) for year in (2010, 2011, 2012)] == [15, 12, 10]


def test_a_value_before_its_first_rule_is_refused(plan):
    with pytest.raises(InputRefused) as refused:
        plan.value("death_grace_months", dt.date(1999, 9, 30))
    assert "政策参数 death_grace_months在1999年9月30日没有有效的规定，最早一条自1999年10月1日起生效" in str(
        refused.value
    )


def test_an_unknown_rule_is_refused_with_what_to_write(plan):
    with pytest.raises(
        InputRefused, match=r"方案中没有政策参数 no_such_rule。请在 plan.toml 中补写一段 \[\[policy\]\]"
    ):
        plan.value("no_such_rule", dt.date(2011, 1, 1))


@pytest.mark.parametrize(
    ("kind", "on", "std", "floor"),
    [
        ("城市", "2010-06-30", 26000, 26000),
        ("城市", "2010-07-01", 30000, 28000),
        ("城市", "2011-08-31", 33000, 31000),
        ("农村", "2009-07-01", 11000, 11000),
        ("农村", "2010-12-31", 13000, 12000),
        ("农村", "2011-01-01", 16000, 15000),
    ],
)
def test_the_standard_in_force_changes_on_its_effective_day(plan, kind, on, std, floor):
    standard = plan.standard_in_force(kind, dt.date.fromisoformat(on))
    assert (standard.std_fen, standard.floor_fen) == (std, floor)


@pytest.mark.parametrize("kind", ["郊区", "<b>"])
def test_a_kind_without_a_standard_is_refused(plan, kind):
    with pytest.raises(InputRefused, match=f"方案中没有{kind}低保标准"):
        plan.standard_in_force(kind, dt.date(2011, 1, 1))


# ---- the evidence period


def test_without_a_period_evidence_runs_from_january_of_the_year_before_to_last_month(plan):
    assert plan.period(dt.date(2011, 7, 20)) == ("2010-01", "2011-06")
    assert plan.period(dt.date(2011, 1, 1)) == ("2010-01", "2010-12")


def test_the_file_can_fix_the_period(tmp_path):
    fixed = changed(tmp_path, ("# [plan.period]\n# start", "[plan.period]\nstart"), ("# end", "end"))
    assert fixed.period(dt.date(2011, 7, 20)) == ("2010-01", "2011-03")


def test_the_file_can_fix_only_the_first_month(tmp_path):
    fixed = changed(tmp_path, ('# [plan.period]\n# start = "2010-01"', '[plan.period]\nstart = "2010-07"'))
    assert fixed.period(dt.date(2011, 7, 20)) == ("2010-07", "2011-06")


def test_a_check_before_the_period_begins_is_refused(plan):
    with pytest.raises(InputRefused, match="从2010年1月到2009年12月，没有可查的月份。请核对检查日期（2010年1月31日）"):
        plan.period(dt.date(2010, 1, 31))


# ---- templates


@pytest.mark.parametrize("year", [1999, 2012, 2099])
def test_a_template_set_to_a_year_reads_back_as_that_year(tmp_path, year):
    path = written(tmp_path, Plan.template("dexing", year))
    plan = Plan.read(path)
    assert plan.year == year
    assert plan.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_setting_the_year_changes_one_line_only():
    other = Plan.template("dexing", 2025).splitlines()
    assert [new for old, new in zip(TEMPLATE.splitlines(), other, strict=True) if old != new] == ["year = 2025"]


def test_a_template_keeps_its_own_year_when_none_is_given():
    assert "\nyear = 2011\n" in TEMPLATE


@pytest.mark.parametrize("name", ["nosuch", "../plans/dexing", "dexing.toml", "", "<b>x</b>"])
def test_an_unknown_plan_is_refused_with_the_available_ones(name):
    with pytest.raises(InputRefused) as refused:
        Plan.template(name, 2011)
    assert str(refused.value) == f"没有名为“{name}”的方案。可用的方案：dexing，请从中选择。"


@pytest.mark.parametrize("year", [11, 1998, 2100, 20111, True])
def test_a_year_out_of_range_is_refused(year):
    with pytest.raises(InputRefused, match=f"year 为“{year}”，应为1999至2099之间的年份"):
        Plan.template("dexing", year)


def test_shipped_files_lie_in_the_package_of_a_wheel(tmp_path):
    (tmp_path / "dibao_lib" / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    assert shipped("templates", tmp_path / "dibao_lib") == tmp_path / "dibao_lib" / "templates"


def test_shipped_files_lie_beside_the_package_in_a_checkout(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert shipped("notebooks", tmp_path / "dibao_lib") == tmp_path / "notebooks"


def test_an_incomplete_installation_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="安装不完整：找不到随软件提供的 templates 文件夹。请重新安装"):
        shipped("templates", tmp_path / "dibao_lib")


# ---- broken files


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"读不到方案文件 plan\.toml"):
        Plan.read(tmp_path / "plan.toml")


def test_a_file_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path):
    crlf = TEMPLATE.replace("\n", "\r\n").encode("utf-8-sig")
    assert Plan.read(written(tmp_path, crlf)).year == 2011


def test_a_file_in_gbk_is_refused(tmp_path):
    gbk = TEMPLATE.replace("昄", "?").encode("gb18030")
    with pytest.raises(InputRefused, match=r"plan\.toml 不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码"):
        Plan.read(written(tmp_path, gbk))


def test_a_chinese_quotation_mark_is_refused_with_its_line(tmp_path):
    line = TEMPLATE[: TEMPLATE.index('id = "dexing"')].count("\n") + 1
    message = refusal(tmp_path, ('id = "dexing"', "id = “dexing”"))
    assert message.startswith(f"plan.toml 第{line}行写法不对，无法读取。请核对引号")


@pytest.mark.parametrize("text", ["x = [", "x = " + "[" * 5000, "a = 1\na = 2", "x = 2011-02-29"])
def test_a_file_that_is_no_toml_is_refused(tmp_path, text):
    with pytest.raises(InputRefused, match="写法不对，无法读取"):
        Plan.read(written(tmp_path, text))


@pytest.mark.parametrize("text", ["", "plan = 1", "[[plan]]\nyear = 2011"])
def test_a_file_without_its_first_part_is_refused(tmp_path, text):
    with pytest.raises(InputRefused, match=r"plan.toml 缺少 \[plan\] 部分，不是方案文件"):
        Plan.read(written(tmp_path, text))


def test_a_file_with_only_a_year_names_every_missing_part(tmp_path):
    with pytest.raises(InputRefused) as refused:
        Plan.read(written(tmp_path, "[plan]\nyear = 2011\n"))
    message = str(refused.value)
    for part in ("title", "place", "quota", "clause", "stage", "milestone", "policy", "standard", "township"):
        assert f"plan.toml：缺少 {part}，请补写。" in message


def test_29_february_is_a_day_of_a_leap_year_only(tmp_path):
    change = ('start = "04-01"\nend = "04-06"', 'start = "02-29"\nend = "04-06"')
    assert changed(tmp_path, change, ("year = 2011", "year = 2012")).stages[0].start == dt.date(2012, 2, 29)
    message = refusal(tmp_path, change)
    assert '第1段 [[stage]] mobilisation：start 为“02-29”，应为2011年实有的月日（如 "04-15"）' in message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('due = "04-15"', 'due = "4月15日"', "第4段 [[milestone]] M4：due 为“4月15日”，应为2011年实有的月日"),
        ("panel_minimum = 20", 'panel_minimum = "20"', "[quota]：panel_minimum 为“20”，应为不带引号的非负整数。"),
        ("panel_minimum = 20", "panel_minimum = true", "[quota]：panel_minimum 为“True”，应为不带引号的非负整数。"),
        ("panel_minimum = 20\n", "", "[quota]：缺少 panel_minimum，请补写。"),
        ('supervision = "20%"', 'supervision = "200%"', "[quota]：supervision 为“200%”，应为0到1之间的比例"),
        ('supervision = "20%"', "supervision = 0.2", "[quota]：supervision 为“0.2”，应为0到1之间的比例"),
        ('supervision = "20%"', 'supervision = "1/0"', "[quota]：supervision 为“1/0”，应为0到1之间的比例"),
        ('supervision = "20%"', 'supervision = "２０％"', "[quota]：supervision 为“２０％”，应为0到1之间的比例"),
        ('std = "260"', 'std = "二百六"', "[[standard]] 城市，2009-07-01：std 为“二百六”，应为以元为单位"),
        ('std = "260"', 'std = "1e999999999"', "[[standard]] 城市，2009-07-01：std 为“1e999999999”，应为以元为单位"),
        ("\nconfirmed = false", '\nconfirmed = "否"', "confirmed 为“否”，应为true（是）或 false（否）。"),
        ('unit = "元"', 'unit = "块"', "value 为“0”，应为与单位相符，而单位（unit）只能是元、比例、名单、月份"),
        (
            "[1, 4, 7, 10]",
            "[1, 4, 7, 13]",
            "quarterly_pay_months，1999-10-01：value 为“[1, 4, 7, 13]”，应为1至12之间的月份",
        ),
        (
            "value = 12",
            'value = "十二"',
            "standard_adjust_months，1999-10-01：value 为“十二”，应为不带引号的非负整数。",
        ),
        ('["R27"]', '"R27"', "[[milestone]] M1：clauses 为“R27”，应为文字清单"),
        ('["R27"]', '["R99"]', "M1：所列条款 R99 在 [[clause]] 中没有，请核对编号。"),
        ('id = "R02"', 'id = "R01"', "[[clause]] R01：写了2次，请只保留一段。"),
        ('id = "M2"', 'id = "M1"', "[[milestone]] M1：写了2次，请只保留一段。"),
        ('key = "boards"', 'key = "kickoff"', '[[milestone]]：key = "kickoff" 用了不止一次，请改为互不相同的名称。'),
        ("who = ", "whom = ", "第1段 [[milestone]] M1：不认识的项 whom，请核对拼写。"),
        ("[contacts]", "[contract]", "plan.toml：不认识的项 contract，请核对拼写。"),
        (
            'end = "05-15"',
            'end = "05-16"',
            "[[stage]] rectification：从2011-05-16开始，应晚于上一阶段的结束日期2011-05-16",
        ),
        ('due = "07-15"', 'due = "05-15"', "M7：开始日期2011-05-16晚于结束日期2011-05-15，请核对。"),
        ('code = "361181001"', 'code = "361182001"', "[[township]] 361182001：代码应为以 361181 开头的9位数字"),
        ('"361181001001"', '"361181002999"', "[[township]] 361181001：村居代码 361181002999 应以乡镇代码开头"),
        ('"361181001001"', '"361181001002"', "[[township]]：村居代码 361181001002 用了不止一次，请核对。"),
        ('"361181001001"', '"36118100100"', "[[township]] 361181001：villages 为"),
        ('aliases = ["银城镇"]', 'aliases = ["泗洲镇"]', "[[township]]：名称或别名“泗洲镇”用了不止一次，会分不清乡镇"),
        ('"市信访局" = ""', '"市信访局" = 12345', "plan.toml：contacts 为"),
        (
            '# [plan.period]\n# start = "2010-01"',
            '[plan.period]\nstart = "2010-13"',
            "[plan.period]：start 为“2010-13”，应为年月",
        ),
    ],
)
def test_a_wrong_entry_is_named_with_what_was_expected(tmp_path, old, new, message):
    text = refusal(tmp_path, (old, new))
    assert text.startswith("plan.toml 有") and "处需要修改，改好后重新运行：" in text
    assert message in text


def test_the_same_rule_twice_from_the_same_day_is_refused(tmp_path):
    message = refusal(tmp_path, ('effective = "2021-07-01"', 'effective = "1999-10-01"'))
    assert "[[policy]] posting_days，1999-10-01：写了2次，请只保留一段。" in message


def test_all_problems_of_a_file_are_named_at_once(tmp_path):
    message = refusal(
        tmp_path,
        ('due = "04-15"', 'due = "04-31"'),
        ('std = "260"', 'std = "-1"'),
        ('supervision = "20%"', "supervision = 20"),
    )
    lines = message.splitlines()
    assert lines[0] == "plan.toml 有3处需要修改，改好后重新运行："
    assert len(lines) == 4


def test_a_section_written_as_one_table_is_refused(tmp_path):
    start = TEMPLATE.index("[[standard]]")
    end = TEMPLATE.index("# ―――――――――― 五、")
    text = TEMPLATE[:start] + '[standard]\nkind = "城市"\n' + TEMPLATE[end:]
    with pytest.raises(InputRefused, match=r"standard：应写成若干段 \[\[standard\]\]"):
        Plan.read(written(tmp_path, text))


def test_a_hostile_value_stays_one_short_line_in_the_message(tmp_path):
    message = refusal(tmp_path, ('due = "04-15"', 'due = "<b>{year}\\n' + "x" * 500 + '"'))
    assert len(message.splitlines()) == 2
    assert "due 为“<b>{year} xxx" in message
    assert len(message) < 300


def test_a_workspace_plan_may_be_adapted_to_another_place(tmp_path):
    plan = changed(tmp_path, ('name = "德兴市"', 'name = "乐平市"'), ('supervision = "20%"', 'supervision = "1/4"'))
    assert plan.place.name == "乐平市"
    assert plan.quotas.supervision == Fraction(1, 4)
