"""The page over all reports finds a township among many, and is whole where scripts are off."""

import datetime as dt

import pytest

from dibao_lib.batch.index_page import write_index


@pytest.fixture
def address(own_copy):
    return write_index(own_copy, dt.date(2011, 6, 30)).as_uri()


def test_what_is_typed_leaves_only_the_lines_that_hold_all_of_its_words(chromium, address):
    page = chromium.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(address)
    lines = page.locator("tbody tr:visible td:first-child")
    assert lines.count() == 17
    page.fill("input", " 街道  361181003 ")
    assert lines.all_inner_texts() == ["香屯街道 361181003"]
    page.fill("input", "尚未")
    assert lines.count() == 17
    page.fill("input", "没有这个乡")
    assert lines.count() == 0
    page.fill("input", "")
    assert lines.count() == 17 and wrong == []
    page.close()


def test_without_scripts_all_lines_are_there_and_no_box_that_would_do_nothing(chromium, address):
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert page.locator("tbody tr:visible").count() == 17
        assert not page.locator("input").is_visible()
