"""Every kind of file, told by its bytes (dirty-data.md, nos. 13, 14, 24, 25)."""

import books
import pytest
from books import HEAD, ROWS

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.workbook import read_workbook

TEXTS = [list(map(str, row)) for row in (HEAD, *ROWS)]


def cells(path, sheet=0):
    from dibao_lib.evidence.cell import text_of

    return [[text_of(cell) for cell in row] for row in read_workbook(path, Limits()).sheets[sheet].rows]


def refusal(path):
    with pytest.raises(InputRefused) as refused:
        read_workbook(path, Limits())
    return str(refused.value)


@pytest.mark.parametrize("make", [books.xlsx, books.xls])
def test_a_workbook_keeps_the_types_of_its_cells(tmp_path, make):
    path = make(tmp_path / "book", {"台账": [HEAD, *ROWS]})
    assert cells(path) == TEXTS
    assert read_workbook(path, Limits()).sheets[0].rows[1][4:] == [2.0, 330.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_table_in_any_usual_encoding(tmp_path, encoding, delimiter):
    assert cells(books.csv(tmp_path / "a.csv", [HEAD, *ROWS], encoding, delimiter)) == TEXTS


def test_rare_characters_survive_gb18030(tmp_path):
    path = books.csv(tmp_path / "a.csv", [("姓名",), ("䶮某·江",)], "gb18030")
    assert cells(path)[1] == ["䶮某·江"]


def test_a_web_page_saved_as_xls_is_read_as_the_table_it_is(tmp_path):
    path = tmp_path / "a.xls"
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TEXTS[1:])
    path.write_text(f"<html><table><tr><td colspan=6>台账</td></tr>{body}</table></html>", encoding="gb18030")
    assert cells(path) == [["台账", "", "", "", "", ""], *TEXTS[1:]]
    assert read_workbook(path, Limits()).notes == ("扩展名是.xls，内容其实是网页表格，已按内容读取",)


def test_rowspans_of_a_web_page_are_merged_cells(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td rowspan=2>D1<td>甲<tr><td>乙</table>", encoding="utf-8")
    sheet = read_workbook(path, Limits()).sheets[0]
    assert sheet.rows == [["D1", "甲"], ["", "乙"]]
    assert sheet.merged == ((0, 0, 1, 0),)


@pytest.mark.parametrize(("wrong", "make"), [("a.xls", books.xlsx), ("a.xlsx", books.xls)])
def test_a_wrong_extension_does_not_matter_but_is_said(tmp_path, wrong, make):
    path = make(tmp_path / wrong, {"台账": [HEAD, *ROWS]})
    assert cells(path) == TEXTS
    assert "已按内容读取" in read_workbook(path, Limits()).notes[0]


def test_a_csv_named_xlsx_is_read_as_text(tmp_path):
    assert cells(books.csv(tmp_path / "a.xlsx", [HEAD, *ROWS])) == TEXTS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\x00" * 600, "文件是空的"),
        (b"%PDF-1.7 ...", "不是 Excel 工作簿或文本表格"),
        (b"\x89PNG\r\n\x1a\n", "不是 Excel 工作簿或文本表格"),
        (b"\x01\x02\x00\x03 binary", "不是 Excel 工作簿或文本表格"),
        (b"<html><p>no table</p></html>", "其中没有表格"),
        ("姓名,备注\n张三,\x00".encode().ljust(700), "第2行含有空字符"),
        (b"\xff\xfe" + "姓名".encode("utf-16-le") + b"\x00", "无法识别"),
        ("姓名\n张三".encode("gb18030") + b"\xff\xff\n", "第2行起的文字编码无法识别"),
        ('姓名,备注\n张三,"未完\n'.encode(), "第2行起有引号没有成对"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML 格式的电子表格",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "不是完好的 xls 工作簿"),
        (b"PK\x03\x04 broken", "文件不完整或已损坏"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path, content, said):
    path = tmp_path / "a.xlsx"
    # the first bytes alone decide, so a null byte further on gets as far as the decoder
    path.write_bytes(content if said != "第2行含有空字符" else "姓名,备注\n".encode() + b" " * 600 + b"\x00")
    assert said in refusal(path)
    assert "\n" not in refusal(path)


def test_a_document_of_another_program_is_no_workbook(tmp_path):
    import zipfile

    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "不是 Excel 工作簿（可能是压缩包或其他文档）" in refusal(path)


def test_an_old_spreadsheet_of_gbk_text_is_not_garbled(tmp_path):
    path = books.biff4(tmp_path / "a.xls", [HEAD, *ROWS])
    assert cells(path) == TEXTS


def test_the_last_row_of_a_file_that_breaks_off_is_marked(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("低保证号,乡镇,金额\nD1,绕二镇,330\nD2,绕", encoding="utf-8")
    assert read_workbook(path, Limits()).sheets[0].cut_off == 2


def test_hidden_sheets_are_marked(tmp_path):
    path = books.xlsx(tmp_path / "a.xlsx", {"甲": [HEAD], "乙": [HEAD]}, hidden=("乙",))
    assert [sheet.hidden for sheet in read_workbook(path, Limits()).sheets] == [False, True]
