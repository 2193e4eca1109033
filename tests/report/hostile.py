"""Texts somebody might put into a name field, and a report that carries each of them in every place."""

import pandas as pd

from dibao_lib.report.blocks import (
    Attachment,
    Blocks,
    Colophon,
    Heading,
    Masthead,
    Signatures,
    Title,
    blocks,
)
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.tables import table

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "https://example.invalid/x",
    "$x^{",
    "$ sum_(i=0)^n $",
    '#read("/etc/passwd")',
    '#panic("x")',
    "#let x = 1",
    "../../x",
    "\\input{/etc/passwd}",
    "\\u{200b}",
    "&lt;",
    "&amp;",
    "{{7*7}}",
    "{% for x in y %}",
    "{0.__class__}",
    "%s%n",
    "**粗**",
    "[链](javascript:alert(1))",
    "![](/etc/passwd)",
    "# 一级",
    "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r>",
    "]]>",
    "-->",
    '<!--#exec cmd="ls"-->',
    '" typst:text:fill="{panic(1)}',
    "\x00",
    "a\x00b\x0bc",
    "\u202e倒序\u2066",
    "\ud800",
    "零\u200b宽",
    "x" * 120,
    # what a spreadsheet, a database or a shell might take for something else
    '=HYPERLINK("https://example.invalid/","点此")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
    "012345",
    "1e5",
    "１２３",
    "3/4",
    "2011-02-30",
    "TRUE",
    "NULL",
    "nan",
    "#REF!",
    "_x0000_",
    "_x000D_甲",
    "'; DROP TABLE households; --",
    "' OR '1'='1",
    "`id`",
    "$(id)",
    "%00",
    "..\\..\\x",
    "\\\\server\\x",
    "CON",
    # marks of templates, of other formats and of the programs that read them
    "${7*7}",
    "<%= 7*7 %>",
    "{x!r:>9}",
    "&#x27;&nbsp;&#0;",
    '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "`<w:p/>`{=openxml}",
    "\\def\\x{}",
    "$$x$$",
    "_x_ ~x~ ==x==",
    "| a | b |\n|---|---|",
    "@context #set page(width: 1pt)",
    "/* x */ // x",
    "// x */",
    "<b>&amp;lt;</b>",
    # letters seldom seen
    "䶮·𬤊",
    "e\u0301é",
    "甲\u3000乙",
    "“甲”‘乙’…—",
]


def hostile_report(texts: list[str]) -> Blocks:
    rows = pd.DataFrame({"姓名": pd.Series(texts, dtype=object), "金额": range(len(texts))})
    report = blocks(Title("报告"))
    for text in texts:
        report += Heading(text)
        report += paragraph("户主{x}。", x=text)
    return (
        report
        + table(rows, caption=texts[0], note=texts[-1])
        + Masthead(texts[0], texts[-1])
        + Signatures(tuple(texts), texts[0], texts[-1])
        + Attachment(texts[0], 1, landscape=True)
        + table(rows, caption=texts[-1])
        + Colophon(texts[0], texts[-1], texts[0])
    )
