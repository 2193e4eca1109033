"""Files made to do harm, or broken on the way: bounded in time and memory, one sentence each (dirty-data.md, no. 25)."""

import zipfile

import books
import pytest
from books import HEAD, ROWS, sheet_xml, text_cell, zipped

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.guard import GuardedReader
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.workbook import read_workbook
from dibao_lib.evidence.xlsx_scan import scan_sheet
from dibao_lib.evidence.zip_check import opened_zip


def refusal(path, limits=None):
    with pytest.raises(InputRefused) as refused:
        read_workbook(path, limits or Limits())
    return str(refused.value)


def scanned(path, limits=None):
    with opened_zip(path, Limits()) as archive:
        return scan_sheet(archive, "xl/worksheets/sheet1.xml", "Sheet1", limits or Limits())


def test_one_far_cell_that_would_abort_the_reader_is_refused_before_it(tmp_path):
    path = zipped(tmp_path / "far.xlsx", sheet_xml(f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))
    assert refusal(path) == (
        "工作表“Sheet1”的内容一直延伸到第1048576行、第16384列，不予读取。请删除表格以外的多余单元格后再报。"
    )


@pytest.mark.parametrize("reference", ["XFE1", "A99999999", "ABCD1", "A123456789012"])
def test_a_cell_outside_any_sheet_is_refused(tmp_path, reference):
    row = "".join(character for character in reference if character.isdigit())
    path = zipped(tmp_path / "out.xlsx", sheet_xml(f'<row r="{row}">{text_cell(reference, "x")}</row>'))
    assert "位置超出范围" in refusal(path)


def test_a_bomb_is_told_by_the_directory_of_the_archive(tmp_path):
    path = zipped(tmp_path / "bomb.xlsx", sheet_xml("<!--" + " " * (40 << 20) + "-->"))
    assert path.stat().st_size < 100_000
    assert "疑似压缩炸弹" in refusal(path)
    assert "文件解压后超过1MB" in refusal(path, Limits(unpacked_bytes=1 << 20))


def test_one_endless_row_is_refused_while_it_streams(tmp_path):
    cells = "".join(text_cell(f"A{n}", n * 31) for n in range(60_000))
    path = zipped(tmp_path / "long.xlsx", sheet_xml(f'<row r="1">{cells}</row>'))
    assert "有一行内容异常庞大" in refusal(path, Limits(line_bytes=1 << 20))


def test_two_parts_of_one_name_are_not_chosen_between(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "twice.xlsx", sheet_xml(""), extra=[("xl/workbook.xml", "<workbook/>")])
    assert "有重名的部件" in refusal(path)


def test_an_archive_with_a_password_is_refused(tmp_path):
    path = zipped(tmp_path / "locked.xlsx", sheet_xml(""))
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        content[place + offset] |= 1
    path.write_bytes(bytes(content))
    assert "文件有密码" in refusal(path)


def test_a_workbook_with_a_password_is_refused(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path) == "文件有密码，无法读取。请取消密码后重新保存再报。"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_on_the_way_is_refused(tmp_path, share):
    whole = books.xlsx(tmp_path / "whole.xlsx", {"台账": [HEAD, *ROWS]}).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "文件不完整或已损坏" in refusal(path)


def test_a_flipped_bit_in_the_cells_is_noticed(tmp_path):
    path = books.xlsx(tmp_path / "flip.xlsx", {"台账": [HEAD, *ROWS]})
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/sharedStrings.xml").header_offset + 80
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))
    assert "已损坏" in refusal(path) or "损坏" in refusal(path)


def test_entities_are_not_expanded(tmp_path):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    xml = sheet_xml(f'<row r="1">{text_cell("A1", "&b;")}</row>').replace("?>", f"?>{laughs}", 1)
    path = zipped(tmp_path / "laughs.xlsx", xml)
    try:
        assert read_workbook(path, Limits()).sheets[0].rows[0][0] in {"&b;", ""}
    except InputRefused as refused:
        assert "损坏" in str(refused)


def test_errors_and_formulas_never_computed_are_found_with_their_cells(tmp_path):
    path = zipped(
        tmp_path / "a.xlsx",
        sheet_xml(
            '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><f>NA()</f><v>#N/A</v></c></row>'
            '<row r="3" hidden="1"><c r="B3"><f>A1+1</f></c><c r="D3"><f>A1</f><v>7</v></c></row>'
            '<row r="4"><c r="B4"><f t="shared" si="0"/></c><c r="C4" t="str"><f>""</f><v></v></c></row>'
            '<row r="5"><c r="A5"><v>361181196001011232</v></c></row>'
        ),
    )
    scan = scanned(path)
    assert scan.errors == {(0, 2): "#N/A", (2, 1): "公式未计算", (3, 1): "公式未计算"}
    assert (scan.formulas, scan.hidden_rows, scan.long_numbers) == (5, 1, 1)
    assert (scan.last_row, scan.last_column) == (5, 1)


def test_cells_without_references_are_counted_in_their_row(tmp_path):
    path = zipped(tmp_path / "a.xlsx", sheet_xml('<row><c><v>1</v></c></row><row><c/><c t="e"><v>#REF!</v></c></row>'))
    assert scanned(path).errors == {(1, 1): "#REF!"}


def test_the_scan_sees_through_a_namespace_prefix(tmp_path):
    xml = sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>').replace("<", "<x:").replace("<x:/", "</x:")
    path = zipped(tmp_path / "a.xlsx", xml.replace("<x:?xml", "<?xml").replace("xmlns=", "xmlns:x="))
    assert scanned(path).errors == {(0, 0): "#N/A"}


def test_a_sheet_full_of_numeric_ids_is_scanned_once_through(tmp_path):
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>361181196001011232</v></c></row>' for n in range(1, 30_001))
    path = zipped(tmp_path / "ids.xlsx", sheet_xml(cells))
    assert scanned(path).long_numbers == 30_000


def test_a_crash_of_the_reader_costs_only_its_file(tmp_path, gazetteer):
    good = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]})
    # rows out of order hide how far the sheet reaches, so the reader itself runs out of memory
    far = "".join(
        f'<row r="{r}"><c r="{c}"><v>1</v></c></row>' for r, c in ((1, "A1"), (1048576, "ZZ1048576"), (2, "A2"))
    )
    bad = zipped(tmp_path / "bad.xlsx", sheet_xml(far))
    with GuardedReader(gazetteer, Limits(memory_bytes=2 << 30)) as reader:
        readings = [reader.read(path, path.name).report for path in (good, bad, good)]
    assert [report.read for report in readings] == [2, 0, 2]
    assert readings[1].refused.startswith("bad.xlsx：")
    assert "异常中止" in readings[1].refused or "内存超过限制" in readings[1].refused


def test_what_ends_a_reader_before_its_xml_was_looked_at_is_refused_for_its_reason(tmp_path, gazetteer):
    good = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]})
    far = zipped(tmp_path / "far.xlsx", sheet_xml(f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))
    with GuardedReader(gazetteer, Limits(memory_bytes=2 << 30, overlap_from_bytes=0)) as reader:
        readings = [reader.read(path, path.name).report for path in (good, far, good)]
    assert [report.read for report in readings] == [2, 0, 2]
    assert readings[1].refused.startswith("far.xlsx：工作表“Sheet1”的内容一直延伸到第1048576行、第16384列")


def test_a_workbook_refused_while_it_is_still_read_holds_nobody_up(tmp_path, gazetteer):
    good = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]})
    row = "".join(text_cell(f"A{number}", "x" * 900) for number in range(1, 2000))
    endless = zipped(tmp_path / "endless.xlsx", sheet_xml(f'<row r="1">{row}</row>'))
    limits = Limits(memory_bytes=2 << 30, overlap_from_bytes=0, line_bytes=1 << 16)
    with GuardedReader(gazetteer, limits) as reader:
        readings = [reader.read(path, path.name).report for path in (endless, good)]
    assert "有一行内容异常庞大" in readings[0].refused
    assert readings[1].read == 2


def test_a_file_that_takes_too_long_is_given_up(tmp_path, gazetteer):
    good = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]})
    with GuardedReader(gazetteer, Limits(seconds=0.0)) as reader:
        report = reader.read(good, good.name).report
    assert report.refused == (
        "绕二镇.xlsx：读取超过0秒仍未完成，已放弃。请拆分成几个文件，或用 Excel、WPS 打开后另存为新文件再报。"
    )


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path, gazetteer):
    with GuardedReader(gazetteer) as reader:
        assert "文件不见了" in reader.read(tmp_path / "gone.xlsx", "gone.xlsx").report.refused


def test_a_fault_of_the_program_is_one_sentence_without_any_data(tmp_path, gazetteer, monkeypatch):
    from dibao_lib.evidence import reader

    def broken(*_):
        raise ValueError("361181196001011232")

    monkeypatch.setattr(reader, "read_file", broken)
    answer = reader._read({"path": "x", "source_file": "x.xlsx"}, None, gazetteer, Limits())
    assert answer["failed"] == "bug"
    assert answer["place"].startswith("ValueError，test_hostile.py:")
