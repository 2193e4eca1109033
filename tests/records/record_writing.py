"""A short way to write events in tests: what is not the point of a test is filled in."""

import datetime as dt
import itertools

from dibao_lib.workspace import Inspection

NINE = dt.datetime(2011, 5, 1, 9, 0)
_CLICKS = itertools.count(1)


def write(log, record_id="R1", data=None, *, who="张组长", now=NINE, base=None, kind="visit", **more):
    """Saves upon the record as it stands; `data` is a small visit unless given."""
    data = {"conclusion": "符合"} if data is None else data
    if base is None:
        known = log.record(record_id)
        base = known.revision if known else ""
    submission = more.pop("submission", f"click-{next(_CLICKS):08d}")
    return log.save(kind, record_id, data, who=who, now=now, base=base, submission=submission, **more)


def workspace(folder, url=""):
    """A new workspace, its log in a file or at an address."""
    inspection = Inspection.create(folder)
    if url:
        plan = folder / "plan.toml"
        plan.write_text(f'{plan.read_text("utf-8")}\n[records]\nurl = "{url}"\n', "utf-8")
    return inspection
