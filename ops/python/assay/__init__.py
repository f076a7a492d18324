"""Client of the Assay scorer: rewards of responses with error bars, comparisons, the best of N, and what to ask next.

>>> from assay import Scorer
>>> with Scorer("http://127.0.0.1:8081") as scorer:
...     best = scorer.best_of_n(["one answer", "another"])
...     print(best.chosen, best.candidates[0].lower)
"""

from .errors import AssayError
from .results import (
    Abstaining,
    BestOfN,
    ComparedPolicies,
    Comparison,
    Diagnostic,
    FeaturesKind,
    Interval,
    Leaderboard,
    Margin,
    Model,
    Parameter,
    PolicyComparison,
    Probability,
    Rationalities,
    Rationality,
    Readiness,
    Scored,
    Scores,
    Standing,
    Suggestion,
    Suggestions,
)
from .scorer import Response, ResponseLike, Scorer
from .trl import RewardFunction, reward_func
from . import watching
from .watching import *  # noqa: F403 what it exports is named there

__all__ = [
    "Abstaining",
    "AssayError",
    "BestOfN",
    "ComparedPolicies",
    "Comparison",
    "Diagnostic",
    "FeaturesKind",
    "Interval",
    "Leaderboard",
    "Margin",
    "Model",
    "Parameter",
    "PolicyComparison",
    "Probability",
    "Rationalities",
    "Rationality",
    "Readiness",
    "Response",
    "ResponseLike",
    "RewardFunction",
    "Scored",
    "Scores",
    "Scorer",
    "Standing",
    "Suggestion",
    "Suggestions",
    "reward_func",
]
__all__ += watching.__all__
