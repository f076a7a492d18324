"""What happens in the deployment: annotators, refusals, and what the estimator does, with the requests that ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional, Tuple
from urllib.parse import urlencode

from ._decode import decode
from ._transport import Transport

__all__ = [
    "Activity",
    "Annotator",
    "Annotators",
    "RefusalReason",
    "Refusals",
    "RepeatedEvent",
    "Rerun",
    "Round",
    "Version",
]


@dataclass(frozen=True)
class Annotator:
    """How sharply one annotator judges, as a multiple of what the model says of annotators like them.

    ``flag`` is ``negative`` for who judges against the reward, ``below`` for who judges less sharply, None for others.
    Bounds are None where nothing is known.
    """

    annotator: str
    judgments: float
    multiplier: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]
    shrunk_multiplier: float
    flag: Optional[str]


@dataclass(frozen=True)
class Annotators:
    """Annotators as of the newest rerun, those whom to look at first; ``reported_at`` is None before the first."""

    SCHEMA: ClassVar[str] = "AnnotatorsAnswer"

    model: str
    level: float
    annotators_total: int
    judged_total: float
    below: int
    negative: int
    multiplier_variance: Optional[float]
    reported_at: Optional[str]
    annotators: Tuple[Annotator, ...]


@dataclass(frozen=True)
class RefusalReason:
    """Why judgments were refused, how many, and where the newest is: ``PARTITION@OFFSET``, as ``assay dlq show`` takes it."""

    reason: str
    count: int
    last_at: str
    last: str


@dataclass(frozen=True)
class Refusals:
    """Judgments on the dead-letter topic; ``truncated`` where there are older ones that were not counted."""

    SCHEMA: ClassVar[str] = "RefusalsAnswer"

    total: int
    truncated: bool
    reasons: Tuple[RefusalReason, ...]


@dataclass(frozen=True)
class Round:
    """One question to all shards."""

    round: int
    at: str


@dataclass(frozen=True)
class Rerun:
    """One fit to the end; ``outcome`` is running, converged, failed or superseded, ``version`` what it was published as."""

    rerun_id: str
    reason: str
    started_at: str
    finished_at: Optional[str]
    outcome: str
    judgments: int
    drift: float
    rounds: Tuple[Round, ...]
    version: Optional[int]


@dataclass(frozen=True)
class Version:
    """One snapshot; ``kind`` is rerun, incremental or rollback."""

    version: int
    kind: str
    judgments: Optional[int]
    drift: float
    published_at: str


@dataclass(frozen=True)
class RepeatedEvent:
    """An event, or several of the same in a row."""

    type: str
    time: str
    message: str
    count: int


@dataclass(frozen=True)
class Activity:
    """What the estimator does, as this scorer has seen it."""

    SCHEMA: ClassVar[str] = "ActivityAnswer"

    running: Optional[Rerun]
    reruns: Tuple[Rerun, ...]
    versions: Tuple[Version, ...]
    events: Tuple[RepeatedEvent, ...]


class Watching:
    """The requests; :class:`assay.Scorer` has them."""

    _transport: Transport

    def annotators(self, *, limit: Optional[int] = None, level: Optional[float] = None) -> Annotators:
        """At most ``limit`` annotators (100 unless given) with intervals of ``level``."""
        asked = {name: value for name, value in (("limit", limit), ("level", level)) if value is not None}
        return decode(Annotators, self._transport.ask("GET", "/v1/annotators" + (asked and "?" + urlencode(asked) or "")))

    def refusals(self) -> Refusals:
        """Judgments refused, by reason."""
        return decode(Refusals, self._transport.ask("GET", "/v1/refusals"))

    def activity(self) -> Activity:
        """Reruns with their rounds, versions with their drift, events."""
        return decode(Activity, self._transport.ask("GET", "/v1/activity"))
