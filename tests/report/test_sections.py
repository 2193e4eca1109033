"""The report's sections on the made-up county: facts tie out with the evidence, every sentence is whole."""

import re

import pytest

from dibao_lib.checks import rules
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.tables import table_schema
from dibao_lib.report.audience import Audience
from dibao_lib.report.blocks import Attachment, Blocks, Figure, Heading, Paragraph, Signatures, Table, Title
from dibao_lib.report.sections import (
    annexes,
    basics,
    cover,
    five_checks,
    heat_map,
    major_cases,
    problems,
    proposals,
    rectification,
    sampling,
    self_inspection,
    sources,
)
from dibao_lib.report.subject import SPILL, open_subject

TOWNSHIP = [
    cover.section,
    basics.section,
    sources.section,
    five_checks.section,
    problems.section,
    sampling.section,
    self_inspection.section,
    proposals.section,
    annexes.signatures,
    annexes.section,
]
CITY = [*TOWNSHIP[:4], heat_map.section, *TOWNSHIP[4:], annexes.workbook, sources.set_aside]
DAY = "2011-06-30"


@pytest.fixture(scope="module")
def township(inspected):
    return open_subject(str(inspected.inspection.folder), "绕二镇", DAY)


@pytest.fixture(scope="module")
def city(inspected):
    return open_subject(str(inspected.inspection.folder), "", DAY, Audience.CIRCULATED)


@pytest.fixture(scope="module")
def township_blocks(township):
    return [block for section in TOWNSHIP for block in section(township)]


@pytest.fixture(scope="module")
def city_blocks(city):
    return [block for section in CITY for block in section(city)]


def test_annexes_are_numbered_without_gap_or_twice(city):
    annexed = Blocks(
        tuple(block for part in (annexes.section, rectification.ledger, major_cases.section) for block in part(city))
    )
    numbers = [block.number for block in annexes.closing(city, annexed) if isinstance(block, Attachment)]
    assert numbers == [1, 2, 3]


def test_the_matrix_of_clauses_names_the_part_of_the_plan(city_blocks):
    (matrix,) = [b for b in city_blocks if isinstance(b, Table) and b.caption == "方案条款落实对照"]
    assert len(matrix.body) == 73
    assert [cell.text for cell in matrix.body[56]] == ["三阶段", "R57", "督查面至少覆盖20%的乡镇", "检查：C5；时限：M7"]


def text(block):
    return "".join(run.text for run in block.runs)


def texts(blocks):
    """Everything a reader sees."""
    for block in blocks:
        if isinstance(block, (Title, Heading)):
            yield block.text
        elif isinstance(block, Paragraph):
            yield text(block)
        elif isinstance(block, Table):
            yield from (cell.text for row in (*block.head, *block.body) for cell in row if cell)
            yield from (block.caption, block.note)
        elif isinstance(block, Figure):
            yield from (block.caption, block.alt)


def table(blocks, caption):
    return next(block for block in blocks if isinstance(block, Table) and block.caption == caption)


def rows(block):
    return [[cell.text if cell else "" for cell in row] for row in block.body]


def test_the_title_names_place_township_and_occasion(township_blocks):
    assert township_blocks[0].text == "德兴市绕二镇\n城乡低保资金发放专项治理检查报告"


def test_the_opening_says_on_what_basis_and_over_which_months(township_blocks):
    assert "《德兴市城乡低保资金发放专项治理实施方案》" in text(township_blocks[1])
    assert "检查的资金期间为2010年1月至2011年5月，表册和记录截至2011年6月30日" in text(township_blocks[1])


def test_the_chapters_come_in_their_order(township_blocks):
    headings = [block.text for block in township_blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == ["基本情况", "表册来源与质量", "五查结果", "问题清单", "抽样", "自查核实", "处理建议"]


def test_the_villages_add_up_to_the_township(township_blocks):
    *villages, total = rows(table(township_blocks, "各村（居）在册低保对象"))
    assert total[0] == "合计"
    for column in (1, 2, 3):
        assert sum(int(row[column].replace(",", "")) for row in villages) == int(total[column].replace(",", ""))


def test_the_townships_add_up_to_the_city(township_blocks, city_blocks):
    ours = rows(table(township_blocks, "各村（居）在册低保对象"))[-1][1:]
    in_the_city = next(row for row in rows(table(city_blocks, "各乡镇（街道）在册低保对象")) if row[0] == "绕二镇")
    assert in_the_city[1:] == ours


def test_the_ledger_holds_every_finding_of_the_township_and_no_other(inspected, township_blocks):
    expected = inspected.findings.query("township == '绕二镇'")["finding_id"].str[:8]
    assert sorted(row[0] for row in rows(table(township_blocks, "问题线索台账"))) == sorted(expected)


def test_the_chapters_of_the_city_count_all_findings(inspected, city_blocks):
    tables = [b for b in city_blocks if isinstance(b, Table) and b.caption.endswith("检查项结果")]
    counted = 0
    for each in tables:
        places = [place for place, cell in enumerate(each.head[0]) if cell.text in ("A类", "B类", "C类")]
        counted += sum(int(row[place]) for row in rows(each) for place in places)
    assert counted == len(inspected.findings)


def test_whole_ids_stand_only_in_a_townships_own_ledger(inspected, township_blocks, city_blocks):
    persons = set(inspected.findings["person_id"].dropna())
    city = "\n".join(texts(city_blocks))
    assert not [person for person in persons if person in city]
    township = set(inspected.findings.query("township == '绕二镇'")["person_id"].dropna())
    ledger = {row[4] for row in rows(table(township_blocks, "问题线索台账"))}
    assert township <= ledger


def test_no_sentence_has_a_hole(township_blocks, city_blocks):
    for shown in [*texts(township_blocks), *texts(city_blocks)]:
        assert not re.search(r"\b(nan|None|NaT|<NA>)\b|nan）|\{|\}|，，|。。|：。", shown), shown


def test_every_problem_found_has_a_proposal_of_its_own_or_shares_a_sentence(inspected, township_blocks):
    found = inspected.findings.query("township == '绕二镇'")["check_id"].value_counts()
    own = [row[0] for row in rows(table(township_blocks, "处理建议"))]
    (said,) = [text(b) for b in township_blocks if isinstance(b, Paragraph) and "类问题逐条核实" in text(b)]
    lead, shared = said.removesuffix("。").split("）：")
    titles = {rule.id: rule.title for rule in rules()}
    told = [*own, *(re.sub("([0-9]+条)$", r"（\1）", each) for each in shared.split("；"))]
    assert sorted(told) == sorted(f"{titles[check]}（{count}条）" for check, count in found.items())
    assert re.fullmatch("其余[0-9]+类问题逐条核实，属实的按规定处理（D6 .+，R[0-9]+.*", lead)


def test_concealed_relatives_are_proposed_for_removal_as_the_plan_says(city_blocks):
    row = next(row for row in rows(table(city_blocks, "处理建议")) if row[0].startswith("隐瞒不报的干部亲属"))
    assert row[2] == "D2 一律清退，并上报处理"
    assert "R37" in row[3]


def test_quarantined_cells_are_listed_for_the_office(city_blocks):
    listed = rows(table(city_blocks, "隔离的内容"))
    assert any("以数字存放" in row[3] for row in listed)


def test_figures_say_what_they_show(township_blocks):
    figures = [block for block in township_blocks if isinstance(block, Figure)]
    captions = [figure.caption for figure in figures]
    assert captions[:2] == [
        "各月实发低保金（横轴为月份）",
        "发放日历（户；缺为应发未发，迟为逾期发放，空白为当月不发放）",
    ]
    assert re.fullmatch("各检查项问题线索数（条，线索较多的12项，其余[1-9][0-9]?项见各查）", captions[2])
    assert captions[3:] == ["各类问题户数"]
    assert all(len(figure.alt) > 10 and figure.svg for figure in figures)


def test_the_forms_that_do_not_tie_are_those_planted(inspected, city_blocks):
    # a village voted some households out that stayed on the register: planted as P8, told by the summary form too
    told = [row for row in rows(table(city_blocks, "与明细不符的项目")) if row[2] != "合计 评议不符合户数"]
    forms, votes = (inspected.findings[inspected.findings["check_id"] == check] for check in ("C3", "P6"))
    assert len(told) == len(forms) + votes["township"].nunique()


def test_what_was_corrected_in_time_is_not_pursued(township_blocks):
    (said,) = [text(b) for b in township_blocks if isinstance(b, Paragraph) and text(b).startswith("自查上报有问题的")]
    assert "2011年5月15日前已纠正" in said and "按处理规则D1不再追究部门和个人责任" in said


def test_annexes_and_signatures_close_the_report(township_blocks):
    assert [b.title for b in township_blocks if isinstance(b, Attachment)] == ["问题线索台账", "检查项与数据说明"]
    (signed,) = [b for b in township_blocks if isinstance(b, Signatures)]
    assert (signed.boxes[1], signed.date) == ("绕二镇负责人", "2011年6月30日")


def test_a_township_may_be_named_by_code(inspected):
    assert open_subject(str(inspected.inspection.folder), "361181103", DAY).name == "绕二镇"


def test_in_a_batch_a_large_place_takes_bounded_memory_and_spills_where_the_batch_clears_up(
    inspected, tmp_path, monkeypatch
):
    monkeypatch.setenv(SPILL, str(tmp_path / "spill"))
    city = open_subject(str(inspected.inspection.folder), "", DAY)
    told = city.row("SELECT current_setting('memory_limit') AS most, current_setting('temp_directory') AS place")
    assert (told.most, told.place) == ("1.8 GiB", str(tmp_path / "spill"))
    city.connection.execute("CREATE TEMP TABLE wide AS SELECT hash(i), hash(i + 1) FROM range(1_000_000) r(i)")
    city.connection.execute("SET memory_limit = '10MB'")
    assert list((tmp_path / "spill").glob("*.tmp"))
    city.connection.close()
    assert list(tmp_path.rglob("*.tmp")) == []


def test_an_unknown_township_is_answered_with_the_known_ones(inspected):
    with pytest.raises(InputRefused, match=r"没有名为“火星镇”的乡镇。可用的有：银城街道、.*请核对名称或代码。"):
        open_subject(str(inspected.inspection.folder), "火星镇", DAY)


def test_a_date_that_is_none_is_refused(inspected):
    with pytest.raises(InputRefused, match="报告日期“六月底”写法不对，应为 2011-06-30 这样的年-月-日。"):
        open_subject(str(inspected.inspection.folder), "绕二镇", "六月底")


@pytest.mark.parametrize("missing", ["households", "payments", "standards", "assessments"])
def test_a_report_without_one_table_says_so_and_is_still_whole(own_copy, write_evidence, missing):
    from dibao_lib.checks import run_checks
    from dibao_lib.demo import demo_day

    write_evidence(own_copy, missing, table_schema(missing).empty_table())
    run_checks(own_copy, demo_day(own_copy.plan))
    subject = open_subject(str(own_copy.folder), "绕二镇", DAY)
    shown = list(texts(block for section in TOWNSHIP for block in section(subject)))
    assert any("未具备数据" in sentence for sentence in shown)
    assert not [sentence for sentence in shown if re.search(r"\b(nan|None|NaT)\b", sentence)]


def test_the_circular_leaves_long_lists_to_the_workbook(inspected, city):
    printed = [block for section in (sources.section, problems.section, annexes.section) for block in section(city)]
    assert "隔离的内容" not in [block.caption for block in printed if isinstance(block, Table)]
    assert "随附的 ledger.xlsx" in "".join(map(text, (b for b in printed if isinstance(b, Paragraph))))
    kept = annexes.workbook(city)
    assert [block.caption for block in kept] == ["问题线索台账", "检查项进行情况", "方案条款落实对照"]
    assert len(kept.items[0].body) == len(inspected.findings) and len(kept.items[2].body) == len(city.plan.clauses)


def test_annexes_are_listed_and_numbered_without_gaps(township):
    annexed = annexes.section(township) + Attachment("问题取证单")
    closed = annexes.closing(township, annexed)
    assert [(b.number, b.title) for b in closed if isinstance(b, Attachment)] == [
        (1, "问题线索台账"),
        (2, "检查项与数据说明"),
        (3, "问题取证单"),
    ]
    listed = next(text(block) for block in closed if isinstance(block, Paragraph))
    assert listed == "附件：1．问题线索台账\n　　　　　2．检查项与数据说明\n　　　　　3．问题取证单"


def test_a_single_annex_has_no_number(city):
    closed = annexes.closing(city, annexes.section(city))
    assert [b.number for b in closed if isinstance(b, Attachment)] == [0]
    assert text(next(b for b in closed if isinstance(b, Paragraph))) == "附件：检查项与数据说明"


def test_a_month_nobody_of_a_street_was_paid_stands_out_in_the_calendar(inspected, city):
    (month,) = [(f.township, f.period) for f in inspected.findings.itertuples() if "全部没有发放记录" in f.explanation][
        :1
    ]
    due = city.sql(basics._DUE.format(area="township"))
    row = due[due["area"].eq(month[0]) & due["month"].eq(month[1])].iloc[0]
    assert row["due"] - row["paid"] > 10
    missing = inspected.findings.query("check_id == 'F1'")
    (figure,) = [b for b in basics.section(city) if isinstance(b, Figure) and b.caption.startswith("发放日历")]
    absent = int(due["due"].sum() - due["paid"].sum())
    assert f"缺发{absent:,}户次" in figure.alt and absent >= missing["household_id"].nunique()
