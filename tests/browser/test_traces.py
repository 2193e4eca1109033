"""After a day's work nothing that was typed lies outside the store (secure.md G14)."""

import pytest

TYPED = "36118119550101001X"


def _holding(folder, secret):
    words = (secret.encode(), secret.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(word in path.read_bytes() for word in words)]


def test_an_id_typed_into_a_form_is_in_the_store_and_nowhere_else(desk, lab, habit):
    here = desk("05_visits")
    here.who("王建国")
    here.page.locator(".db-list tr:has-text('待填') [data-open]").first.click()
    here.page.wait_for_selector(".db-form")
    here.choose("found", "外出")
    here.put("inquiry", f"向邻居了解，其身份证号{TYPED}")
    here.expect("草稿已存")
    habit(here.page)
    workspace = lab.inspection.folder
    store = {path.name.partition("-")[0] for path in _holding(workspace, TYPED)}
    assert store == {"drafts.db"}
    assert _holding(lab.home, TYPED) == []
    assert _holding(workspace / "notebooks", TYPED) == []
    assert list(lab.home.rglob("history.sqlite")) == []


@pytest.mark.parametrize("name", ["lab.log"])
def test_the_log_holds_no_complaint(lab, name):
    assert "Traceback" not in (lab.home / name).read_text()
