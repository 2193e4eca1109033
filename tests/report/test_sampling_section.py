"""抽样 in the reports: everything a challenger would ask, in the city's report and in each township's."""

import datetime as dt
import shutil

import pyarrow as pa
import pytest

from dibao_lib.demo.draws import SEED, draw_households, draw_townships, draw_villages
from dibao_lib.evidence.tables import table_schema
from dibao_lib.report.blocks import Figure, Heading, Paragraph, Table
from dibao_lib.report.draw_sheet import draw_sheet, save_sheet
from dibao_lib.report.sections import sampling
from dibao_lib.report.subject import open_subject
from dibao_lib.sampling import Design, draw
from dibao_lib.sampling.archive import kept_draws, save_stage
from dibao_lib.sampling.files import draw_path, save_draw, save_draw_at
from dibao_lib.sampling.frames import unit_names, workspace_frame
from dibao_lib.sampling.options import preview, size_options
from dibao_lib.sampling.overview import demanded, drawn_townships, township_table
from dibao_lib.sampling.second_stage import second_stage

DAY = dt.date(2011, 6, 30)


@pytest.fixture
def undrawn(own_copy, write_evidence):
    """The county before anything was drawn and anybody was visited."""
    shutil.rmtree(own_copy.folder / "draws")
    (own_copy.folder / "draws").mkdir()
    write_evidence(own_copy, "visits", table_schema("visits").empty_table())
    return own_copy


@pytest.fixture
def drawn(undrawn):
    """The county with its draws; supervision's."""
    own_copy = undrawn
    supervised, crossed, _ = draw_townships(own_copy, DAY)
    draw_households(own_copy, supervised)
    draw_villages(own_copy, supervised, crossed)
    return own_copy, supervised


def section(inspection, township=""):
    return sampling.section(open_subject(str(inspection.folder), township, "2011-06-30"))


def text(block):
    if isinstance(block, Paragraph):
        return "".join(run.text for run in block.runs)
    if isinstance(block, Table):
        cells = [cell.text for row in (*block.head, *block.body) for cell in row if cell]
        return "|".join([block.caption, *cells, block.note])
    return getattr(block, "text", "") or getattr(block, "caption", "")


def test_without_a_draw_the_report_says_so(undrawn):
    (_, said) = section(undrawn)
    assert text(said) == "尚未抽取督查、交叉检查的乡镇（街道），或抽样记录不在工作区内。"


def test_the_city_prints_all_a_challenger_would_ask(drawn):
    inspection, supervised = drawn
    blocks = section(inspection)
    told = "\n".join(map(text, blocks))
    promise = supervised.commitment
    for wanted in (
        supervised.frame.hash,
        supervised.design.hash,
        promise.hash,
        promise.at.replace("T", " "),
        promise.source,
        SEED,
        *(row.ticket[:16] for row in supervised.rows),
        "入样概率",
        "递补",
        "draws/督查.sh",
    ):
        assert wanted in told
    assert [b.text for b in blocks if isinstance(b, Heading)] == [
        "抽样",
        "交叉检查",
        "督查",
        "分片负责",
        "村（居）和家庭的抽样",
    ]
    (gauge,) = [b for b in blocks if isinstance(b, Figure)]
    assert gauge.alt.startswith("抽样覆盖面：交叉检查5个；督查4个；合计（不重复）")


def test_a_township_drawn_prints_its_ticket_and_the_households_drawn_in_it(drawn):
    inspection, supervised = drawn
    row = supervised.rows[0]
    told = "\n".join(map(text, section(inspection, row.unit)))
    assert (
        f"督查（16个中抽4个）：{unit_names(inspection)[row.unit]}抽中，第1号，入样概率1/4，号码{row.ticket[:16]}"
        in told
    )
    assert "入户核查（" in told
    assert "入户核查完成情况（户）|抽样|范围|抽样框|抽中|有结论|未见到人|待查|未核查|有问题" in told
    assert "有结论的不足2户，不作推断。" in told


def test_villages_drawn_for_hearings_are_named_in_both_reports(drawn):
    inspection, supervised = drawn
    code = supervised.rows[0].unit
    (made,) = [k.draw for k in kept_draws(inspection.folder / "draws") if k.name == f"听证/{code}"]
    names = unit_names(inspection)
    villages = [names[row.unit].removeprefix(names[code]) for row in made.rows]
    (table,) = [b for b in section(inspection) if isinstance(b, Table) and b.caption == "抽中的村（居）"]
    assert f"听证|{names[code]}|{len(made.frame.units)}|2|{'、'.join(villages)}" in text(table)
    told = "\n".join(map(text, section(inspection, code)))
    assert f"听证（{names[code]}）：抽中的单元" in told and all(village in told for village in villages)


def test_a_township_not_drawn_learns_its_place_on_the_list(drawn):
    inspection, supervised = drawn
    waiting = supervised.reserve[0]
    told = "\n".join(map(text, section(inspection, waiting.unit)))
    assert f"督查（16个中抽4个）：{unit_names(inspection)[waiting.unit]}未抽中，递补顺序第{waiting.order}号。" in told


def test_replacements_are_printed_with_reason_and_approver(drawn):
    inspection, supervised = drawn
    gone = supervised.rows[0].unit
    path = draw_path(inspection.folder / "draws", "督查")
    save_draw_at(path, supervised.replace(gone, "洪水<b>断路", "张主任"), instead_of=supervised)
    told = "\n".join(map(text, section(inspection)))
    assert "督查：递补情况|未能检查的单元|递补单元|理由|批准人" in told
    assert "洪水<b>断路|张主任" in told


def test_a_record_that_was_changed_is_named_and_the_rest_stands(drawn):
    inspection, _ = drawn
    path = draw_path(inspection.folder / "draws", "督查")
    path.write_text(path.read_text(encoding="utf-8").replace(SEED, "6"), encoding="utf-8")
    told = "\n".join(map(text, section(inspection)))
    assert "抽样记录“督查”核验未通过：" in told
    assert "交叉检查：抽中的单元" in told


def test_the_sheet_to_be_signed_is_written_as_word_and_pdf(drawn):
    inspection, supervised = drawn
    told = "\n".join(map(text, draw_sheet(inspection, supervised, DAY)))
    assert "督查：递补顺序（前6个）" in told
    assert [path.name for path in save_sheet(inspection, "督查", DAY)] == ["督查-确认单.docx", "督查-确认单.pdf"]


def test_the_townships_at_a_glance(drawn):
    inspection, _ = drawn
    table = township_table(inspection)
    assert len(table) == 16
    assert table["督查"].eq("抽中").sum() == 4
    assert table["交叉检查检查组"].ne("").sum() == 5
    assert table.loc[table["入户核查"].ne(""), "入户核查"].tolist() == [60] * 4
    assert table.loc[table["听证"].ne(""), "听证"].tolist() == [2] * 8
    assert {name: len(units) for name, units in drawn_townships(inspection).items()} == {"交叉检查": 5, "督查": 4}
    assert [str(share) for share in demanded(inspection).values()] == ["1/5", "3/10"]


def test_sizes_to_choose_from_are_exact_for_the_township():
    table = size_options(200, tolerable=("5%",), confidence=("95%",), acceptable=(0,))
    assert table.to_dict("records") == [
        {"要排除的差错率": "5%", "把握": "95%", "允许查出差错（户）": 0, "需查（户）": 51, "占比": "25.5%"}
    ]


def test_a_preview_says_how_many_but_not_which(drawn):
    _, supervised = drawn
    assert preview(supervised.frame, supervised.design).values.tolist() == [["全部", 16, 0, 0, 4, "0.250至0.250"]]


def test_visits_give_error_rates_with_df_correction_and_design_effect(drawn, write_evidence):
    inspection, supervised = drawn
    kept = [one for one in kept_draws(inspection.folder / "draws") if one.parent]
    rows = [
        {"hh_id": unit, "on": DAY, "found": "户在人在", "view": "退出" if place % 9 == 0 else "保留"}
        for one in kept
        for place, unit in enumerate(one.draw.sample["unit"][:50])
    ]
    write_evidence(inspection, "visits", pa.Table.from_pylist(rows, table_schema("visits")))
    code = supervised.rows[0].unit
    told = "\n".join(map(text, section(inspection, code)))
    assert "差错率的推断|算法|差错率|标准误|单侧下限|95%区间|户数|自由度|设计效应|没有结论的不计|12.0%" in told
    assert "有限总体修正：抽样比" in told and "|60|50|0|0|10|6" in told
    county = "\n".join(map(text, section(inspection)))
    assert "入户核查：全市差错率的推断" in county
    assert "两阶段：督查4个乡镇，再抽家庭；两阶段都作有限总体修正。" in county


def test_of_second_stages_a_township_reads_its_own_and_the_city_all(drawn):
    inspection, supervised = drawn
    one, other = supervised.rows[0].unit, supervised.rows[1].unit
    of_one = kept_draws(inspection.folder / "draws", one)
    assert {kept.parent for kept in of_one} == {"", one}
    assert of_one == [k for k in kept_draws(inspection.folder / "draws") if k.parent in ("", one)]
    (path,) = [
        k.path for k in kept_draws(inspection.folder / "draws") if k.parent == other and "入户" in k.path.parent.name
    ]
    path.write_text(path.read_text(encoding="utf-8").replace('"order": 1', '"order": 2', 1), encoding="utf-8")
    broken = "核验未通过"
    assert broken in "".join(map(text, section(inspection, other))) and broken in "".join(
        map(text, section(inspection))
    )
    assert broken not in "".join(map(text, section(inspection, one)))


def test_a_draw_of_villages_has_no_error_rate_of_households(drawn):
    inspection, supervised = drawn
    staged = second_stage(inspection, supervised, "村", "village", n=2)
    save_stage(inspection.folder / "draws", "村", staged.second)
    told = "\n".join(map(text, section(inspection, supervised.rows[0].unit)))
    assert told.count("不作推断") == 1
    assert "村（" in told


def test_a_draw_without_commitment_is_said_to_have_none(undrawn):
    made = draw(workspace_frame(undrawn, "township"), Design("督查", n=4), "3")
    save_draw(undrawn.folder / "draws", made)
    told = "\n".join(map(text, section(undrawn)))
    assert "“督查”没有事先承诺，名单由号码决定" in told
    assert "在种子产生之前公布" not in told
