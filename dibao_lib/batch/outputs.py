"""A cell's outputs, recorded as ipykernel and nbclient would have them in the notebook."""

# mypy: allow-untyped-calls

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Mapping
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from jupyter_client.jsonutil import json_clean, json_default
from nbformat import NotebookNode, from_dict


def output(kind: str, **content: Any) -> NotebookNode:
    """An output of a cell; unlike nbformat's own not validated one by one, for the notebook is when it is written."""
    new: NotebookNode = from_dict({"output_type": kind, **content})
    return new


class Sink:
    """Collects the outputs of the running cell and remembers where each display id was shown."""

    def __init__(self) -> None:  # noqa: D107
        self._shown: dict[str, list[tuple[int, NotebookNode]]] = {}
        self.end()

    def begin(self, index: int, cell: NotebookNode) -> None:
        """Outputs belong to this cell from now on."""
        self._index, self._outputs, self._clear_first = index, cell.outputs, False
        # cells whose displays this one replaced
        self.touched: set[int] = set()

    def end(self) -> None:
        """What is printed between cells belongs to none."""
        self.begin(-1, NotebookNode(outputs=[]))

    def add(self, new: NotebookNode, display_id: str | None = None) -> None:
        """One more output; with a display id it also replaces what was shown under that id before."""
        if self._clear_first:
            self.clear()
        if display_id:
            self.update(display_id, new)
            self._shown.setdefault(display_id, []).append((self._index, new))
        self._outputs.append(new)

    def update(self, display_id: str, new: NotebookNode) -> None:
        """Replaces everything shown under a display id, in earlier cells too."""
        for index, earlier in self._shown.get(display_id, ()):
            earlier.update(data=new.data, metadata=new.metadata)
            self.touched.add(index)

    def write(self, name: str, text: str) -> None:
        """Text on stdout or stderr; joins the text just before it."""
        last = self._outputs[-1] if self._outputs and not self._clear_first else {}
        if last.get("name") == name:
            last["text"] += text
        else:
            self.add(output("stream", name=name, text=text))

    def clear(self, wait: bool = False) -> None:
        """Drops the cell's outputs, now or just before the next one."""
        self._clear_first = wait
        if not wait:
            self._outputs.clear()


class CellStream(io.TextIOBase):
    """A cell's stdout or stderr. What other programs write to its descriptor is added when the cell has ended."""

    encoding = "utf-8"

    def __init__(self, sink: Sink, name: str, descriptor: int) -> None:  # noqa: D107
        self._sink, self.name, self._descriptor, self._owner = sink, name, descriptor, os.getpid()
        self._others = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        os.dup2(self._others.fileno(), descriptor)

    def fileno(self) -> int:
        """The descriptor that subprocesses inherit."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Adds text to the cell; from a process forked by the cell, by way of the descriptor."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self._owner:
            os.write(self._descriptor, text.encode())
        elif text:
            self._sink.write(self.name, text)
        return len(text)

    def drain(self) -> None:
        """Adds what came through the descriptor."""
        self._others.seek(0)
        if text := self._others.read().decode("utf-8", "replace"):
            self._sink.write(self.name, text)
            self._others.seek(0)
            self._others.truncate()


class CellPublisher(DisplayPublisher):
    """`display()` and `clear_output()`."""

    shell: Any

    def publish(  # noqa: D102
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: dict[str, str] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        shown = output("display_data", data=_plain(data), metadata=_plain(metadata))
        display_id = (transient or {}).get("display_id")
        if update:
            self.shell.sink.update(display_id, shown)
        else:
            self.shell.sink.add(shown, display_id)

    def clear_output(self, wait: bool = False) -> None:  # noqa: D102
        self.shell.sink.clear(wait)


class CellResult(DisplayHook):
    """The value of a cell's last line; its prompt is the output's execution count."""

    shell: Any

    def write_output_prompt(self) -> None:  # noqa: D102
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:  # noqa: D102
        bundle = {"data": _plain(format_dict), "metadata": _plain(md_dict), "execution_count": self.prompt_count}
        self.shell.sink.add(output("execute_result", **bundle))


def _plain(bundle: Mapping[str, Any] | None) -> Any:
    """A bundle as it would arrive from a kernel, by way of JSON."""
    try:
        return json.loads(json.dumps(bundle or {}, default=json_default, allow_nan=False))
    except (TypeError, ValueError):
        return json_clean(bundle)
