"""What was published, against a solver of its own."""

import collections

import numpy as np

from solver import Data, Point, maximum
from wire import Unreadable, doubles, symmetric

TOLERANCE = 1e-6  # standard errors: the promise; relative, of the matrices


def read(folder, schemas, topic):
    """The snapshots of a topic in the order of its log."""
    found = []
    aside = folder.set_aside(topic)
    for record in folder.topics[topic]:
        try:
            name, snapshot = schemas.decode(record.value)
        except Unreadable:
            continue  # of a fault's making; quarantine has it
        if name == "ParameterSnapshot" and (record.partition, record.offset) not in aside:
            found.append(snapshot)
    return found


def tau_of(snapshot):
    return np.concatenate([doubles(snapshot["reward"]), doubles(snapshot["rationality"])])


def check_versions(topic, snapshots):
    """Versions only grow."""
    return [
        f"on {topic} version {after['version']} follows {before['version']}"
        for before, after in zip(snapshots, snapshots[1:])
        if not after["version"] > before["version"]
    ]


def _last_covering(folder, history):
    ends = collections.defaultdict(int)
    for record in folder.topics["comparisons"]:
        ends[record.partition] = max(ends[record.partition], record.offset + 1)
    for snapshot in reversed(history):
        covered = snapshot["coveredOffsets"]
        if snapshot["kind"] == "RERUN" and all(covered[partition] >= end for partition, end in ends.items()):
            return snapshot
    return None


def _count(snapshot, standing):
    if snapshot["judgments"] == len(standing.judgments) and np.isclose(
        snapshot["weight"], standing.weight, rtol=1e-12
    ):
        return []
    return [
        f"version {snapshot['version']} counts {snapshot['judgments']} judgments of weight {snapshot['weight']}, "
        f"{len(standing.judgments)} of weight {standing.weight} stand"
    ]


def _differs(what, snapshot, published, own, scale):
    apart = np.max(np.abs(published - own) / scale)
    if apart <= TOLERANCE:
        return []
    return [f"version {snapshot['version']} has {what} that differs by {apart:.1e} of its size from the checker's"]


def check_estimate(folder, standing, parameters, history):
    """The last exact snapshot against the own maximum; the distance in standard errors, NaN where there is none."""
    snapshot = _last_covering(folder, history)
    if snapshot is None:
        return ["no exact snapshot on parameter-history covers every comparison"], float("nan")
    wrong = _count(snapshot, standing)
    if parameters and parameters[-1]["version"] > snapshot["version"]:
        wrong += _count(parameters[-1], standing)
    data = Data(standing.judgments.values(), folder)
    best = maximum(data)
    tau = tau_of(snapshot)
    difference = float(np.max(np.abs(tau - best.tau) / best.standard_errors()))
    if not difference <= TOLERANCE:
        wrong.append(f"version {snapshot['version']} is {difference:.1e} standard errors from the checker's maximum")
    here = Point(data, best.tau)
    size = np.sqrt(np.diag(here.information))
    scale = np.outer(size, size)
    d = len(doubles(snapshot["reward"]))
    information = symmetric(doubles(snapshot["information"]))
    wrong += _differs("an information", snapshot, information, here.information, scale)
    cross = doubles(snapshot["cross"]).reshape(d, -1)
    wrong += _differs("a cross term", snapshot, cross, here.cross, scale[:d, d:])
    meat, clusters = here.meat(data)
    wrong += _differs("a meat", snapshot, symmetric(doubles(snapshot["meat"])), meat, scale)
    wrong += _differs("a number of clusters", snapshot, snapshot["clusters"], clusters, clusters)
    wrong += _differs(
        "a log-likelihood", snapshot, snapshot["logLikelihood"], here.log_likelihood, abs(here.log_likelihood)
    )
    return wrong, difference
