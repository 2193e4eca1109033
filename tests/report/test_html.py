"""The page holds the template's tags only, asks nobody for anything, and shows every text."""

from html.parser import HTMLParser

import pytest
from hostile import HOSTILE, hostile_report
from report_sample import sample

from dibao_lib.report.formats.html import render
from dibao_lib.report.text import clean

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "h5", "p", "b", "hr"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    *("div", "span", "figure", "img", "figcaption", "header", "footer"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "style", "alt", "src"),
    *("rowspan", "colspan", "tabindex", "role", "aria-label"),
}


class Page(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.tags, self.attributes, self.text, self.sources = set(), set(), "", []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources += [value for name, value in attrs if name == "src"]

    def handle_data(self, data):
        self.text += data


def test_hostile_texts_are_text():
    page = Page(render(tuple(hostile_report(HOSTILE))).decode())
    assert page.tags <= TAGS and page.attributes <= ATTRIBUTES
    for text in HOSTILE:
        assert clean(text) in page.text


def test_the_page_fetches_nothing():
    source = render(tuple(sample())).decode()
    page = Page(source)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in source
    assert page.sources and all(value.startswith("data:image/svg+xml;base64,") for value in page.sources)
    assert "http://" not in source and "https://" not in source and "@import" not in source


def test_the_page_says_what_it_is_and_fits_a_phone():
    source = render(tuple(sample())).decode()
    assert '<html lang="zh-CN">' in source and "width=device-width" in source
    assert "<title>关于泗洲镇城乡居民最低生活保障专项治理检查情况的报告</title>" in source


def test_a_landscape_attachment_is_a_sheet_of_its_own():
    source = render(tuple(sample())).decode()
    assert source.count("<main") == 4 and source.count('<main class="wide">') == 1


@pytest.mark.parametrize("number", ["<h2>一、基本情况</h2>", "<caption>表1　五查发现问题汇总</caption>"])
def test_headings_and_captions_are_real_ones(number):
    assert number in render(tuple(sample())).decode()
