"""What an executed notebook reports, and what it keeps to itself."""

import nbformat
import pytest
from nbformat import v4

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import MIME, Attachment, Figure, Heading, Paragraph, Table, Title, to_json
from dibao_lib.report.notebook import read_blocks, read_ledger
from dibao_lib.report.pieces import Cell, Column

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def code(*outputs, tags=(), count=1):
    cell = v4.new_code_cell("secret = 1", outputs=list(outputs), execution_count=count)
    cell.metadata["tags"] = list(tags)
    return cell


def shown(**data):
    return v4.new_output("display_data", {name.replace("__", "/").replace("_", "+"): x for name, x in data.items()})


def block_output(*blocks):
    return v4.new_output("execute_result", {MIME: [to_json(b) for b in blocks], "text/html": "<p>x", "text/plain": "x"})


def notebook(*cells):
    return v4.new_notebook(cells=list(cells))


def test_blocks_and_prose_are_reported_in_order_and_numbered():
    nb = notebook(
        v4.new_markdown_cell("# 报告\n\n## 基本情况"), code(block_output(Heading("核实"), Heading("走访", 2)))
    )
    assert read_blocks(nb) == [Title("报告"), Heading("一、基本情况"), Heading("二、核实"), Heading("（一）走访", 2)]


def test_a_notebook_saved_and_opened_again_gives_the_same_report():
    nb = notebook(code(block_output(Title("报告"), Heading("一、基本情况"))))
    assert read_blocks(nbformat.reads(nbformat.writes(nb), 4)) == [Title("报告"), Heading("一、基本情况")]


def test_a_notebook_read_as_plain_json_gives_the_same():
    nb = notebook(v4.new_markdown_cell("## 基本情况\n\n甲乙"), code(block_output(Title("报告"))))
    assert read_blocks(nbformat.from_dict(nb)) == read_blocks(nb)
    split = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["## 基本", "情况"]}]}
    assert read_blocks(split) == [Heading("一、基本情况")]


def test_code_prints_widgets_and_marked_cells_stay_out():
    widget = shown(**{"application__vnd.jupyter.widget-view+json": {"model_id": "x"}, "text__plain": "Button()"})
    nb = notebook(
        code(v4.new_output("stream", text="打印")),
        code(widget),
        code(v4.new_output("execute_result", {"text/plain": "42"})),
        v4.new_raw_cell("raw"),
        *(
            code(block_output(Title(tag)), tags=[tag])
            for tag in ("parameters", "injected-parameters", "remove-cell", "remove-output")
        ),
    )
    assert read_blocks(nb) == []


def test_what_is_kept_for_the_workbook_is_not_printed_and_both_ledgers_are_in_it():
    first, second, other = (Table((Column(),), (), ((Cell(text),),), text) for text in ("甲", "乙", "丙"))
    nb = notebook(
        code(block_output(Title("报告"), other, Attachment("问题线索台账", 1), first)),
        code(block_output(Attachment("说明", 2), other)),
        code(block_output(second), tags=["ledger-only"]),
    )
    assert [block.caption for block in read_blocks(nb) if isinstance(block, Table)] == ["表1　丙", "表2　甲", "表3　丙"]
    assert read_ledger(nb) == [first, second]


def test_a_cell_whose_input_is_hidden_still_reports():
    assert read_blocks(notebook(code(block_output(Title("报告")), tags=["remove-input"]))) == [Title("报告")]


def test_a_plain_data_frame_and_a_figure_of_the_analyst_are_taken_over():
    frame = shown(text__html="<div><table><tr><th>甲</th></tr></table></div>", text__plain="x")
    picture = v4.new_output("display_data", {"image/png": PNG + "\n", "text/plain": "<Figure>"})
    vector = v4.new_output("display_data", {"image/svg+xml": ["<svg/>", "\n"]})
    kinds = [type(block) for block in read_blocks(notebook(code(frame, picture, vector)))]
    assert kinds == [Table, Figure, Figure]


def test_markdown_an_analyst_displayed_is_prose():
    (block,) = read_blocks(notebook(code(v4.new_output("display_data", {"text/markdown": "甲<b>"}))))
    assert isinstance(block, Paragraph) and "".join(run.text for run in block.runs) == "甲<b>"


def test_an_error_refuses_the_report_and_names_the_cell_but_not_the_data():
    error = v4.new_output("error", ename="KeyError", evalue="'张三 362326'", traceback=["…"])
    with pytest.raises(ReportFailed) as refused:
        read_blocks(notebook(v4.new_markdown_cell("x"), code(error, tags=["remove-cell"], count=7)))
    assert str(refused.value) == (
        "报告笔记本第2个单元格（运行序号 [7]）出错：KeyError。请改正后重新运行整个笔记本，再生成报告。"
    )


def test_an_error_of_our_own_keeps_its_sentence():
    error = v4.new_output("error", ename="InputRefused", evalue="表册不全。", traceback=[])
    with pytest.raises(ReportFailed, match=r"第1个单元格.*出错：表册不全。"):
        read_blocks(notebook(code(error)))


def test_a_block_of_another_version_refuses_the_report():
    future = v4.new_output("display_data", {MIME: [{"kind": "hologram"}]})
    with pytest.raises(ReportFailed, match="无法识别的报告内容块"):
        read_blocks(notebook(code(future)))
