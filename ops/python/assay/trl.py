"""Rewards for TRL: what ``GRPOTrainer(reward_funcs=…)`` calls. TRL itself is not needed here."""

from __future__ import annotations

from typing import Any, Callable, Dict, Hashable, List, Mapping, Optional, Sequence, Union

from .results import Scored
from .scorer import ResponseLike, Scorer

RewardFunction = Callable[..., List[Optional[float]]]
_MOST_OF_ONE_REQUEST = 1024


def reward_func(
    scorer: Scorer,
    reward: str = "lower",
    center: str = "feature-space",
    *,
    level: Optional[float] = None,
    quantile: Optional[float] = None,
    covariance: Optional[str] = None,
    features: Optional[Callable[[Sequence[str]], Sequence[Sequence[float]]]] = None,
) -> RewardFunction:
    """A reward function for TRL's ``reward_funcs``.

    ``reward`` is ``lower``, the lower end of each reward's interval (what is not known well is worth less), or ``mean``, the
    estimate. ``center`` is from where they are measured: ``feature-space``, or ``candidates``: for each prompt the mean of
    its completions, so that only what is uncertain about their differences lowers a reward. ``features`` turns texts into
    vectors, for models whose feature space is vectors; without it the scorer gets the texts.
    """
    if reward not in ("lower", "mean"):
        raise ValueError(f"reward must be lower or mean, was {reward!r}")
    if center not in ("feature-space", "candidates"):
        raise ValueError(f"center must be feature-space or candidates, was {center!r}")

    def scored(texts: Sequence[str]) -> Sequence[Scored]:
        sent: Sequence[ResponseLike] = texts if features is None else features(texts)
        if len(sent) != len(texts):
            raise ValueError(f"features must give a vector for each of {len(texts)} texts, gave {len(sent)}")
        return scorer.score(sent, level=level, quantile=quantile, covariance=covariance, center=center).responses

    def rewards(*, prompts: Sequence[Any], completions: Sequence[Any], **columns: Any) -> List[Optional[float]]:
        if len(prompts) != len(completions):
            raise ValueError(f"completions must be as many as prompts, {len(prompts)}, were {len(completions)}")
        texts = [text(completion) for completion in completions]
        found: Dict[int, Scored] = {}
        for together in _groups(prompts) if center == "candidates" else _slices(len(texts)):
            for place, response in zip(together, scored([texts[i] for i in together])):
                found[place] = response
        log_metric = columns.get("log_metric")
        errors = [one.standard_error for one in found.values() if one.standard_error is not None]
        if callable(log_metric) and errors:
            log_metric("assay/standard_error", sum(errors) / len(errors))
        return [found[i].lower if reward == "lower" else found[i].reward for i in range(len(texts))]

    rewards.__name__ = f"assay_{reward}"  # TRL logs by it
    rewards.__qualname__ = rewards.__name__
    return rewards


def text(completion: Union[str, Sequence[Mapping[str, Any]]]) -> str:
    """The text of a completion: a string, or messages; as ``assay ingest`` reads TRL's preference rows, a blank line between
    two messages and a line break between two parts of one."""
    if isinstance(completion, str):
        return completion
    return "\n\n".join(_content(message.get("content")) for message in completion)


def _content(content: Any) -> str:
    if content is None:  # a call of a tool
        return ""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part.get("text") is not None)


def _slices(count: int) -> List[List[int]]:
    return [list(range(i, min(i + _MOST_OF_ONE_REQUEST, count))) for i in range(0, count, _MOST_OF_ONE_REQUEST)]


def _groups(prompts: Sequence[Any]) -> List[List[int]]:
    groups: Dict[Hashable, List[int]] = {}
    for i, prompt in enumerate(prompts):
        groups.setdefault(prompt if isinstance(prompt, str) else repr(prompt), []).append(i)
    return list(groups.values())
