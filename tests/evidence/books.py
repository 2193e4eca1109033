"""Files as offices and attackers make them: workbooks by XlsxWriter and xlwt, or written part by part into a zip."""

import datetime as dt
import struct
import zipfile

import xlsxwriter
import xlwt

HEAD = ("低保证号", "乡镇", "户主姓名", "户主身份证号", "家庭人口", "户月保障金额")
P1, P2 = "361181196001011232", "361181195502024520"
ROWS = (("D1", "绕二镇", "张三", P1, 2, 330), ("D2", "绕二镇", "李四", P2, 1, 200))

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(path, sheets, hidden=()):
    """A workbook; sheets maps names to rows; strings stay text, numbers numbers, dates dates."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(r, c, cell, day)
                    elif cell != "":
                        sheet.write(r, c, cell)
            if name in hidden:
                sheet.hide()
    return path


def xls(path, sheets):
    """An old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
    book.save(str(path))
    return path


def biff4(path, rows):
    """A worksheet of Excel 4: bare records, text in GBK, as old bookkeeping programs still write them."""
    records = [struct.pack("<HHHHH", 0x0409, 6, 0, 0x10, 0), struct.pack("<HHH", 0x0042, 2, 936)]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            text = str(cell).encode("gbk")
            records.append(struct.pack("<HHHHHH", 0x0204, 8 + len(text), r, c, 0, len(text)) + text)
    path.write_bytes(b"".join(records) + struct.pack("<HH", 0x000A, 0))
    return path


def csv(path, rows, encoding="utf-8-sig", delimiter=","):
    """A text table."""
    text = "".join(delimiter.join(str(cell) for cell in row) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def zipped(path, sheet_xml, extra=(), packed=True, state="visible"):
    """An xlsx of one sheet whose XML is given as it is; extra parts are (name, bytes)."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" state="{state}" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in [*parts.items(), *extra]:
            archive.writestr(name, content)
    return path


def sheet_xml(rows):
    """The XML of a sheet with the given row elements."""
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_cell(reference, text):
    """The XML of one cell of text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
