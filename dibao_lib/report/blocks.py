"""The document model (contract 4.4): a report is a row of blocks, frozen data that every format sets in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias

from dibao_lib.errors import ReportFailed
from dibao_lib.report.grid import check_grid
from dibao_lib.report.pieces import Cell, Column, Run, clean_fields, png_size
from dibao_lib.report.preview import fragment, summary
from dibao_lib.report.text import clean
from dibao_lib.report.wire import decode, encode

MIME = "application/vnd.dibao.block+json"


def _show(self: Block | Blocks, include: object = None, exclude: object = None) -> dict[str, Any]:
    """What a notebook keeps: the blocks for the formats, HTML for the reader in Lab, and one line of text."""
    blocks = tuple(self) if isinstance(self, Blocks) else (self,)
    return {
        MIME: [to_json(block) for block in blocks],
        "text/html": "\n".join(fragment(block) for block in blocks),
        "text/plain": "\n".join(summary(block) for block in blocks),
    }


@dataclass(frozen=True, slots=True)
class Title:
    """The report's title; a line end in it is a line break, otherwise a long one is broken evenly."""

    kind: ClassVar[str] = "title"
    text: str
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "text")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4: 一、 （一） 1. （1）."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "text")
        object.__setattr__(self, "level", min(max(self.level, 1), 4))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; without `indent` it starts at the margin (主送机关)."""

    kind: ClassVar[str] = "paragraph"
    runs: tuple[Run, ...]
    align: Literal["both", "left", "center", "right"] = "both"
    indent: bool = True
    _repr_mimebundle_ = _show


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a `None` in a row is a place covered by the span of another cell."""

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell | None, ...], ...]
    body: tuple[tuple[Cell | None, ...], ...]
    caption: str = ""
    note: str = ""
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "caption", "note")
        for rows in (self.head, self.body):
            check_grid(rows, len(self.columns), self.caption)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG (for HTML and PDF), as PNG (for DOCX), or as both; `width` in mm."""

    kind: ClassVar[str] = "figure"
    svg: str = ""
    png: bytes = b""
    caption: str = ""
    alt: str = ""
    width: float = 140.0
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "svg", "caption", "alt")
        has_picture = png_size(self.png) is not None if self.png else bool(self.svg)
        if not has_picture or not self.width > 0:
            raise ReportFailed(f"插图“{self.caption}”不是可用的 SVG 或 PNG 图，请重新运行画图的单元格。")


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes for people to sign in, then the organisation and the date (落款)."""

    kind: ClassVar[str] = "signatures"
    boxes: tuple[str, ...] = ()
    org: str = ""
    date: str = ""
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "org", "date")
        object.__setattr__(self, "boxes", tuple(clean(box) for box in self.boxes))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new upright page."""

    kind: ClassVar[str] = "page_break"
    _repr_mimebundle_ = _show


@dataclass(frozen=True, slots=True)
class Attachment:
    """What follows is an attachment (附件) on pages of its own, upright or landscape; number 0 prints none."""

    kind: ClassVar[str] = "attachment"
    title: str
    number: int = 0
    landscape: bool = False
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "title")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head (红头) of an official letter: who issues it, under which number."""

    kind: ClassVar[str] = "masthead"
    org: str
    number: str = ""
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "org", "number")


@dataclass(frozen=True, slots=True)
class Colophon:
    """The closing lines (版记): who gets a copy, who printed it and when."""

    kind: ClassVar[str] = "colophon"
    copies: str
    printer: str
    date: str
    _repr_mimebundle_ = _show

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "copies", "printer", "date")


Block: TypeAlias = (
    Title | Heading | Paragraph | Table | Figure | Signatures | PageBreak | Attachment | Masthead | Colophon
)
KINDS: dict[str, type[Block]] = {
    kind.kind: kind
    for kind in (
        Title,
        Heading,
        Paragraph,
        Table,
        Figure,
        Signatures,
        PageBreak,
        Attachment,
        Masthead,
        Colophon,
    )
}


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a section returns: blocks in their order; `+` joins sections, and a notebook shows them all."""

    items: tuple[Block, ...] = ()
    _repr_mimebundle_ = _show

    def __iter__(self) -> Iterator[Block]:
        """The blocks in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many blocks."""
        return len(self.items)

    def __add__(self, other: Block | Iterable[Block]) -> Blocks:
        """These blocks, then a block or blocks."""
        return blocks(self, other)


def blocks(*parts: Block | Iterable[Block]) -> Blocks:
    """Single blocks and rows of blocks joined in the order given."""
    return Blocks(tuple(b for part in parts for b in ((part,) if isinstance(part, Block) else part)))


def to_json(block: Block) -> dict[str, Any]:
    """A block as plain JSON data."""
    fields = encode(block)
    return {"kind": block.kind, **({"text": fields} if isinstance(fields, str) else fields)}


def from_json(data: Any) -> Block:
    """The block that `to_json` wrote.

    Raises:
        ReportFailed: the data is no block of this version.
    """
    try:
        fields = dict(data)
        return decode(KINDS[fields.pop("kind")], fields)
    except (KeyError, TypeError, ValueError):
        raise ReportFailed(
            "笔记本里有无法识别的报告内容块，可能由别的版本生成。请用当前版本重新运行这份报告。"
        ) from None


def headline(row: Sequence[Block]) -> str:
    """The text of the first title on one line: the document's name in every format."""
    return next((block.text.replace("\n", "") for block in row if isinstance(block, Title)), "检查报告")
