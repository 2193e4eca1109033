"""What a PDF says: page text by its fonts' own tables of characters, and every string outside the pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import groupby

_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*)\r?\n?endstream", re.DOTALL)
_TOKEN = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>|\b(?:Td|TD|Tm|ET)\b|T\*", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b"", b"\r": b""}
_CHARACTERS = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>")
# the shapes of letters, which say nothing
_FONT = re.compile(rb"/Length1\b|/CIDFontType0C|/Type1C|/OpenType")
# bytes of anything that says something about a person
_SHORTEST = 4
_OUTSIDE = "文档信息"


def pdf_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """(place, text): the pages, once by each font's table, for a stream does not tell whose codes it holds; the rest.

    Raises:
        ValueError: the file is encrypted.
    """
    if re.search(rb"/Encrypt\b", data):
        raise ValueError("encrypted")
    plain, streams = _parts(data)
    fonts = [_characters(stream) for stream in streams if b"begincmap" in stream]
    for text in plain:
        if b"(" in text or b"<FEFF" in text.upper():
            yield _OUTSIDE, "\n".join(_text(line) for line in _lines(text))
    for stream in streams:
        if re.search(rb"\bT[jJ]\b", stream):
            lines = [line for line in _lines(stream) if len(line) >= _SHORTEST]
            yield from (("", "\n".join(_decoded(line, font) for line in lines)) for font in [*fonts, {}])
        elif b"begincmap" not in stream:
            yield _OUTSIDE, stream.decode("utf-8", "ignore")


def _parts(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """Objects that are no streams, also those packed into one, and the streams unpacked."""
    plain, streams = list[bytes](), list[bytes]()
    for found in _OBJECT.finditer(data):
        stream = _STREAM.match(found[1])
        if stream is None:
            plain.append(found[1])
            continue
        plain.append(stream[1])
        if _FONT.search(stream[1]):
            continue
        content = _inflated(stream[2]) if b"/FlateDecode" in stream[1] else stream[2]
        (plain if b"/ObjStm" in stream[1] else streams).append(content)
    return plain, streams


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data)
    except zlib.error:
        return data


def _lines(content: bytes) -> Iterator[bytes]:
    """The strings, joined to the place where the text moves on; those outside pages each for itself."""
    if b"BT" not in content:
        yield from _strings(content)
        return
    for shown, run in groupby(_strings(content), bool):
        if shown:
            yield b"".join(run)


def _strings(content: bytes) -> Iterator[bytes]:
    """The strings in their order; an empty one where the text moves to another place."""
    for literal, digits in _TOKEN.findall(content):
        if digits:
            pure = b"".join(digits.split())
            yield bytes.fromhex((pure + b"0" * (len(pure) % 2)).decode())
        else:
            yield _ESCAPE.sub(_unescaped, literal) if b"\\" in literal else literal


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) & 255]) if found[1].isdigit() else _ESCAPED.get(found[1], found[1])


def _text(string: bytes) -> str:
    return string[2:].decode("utf-16-be", "ignore") if string.startswith(b"\xfe\xff") else string.decode("latin-1")


def _characters(cmap: bytes) -> dict[bytes, str]:
    """Character code -> text, from a ToUnicode table."""
    table: dict[bytes, str] = {}
    for kind, body in _CHARACTERS.findall(cmap):
        codes = [bytes.fromhex(code.decode()) for code in _CODES.findall(body)]
        step = 2 if kind == b"char" else 3
        for first, *rest in (codes[at : at + step] for at in range(0, len(codes) - step + 1, step)):
            last = first if kind == b"char" else rest[0]
            text, start = rest[-1].decode("utf-16-be", "ignore"), int.from_bytes(first)
            for n in range(min(int.from_bytes(last) - start + 1, 65_536) if text else 0):
                table[(start + n).to_bytes(len(first))] = text[:-1] + chr(ord(text[-1]) + n)
    return table


def _decoded(codes: bytes, font: dict[bytes, str]) -> str:
    if not font:
        return _text(codes)
    width = len(next(iter(font)))
    return "".join([font.get(codes[at : at + width], " ") for at in range(0, len(codes), width)])
