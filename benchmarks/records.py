"""The record store under kills, power cuts, full disks, crowds, merges, attacks and flipped bits, with every loss counted.

`python benchmarks/records.py [NAME...]`, by hand, never in tests; the small versions are in tests/records. Without names
everything runs, in about an hour on two busy cores; `--share 10` runs a tenth of the trials. Each line says what was tried, how often, and what was lost.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "records"))

from attacks import ATTACKS
from crashing import NOW, kill_while_saving, many_writers, received, save_on, save_with_little_room, started
from powercut import after_cut, recorded
from record_writing import workspace, write
from teams import merged, team_work

from dibao_lib.errors import InputRefused
from dibao_lib.records import store as store_module
from dibao_lib.records.bundle import open_bundle, write_bundle
from dibao_lib.records.identifiers import new_id
from dibao_lib.records.keys import make_keys, read_keys, trust
from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import take_in, written_events
from dibao_lib.records.parts import salted
from dibao_lib.records.rows import insert, sealed

VISIT = {f"field{number}": "情况属实，与台账一致" for number in range(12)} | {"yes": 3, "note": "该户情况属实"}


@contextmanager
def quick() -> Iterator[None]:
    """Without fsync, where durability is not what is measured."""
    pragmas = store_module._PRAGMAS
    store_module._PRAGMAS = tuple(p.replace("synchronous = FULL", "synchronous = OFF") for p in pragmas)
    try:
        yield
    finally:
        store_module._PRAGMAS = pragmas


def say(what: str, **figures: object) -> None:
    """One line: what was tried and its figures."""
    load = Path("/proc/loadavg").read_text().split()[0] if Path("/proc/loadavg").exists() else "?"
    told = ", ".join(f"{name} {value}" for name, value in figures.items())
    print(f"{what}: {told} (load {load})", flush=True)


def kills(folder: Path, share: int) -> None:
    """500 kill -9 at random moments of saving, ten stores of 50."""
    choice, total, acknowledged, lost, problems = random.Random(1), 0, 0, 0, 0
    for number in range(10):
        outcome = kill_while_saving(workspace(folder / str(number)).folder, share // 2, choice)
        total, acknowledged = total + outcome.kills, acknowledged + outcome.acknowledged
        lost, problems = lost + len(outcome.lost), problems + len(outcome.problems)
    say("kill -9", kills=total, acknowledged=acknowledged, lost=lost, problems=problems)


def cuts(folder: Path, share: int) -> None:
    """2,000 power cuts in each of two models of a file system."""
    inspection = workspace(folder / "recorded")
    steps = recorded(inspection.folder, 40)
    for posix in (False, True):
        choice, lost, unopened = random.Random(2), 0, 0
        for number in range(20 * share):
            files, acknowledged = after_cut(steps, choice.randint(1, len(steps)), choice, posix=posix)
            with tempfile.TemporaryDirectory() as place:
                for name, content in files.items():
                    (Path(place) / name).write_bytes(content)
                shutil.copyfile(inspection.folder / "plan.toml", Path(place) / "plan.toml")
                try:
                    with _log(Path(place)) as log:
                        have = {record.record_id for record in log.records()}
                        lost += not set(acknowledged) <= have
                        unopened += bool(log.verify())
                except InputRefused:
                    unopened += 1
        say(
            f"power cut{' (folders unsynced)' if posix else ''}",
            cuts=number + 1,
            steps=len(steps),
            lost=lost,
            unreadable=unopened,
        )


def _log(folder: Path) -> RecordLog:
    """A log without the plan being read."""
    return RecordLog(store_module.open_store(folder), folder.name)


def full_disks(folder: Path, _share: int) -> None:
    """A file system of 2 MB that runs full while saving and while merging; or a limit on the size of files."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", disk], check=False).returncode == 0
    )
    try:
        inspection = workspace(disk / "甲")
        RecordLog.open(inspection).close()
        target = (
            (save_on, inspection.folder, "full", 0)
            if mounted
            else (save_with_little_room, inspection.folder, "full", 500_000)
        )
        process, pipe = started(*target)
        told = list(received(pipe))
        process.join()
        saved = {word for kind, word, _ in told if kind == "saved"}
        say("full disk while saving", mounted=mounted, saved=len(saved), sentence=told[-1][1])
        package = team_work(folder / "team", 1, random.Random(3), records=600)
        merges = ""
        if mounted:
            with RecordLog.open(inspection) as log:
                before = log.checkpoint()
                try:
                    take_in(log.store, "组包", *package)
                except InputRefused as refused:
                    merges = str(refused)
                unchanged = log.checkpoint() == before
            say("full disk while merging", sentence=merges, unchanged=unchanged)
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=60m", disk], check=True)
        with RecordLog.open(inspection) as log:
            lost = saved - {record.record_id for record in log.records()}
            take_in(log.store, "组包", *package)
            say("after space was made", lost=len(lost), problems=len(log.verify()), records=len(log.records()))
    finally:
        if mounted:
            subprocess.run(["umount", disk], check=True)


def crowds(folder: Path, _share: int) -> None:
    """40 processes save 50 times each."""
    inspection = workspace(folder / "甲")
    began = time.monotonic()
    saved, refused, longest = many_writers(inspection.folder, 40, 50)
    with RecordLog.open(inspection) as log:
        lost = set(saved) - {record.record_id for record in log.records()}
        problems = log.verify()
    say(
        "40 writers",
        saved=len(saved),
        refused=len(refused),
        lost=len(lost),
        problems=len(problems),
        longest_wait=f"{longest:.1f} s",
        seconds=f"{time.monotonic() - began:.0f}",
    )


def teams(folder: Path, _share: int) -> None:
    """10 teams with 2,000 records each, merged in random orders and twice."""
    choice = random.Random(4)
    with quick():
        packages = [_large_team(folder / str(number), number, choice) for number in range(10)]
        seen = []
        for number, order in enumerate((packages, choice.sample(packages, 10), choice.sample(packages * 2, 20))):
            began = time.process_time()
            with _log(_made(folder / f"office{number}")) as office:
                merged(office, order)
                spent = time.process_time() - began
                seen.append((office.checkpoint(), len(office.records()), len(office.conflicts()), len(office.verify())))
            say("merge of 10 teams", packages=len(order), cpu=f"{spent:.1f} s", result=seen[-1])
    say("10 teams x 2,000 records", results=len(set(seen)), events=seen[0][0].count, expected=10 * 2020)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _large_team(folder: Path, number: int, choice: random.Random) -> tuple[bytes, bytes]:
    """2,000 visits and 20 leads that every team judges."""
    with _log(_made(folder)) as log:
        rows = [(f"第{number}组-{n}", VISIT) for n in range(2000)]
        rows += [(f"线索{n}", {"conclusion": choice.choice(["属实", "不属实", "待核"])}) for n in range(20)]
        _bulk(log, rows, f"第{number}组")
        return written_events(log.store)


def _bulk(log: RecordLog, rows: list[tuple[str, dict[str, object]]], who: str) -> None:
    """Events of new records in one transaction, as `save` would write them one by one."""
    with log.store.writing() as connection:
        events, bodies = [], []
        first = log._next(connection, NOW)
        for number, (record_id, data) in enumerate(rows):
            parts = salted(data, "", log.randomness)
            about = {
                "who": who,
                "kind": "visit",
                "record_id": record_id,
                "action": "save",
                "submission": f"{who}{number}",
            }
            place = {**first, "seq": first["seq"] + number, "event_id": new_id(NOW)}
            place["prev"] = events[-1]["hash"] if events else first["prev"]
            row, body = sealed({**about, **place}, (), parts)
            events.append(row)
            bodies.append(body)
        insert(connection, events, bodies)


def large(folder: Path, _share: int) -> None:
    """100,000 events verified."""
    with quick(), _log(_made(folder / "large")) as log:
        _bulk(log, [(f"R{number}", VISIT) for number in range(100_000)], "第一组")
        began = time.process_time()
        problems = log.verify(log.checkpoint())
        say("verify 100,000 events of 14 fields", cpu=f"{time.process_time() - began:.1f} s", problems=len(problems))


def attacks(folder: Path, share: int) -> None:
    """14 attacks, 100 trials each, against a printed checkpoint."""
    with quick():
        printed = _printed(folder / "printed")
        for attack, word in ATTACKS.items():
            named = 0
            for trial in range(share):
                with tempfile.TemporaryDirectory() as place:
                    copy = Path(place) / "甲"
                    shutil.copytree(folder / "printed", copy)
                    attack(copy / "records.db", random.Random(trial))
                    with _log(copy) as log:
                        named += any(word in sentence for sentence in log.verify(printed))
            say(f"attack {attack.__name__}", trials=share, named=named)


def _printed(folder: Path) -> object:
    with _log(_made(folder)) as log:
        for number in range(30):
            write(log, f"R{number % 8}", {**VISIT, "round": number})
    shutil.copyfile(folder / "records.db", folder / "records.db.yesterday")
    with _log(folder) as log:
        for number in range(10):
            write(log, f"R{number % 8}", {**VISIT, "round": number + 30})
        return log.checkpoint()


def honest(folder: Path, share: int) -> None:
    """1,000 honest histories: saves, reviews, corrections, erasures, printed checkpoints, by any clock."""
    actions = ("save", "save", "save", "submit", "approve", "reject", "sign", "withdraw", "erase")
    alarms = events = 0
    with quick():
        for trial in range(10 * share):
            choice = random.Random(trial)
            with _log(_made(folder / str(trial))) as log:
                write(log, "R1", VISIT)
                printed = [log.checkpoint()]
                for _ in range(choice.randint(3, 15)):
                    record_id, action = f"R{choice.randint(1, 3)}", choice.choice(actions)
                    if action == "save" or log.record(record_id):
                        write(log, record_id, VISIT if action == "save" else {}, action=action, reason="依据核实情况")
                    if choice.random() < 0.2:
                        printed.append(log.checkpoint())
                alarms += bool(log.verify(*printed))
                events += log.checkpoint().count
            shutil.rmtree(folder / str(trial))
    say("honest histories", tried=10 * share, events=events, alarms=alarms)


def orders(folder: Path, share: int) -> None:
    """100 random orders of 12 teams with clocks off by up to three days, some packages twice."""
    choice = random.Random(6)
    with quick():
        packages = [team_work(folder / f"team{number}", number, choice) for number in range(12)]
        seen = set()
        for trial in range(share):
            order = choice.sample(packages, 12) + choice.sample(packages, 3)
            with _log(_made(folder / f"order{trial}")) as office:
                merged(office, order)
                listed = tuple((c.record_id, tuple(side.who for side in c.sides)) for c in office.conflicts())
                seen.add((office.checkpoint(), repr(office.records()), listed, len(office.verify())))
    conflicts = len(next(iter(seen))[2])
    say("merge orders", tried=share, results=len(seen), conflicts_listed=conflicts, of=2)


def flips(folder: Path, share: int) -> None:
    """500 single flipped bits in the store, 500 in a package."""
    with quick():
        printed = _printed(folder / "printed")
        with _log(folder / "printed") as log:
            before = log.records()
        say(
            "flipped bits, store",
            **_flipped(folder / "printed", lambda place: _store_state(place, printed, before), 5 * share),
        )
    make_keys(folder / "office", "市办")
    make_keys(folder / "team", "第一组")
    trust(folder / "office", folder / "team" / "第一组.名片.json")
    office, team = read_keys(folder / "office"), read_keys(folder / "team")
    inspection = workspace(folder / "甲")
    package = folder / "x.低保交接"
    write_bundle(package, "records", inspection.plan, {"records/events.json": b"[]" * 5000}, team, office.card, NOW)
    refused = 0
    for trial in range(5 * share):
        content = _flip(package.read_bytes(), random.Random(trial))
        (folder / "y.低保交接").write_bytes(content)
        try:
            with open_bundle(folder / "y.低保交接", office, folder):
                pass
        except InputRefused:
            refused += 1
    say("flipped bits, package", tried=5 * share, refused=refused)


def _flip(content: bytes, choice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[choice.randrange(len(changed))] ^= 1 << choice.randrange(8)
    return bytes(changed)


def _flipped(folder: Path, state: Callable[[Path], str], trials: int) -> dict[str, int]:
    found = {"noticed": 0, "harmless": 0, "silent": 0}
    for trial in range(trials):
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / "甲"
            shutil.copytree(folder, copy)
            path = copy / "records.db"
            path.write_bytes(_flip(path.read_bytes(), random.Random(trial)))
            found[state(copy)] += 1
    return found


def _store_state(folder: Path, printed: object, before: object) -> str:
    try:
        with _log(folder) as log:
            if log.verify(printed):
                return "noticed"
            return "harmless" if log.records() == before else "silent"
    except InputRefused:
        return "noticed"


def saves(folder: Path, _share: int) -> None:
    """One save of a visit and of a 150-case hearing."""
    hearing = {
        "cases": [
            {"household": f"H{n}", "yes": 20, "no": 1, "conclusion": "同意", "note": "情况属实"} for n in range(150)
        ]
    }
    with RecordLog.open(workspace(folder / "甲")) as log:
        for what, data in (("visit", VISIT), ("150-case hearing", hearing)):
            cpu, wall = time.process_time(), time.monotonic()
            for number in range(100):
                log.save("visit", f"{what}{number}", data, who="甲", now=NOW, submission=f"{what}{number}")
            cpu, wall = time.process_time() - cpu, time.monotonic() - wall
            say(f"save of a {what}", cpu=f"{cpu * 10:.1f} ms", durable_after=f"{wall * 10:.1f} ms")


RUNS = (saves, cuts, full_disks, crowds, teams, large, attacks, honest, orders, flips, kills)


def main() -> None:
    """Runs what is named, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="、".join(run.__name__ for run in RUNS))
    parser.add_argument("--share", type=int, default=100, help="percent of the trials")
    asked = parser.parse_args()
    for run in RUNS:
        if not asked.names or run.__name__ in asked.names:
            with tempfile.TemporaryDirectory() as folder:
                run(Path(folder), asked.share)


if __name__ == "__main__":
    main()
