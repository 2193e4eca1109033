"""Bytes -> text without guessing: UTF-16 with its mark, UTF-8, then GB18030, each strict (dirty-data.md, no. 14)."""

from __future__ import annotations

from dibao_lib.errors import InputRefused


def decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        InputRefused: it is in none of these encodings, or not text at all.
    """
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            damaged_at = content.count(b"\n", 0, error.start) + 1
            continue
        if "\x00" in text:
            line = text.count("\n", 0, text.index("\x00")) + 1
            raise InputRefused(f"第{line}行含有空字符，文件已损坏或不是文本表格。请重新导出后再报。")
        return text
    raise InputRefused(
        f"第{damaged_at}行起的文字编码无法识别（应为 UTF-8 或 GB18030）。请用记事本打开，另存为 UTF-8 编码后再报。"
    )
