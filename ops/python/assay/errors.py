"""What goes wrong between a client and the scorer."""

from __future__ import annotations

from typing import Any, Mapping, Optional


class AssayError(Exception):
    """The scorer did not answer with what was asked for.

    ``status`` is HTTP's, or None where there was no answer at all; ``detail`` says what was wrong, with field, bound and
    value where the request was at fault; ``problem`` is the whole of ``application/problem+json``, if that is what came.
    """

    def __init__(self, status: Optional[int], detail: str, problem: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(detail if status is None else f"{status}: {detail}")
        self.status = status
        self.detail = detail
        self.problem: Mapping[str, Any] = problem or {}

    def __reduce__(self) -> Any:
        # Exceptions cross processes by their constructor's arguments, which are not those of Exception here.
        return AssayError, (self.status, self.detail, dict(self.problem))
