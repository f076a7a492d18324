"""The scorer's API, a method for each request."""

from __future__ import annotations

import math
import ssl
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union

from ._decode import decode
from ._transport import Transport
from .results import (
    BestOfN,
    ComparedPolicies,
    Comparison,
    Leaderboard,
    Model,
    Rationalities,
    Readiness,
    Scores,
    Suggestions,
)
from .watching import Watching

T = TypeVar("T")


@dataclass(frozen=True)
class Response:
    """A response as text or as features, as the model's feature space needs, and a name for it in the answer."""

    text: Optional[str] = None
    features: Optional[Sequence[float]] = None
    id: Optional[str] = None


ResponseLike = Union[str, Sequence[float], Response]
"""A text, or features (a NumPy array will do), or a :class:`Response` of either with an id."""

Context = Mapping[str, Union[str, float, bool]]


class Scorer(Watching):
    """A scorer at a URL. One is enough for a program: any number of threads may share it.

    Every method that scores takes ``level`` of its intervals (0.95 = 95 %) or instead ``quantile``, standard errors to each
    side; ``covariance`` auto, model or clustered; ``center`` feature-space or candidates, from which rewards are measured;
    ``feature_space``, so that features of another one are refused. What is left out is as the scorer's config says.

    Requests are sent again, at most ``retries`` times, where the connection breaks, and where the scorer answers 429 or 503
    and says with Retry-After when to come again, if that is within ``longest_wait`` seconds. ``timeout`` is that of every
    wait for the network. All else that is not the answer is an :class:`AssayError`.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8081",
        token: Optional[str] = None,
        timeout: float = 30.0,
        *,
        retries: int = 4,
        longest_wait: float = 30.0,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        self._transport = Transport(url, token, timeout, retries, longest_wait, tls)

    def score(
        self,
        responses: Sequence[ResponseLike],
        *,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        center: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> Scores:
        """The reward of each response, measured from the centre of the feature space unless ``center`` says otherwise."""
        body = {"responses": _responses(responses, "responses")}
        return self._post(Scores, "/v1/score", body, level, quantile, covariance, center, feature_space)

    def best_of_n(
        self,
        candidates: Sequence[ResponseLike],
        *,
        policy: Optional[str] = None,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        center: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> BestOfN:
        """The candidate to take: by its lower bound (``pessimistic``), its estimate (``plain``), or only if it is clear which
        is best (``abstain``)."""
        body: Dict[str, Any] = {"candidates": _responses(candidates, "candidates")}
        if policy is not None:
            body["policy"] = policy
        return self._post(BestOfN, "/v1/best-of-n", body, level, quantile, covariance, center, feature_space)

    def compare(
        self,
        first: ResponseLike,
        second: ResponseLike,
        *,
        context: Optional[Context] = None,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        center: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> Comparison:
        """How much better the first response is; with a ``context`` also how sharply it would be judged there."""
        body: Dict[str, Any] = {"first": _response(first, "first"), "second": _response(second, "second")}
        if context is not None:
            body["context"] = dict(context)
        return self._post(Comparison, "/v1/compare", body, level, quantile, covariance, center, feature_space)

    def compare_policies(
        self,
        policies: Mapping[str, Sequence[ResponseLike]],
        *,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        center: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> ComparedPolicies:
        """Policies by their responses to the same prompts in the same order, as many of each, at least two."""
        body = {
            "policies": [
                {"policy": policy, "responses": _responses(responses, f"policies[{policy!r}]")}
                for policy, responses in policies.items()
            ]
        }
        return self._post(ComparedPolicies, "/v1/compare", body, level, quantile, covariance, center, feature_space)

    def rationality(
        self,
        contexts: Union[Context, Sequence[Context]],
        *,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> Rationalities:
        """How sharply annotators judge in one context or several."""
        several = [contexts] if isinstance(contexts, Mapping) else contexts
        body = {"contexts": [dict(context) for context in several]}
        return self._post(Rationalities, "/v1/rationality", body, level, quantile, covariance, None, feature_space)

    def suggest(
        self,
        *,
        pairs: Optional[Sequence[Tuple[ResponseLike, ResponseLike]]] = None,
        prompts: Optional[Sequence[Sequence[ResponseLike]]] = None,
        ids: Optional[Sequence[str]] = None,
        count: Optional[int] = None,
        context: Optional[Context] = None,
        annotators: Optional[Mapping[str, Context]] = None,
        level: Optional[float] = None,
        quantile: Optional[float] = None,
        covariance: Optional[str] = None,
        center: Optional[str] = None,
        feature_space: Optional[str] = None,
    ) -> Suggestions:
        """The ``count`` comparisons that would teach most, of ``pairs``, or of any two candidates of each of ``prompts``.

        ``ids`` name the pairs or prompts. ``annotators``, id to context, may be given instead of one ``context``: then each
        suggestion names who should be asked.
        """
        if (pairs is None) == (prompts is None):
            raise ValueError("one of pairs and prompts must be given, and not both")
        items: List[Dict[str, Any]]
        if pairs is not None:
            items = [
                {"first": _response(first, f"pairs[{i}].first"), "second": _response(second, f"pairs[{i}].second")}
                for i, (first, second) in enumerate(pairs)
            ]
        else:
            items = [
                {"candidates": _responses(candidates, f"prompts[{i}]")} for i, candidates in enumerate(prompts or ())
            ]
        if ids is not None:
            if len(ids) != len(items):
                raise ValueError(f"ids must be as many as there are pairs or prompts, {len(items)}, were {len(ids)}")
            for item, name in zip(items, ids):
                item["id"] = name
        body: Dict[str, Any] = {"pairs" if pairs is not None else "prompts": items}
        if count is not None:
            body["count"] = count
        if context is not None:
            body["context"] = dict(context)
        if annotators is not None:
            body["annotators"] = [{"id": name, "context": dict(of)} for name, of in annotators.items()]
        return self._post(Suggestions, "/v1/suggest", body, level, quantile, covariance, center, feature_space)

    def model(self) -> Model:
        """The snapshot that is answered from."""
        return decode(Model, self._transport.ask("GET", "/v1/model"))

    def leaderboard(self) -> Leaderboard:
        """Where the policies of the responses stand that the scorer was started with."""
        return decode(Leaderboard, self._transport.ask("GET", "/v1/leaderboard"))

    def ready(self) -> Readiness:
        """Whether the scorer can answer now. Asks once; not to be reached at all is an AssayError."""
        status, answer = self._transport.once("GET", "/health/ready")
        why = None
        if isinstance(answer, Mapping):
            why = answer.get("why") or answer.get("detail")
        return Readiness(status == 200, None if status == 200 else str(why or f"status {status}"))

    def close(self) -> None:
        """Close connections that lie idle."""
        self._transport.close()

    def __enter__(self) -> "Scorer":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _post(
        self,
        kind: Type[T],
        path: str,
        body: Dict[str, Any],
        level: Optional[float],
        quantile: Optional[float],
        covariance: Optional[str],
        center: Optional[str],
        feature_space: Optional[str],
    ) -> T:
        options = {
            "level": level,
            "quantile": quantile,
            "covariance": covariance,
            "center": center,
            "feature_space": feature_space,
        }
        body.update({name: value for name, value in options.items() if value is not None})
        return decode(kind, self._transport.ask("POST", path, body))


def _responses(responses: Sequence[ResponseLike], path: str) -> List[Dict[str, Any]]:
    if isinstance(responses, str):
        raise ValueError(f"{path} must be several responses, was one text")
    return [_response(response, f"{path}[{i}]") for i, response in enumerate(responses)]


def _response(response: ResponseLike, path: str) -> Dict[str, Any]:
    if isinstance(response, str):
        return {"text": response}
    if not isinstance(response, Response):
        return {"features": _features(response, path)}
    if (response.text is None) == (response.features is None):
        raise ValueError(f"{path} must have text or features, and not both")
    sent: Dict[str, Any] = {} if response.id is None else {"id": response.id}
    if response.features is None:
        sent["text"] = response.text
    else:
        sent["features"] = _features(response.features, path + ".features")
    return sent


def _features(features: Any, path: str) -> List[float]:
    values = features.tolist() if hasattr(features, "tolist") else features  # NumPy's and torch's own are no JSON
    numbers = [float(value) for value in values]
    for j, number in enumerate(numbers):
        if not math.isfinite(number):
            raise ValueError(f"{path}[{j}] must be a finite number, was {number}")
    return numbers
