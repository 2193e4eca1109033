"""One tree of errors, each a single Chinese sentence: where, what was found against what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class DibaoError(Exception):
    """A sentence for the person at the keyboard; never a stack trace, never person data."""

    exit_code: ClassVar[int] = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython and papermill show instead of a stack trace."""
        return [str(self)]


class UsageError(DibaoError):
    """The command or a parameter does not fit: exit code 2."""

    exit_code = 2


class InputRefused(DibaoError):
    """A file, sheet, row or setting cannot be accepted: exit code 3.

    Args:
        message: one sentence, or several problems of one file joined by newlines.
    """

    exit_code = 3

    @classmethod
    def collected(cls, problems: Sequence[str]) -> InputRefused:
        """All problems of one input in one error, one sentence a line."""
        return cls("\n".join(problems))


class ReportFailed(DibaoError):
    """One report could not be made; the others are not touched: exit code 4."""

    exit_code = 4


class VerificationFailed(DibaoError):
    """A chain, a draw or a report does not verify: exit code 5."""

    exit_code = 5
