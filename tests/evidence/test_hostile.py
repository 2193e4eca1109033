"""Files made to do harm, or broken on the way: bounded in time and memory, one sentence each (dirty-data.md, no. 25)."""

import ast
import socket
import struct
import zipfile
from pathlib import Path

import books
import pytest
from books import HEAD, ROWS, sheet_xml, text_cell, zipped

import dibao_lib
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


def declaring(entities, text):
    """The XML of a sheet that declares entities and uses one."""
    xml = sheet_xml(f'<row r="1">{text_cell("A1", text)}</row>')
    return xml.replace("?>", f"?><!DOCTYPE x [{entities}]>", 1)


ENTITIES = "文件里有实体声明，会引用外部内容，不予读取。请用 Excel 或 WPS 打开后另存为新文件再报。"


def test_a_billion_laughs_are_not_laughed(tmp_path):
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert refusal(zipped(tmp_path / "laughs.xlsx", declaring(laughs, "&l9;"))) == ENTITIES


def test_no_file_of_this_computer_is_pulled_into_a_cell(tmp_path):
    (tmp_path / "secret.txt").write_text("361181196001011232", encoding="utf-8")
    entity = f'<!ENTITY a SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    assert refusal(zipped(tmp_path / "xxe.xlsx", declaring(entity, "&a;"))) == ENTITIES


def test_no_address_is_called(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        entity = f'<!ENTITY a SYSTEM "http://127.0.0.1:{server.getsockname()[1]}/a">'
        assert refusal(zipped(tmp_path / "xxe.xlsx", declaring(entity, "&a;"))) == ENTITIES
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/styles.xml", "docProps/app.xml"])
def test_entities_are_looked_for_in_every_part(tmp_path, part):
    padding = "<!--" + "x" * ((1 << 20) - 8) + "-->"
    hidden = f'<?xml version="1.0"?>{padding}<!DOCTYPE x [<!ENTITY a "b">]><x/>'
    assert refusal(zipped(tmp_path / "late.xlsx", sheet_xml(""), extra=[(part, hidden)])) == ENTITIES


TABLE = "".join(
    f'<row r="{n}">{"".join(text_cell(f"{c}{n}", str(v)) for c, v in zip("ABCDEF", row))}</row>'
    for n, row in enumerate((HEAD, *ROWS), 1)
)


@pytest.mark.parametrize("extent", ["A1", "A1:XFD1048576", "A1:A999"])
def test_an_extent_that_lies_hides_no_row_and_takes_no_memory(tmp_path, gazetteer, extent):
    xml = sheet_xml(TABLE).replace("<sheetData>", f'<dimension ref="{extent}"/><sheetData>')
    path = zipped(tmp_path / "绕二镇.xlsx", xml)
    with GuardedReader(gazetteer, Limits(memory_bytes=1 << 30)) as reader:
        report = reader.read(path, path.name).report
    assert (report.refused, report.read, report.sheets[0].rows) == ("", 2, 3)


def test_sizes_that_lie_are_refused(tmp_path):
    path = zipped(tmp_path / "lie.xlsx", sheet_xml(TABLE))
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 600)))
    assert "文件不完整或已损坏" in refusal(path)


def test_a_million_columns_are_refused(tmp_path):
    cells = zipped(tmp_path / "wide.xlsx", sheet_xml(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>"), packed=False)
    assert refusal(cells) == "工作表“Sheet1”有1,000,000列，超出可读取的范围。请删除表格以外的多余内容后再报。"
    text = tmp_path / "wide.csv"
    text.write_text(",".join(["x"] * 1_000_000) + "\n1,2\n", encoding="utf-8")
    assert refusal(text) == "第1行有1,000,000列，超出可读取的范围。请检查分隔符是否正确后再报。"


def test_eight_million_rows_in_a_small_file_are_refused_by_the_directory(tmp_path):
    assert "疑似压缩炸弹" in refusal(zipped(tmp_path / "rows.xlsx", sheet_xml("<row/>" * 8_000_000)))


@pytest.mark.parametrize("numbers", [(1, 2, 2), (1, 3, 2)])
def test_rows_that_come_twice_or_out_of_order_are_not_chosen_between(tmp_path, numbers):
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "x")}</row>' for n in numbers)
    assert refusal(zipped(tmp_path / "twice.xlsx", sheet_xml(rows))) == (
        "工作表“Sheet1”的第2行重复出现或次序颠倒，读出来会丢行。请用 Excel 或 WPS 打开后另存为新文件再报。"
    )


def test_a_space_in_the_last_row_of_the_sheet_makes_no_million_rows(tmp_path, gazetteer):
    space = '<row r="200000"><c r="A200000" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>'
    path = zipped(tmp_path / "绕二镇.xlsx", sheet_xml(TABLE + space))
    with GuardedReader(gazetteer) as reader:
        report = reader.read(path, path.name).report
    assert (report.problems, report.sheets[0].rows, report.read) == ((), 3, 2)


def test_links_to_other_files_are_said_and_not_followed(tmp_path):
    link = [("xl/externalLinks/externalLink1.xml", "<externalLink/>")]
    (sheet,) = read_workbook(zipped(tmp_path / "a.xlsx", sheet_xml(TABLE), extra=link), Limits()).sheets
    assert sheet.notes == ("含有指向其他文件的链接，读到的是保存时的数值",)


def test_a_formula_is_read_as_saved_and_said_and_one_never_computed_is_set_aside(tmp_path, gazetteer):
    saved = TABLE.replace(text_cell("F2", "330"), '<c r="F2"><f>1+1</f><v>999</v></c>')
    never = saved.replace(text_cell("F3", "200"), '<c r="F3"><f>1+1</f></c>')
    path = zipped(tmp_path / "绕二镇.xlsx", sheet_xml(never))
    with GuardedReader(gazetteer) as reader:
        reading = reader.read(path, path.name)
    assert reading.tables["households"]["base"].to_pylist() == [99900, None]
    assert "有2处公式，读到的是保存时的计算结果" in reading.report.sheets[0].notes
    (problem,) = reading.report.problems
    assert (
        "第3行“户月保障金额”列：单元格是“公式未计算”，没有可用的值。请在 Excel 或 WPS 中改正、重新计算并保存后再报"
        in problem
    )


def test_a_sheet_hidden_so_that_no_menu_shows_it_is_read_and_said(tmp_path, gazetteer):
    path = zipped(tmp_path / "绕二镇.xlsx", sheet_xml(TABLE), state="veryHidden")
    with GuardedReader(gazetteer) as reader:
        report = reader.read(path, path.name).report
    assert (report.read, "工作表是隐藏的，也已读取" in report.sheets[0].notes) == (2, True)


def test_an_xls_as_wps_writes_it_is_not_garbled(tmp_path):
    path = books.xls(tmp_path / "wps.xls", {"台账": [HEAD, *ROWS]})
    # WPS names the code page of the computer although the text is UTF-16
    utf16, gbk = b"\x42\x00\x02\x00\xb0\x04", b"\x42\x00\x02\x00\xa8\x03"
    assert utf16 in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(utf16, gbk))
    (sheet,) = read_workbook(path, Limits()).sheets
    assert [tuple(row) for row in sheet.rows] == [HEAD, *ROWS]


def test_an_xls_with_a_password_says_so(tmp_path):
    path = books.xls(tmp_path / "locked.xls", {"台账": [HEAD, *ROWS]})
    content = path.read_bytes()
    assert b"\xc1\x00\x02\x00" in content
    path.write_bytes(content.replace(b"\xc1\x00\x02\x00", b"\x2f\x00\x02\x00", 1))
    assert refusal(path) == "文件有密码，无法读取。请取消密码后重新保存再报。"


def test_nothing_in_the_package_runs_what_it_reads():
    """Pickles and their kin execute code on loading (X17)."""
    for file in Path(dibao_lib.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [node.attr] if isinstance(node, ast.Attribute) else []
            assert not {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "read_pickle"} & set(names), file


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
    # cells out of order hide how far the sheet reaches, so the reader itself runs out of memory
    far = f'<row r="1">{"".join(f"""<c r="{c}"><v>1</v></c>""" for c in ("A1", "ZZ1048576", "A2"))}</row>'
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
