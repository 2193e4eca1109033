"""是否、选项 (dirty-data.md, no. 28)."""

import pytest

from dibao_lib.evidence import vocabulary
from dibao_lib.evidence.cells.words import read_bool, read_choice, spellings, yes_or_no
from dibao_lib.evidence.forms import FORMS

PLAIN = yes_or_no({})


@pytest.mark.parametrize("written", ["是", "√", "有", "1", 1.0, "Y", "yes", True, "已签"])
def test_yes_in_every_spelling(written):
    assert read_bool(written, PLAIN) is True


@pytest.mark.parametrize("written", ["否", "×", "无", "0", 0.0, "N", "no", False, "未到"])
def test_no_in_every_spelling(written):
    assert read_bool(written, PLAIN) is False


def test_neither_yes_nor_no_is_asked_about():
    assert read_bool("不详", PLAIN).message == "应填“是”或“否”。请改正后重报"
    assert read_bool("", PLAIN) is None


@pytest.mark.parametrize(("written", "nil"), [("无", True), ("否", True), ("有", False), ("是", False)])
def test_the_filing_asks_for_relatives_and_the_field_for_a_nil_return(written, nil):
    field = next(form for form in FORMS if form.table == "filings").field("nil")
    assert read_bool(written, yes_or_no(field.choices)) is nil


@pytest.mark.parametrize("written", ["城镇", "城市低保", "非农", "城市"])
def test_words_of_a_code_list_become_the_canonical_one(written):
    assert read_choice(written, spellings(vocabulary.AREA_KIND), False) == "城市"


def test_codes_1_and_2_are_words_too():
    assert read_choice(1.0, spellings(vocabulary.SEX), False) == "男"


def test_a_word_outside_the_list_is_named_by_what_it_could_have_been():
    fault = read_choice("不详", spellings(vocabulary.SEX), False)
    assert (fault.reason, fault.message) == ("unknown_choice", "应为男、女之一。请改正后重报")


def test_an_open_list_keeps_other_words():
    assert read_choice("叔侄", spellings(vocabulary.RELATION), True) == "叔侄"
