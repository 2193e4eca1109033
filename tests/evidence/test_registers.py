"""External registers: each is known by its own headers and title; without a cut-off date the report says what follows."""

from decimal import Decimal

import pytest
from sheets_drawn import P1, P2, read, rows_of, set_aside

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.forms import registers
from dibao_lib.evidence.tables import table_schema

OWN = [form for form in registers.FORMS if form is not registers.GENERAL]
EACH = pytest.mark.parametrize("form", OWN, ids=lambda form: form.constants["reg"])
SAMPLES = {
    Kind.PID: P1,
    Kind.NAME: "张三",
    Kind.DATE: "2010-04-15",
    Kind.MONEY: "120.50",
    Kind.NUMBER: "98.5",
    Kind.TEXT: "某某",
}


def sheet_of(form, title=""):
    """A sheet with the register's printed headers and one row."""
    head = " | ".join(one.header for one in form.fields)
    row = " | ".join(SAMPLES[one.kind] for one in form.fields)
    return f"{title}\n{head}\n{row}" if title else f"{head}\n{row}"


def test_every_register_of_the_code_list_has_a_declaration():
    assert {form.constants["reg"] for form in OWN} == set(vocabulary.REGISTER)


@EACH
def test_a_register_is_known_by_its_title(form, gazetteer):
    reading = read(sheet_of(form, f"某局{form.constants['reg']}数据"), gazetteer, source_file="报送.xlsx")
    assert reading.report.refused == ""
    expected = {one.name for one in form.fields}
    values = reading.batches[0].values
    assert (values["reg"], values["pid"]) == ([form.constants["reg"]], [P1])
    assert {name for name in values if values[name] != [None]} == expected | set(form.constants)
    assert set_aside(reading) == []


@EACH
def test_a_register_is_known_by_its_file_name(form, gazetteer):
    reading = read(sheet_of(form), gazetteer, source_file=f"{form.constants['reg']}.xlsx")
    assert rows_of(reading, "reg") == [(form.constants["reg"],)]


def test_two_registers_with_the_same_columns_are_not_guessed_at(gazetteer):
    reading = read(f"身份证号 | 单位 | 基数\n{P1} | 某公司 | 2000", gazetteer, source_file="数据.xlsx")
    (question,) = reading.report.questions
    assert "既像" in question.text
    assert len(question.choices) >= 2


def test_an_area_is_a_quantity_and_a_price_is_money(gazetteer):
    reading = read(
        f"身份证号 | 坐落 | 面积(平方米) | 成交价(万元)\n{P1} | 某路1号 | 98.55 | 23.5\n{P2} | 某路2号 | 120㎡ | 无",
        gazetteer,
        source_file="房产登记.xlsx",
    )
    assert rows_of(reading, "num", "val", "unit") == [
        (Decimal("98.5500"), 235_000_00, "平方米"),
        (Decimal("120.0000"), None, "平方米"),
    ]
    schema = table_schema("registers")
    assert (str(schema.field("val").type), str(schema.field("num").type)) == ("int64", "decimal128(18, 4)")


def test_a_quantity_that_is_no_number_is_set_aside(gazetteer):
    reading = read(f"身份证号 | 坐落 | 面积\n{P1} | 某路1号 | 约百平", gazetteer, source_file="房产登记.xlsx")
    assert set_aside(reading) == [(2, "num", "bad_count")]


def test_a_spouses_id_is_checked_like_any_other(gazetteer):
    reading = read(f"身份证号 | 配偶身份证号\n{P1} | 123", gazetteer, source_file="婚姻登记.xlsx")
    assert set_aside(reading) == [(2, "item", "bad_id")]


def test_a_register_without_cut_off_date_says_what_follows(gazetteer):
    reading = read(f"身份证号 | 死亡日期\n{P1} | 2010-04-15", gazetteer, source_file="死亡.xlsx")
    assert rows_of(reading, "asof") == [(None,)]
    assert any("没有数据截止日" in note and "一律不定为A类" in note for note in reading.report.notes)


def test_a_blank_cut_off_date_counts_its_rows(gazetteer):
    text = f"身份证号 | 死亡日期 | 数据截止日\n{P1} | 2010-04-15 | 2011-03-31\n{P2} | 2010-05-15 | ~"
    reading = read(text, gazetteer, source_file="死亡.xlsx")
    assert any(note.startswith("有1行没有“数据截止日”") for note in reading.report.notes)


def test_a_cut_off_date_in_the_title_line_holds_for_all_rows(gazetteer):
    text = f"死亡人口登记 | ~\n数据截止日期：2011年3月31日 | ~\n身份证号 | 死亡日期\n{P1} | 2010-04-15"
    reading = read(text, gazetteer, source_file="报送.xlsx")
    assert [str(asof) for (asof,) in rows_of(reading, "asof")] == ["2011-03-31"]
    assert not any("A类" in note for note in reading.report.notes)
