"""What each office wrote, as evidence rows should read it: the fields its files have, spoiled cells blank."""

from collections import Counter

import pyarrow.parquet as pq

from dibao_lib.demo import field_headers, form_headers, ledger_headers
from dibao_lib.demo.dirt import Raw
from dibao_lib.evidence.tables import table_fields

_FORMS = {
    "assessments": form_headers.ASSESSMENTS,
    "case_events": form_headers.CASES,
    "exits": form_headers.EXITS,
    "filings": form_headers.FILINGS,
    "panels": form_headers.PANELS,
    "reviews": form_headers.REVIEWS,
    "townships": form_headers.TOWNSHIPS,
    "villages": form_headers.VILLAGES,
    "cadres": form_headers.CADRES,
    "standards": form_headers.STANDARDS["城市"],
    "postings": field_headers.POSTINGS,
    "complaints": field_headers.COMPLAINTS,
    "funds": field_headers.FUNDS,
    "stat_filings": field_headers.STAT_FILINGS,
    "system_export": field_headers.SYSTEM_EXPORT,
    "visits": field_headers.VISITS,
    "hearings": field_headers.HEARINGS,
    "rectifications": field_headers.RECTIFICATIONS,
}
TABLES = (*_FORMS, "households", "members", "payments", "registers")
_COMMON_REGISTER = ("reg", "pid", "name", "attr", "item", "asof")


def expected_rows(county, table, township):
    """(fields its files have, rows) of one office."""
    style = county.styles.get(township)
    rows = county.tables[table].get(township, ())
    if table == "households" and style:
        fields = [field for field, _ in ledger_headers.HOUSEHOLDS[style.book]] + ["kind"]
    elif table == "members" and style:
        wide = style.book == "wide"
        fields = ["hh_id", "name", "pid", "rel"] if wide else [field for field, _ in ledger_headers.MEMBERS]
        rows = [row for row in rows if style.heads_listed or row["rel"] != "本人"]
    elif table == "payments" and style:
        fields = [field for field, _ in ledger_headers.PAYMENTS[style.book]] + ["period", "kind"]
    elif table == "registers":
        fields = list(_COMMON_REGISTER)
    else:
        fields = [field for field, _ in _FORMS.get(table, ())]
    fields = list(dict.fromkeys(fields))
    return fields, [row for row in rows if not _refused(table, row)]


def imported_rows(inspection, county, table):
    """The imported rows of a table by the code of the township whose file they come from."""
    codes = {township.name: township.code for township in county.plan.townships}
    groups = {}
    for row in pq.read_table(inspection.evidence / f"{table}.parquet").to_pylist():
        groups.setdefault(codes.get(row["source_file"].partition("-")[0], ""), []).append(_flat(row))
    return groups


def _flat(row):
    """Members of a struct column beside the others, as the county's rows have them."""
    return {
        (f"{name}.{part}" if part else name): each
        for name, value in row.items()
        for part, each in (value.items() if isinstance(value, dict) else [("", value)])
    }


def as_tuples(rows, fields):
    """Rows as comparable tuples of some fields."""
    return Counter(tuple(_plain(row.get(field)) for field in fields) for row in rows)


def _refused(table, row):
    """Rows without a trustworthy value in a required field are set aside whole."""
    required = [field.name for field in table_fields(table).values() if field.required]
    return any(row.get(name) is None or isinstance(row.get(name), Raw) for name in required if name in row)


def _plain(value):
    """Lists can be counted once they are tuples; a spoiled cell reads as a blank."""
    return None if isinstance(value, Raw) else tuple(value) if isinstance(value, list) else value
