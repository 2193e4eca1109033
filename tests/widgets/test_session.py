"""A record desk without a browser: what it answers, what it keeps, what it refuses."""

import datetime as dt
import hashlib

import pytest
from field_county import make_field_county

from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import take_in, written_events
from dibao_lib.records.validate import tidy
from dibao_lib.widgets.case import hearing_cases, visit_cases
from dibao_lib.widgets.desk import record_desk
from dibao_lib.workspace import Inspection

NOW = dt.datetime(2011, 6, 8, 9, 30)
VISIT = {
    "on": "２０１１．６．８",
    "team": "王建国、李秀英",
    "found": "户在人在",
    "people": "３",
    "income": "300.5",
    "got": "120",
    "assets": ["没有大件财产"],
    "book": "本人",
    "known": True,
    "view": "保留",
    "sign": True,
}


@pytest.fixture
def ins(tmp_path):
    yield make_field_county(tmp_path / "工作区")
    while OPENED:
        OPENED.pop().close()


OPENED = []


class Tab:
    """A browser tab of its own on a kernel of its own."""

    def __init__(self, ins, kind="visit", who="王建国"):
        cases = {"visit": visit_cases, "hearing": hearing_cases}[kind](ins)
        self.desk = record_desk(ins, kind, cases, now=lambda: NOW)
        OPENED.append(self.desk.session)
        self.ids, self.who, self.seq = [case.record_id for case in cases], who, 0

    def ask(self, t, buffers=(), **message):
        replies = self.desk.session.answer({"t": t, "me": self.who, **message}, buffers)
        assert [reply["me"] for reply in replies] == [self.who]
        return replies[0]

    def open(self, place=0):
        self.opened = self.ask("open", id=self.ids[place])
        return self.opened

    def draft(self, **answers):
        self.seq += 1
        self.data = {**self.opened["d"], **answers}
        return self.ask("draft", id=self.opened["id"], seq=self.seq, d=self.data)

    def save(self, sid="submission-1", base=None, reason="", **answers):
        self.data = {**self.opened["d"], **answers}
        base = self.opened["base"] if base is None else base
        said = {"id": self.opened["id"], "seq": self.seq, "d": self.data, "sid": sid, "base": base}
        return self.ask("save", who=self.who, reason=reason, **said)

    def act(self, action, base, reason=""):
        said = {"id": self.opened["id"], "seq": 0, "base": base, "sid": f"{action}-{self.who}"}
        return self.ask("act", action=action, who=self.who, reason=reason, **said)


@pytest.fixture
def tab(ins):
    return Tab(ins)


def test_the_list_shows_each_case_with_its_leads_but_not_their_figures(tab):
    listed = tab.ask("hello", open="")
    assert listed["t"] == "list"
    assert len(listed["rows"]) == 6
    first = listed["rows"][0]
    assert (first["title"], first["state"]) == ("赵桂英　361181000000", "待填")
    assert first["note"].startswith("O2 ") and "220" not in first["note"]
    assert not listed["fresh"]


def test_the_registers_figures_stay_in_python_until_the_visitors_own_are_saved(tab):
    opened = tab.open()
    assert "register_income" in opened["hidden"]
    assert opened["d"]["register_income"] is None
    tab.draft(**VISIT)
    assert "11000" not in str(tab.ask("open", id=opened["id"]))
    saved = tab.save(**VISIT)["opened"]
    assert saved["hidden"] == []
    assert saved["d"]["register_income"] == 11000
    assert saved["d"]["diff"] == ["家庭人口：核实3人，台账2人", "家庭月收入：核实300.50元，台账110元"]


def test_what_the_browser_says_about_shown_values_is_not_believed(tab):
    tab.open()
    saved = tab.save(**VISIT, register_income=1, hh_id="别人家")["opened"]
    assert (saved["d"]["register_income"], saved["d"]["hh_id"]) == (11000, "361181000000")


def test_a_draft_keeps_what_was_typed_and_says_what_is_wrong_once(tab, ins):
    opened = tab.open()
    answer = tab.draft(**VISIT | {"got": "一百二"})
    assert "应为金额" in answer["changed"]["got"]
    assert (answer["changed"]["on"], "view" in answer["changed"]) == (None, True)
    assert tab.draft(**VISIT | {"got": "一百二十"})["changed"] == {}
    again = Tab(ins).ask("open", id=opened["id"])
    assert (again["draft"], again["d"]["got"], again["seq"]) == (True, "一百二十", 2)
    (row,) = [row for row in tab.ask("list")["rows"] if row["id"] == opened["id"]]
    assert (row["state"], row["wrong"]) == ("草稿", 1)


def test_only_what_changed_is_sent_and_a_new_kernel_asks_for_all(tab, ins):
    opened = tab.open()
    tab.draft(**VISIT)
    said = {"id": opened["id"], "seq": 2, "after": 1, "set": [["house", "土坯"], ["got", "一百"]]}
    assert list(tab.ask("draft", **said)["changed"]) == ["got"]
    stored = tab.desk.session.drafts.get("visit", opened["id"])
    assert (stored[0], stored[1]["house"], stored[1]["team"]) == (2, "土坯", "王建国、李秀英")
    later = Tab(ins)
    assert later.ask("draft", **said | {"seq": 3, "after": 2})["need"] == "all"
    assert tab.ask("draft", **said | {"seq": 3, "after": 2, "set": [["nowhere.else", 1]]})["need"] == "all"


def test_a_faulty_record_is_not_saved_and_stays_a_draft(tab, ins):
    tab.open()
    tab.seq = 1
    refused = tab.save(**VISIT | {"view": ""})
    assert (refused["t"], refused["message"]) == (
        "refused",
        "没有保存：还有 1 处需要更正，已在各项旁边写明。填写的内容留在草稿中。",
    )
    assert tab.desk.session.drafts.get("visit", tab.ids[0])[1]["house"] == ""
    assert tab.desk.session.log.records() == []


def test_three_clicks_make_one_event(tab):
    tab.open()
    notes = [tab.save(**VISIT)["opened"]["note"] for _ in range(3)]
    assert notes == ["已保存。", "已保存过，没有重复保存。", "已保存过，没有重复保存。"]
    assert len(tab.desk.session.log.history(tab.ids[0])) == 1


def test_two_kernels_on_one_case_make_one_record_and_show_both_versions(ins):
    first, second = Tab(ins), Tab(ins, who="李秀英")
    first.open(), second.open()
    first.save(**VISIT, house="砖混")
    moved = second.save(sid="submission-2", **VISIT, house="土坯")
    assert moved["t"] == "moved"
    assert moved["rows"] == [["住房", "土坯", "砖混"]]
    assert "王建国已于2011-06-08 09:30:00保存过" in moved["message"]
    second.save(sid="submission-3", base=moved["base"], reason="复看", **VISIT, house="土坯")
    record = first.desk.session.log.record(first.ids[0])
    assert [event.data["house"] for event in record.events] == ["砖混", "土坯"]


def test_another_person_approves_and_the_writer_cannot(ins):
    writer, reviewer = Tab(ins), Tab(ins, who="陈志强")
    writer.open()
    base = writer.save(**VISIT)["base"]
    submitted = writer.act("submit", base)
    assert submitted["opened"]["status"] == "待审核"
    assert "请由另一人" in writer.act("approve", submitted["base"])["message"]
    reviewer.open()
    assert "reject" in [action["action"] for action in reviewer.opened["actions"]]
    assert reviewer.act("approve", submitted["base"])["opened"]["status"] == "已审核"


def test_a_review_of_what_was_changed_meanwhile_is_refused(ins):
    writer, reviewer = Tab(ins), Tab(ins, who="陈志强")
    writer.open()
    old = writer.save(**VISIT)["base"]
    writer.act("submit", old)
    reviewer.open()
    assert "刚被他人改动" in reviewer.act("approve", old)["message"]


def test_a_record_is_withdrawn_by_its_writer_with_a_reason(ins):
    writer = Tab(ins)
    writer.open()
    base = writer.save(**VISIT)["base"]
    assert {"action": "withdraw", "label": "撤回", "reason": True} in writer.ask("open", id=writer.ids[0])["actions"]
    assert "撤回须写明理由" in writer.act("withdraw", base)["message"]
    done = writer.act("withdraw", base, reason="走错了户")["opened"]
    assert (done["status"], done["note"][:4]) == ("已撤回", "已撤回，")
    assert done["events"][-1].endswith("撤回：走错了户")
    assert [action["action"] for action in done["actions"]] == ["submit"]


@pytest.fixture
def dispute(ins, tmp_path):
    """A tab on a visit of which another team wrote a version of its own."""
    tab = Tab(ins, who="王主任")
    for number, (who, house) in enumerate((("第一组", "砖混"), ("第二组", "土坯"))):
        with RecordLog.open(Inspection.create(tmp_path / who)) as team:
            data = tidy(tab.desk.session.form, tab.open()["d"] | VISIT | {"house": house})
            team.save("visit", tab.ids[0], data, who=who, now=NOW + dt.timedelta(minutes=number), submission=who)
            take_in(tab.desk.session.log.store, who, *written_events(team.store))
    return tab


def test_a_disputed_record_shows_every_version_and_one_is_chosen_with_a_reason(dispute):
    opened = dispute.open()
    assert opened["clash"]["rows"] == [["住房", "砖混", "土坯"]]
    assert [head.split("　")[2:] for head in opened["clash"]["heads"]] == [["第一组", "保存"], ["第二组", "保存"]]
    chosen = dispute.ask("adopt", id=opened["id"], side=1, base=opened["base"], seq=7)
    assert (chosen["d"]["house"], chosen["draft"], chosen["seq"]) == ("土坯", True, 7)
    assert "已载入第二组填写的一份，还没有保存" in chosen["note"]
    dispute.opened = chosen
    assert "定稿须写明理由" in dispute.save()["message"]
    saved = dispute.save(sid="submission-2", reason="复看是土坯房")
    assert "clash" not in saved["opened"] and saved["opened"]["d"]["house"] == "土坯"
    record = dispute.desk.session.log.record(opened["id"])
    assert (record.who, len(record.events[-1].base), record.events[-1].reason) == ("王主任", 2, "复看是土坯房")


def test_a_dispute_that_was_decided_meanwhile_is_not_decided_again(dispute):
    opened = dispute.open()
    dispute.save(reason="复看", **VISIT, house="砖木")
    answer = dispute.ask("adopt", id=opened["id"], side=0, base=opened["base"], seq=9)
    assert "分歧刚由他人裁定" in answer["message"]


def test_changes_upon_a_draft_another_kernel_wrote_are_kept_whole(ins):
    one, two = Tab(ins), Tab(ins, who="李秀英")
    opened = one.open()
    two.open()
    one.draft(**VISIT)
    two.seq = 4
    two.draft(**VISIT, house="土坯")
    one.ask("draft", id=opened["id"], seq=8, after=1, set=[["got", "130"]])
    seq, stored = one.desk.session.drafts.get("visit", opened["id"])
    assert (seq, stored["got"], stored["house"]) == (8, "130", "")


def test_a_photo_arrives_in_pieces(tab):
    content = bytes(range(256)) * 20
    half = len(content) // 2
    said = {"upload": "upload-0001", "size": len(content), "call": "c1"}
    first = tab.ask("chunk", [memoryview(content[:half])], at=0, **said)
    assert (first["held"], first["call"], "sha256" in first) == (half, "c1", False)
    last = tab.ask("chunk", [memoryview(content[half:])], at=half, **said)
    assert last["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_gap_in_a_photo_is_a_sentence(tab):
    reply = tab.ask("chunk", [b"x"], at=5, upload="upload-0002", size=9)
    assert reply["t"] == "error" and "请重新选择该附件" in reply["message"]


def test_a_village_may_hold_a_second_hearing_but_not_twice_on_a_day(ins):
    tab = Tab(ins, "hearing")
    counts = {"低保对象": 3, "评议团成员": 12, "村（居）民代表": 14, "乡镇干部": 1, "村（居）干部": 2, "核查小组": 2}
    answers = {"on": "2011-06-10", "host": "甲", "clerk": "乙", "attended": counts, "voters": "20", "signatures": True}
    said = {"statement": "有病", "opinions": "一致", "agree": 14, "disagree": 5, "abstain": 1, "conclusion": "维持"}
    cases = [row | said for row in tab.open()["d"]["cases"]]
    assert tab.save(**answers, cases=cases)["t"] == "saved"
    assert tab.ask("list")["rows"][0]["again"]
    tab.opened = tab.ask("new", like=tab.ids[0])
    refused = tab.save(sid="submission-2", **answers, cases=cases)
    assert "已为同一对象保存过一份记录" in refused["errors"]["on"]
    assert tab.save(sid="submission-3", **answers | {"on": "2011-06-17"}, cases=cases)["t"] == "saved"


def test_throwing_a_draft_away_leaves_what_was_saved(tab):
    tab.open()
    tab.save(**VISIT)
    tab.open()
    tab.seq = 9
    tab.draft(house="写错了")
    back = tab.ask("discard", id=tab.ids[0])
    assert (back["draft"], back["d"]["house"]) == (False, "")
    assert back["base"]


def test_a_page_loaded_again_comes_back_to_the_open_record(tab):
    tab.open()
    tab.draft(house="砖混")
    assert tab.ask("hello", open=tab.ids[0])["d"]["house"] == "砖混"
    assert tab.ask("hello", open="gone")["t"] == "list"


def test_a_desk_is_a_table_where_there_is_no_browser(tab):
    tab.open()
    tab.save(**VISIT, house="<b>砖混</b>")
    bundle, _ = tab.desk._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == "入户核查表：6份"
    assert "未提交" in bundle["text/html"] and "砖混" not in bundle["text/html"]
