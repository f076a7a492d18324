"""What the scorer answers, as values that cannot be changed.

Fields are called as in the JSON. Where the scorer may leave a field out, or write null, it is None here. ``raw`` keeps an
answer whole, with whatever a newer scorer says beyond these. Rewards are in units of log-odds (nats), and only their
differences mean anything: ``center`` says from what they are measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Mapping, Optional, Tuple


@dataclass(frozen=True)
class Interval:
    """An estimate and its two-sided confidence interval; error and bounds are None where it is not estimable."""

    estimate: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]


@dataclass(frozen=True)
class Probability:
    """A probability and its interval."""

    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Scored:
    """The reward of one response; ``index`` is its place in the request; no error and bounds where it is not estimable."""

    index: int
    id: Optional[str]
    reward: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]


@dataclass(frozen=True)
class Answer:
    """What every answer begins with: the snapshot it comes from, and how far its intervals reach.

    ``not_estimable`` names what the judgments do not tell apart from the rest.
    ``quantile`` is None where all intervals hold together: they reach ``critical_value`` standard errors.
    """

    model: str
    parameter_version: int
    feature_space: str
    covariance: str
    level: Optional[float]
    not_estimable: Tuple[str, ...]
    quantile: Optional[float]
    center: Optional[str]
    raw: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Scores(Answer):
    """Rewards of responses, in the order of the request."""

    SCHEMA: ClassVar[str] = "ScoreAnswer"

    responses: Tuple[Scored, ...]


@dataclass(frozen=True)
class Margin:
    """By how much the response chosen leads the runner-up."""

    runner_up: int
    estimate: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]


@dataclass(frozen=True)
class Abstaining:
    """What the policy ``abstain`` went by: ``indices`` are those that cannot be told from the best."""

    decided: bool
    indices: Tuple[int, ...]
    critical_value: float
    behind: Tuple[Interval, ...]


@dataclass(frozen=True)
class BestOfN(Answer):
    """The response to take; ``chosen`` is None where the policy ``abstain`` does not decide."""

    SCHEMA: ClassVar[str] = "BestOfNAnswer"

    policy: str
    chosen: Optional[int]
    chosen_id: Optional[str]
    best: int
    pessimistic: int
    margin: Optional[Margin]
    abstaining: Optional[Abstaining]
    candidates: Tuple[Scored, ...]


@dataclass(frozen=True)
class Comparison(Answer):
    """The first response against the second; ``rationality`` and ``margin`` are those of the context, if one was given.

    ``z`` is None where the standard error is 0.
    """

    SCHEMA: ClassVar[str] = "ComparePairAnswer"

    difference: Interval
    z: Optional[float]
    p_value: float
    probability_first: Probability
    rationality: Optional[Interval]
    margin: Optional[Interval]


@dataclass(frozen=True)
class PolicyComparison:
    """Two policies on the same prompts; the interval is simultaneous over all pairs of the request.

    ``z`` is None where the standard error is 0.
    """

    first: str
    second: str
    estimate: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]
    z: Optional[float]
    p_value: float
    holm_p_value: float
    maximum_p_value: float
    estimation_variance: float
    prompt_variance: float


@dataclass(frozen=True)
class ComparedPolicies(Answer):
    """Every pair of policies."""

    SCHEMA: ClassVar[str] = "ComparePoliciesAnswer"

    prompts: int
    critical_value: float
    comparisons: Tuple[PolicyComparison, ...]


@dataclass(frozen=True)
class Rationality:
    """How sharply somebody judges in a context; how many of its attributes are missing or of a level the model does not know."""

    rationality: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]
    unseen_levels: int
    missing: int


@dataclass(frozen=True)
class Rationalities(Answer):
    """Rationality by context, in the order of the request."""

    SCHEMA: ClassVar[str] = "RationalityAnswer"

    contexts: Tuple[Rationality, ...]


@dataclass(frozen=True)
class Suggestion:
    """A comparison worth asking for: a ``pair`` of the request, or the ``first`` and ``second`` of a ``prompt``'s candidates.

    Gains are in nats: what it adds to those before it, and what it would add alone.
    """

    pair: Optional[int]
    prompt: Optional[int]
    first: Optional[int]
    second: Optional[int]
    id: Optional[str]
    annotator: Optional[str]
    probability_first: float
    gain: float
    gain_alone: float


@dataclass(frozen=True)
class Suggestions(Answer):
    """The comparisons that teach most together, the best first."""

    SCHEMA: ClassVar[str] = "SuggestAnswer"

    suggestions: Tuple[Suggestion, ...]
    total_gain: float


@dataclass(frozen=True)
class Parameter:
    """One parameter of the model, named by its feature or by the attribute of a context."""

    name: str
    estimate: float
    standard_error: Optional[float]
    lower: Optional[float]
    upper: Optional[float]


@dataclass(frozen=True)
class FeaturesKind:
    """What a client sends of a response: ``text`` or ``embeddings``, texts; ``vectors``, numbers, ``dimension`` of them."""

    kind: str
    dimension: Optional[int]


@dataclass(frozen=True)
class Diagnostic:
    """What the fit found worth saying."""

    name: str
    value: Optional[float]
    message: str


@dataclass(frozen=True)
class Model(Answer):
    """The snapshot that is answered from.

    ``rolled_back_from`` is the older version that was published again as this one; ``offset`` the rationality of the
    reference, None where the snapshot is of another context spec than the scorer.
    """

    SCHEMA: ClassVar[str] = "ModelAnswer"

    kind: str
    rolled_back_from: Optional[int]
    published_at: str
    age_seconds: float
    judgments: int
    weight: float
    clusters: float
    log_likelihood: float
    rounds: int
    decrement: float
    drift: float
    context_spec: str
    offset: Optional[float]
    features: FeaturesKind
    code_revision: str
    runtime: str
    reward: Tuple[Parameter, ...]
    rationality: Tuple[Parameter, ...]
    diagnostics: Tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Standing:
    """One policy of the leaderboard; its rank lies between ``rank_lower`` and ``rank_upper``, all of them together."""

    policy: str
    reward: float
    standard_error: float
    lower: float
    upper: float
    rank: int
    rank_lower: int
    rank_upper: int


@dataclass(frozen=True)
class Leaderboard(Answer):
    """The policies of the responses that the scorer was started with, the best first."""

    SCHEMA: ClassVar[str] = "LeaderboardAnswer"

    prompts: int
    critical_value: float
    policies: Tuple[Standing, ...]


@dataclass(frozen=True)
class Readiness:
    """Whether the scorer can answer, and if not, why; false in a condition where it cannot."""

    ready: bool
    why: Optional[str]

    def __bool__(self) -> bool:
        return self.ready
