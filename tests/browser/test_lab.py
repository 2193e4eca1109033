"""`dibao lab` in a real browser: Chinese, on this machine only, forms open, code out of sight."""


def test_the_first_page_runs_by_itself_in_chinese_with_its_code_out_of_sight(page, lab):
    page.goto(lab.url("00_start"))
    page.wait_for_selector(".dibao-steps")
    assert "各步骤的进展" in page.inner_text(".jp-Notebook")
    assert "文件" in page.inner_text("body")
    assert not page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count()
    page.screenshot(path="/tmp/s_start.png")
