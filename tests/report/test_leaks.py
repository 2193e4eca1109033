"""Personal data in a file that is to be published is found wherever it hides, and told without its value."""

import base64
import io
import json
import zipfile

import pandas as pd
import pytest
import typst
import xlsxwriter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from report_sample import sample

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Title, blocks
from dibao_lib.report.formats import docx, html, pdf
from dibao_lib.report.leaks import find_leaks, refuse_leaks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.tables import table

PID = "361181196001010015"
# an ordinary report; the rosters of the sample have made-up ids
PLAIN = tuple(block for block in sample() if "抽查" not in getattr(block, "caption", ""))
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def page(inside):
    return html.render(PLAIN).decode().replace("</main>", f"{inside}</main>", 1).encode()


def word(member, old, new):
    """A Word file of ours with something put into one of its parts, or with one more part."""
    parts = zipfile.ZipFile(io.BytesIO(docx.render(PLAIN)))
    content = {name: parts.read(name).decode("latin-1") for name in parts.namelist()}
    assert old in content.get(member, old)
    content[member] = content.get(member, old).replace(old, new, 1)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in content.items():
            made.writestr(name, text.encode("latin-1"))
    return written.getvalue()


def paragraph_of(runs):
    return f"<w:p>{runs}</w:p>"


def sheet(plant):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        first = book.add_worksheet("公示")
        first.write("A1", "户主")
        plant(book, first)
    return written.getvalue()


def hidden_sheet(book, first):
    other = book.add_worksheet("底稿")
    other.write("C3", PID)
    other.very_hidden()


def notebook(**cell):
    made = new_notebook(cells=[new_code_cell("1", **cell)])
    return json.dumps(made).encode()


def typeset(source):
    return typst.compile(source.encode())


def svg():
    return base64.b64encode(f"<svg><text>{PID}</text></svg>".encode()).decode()


PLACES = {
    ("报告.html", ""): lambda: page(f"<p>户主<b>{PID[:6]}</b>{PID[6:]}</p>"),
    ("报告.html", "看不见的属性或注释"): lambda: page(f'<p title="{PID}">甲</p>'),
    ("注释.html", "看不见的属性或注释"): lambda: page(f"<!-- {PID} -->"),
    ("脚本.html", "script 代码"): lambda: page(f"<script>var a = '{PID}'</script>"),
    ("图.html", "内嵌的数据"): lambda: page(f'<img src="data:image/svg+xml;base64,{svg()}">'),
    ("报告.docx", "正文"): lambda: word(
        "word/document.xml",
        "<w:sectPr",
        paragraph_of(f"<w:r><w:t>{PID[:8]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{PID[8:]}</w:t></w:r>")
        + "<w:sectPr",
    ),
    ("隐藏.docx", "正文"): lambda: word(
        "word/document.xml",
        "<w:sectPr",
        paragraph_of(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{PID}</w:t></w:r>") + "<w:sectPr",
    ),
    ("报告.docx", "正文，看不见的属性或注释"): lambda: word("word/document.xml", 'descr="', f'descr="{PID} '),
    ("报告.docx", "页眉"): lambda: word("word/header9.xml", "", f"<w:hdr {WORD}><w:t>{PID}</w:t></w:hdr>"),
    ("报告.docx", "脚注"): lambda: word("word/footnotes.xml", "", f"<w:footnotes {WORD}><w:t>{PID}</w:t></w:footnotes>"),
    ("报告.docx", "批注"): lambda: word("word/comments.xml", "", f"<w:comments {WORD}><w:t>{PID}</w:t></w:comments>"),
    ("报告.docx", "文档信息"): lambda: word(
        "docProps/core.xml", "</cp:coreProperties>", f"<cp:keywords>{PID}</cp:keywords></cp:coreProperties>"
    ),
    ("底稿.xlsx", "单元格"): lambda: sheet(hidden_sheet),
    ("白字.xlsx", "单元格"): lambda: sheet(
        lambda book, first: first.write("Z99", PID, book.add_format({"font_color": "white"}))
    ),
    ("批注.xlsx", "批注"): lambda: sheet(lambda book, first: first.write_comment("A1", f"本人{PID}")),
    ("名称.xlsx", "工作表名或定义的名称"): lambda: sheet(lambda book, first: book.define_name("户主", f'="{PID}"')),
    ("报告.pdf", ""): lambda: pdf.render(
        tuple(blocks(Title("公示"), table(pd.DataFrame({"户主": [f"张三{PID}"]}), widths=(28,)))), system_fonts=False
    ),
    ("报告.pdf", "文档信息"): lambda: typeset(f'#set document(keywords: "{PID}")\n正文'),
    ("报告.ipynb", "第1个单元格的输出"): lambda: notebook(
        outputs=[new_output("stream", name="stdout", text=["户主", PID])]
    ),
    ("报告.ipynb", "第1个单元格的元数据"): lambda: notebook(metadata={"note": {"户主": [PID]}}),
}  # fmt: skip


@pytest.mark.parametrize(("name", "place"), PLACES, ids=lambda text: text or "看得见处")
def test_an_id_number_is_found_wherever_it_hides(name, place, tmp_path):
    (tmp_path / name).write_bytes(PLACES[name, place]())
    assert [(leak.file, leak.place, leak.kind) for leak in find_leaks(tmp_path) if leak.kind == "身份证号"] == [
        (name, place, "身份证号")
    ]


def test_what_the_formats_make_of_an_ordinary_report_raises_no_alarm(tmp_path):
    for made in (docx, html, pdf):
        (tmp_path / f"report.{made.__name__.rpartition('.')[2]}").write_bytes(made.render(PLAIN))
    assert find_leaks(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (PID, ["身份证号"]),
        ("３６１１８１１９６００１０１００１５", ["身份证号"]),
        ("361181\u200b196001\u00ad010015", ["身份证号"]),
        ("361181 19600101 001x", ["身份证号"]),
        ("361181600101001", ["身份证号"]),
        ("361181********0015", ["遮盖了几位的号码"]),
        ("本人13812345678", ["手机号码"]),
        ("138-1234-5678", ["手机号码"]),
        ("0793-1234567", ["固定电话"]),
        ("36118110010133", ["账号或证号"]),
        ("6228 4812 3456 7890 123", ["账号或证号"]),
        ("6228481234567890123、13812345678", ["手机号码", "账号或证号"]),
        ("横港村3组12号", ["住址"]),
        ("三单元二〇一室", ["住址"]),
        ("6,420户、1,561,272元，占31.2%", []),
        ("2011-06-30 09:00:00，20110630，第36118110条", []),
        ("0e1fd51f17146592706748d88468876dfafe684a4da0b5938af7a06f6242af5f", []),
        ("0.1234567890123456；D:20200101000000Z；第1组3户", []),
    ],
)
def test_the_kind_of_what_is_found(text, kinds, tmp_path):
    (tmp_path / "公示.txt").write_text(text, encoding="utf-8")
    assert sorted(leak.kind for leak in find_leaks(tmp_path)) == sorted(kinds)


def test_the_same_number_in_many_places_of_a_file_counts_once_in_each(tmp_path):
    (tmp_path / "公示.html").write_text(f"<p>{PID}</p><p>{PID}</p><p>361181196001010023</p><!--{PID}-->")
    assert [str(leak) for leak in find_leaks(tmp_path)] == [
        "公示.html有身份证号2个",
        "公示.html（看不见的属性或注释）有身份证号1个",
    ]


def test_a_telephone_of_the_office_may_be_published(tmp_path):
    (tmp_path / "公示.txt").write_text("监督电话0793-1234567，举报人13812345678")
    assert [leak.kind for leak in find_leaks(tmp_path, ["0793-1234567"])] == ["手机号码"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("报告.docx", b"\xd0\xcf\x11\xe0 encrypted"), ("报告.pdf", b"%PDF-1.7 trailer <</Encrypt 5 0 R>>")],
)
def test_what_nobody_can_look_into_is_not_published(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    assert [str(leak) for leak in find_leaks(tmp_path)] == [f"{name}（加密或已损坏）有无法查看的内容"]


def test_a_word_file_damaged_anywhere_is_told_as_one_nobody_can_look_into(tmp_path):
    path = tmp_path / "报告.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", "<a>公示名单</a>" * 500)
    whole = path.read_bytes()
    for place in range(30, len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        # what was hit may be nothing that counts
        assert [str(leak) for leak in find_leaks(tmp_path)] in ([], ["报告.docx（加密或已损坏）有无法查看的内容"])


def test_the_refusal_names_places_and_kinds_and_no_value(tmp_path):
    (tmp_path / f"{PID}.txt").write_text("电话13812345678")
    (tmp_path / "公示.html").write_bytes(PLACES["报告.html", ""]())
    with pytest.raises(ReportFailed) as refusal:
        refuse_leaks(tmp_path)
    said = str(refusal.value)
    assert said.startswith(
        "含有个人信息，不能公开，没有写入 public：….txt有手机号码1个；….txt（文件名）有身份证号1个；公示.html有"
    )
    assert PID not in said and "13812345678" not in said


def test_of_many_places_the_first_are_named(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(PID)
    with pytest.raises(ReportFailed, match=r"19\.txt有身份证号1个；另有10处"):
        refuse_leaks(tmp_path)


def test_a_paragraph_without_numbers_is_no_leak(tmp_path):
    (tmp_path / "report.html").write_bytes(html.render(tuple(blocks(paragraph("户主张三，3人，412元。")))))
    refuse_leaks(tmp_path)
