"""What scorers decided, computed again from the snapshot they name: MODEL (12) to (14), (19) and (20)."""

import collections
import math

import numpy as np

from snapshots import tau_of
from student import within
from wire import Unreadable, doubles, floats, symmetric

TOLERANCE = 1e-9  # relative
TOLD = 5


def covariance_of(snapshot, kind):
    """Sigma of theta and the degrees of freedom of its quantiles, which may be infinite."""
    d = len(doubles(snapshot["reward"]))
    information = symmetric(doubles(snapshot["information"]))
    if kind == "MODEL":
        return np.linalg.inv(information)[:d, :d], math.inf
    observed = information.copy()
    cross = doubles(snapshot["cross"]).reshape(d, -1)
    observed[:d, d:] -= cross
    observed[d:, :d] -= cross.T
    try:
        np.linalg.cholesky(observed)
    except np.linalg.LinAlgError:
        observed = information
    inverse = np.linalg.inv(observed)
    n, g, p = snapshot["weight"], snapshot["clusters"], len(information)
    sandwich = inverse @ symmetric(doubles(snapshot["meat"])) @ inverse
    degrees = n - p if g >= n * (1 - 1e-9) else g - 1
    return (sandwich * (g / (g - 1) * (n - 1) / (n - p)))[:d, :d], degrees


def _close(mine, theirs, scale):
    return mine.shape == theirs.shape and bool(np.all(np.abs(mine - theirs) <= TOLERANCE * scale))


def replay(decision, line, snapshot):
    """What is wrong with one decision on one request; None if nothing."""
    rows = np.array(line["features"], np.float32)
    if decision["features"] is not None and not np.array_equal(
        floats(decision["features"]).reshape(len(rows), -1), rows
    ):
        return "rests on other features than were sent"
    rows = rows.astype(float)
    if decision["centre"] != line["centre"]:
        return "counts from another origin than was asked for"
    if line["covariance"] not in ("AUTOMATIC", decision["covariance"]):
        return "rests on another covariance than was asked for"
    if decision["centre"] == "CANDIDATES":
        rows = rows - rows.mean(axis=0)
    sigma, degrees = covariance_of(snapshot, decision["covariance"])
    theta = tau_of(snapshot)[: rows.shape[1]]
    quantile = decision["quantile"]
    if line["quantile"] is not None:
        if quantile != line["quantile"]:
            return "has another quantile than was asked for"
    elif decision["level"] != (0.95 if line["level"] is None else line["level"]):
        return "has another level than was asked for"
    elif abs(within(quantile, degrees) - decision["level"]) > TOLERANCE:
        return f"has quantile {quantile}, which is not of level {decision['level']}"
    rewards = rows @ theta
    errors = np.sqrt(np.maximum(0, np.einsum("ij,jk,ik->i", rows, sigma, rows)))
    # What cancels in a sum was not lost by the scorer.
    size = np.abs(rows) @ np.abs(theta)
    width = np.sqrt(np.einsum("ij,jk,ik->i", np.abs(rows), np.abs(sigma), np.abs(rows)))
    lower, upper = doubles(decision["lower"]), doubles(decision["upper"])
    for what, mine, theirs, scale in (
        ("rewards", rewards, doubles(decision["rewards"]), size),
        ("standard errors", errors, doubles(decision["standardErrors"]), width),
        ("lower bounds", rewards - quantile * errors, lower, size + quantile * width),
        ("upper bounds", rewards + quantile * errors, upper, size + quantile * width),
    ):
        if not _close(mine, theirs, scale):
            return f"has other {what} than its snapshot gives"
    means = doubles(decision["rewards"])
    best = max(range(len(lower)), key=lambda i: (lower[i], means[i], -i))
    if decision["chosen"] != best:
        return f"chose {decision['chosen']}, its highest lower bound is that of {best}"
    return None


def check_decisions(folder, schemas, snapshots, compacted=False):
    """Sentences on decisions, and how many were computed again and how many name a snapshot that was compacted away.

    compacted: whether the run did so; else only what is older than all that are left may be.
    """
    requests = {line["request"]: line for line in folder.said("score")}
    versions = {snapshot["version"]: snapshot for snapshot in snapshots}
    last_gone = (max if compacted else min)(versions, default=0)
    wrong = collections.defaultdict(list)
    replayed = gone = 0
    decided = set()
    for record in folder.topics["score-decisions"]:
        try:
            decision = schemas.decode(record.value)[1]
        except Unreadable as problem:
            wrong[f"cannot be read: {problem}"].append(f"at {record.partition}/{record.offset}")
            continue
        request = decision["requestId"]
        decided.add(request)
        if request not in requests:
            wrong["is of a request that nobody sent"].append(request)
            continue
        version = decision["parameterVersion"]
        if version not in versions:
            if 1 < version < last_gone:
                gone += 1
            else:
                wrong[f"names version {version}, which was never published"].append(request)
            continue
        problem = replay(decision, requests[request], versions[version])
        if problem:
            wrong[problem].append(request)
        replayed += 1
    sentences = [
        f"{len(found)} decisions: {problem}; of requests {', '.join(found[:TOLD])}" for problem, found in wrong.items()
    ]
    return sentences + _check_replies(folder, schemas, requests, decided), replayed, gone


def _check_replies(folder, schemas, requests, decided):
    answered, scored = set(), set()
    for record in folder.topics["score-replies"]:
        try:
            _, reply = schemas.decode(record.value)
        except Unreadable:
            continue
        answered.add(reply["requestId"])
        if reply["status"] == "SCORED":
            scored.add(reply["requestId"])
    wrong = []
    silent = [request for request, line in requests.items() if line["owed"] and request not in answered]
    if silent:
        wrong.append(f"{len(silent)} score requests have no reply: {', '.join(silent[:TOLD])}")
    lost = sorted(scored - decided)
    if lost:
        wrong.append(f"{len(lost)} requests were scored and left no decision: {', '.join(lost[:TOLD])}")
    return wrong
