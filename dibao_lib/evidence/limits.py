"""How large a file may be before it is refused, and how long and with how much memory it may be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; the largest county's year of payments stays well inside them.

    Args:
        file_bytes: size of the file itself.
        unpacked_bytes: size of all parts of a zipped workbook when unpacked.
        ratio: unpacked to packed size of one part, once the part is larger than `ratio_from_bytes`.
        cells: rows times columns of the used area of a sheet.
        columns: columns of a sheet; Excel itself knows no more.
        line_bytes: one row of XML, or one line of text.
        seconds: wall time for reading one file.
        memory_bytes: address space of the reading process.
        overlap_from_bytes: a zipped workbook that unpacks to so much is read while its XML is still looked at, which
            may end the process; None where that must not be.
    """

    file_bytes: int = 512 << 20
    unpacked_bytes: int = 1 << 30
    ratio: int = 200
    ratio_from_bytes: int = 16 << 20
    cells: int = 40_000_000
    columns: int = 16_384
    line_bytes: int = 32 << 20
    seconds: float = 120.0
    memory_bytes: int = 4 << 30
    overlap_from_bytes: int | None = None
