"""A working paper a problem judged true: clause, facts, rows of the files, opinion, room to sign."""

import io
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hostile import HOSTILE
from markupsafe import escape

from dibao_lib.report.blocks import Attachment, PageBreak, Table, Title
from dibao_lib.report.formats import FORMATS
from dibao_lib.report.sections import working_papers
from dibao_lib.report.sections.working_papers import paper_sheets
from dibao_lib.report.subject import open_subject
from dibao_lib.report.text import clean

DAY = "2011-06-30"
UPHELD = {"属实", "部分属实"}


@pytest.fixture(scope="module")
def township(recorded):
    made = open_subject(str(recorded.inspection.folder), "绕二镇", DAY)
    yield made
    made.connection.close()


def answers(paper):
    """Label -> answer; the labels are the shaded cells."""
    cells = [cell for row in paper.body for cell in row if cell]
    return {label.text: answer.text for label, answer in zip(cells[::2], cells[1::2], strict=True)}


def test_each_problem_judged_true_has_one_paper_and_no_other_has(recorded, township):
    judged = recorded.inspection.table("judgements")
    mine = judged[judged["twn_id"].eq("361181103") & judged["judgement"].isin(UPHELD)]
    papers = [block for block in working_papers.section(township) if isinstance(block, Table)]
    assert sorted(answers(paper)["问题编号"] for paper in papers) == sorted(mine["fid"])


def test_a_paper_says_on_which_rows_of_which_files_it_rests(recorded, township):
    paper = answers(next(block for block in working_papers.section(township) if isinstance(block, Table)))
    found = recorded.findings.set_index("finding_id").loc[paper["问题编号"]]
    file, sheet, row = found["sources"][0].rsplit("#", 2)
    assert paper["证据来源"].startswith(f"1．{file}，工作表“{sheet}”，第{row}行")
    assert found["explanation"] in paper["事实经过"] and found["clause"].split("、")[0] in paper["依据条款"]
    assert paper["依据条款"].startswith(f"{found['clause'].split('、')[0]}　")
    assert "核实结论：" in paper["核实情况"] and "整改责任人：" in paper["处理意见"]


def test_there_is_room_for_the_inspected_unit_and_three_signatures(township):
    paper = answers(next(block for block in working_papers.section(township) if isinstance(block, Table)))
    assert "（签字、盖章）" in paper["被检查单位意见"]
    assert all(paper[who].endswith("年　　月　　日") for who in ("取证人", "复核人", "被取证人"))


def test_a_report_holds_the_weightiest_papers_and_says_where_the_others_are(township, monkeypatch):
    monkeypatch.setattr(working_papers, "_MOST", 2)
    made = working_papers.section(township)
    assert sum(isinstance(block, Table) for block in made) == 2
    assert "此处列涉及金额较大的2份，其余见 ledger.xlsx 的问题整改台账" in made.items[1].runs[0].text
    assert isinstance(made.items[0], Attachment) and isinstance(made.items[3], PageBreak)


def test_nothing_judged_true_is_no_empty_annex(inspected):
    assert len(working_papers.section(open_subject(str(inspected.inspection.folder), "绕二镇", DAY))) == 0


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_papers_are_set_in_every_format(township, form):
    assert len(form.render(tuple(working_papers.section(township)))) > 1000


def test_printed_to_sign_each_has_its_page_and_title(township):
    made = paper_sheets(township)
    assert isinstance(made.items[0], Title) and isinstance(made.items[1], Table)
    assert sum(isinstance(block, PageBreak) for block in made) == sum(isinstance(block, Table) for block in made) - 1


def test_the_command_prints_the_papers_of_one_township(recorded, dibao, tmp_path):
    folder = tmp_path / "表"
    code, out, _ = dibao("-w", recorded.inspection.folder, "sheets", "取证单", folder, "--in", "绕二镇")
    assert code == 0 and out.startswith("问题取证单")
    assert {path.name for path in folder.iterdir()} == {"问题取证单.docx", "问题取证单.pdf"}
    code, _, err = dibao("-w", recorded.inspection.folder, "sheets", "取证单", folder, "--in", "没有的乡")
    assert code == 2 and "没有核实属实的问题" in err


def test_hostile_answers_are_text_on_a_paper(township):
    rows = [
        SimpleNamespace(
            fid="a" * 16,
            hh_id="36118110310001",
            head=text,
            place=text,
            check_id="O4",
            period="2011-01",
            clause=text,
            explanation=text,
            what=text,
            observed=text,
            expected=text,
            amt=100,
            sources=[f"{text}#{text}#3"],
            grounds=text,
            judgement="属实",
            judged_by=[text],
            judged_on=None,
            opinion=text,
            owner=text,
            due=None,
        )
        for text in HOSTILE
    ]
    papers = tuple(working_papers._paper(township, row, 1) for row in rows)
    made = {form.name: form.render(papers) for form in FORMATS}
    page = made["html"].decode()
    document = zipfile.ZipFile(io.BytesIO(made["docx"])).read("word/document.xml")
    told = "".join(ElementTree.fromstring(document).itertext())
    for text in HOSTILE:
        assert str(escape(clean(text))) in page and clean(text).replace("\n", "") in told
    assert "<script" not in page and b"instrText>" not in document
    assert made["pdf"].startswith(b"%PDF")
