"""Answers as the scorer writes them."""

from __future__ import annotations

from typing import Any, Dict

HEAD: Dict[str, Any] = {
    "model": "example",
    "parameter_version": 7,
    "feature_space": "example:0123456789ab",
    "covariance": "clustered",
    "level": 0.95,
    "not_estimable": [],
    "quantile": 1.96,
}


def scored(index: int, reward: float, standard_error: float = 0.5, **more: Any) -> Dict[str, Any]:
    bounds = {"lower": reward - 1.96 * standard_error, "upper": reward + 1.96 * standard_error}
    return {"index": index, "reward": reward, "standard_error": standard_error, **bounds, **more}


def scores(*rewards: float) -> Dict[str, Any]:
    return {**HEAD, "center": "feature-space", "responses": [scored(i, reward) for i, reward in enumerate(rewards)]}


INTERVAL = {"estimate": 0.5, "standard_error": 0.25, "lower": 0, "upper": 1}
