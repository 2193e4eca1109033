"""Snapshots: typed, sorted, written whole, checked when read."""

import datetime as dt

import pyarrow as pa
import pytest

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.arrow import batch_table
from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.sheet import Batch
from dibao_lib.evidence.snapshots import read_snapshot, replaced, snapshot_bytes, write_whole
from dibao_lib.evidence.tables import table_names, table_schema

SCHEMA = table_schema("households")


def table(*rows, sheet="S"):
    return pa.concat_tables(
        [
            batch_table(Batch("households", [number], {"hh_id": [hh_id]}), SCHEMA, file, sheet)
            for file, number, hh_id in rows
        ]
    )


def write_snapshot(folder, name, rows):
    write_whole(folder / f"{name}.parquet", snapshot_bytes(rows))


def identities(rows):
    return [(row["source_file"], row["source_row"], row["hh_id"]) for row in rows.to_pylist()]


def test_a_table_is_read_as_it_was_written(tmp_path):
    write_snapshot(tmp_path, "households", table(("a.xlsx", 2, "D1")))
    assert read_snapshot(tmp_path, "households", SCHEMA).equals(table(("a.xlsx", 2, "D1")))


def test_the_same_rows_give_the_same_bytes():
    assert len({snapshot_bytes(table(("a.xlsx", 2, "D1"))) for _ in range(2)}) == 1


def test_rows_of_a_file_are_replaced_and_all_are_sorted_by_source():
    old = table(("b.xlsx", 3, "D3"), ("a.xlsx", 2, "D1"))
    new = table(("a.xlsx", 10, "D9"), ("a.xlsx", 2, "D8"))
    assert identities(replaced(old, [new], {"a.xlsx"})) == [
        ("a.xlsx", 2, "D8"),
        ("a.xlsx", 10, "D9"),
        ("b.xlsx", 3, "D3"),
    ]


def test_rows_of_one_source_row_keep_their_order():
    same = table(("a.xlsx", 2, "third"), ("a.xlsx", 2, "first"), ("a.xlsx", 2, "second"))
    assert [row[2] for row in identities(replaced(SCHEMA.empty_table(), [same], set()))] == ["third", "first", "second"]


def test_a_flipped_bit_in_any_page_is_noticed(tmp_path):
    many = table(*[("a.xlsx", n, f"D{n}") for n in range(50)])
    write_snapshot(tmp_path, "households", many)
    path = tmp_path / "households.parquet"
    whole = path.read_bytes()
    silent = 0
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    for place in range(4, len(whole) - footer, 97):
        broken = bytearray(whole)
        broken[place] ^= 4
        path.write_bytes(bytes(broken))
        try:
            silent += not read_snapshot(tmp_path, "households", SCHEMA).equals(many)
        except InputRefused as refused:
            assert "households.parquet 已损坏" in str(refused)
    assert silent == 0


def test_a_table_of_an_earlier_version_is_brought_into_the_present_schema(tmp_path):
    write_snapshot(tmp_path, "households", table(("a.xlsx", 2, "D1")).drop_columns(["base", "status"]))
    assert read_snapshot(tmp_path, "households", SCHEMA).schema.equals(SCHEMA)


def test_a_file_is_replaced_whole_and_leaves_nothing_behind(tmp_path):
    write_whole(tmp_path / "a.json", b"old")
    write_whole(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_an_equal_file_is_left_alone(tmp_path):
    write_whole(tmp_path / "a.json", b"same")
    before = (tmp_path / "a.json").stat().st_mtime_ns
    write_whole(tmp_path / "a.json", b"same")
    assert (tmp_path / "a.json").stat().st_mtime_ns == before


def test_parts_of_a_struct_lie_in_one_column():
    form = Form("t", "表", (Field("n.households", "户数", kind=Kind.INT), Field("n.persons", "人数", kind=Kind.INT)))
    schema = table_schema("t", [form])
    rows = batch_table(Batch("t", [2], {"n.households": [3], "n.persons": [None]}), schema, "a.xlsx", "S")
    assert rows.to_pylist()[0]["n"] == {"households": 3, "persons": None}


@pytest.mark.parametrize("name", table_names())
def test_every_declared_table_has_a_schema_that_holds_its_source(name):
    assert table_schema(name).names[-3:] == ["source_file", "source_sheet", "source_row"]
    assert table_schema(name).empty_table().num_rows == 0


def test_types_are_those_of_the_contract():
    schema = table_schema("payments")
    assert schema.field("amt").type == pa.int64()
    assert schema.field("period").type == pa.string()
    assert schema.field("paid_on").type == pa.date32()
    assert table_schema("assessments").field("surveyors").type == pa.list_(pa.string())
    assert table_schema("filings").field("nil").type == pa.bool_()
    assert pa.array([dt.date(2011, 1, 1)], pa.date32()).to_pylist() == [dt.date(2011, 1, 1)]


def test_the_forms_are_the_forms():
    assert len({form.title for form in FORMS}) == len(FORMS)
