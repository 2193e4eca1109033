"""A table on screen: a short one whole, a long one in a frame that says how long it is; texts stay texts."""

import pandas as pd
import pytest

from dibao_lib.widgets.listing import Listing


@pytest.mark.parametrize(("rows", "scrolls"), [(16, False), (24, False), (25, True), (1200, True)])
def test_a_screenful_is_shown_whole_and_more_scrolls_below_its_count(rows, scrolls):
    html = Listing(pd.DataFrame({"乡镇": [f"第{n}镇" for n in range(rows)]}))._repr_html_()
    assert html.count("<td>") == rows
    assert (f"共{rows:,}行，在框内上下滚动查看。" in html) == scrolls
    assert ("max-height" in html) == scrolls


def test_a_hostile_cell_is_shown_as_it_is():
    html = Listing(pd.DataFrame({"姓名": ["<img src=x onerror=alert(1)>"]}))._repr_html_()
    assert "<img" not in html and "&lt;img src=x onerror=alert(1)&gt;" in html
