"""After a day's work nothing that was typed lies outside the store (secure.md G14), and nothing is complained of."""

import socket
import time
from urllib.parse import urlsplit

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


def test_a_page_that_closes_while_its_kernel_starts_is_no_complaint(lab):
    kernel = lab.ask("POST", "/api/kernels", name="python3")["id"]
    where = urlsplit(lab.address)
    with socket.create_connection((where.hostname, where.port)) as page:
        page.sendall(
            f"GET /api/kernels/{kernel}/channels?session_id=closing&token={lab.token} HTTP/1.1\r\n"
            f"Host: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        page.settimeout(0.05)
        try:
            assert page.recv(1) == b"", "the kernel was ready before the page could close"
        except TimeoutError:
            pass
    for _ in range(300):
        if lab.ask("GET", f"/api/kernels/{kernel}")["execution_state"] != "starting":
            break
        time.sleep(0.1)
    lab.ask("DELETE", f"/api/kernels/{kernel}")
    assert "Traceback" not in lab.log.read_text()


def test_the_log_holds_no_complaint(lab):
    assert "Traceback" not in lab.log.read_text()
