"""The log's own tables: their columns, for who writes them and for who reads them where nothing was recorded."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _DAY, _FEN = pa.string(), pa.date32(), pa.int64()
_LIST = pa.list_(pa.field("element", pa.string()))
_SOURCE = [("source_file", _TEXT), ("source_sheet", _TEXT), ("source_row", pa.int64())]


def _schema(texts: str, days: str, **others: pa.DataType) -> pa.Schema:
    fields = [*((name, _TEXT) for name in texts.split()), *((name, _DAY) for name in days.split()), *others.items()]
    return pa.schema([*fields, *_SOURCE])


# tables of the log that nobody sends as a form
OWN = {
    "judgements": _schema(
        "fid finding_id twn_id hh_id check_id route judgement grounds decided_by cadre owner opinion disc state closed_by"
        " record_id",
        "found_on judged_on due done_on closed_on",
        judged_by=_LIST,
        dispositions=_LIST,
        amt=_FEN,
        recovered=_FEN,
    ),
    "township_items": _schema("twn_id clause item state proof note", "on since"),
    "milestones": _schema("twn_id sort milestone title note", "on", present=pa.int64()),
    # one row: where the log stood; `printed` goes on paper
    "checkpoint": pa.schema([("count", pa.int64()), ("digest", _TEXT), ("printed", _TEXT)]),
}
