"""One sound record of each kind, and a short way to save it."""

from record_writing import write

from dibao_lib.records.form import blank
from dibao_lib.records.kinds import record_form
from dibao_lib.records.validate import tidy

PHOTO = {"name": "佐证.jpg", "size": 9, "sha256": "0" * 64}
VISIT = {
    "hh_id": "A1",
    "on": "2011-06-08",
    "team": "张三、李四",
    "found": "户在人在",
    "people": 3,
    "income": "300",
    "got": "120",
    "register_people": 3,
    "register_income": 30000,
    "register_amount": 12000,
    "assets": ["没有大件财产"],
    "book": "本人",
    "known": True,
    "view": "保留",
    "sign": True,
}
CASE = {
    "hh_id": "A1",
    "statement": "本人说明了收入",
    "opinions": "一致",
    "agree": 14,
    "disagree": 5,
    "abstain": 1,
    "conclusion": "维持",
}
HEARING = {
    "vil_id": "361181100201",
    "place": "绕二镇",
    "on": "2011-06-10",
    "host": "甲",
    "clerk": "乙",
    "attended": {
        "低保对象": 3,
        "评议团成员": 12,
        "村（居）民代表": 14,
        "乡镇干部": 1,
        "村（居）干部": 2,
        "核查小组": 2,
    },
    "voters": 20,
    "cases": [CASE],
    "signatures": True,
}
REVIEW = {
    "vil_id": "361181100201",
    "met_on": "2011-04-20",
    "panel": {"挂点领导": 1, "人大代表": 2, "村(居)民小组长": 2, "老党员": 1, "村(居)民代表": 14, "其他": 0},
    "present": 18,
    "votes": [{"hh_id": "A1", "agree": 12, "disagree": 5, "abstain": 1, "result": "符合"}],
    "sig_rep": True,
    "sig_dir": True,
    "sig_twn": True,
}
POSTING = {"vil_id": "361181100201", "board": "低保对象", "seen_on": "2011-05-20", "up": False, "note": "没有制作"}
COMPLAINT = {
    "no": "1",
    "on": "2011-05-01",
    "via": "电话",
    "anonymous": True,
    "content": "反映一户有车",
    "handler": "甲",
}
PROBLEM = {
    "fid": "1",
    "twn_id": "361181100",
    "what": "已死亡仍发放",
    "route": "数据比对",
    "found_on": "2011-06-01",
    "judgement": "属实",
    "judged_on": "2011-06-08",
    "judged_by": "张三",
    "grounds": "查看了火化证",
    "opinion": "停发并追回",
    "owner": "丙",
    "due": "2011-06-30",
}
SOUND = {
    "visit": VISIT,
    "hearing": HEARING,
    "review": REVIEW,
    "posting": POSTING,
    "complaint": COMPLAINT,
    "rectification": PROBLEM,
}


def sound(kind, **answers):
    """The data of a sound record, with some answers of its own."""
    form = record_form(kind)
    return tidy(form, blank(form, SOUND[kind] | answers))


def put(log, kind, record_id="R1", *, who="张三", answers=None, **more):
    """Saves a sound record upon what is there."""
    return write(log, record_id, sound(kind, **(answers or {})), who=who, kind=kind, **more)
