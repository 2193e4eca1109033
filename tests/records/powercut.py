"""Power cuts: a writer's system calls are recorded with strace, then the disk is rebuilt as it may be after a cut.

What was written before a file's last fsync is there. Of what was written after it, any part may be there, each write whole,
torn at a sector of 512 bytes, or not at all. A file that was made may be gone if its folder was not synced (`posix`).
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink"
_SECTOR = 512
_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from crashing import save_on
from dibao_lib.records import store
store._PRAGMAS = tuple(each.replace("= FULL", "= " + sys.argv[5]) for each in store._PRAGMAS)
class Acknowledged:
    def send(self, told):
        Path(sys.argv[4]).open("ab", buffering=0).write(told[1].encode() + b"\\n")
save_on(Path(sys.argv[2]), "cut", int(sys.argv[3]), Acknowledged())
"""
# pid, call, first argument with the file's path behind a descriptor, the rest
_LINE = re.compile(
    r'^\d+\s+(\w+)\((?:\d+<([^>]*)>|AT_FDCWD(?:<[^>]*>)?, "((?:\\x..)*)"|"((?:\\x..)*)")(.*)\)\s*=\s*(\d+)'
)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Step:
    """One thing that reached the system: made, written, synced, cut (to a length), removed, or acknowledged."""

    deed: str
    file: str
    offset: int = 0
    data: bytes = b""


def recorded(folder, saves, synchronous="FULL"):
    """The steps of a writer that saves some records in a workspace; less than FULL shows what would be lost."""
    trace, acks = folder.parent / "trace", folder.parent / "acks"
    here = str(Path(__file__).parent)
    words = ["strace", "-f", "-y", "-xx", "-s", "4000000", "-e", f"trace={_CALLS}", "-o", str(trace)]
    subprocess.run(
        [*words, sys.executable, "-c", _WRITER, here, str(folder), str(saves), str(acks), synchronous], check=True
    )
    with trace.open(encoding="ascii", errors="replace") as lines:
        return [step for line in lines for step in _steps(line, str(folder), str(acks))]


def _bytes(text):
    return bytes.fromhex(text.replace("\\x", ""))


def _steps(line, folder, acks):
    found = _LINE.match(line)
    if not found:
        return
    call, held, opened, named, rest, result = found.groups()
    path = _bytes(held).decode() if held and held.startswith("\\x") else held or _bytes(opened or named or "").decode()
    if path == acks and call == "write":
        yield Step("acknowledged", "", data=_bytes(_TEXT.search(rest)[1]).strip())
    if path == folder and call in ("fsync", "fdatasync"):
        yield Step("folder synced", "")
    name = path.removeprefix(folder + "/")
    if not re.fullmatch(r"records\.db(-wal|-journal)?", name):
        return
    match call:
        case "openat" if "O_CREAT" in rest:
            yield Step("made", name)
        case "pwrite64":
            yield Step("written", name, int(rest.rsplit(", ", 1)[1]), _bytes(_TEXT.search(rest)[1])[: int(result)])
        case "fsync" | "fdatasync":
            yield Step("synced", name)
        case "ftruncate":
            yield Step("cut", name, int(rest.split(", ")[1]))
        case "unlink":
            yield Step("removed", name)


def after_cut(steps, moment, choice, *, posix=False):
    """(file name -> content, acknowledged ids) when the power goes after `moment` steps."""
    safe, loose, entries, acknowledged = {}, {}, set(), []
    for step in steps[:moment]:
        match step.deed:
            case "acknowledged":
                acknowledged.append(step.data.decode())
            case "folder synced":
                entries |= safe.keys()
            case "made":
                safe.setdefault(step.file, bytearray())
                loose.setdefault(step.file, [])
            case "written" | "cut":
                loose[step.file].append(step)
            case "synced":
                for done in loose[step.file]:
                    _apply(safe[step.file], done)
                loose[step.file] = []
            case "removed":
                safe.pop(step.file, None)
                loose.pop(step.file, None)
                entries.discard(step.file)
    files = {name: bytearray(content) for name, content in safe.items()}
    for name, steps_left in loose.items():
        _apply_some(files[name], steps_left, choice)
    if posix:
        files = {name: content for name, content in files.items() if name in entries or choice.random() < 0.5}
    return files, acknowledged


def _apply_some(content, steps, choice):
    """Some of the writes that were not synced: a prefix, any subset, or torn ones."""
    keep = choice.choice([0.0, 0.5, 0.9, 1.0])
    prefix = choice.randint(0, len(steps)) if choice.random() < 0.4 else None
    for number, step in enumerate(steps):
        if (number >= prefix) if prefix is not None else choice.random() >= keep:
            continue
        if step.deed == "written" and choice.random() < 0.3:
            torn = choice.randint(0, len(step.data) // _SECTOR) * _SECTOR
            step = Step("written", step.file, step.offset, step.data[:torn])
        _apply(content, step)


def _apply(content, step):
    if step.deed == "cut":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    end = step.offset + len(step.data)
    content.extend(bytes(max(0, end - len(content))))
    content[step.offset : end] = step.data
