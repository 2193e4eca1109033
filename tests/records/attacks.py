"""What somebody with the file and a free evening can do to a log: fourteen ways, each leaving a database that opens."""

import json
import os
import shutil
import sqlite3

from dibao_lib.records.canonical import canonical
from dibao_lib.records.parts import body_digest, opened
from dibao_lib.records.rows import HASHED, event_hash, sealed

_COLUMNS = (*HASHED, "hash")


def _load(path):
    """(rows, bodies by hash), in the order of the chain."""
    with sqlite3.connect(path) as link:
        link.row_factory = sqlite3.Row
        rows = [dict(row) for row in link.execute("SELECT * FROM event ORDER BY device, seq")]
        bodies = dict(link.execute("SELECT hash, parts FROM body"))
    link.close()
    return rows, bodies


def _store(path, rows, bodies):
    """Writes events anew, past every trigger."""
    link = sqlite3.connect(path)
    for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        link.execute(f"DROP TRIGGER {name}")
    link.execute("DELETE FROM event")
    link.execute("DELETE FROM body")
    marks = ", ".join("?" * len(_COLUMNS))
    link.executemany(
        f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({marks})", [[row[c] for c in _COLUMNS] for row in rows]
    )
    link.executemany("INSERT INTO body VALUES (?, ?)", bodies.items())
    link.commit()
    link.close()


def _changed(parts, change):
    """The stored parts with the value of `yes` or `note` changed."""
    half, found = opened(parts)
    return half + canonical({name: [part[0], change(name, part[1])] for name, part in found.items()})


def _vote(name, text):
    return "19" if name == "yes" else text


def _rehashed(rows, bodies):
    """Every hash and link computed again, as the software itself would."""
    done, new, told = [], {}, {}
    prev = {}
    for row in rows:
        parts = opened(bodies[row["hash"]])[1]
        base = [told.get(each, each) for each in json.loads(row["base"])]
        fresh, body = sealed({**{k: row[k] for k in HASHED}, "prev": prev.get(row["device"], "")}, base, parts)
        told[row["hash"]] = prev[row["device"]] = fresh["hash"]
        new[fresh["hash"]] = body["parts"]
        done.append(fresh)
    return done, new


def as_version_1(path):
    """Makes of the log what the first version of the software wrote: the event covers the digests of the parts alone."""
    rows, bodies = _load(path)
    done, new, told = [], {}, {}
    for row in rows:
        parts = opened(bodies[row["hash"]])[1]
        base = canonical([told[each] for each in json.loads(row["base"])])
        prev = done[-1]["hash"] if done and done[-1]["device"] == row["device"] else ""
        fresh = {**row, "base": base, "prev": prev, "body_digest": body_digest(parts)}
        fresh["hash"] = told[row["hash"]] = event_hash(fresh)
        done.append(fresh)
        new[fresh["hash"]] = canonical(parts)
    _store(path, done, new)


def _pick(rows, choice):
    """One event, not the last: its place and its row."""
    place = choice.randrange(len(rows) - 1)
    return place, rows[place]


def edit(path, choice):
    rows, bodies = _load(path)
    _, row = _pick(rows, choice)
    bodies[row["hash"]] = _changed(bodies[row["hash"]], _vote)
    _store(path, rows, bodies)


def edit_and_its_own_hash(path, choice):
    rows, bodies = _load(path)
    place, row = _pick(rows, choice)
    parts = opened(_changed(bodies.pop(row["hash"]), _vote))[1]
    rows[place], body = sealed({name: row[name] for name in HASHED}, json.loads(row["base"]), parts)
    bodies[body["hash"]] = body["parts"]
    _store(path, rows, bodies)


def delete(path, choice):
    rows, bodies = _load(path)
    place, row = _pick(rows, choice)
    del rows[place], bodies[row["hash"]]
    _store(path, rows, bodies)


def delete_and_renumber(path, choice):
    rows, bodies = _load(path)
    place, row = _pick(rows, choice)
    del rows[place], bodies[row["hash"]]
    _store(path, [{**row, "seq": row["seq"] - (n >= place)} for n, row in enumerate(rows)], bodies)


def swap(path, choice):
    rows, bodies = _load(path)
    place, _ = _pick(rows, choice)
    one, two = rows[place], rows[place + 1]
    rows[place], rows[place + 1] = {**two, "seq": one["seq"]}, {**one, "seq": two["seq"]}
    _store(path, rows, bodies)


def insert(path, choice):
    rows, bodies = _load(path)
    place, row = _pick(rows, choice)
    later = [{**each, "seq": each["seq"] + 1} for each in rows[place:]]
    forged = {**row, "event_id": row["event_id"][:-4] + "beef", "submission": "forged"}
    parts = opened(bodies[row["hash"]])[1]
    forged, body = sealed({name: forged[name] for name in HASHED}, json.loads(row["base"]), parts)
    bodies[body["hash"]] = body["parts"]
    _store(path, [*rows[:place], forged, *later], bodies)


def duplicate(path, choice):
    rows, bodies = _load(path)
    _, row = _pick(rows, choice)
    again = {**row, "seq": rows[-1]["seq"] + 1, "event_id": row["event_id"][:-4] + "beef", "hash": "f" * 64}
    bodies[again["hash"]] = bodies[row["hash"]]
    _store(path, [*rows, again], bodies)


def change_a_type(path, choice):
    rows, bodies = _load(path)
    _, row = _pick(rows, choice)
    bodies[row["hash"]] = _changed(bodies[row["hash"]], lambda name, text: f'"{text}"' if name == "yes" else text)
    _store(path, rows, bodies)


def change_a_look_alike(path, choice):
    rows, bodies = _load(path)
    _, row = _pick(rows, choice)
    bodies[row["hash"]] = _changed(bodies[row["hash"]], lambda name, text: text.replace("户", "戶"))
    _store(path, rows, bodies)


def cut_the_tail(path, choice):
    rows, bodies = _load(path)
    place, _ = _pick(rows, choice)
    _store(path, rows[: place + 1], {row["hash"]: bodies[row["hash"]] for row in rows[: place + 1]})


def empty(path, choice):
    _store(path, [], {})


def bring_back_yesterday(path, choice):
    """`path` has a sibling that was copied away before the last events."""
    for suffix in ("-wal", "-shm"):
        if os.path.exists(f"{path}{suffix}"):
            os.unlink(f"{path}{suffix}")
    shutil.copyfile(f"{path}.yesterday", path)


def edit_and_rehash_what_follows(path, choice):
    rows, bodies = _load(path)
    _, row = _pick(rows, choice)
    bodies[row["hash"]] = _changed(bodies[row["hash"]], _vote)
    _store(path, *_rehashed(rows, bodies))


def rewrite_everything(path, choice):
    """A new log that is sound in itself, and no trace of printed checkpoints."""
    rows, bodies = _load(path)
    told = {row["hash"]: _changed(bodies[row["hash"]], _vote) for row in rows}
    _store(path, *_rehashed([{**row, "who": "另一人"} for row in rows], told))
    link = sqlite3.connect(path)
    link.execute("DELETE FROM checkpoint")
    link.commit()
    link.close()


# what is done -> a word that must be in what verify says
ATTACKS = {
    edit: "填写内容被改动",
    edit_and_its_own_hash: "衔接不上",
    delete: "缺少第",
    delete_and_renumber: "衔接不上",
    swap: "衔接不上",
    insert: "衔接不上",
    duplicate: "衔接不上",
    change_a_type: "填写内容被改动",
    change_a_look_alike: "填写内容被改动",
    cut_the_tail: "末尾被截去",
    empty: "缺少第1至",
    bring_back_yesterday: "更早的副本",
    edit_and_rehash_what_follows: "被改写并重算了摘要",
    rewrite_everything: "全部记录被改写",
}
