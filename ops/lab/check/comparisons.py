"""The database as compaction would leave it, and what was refused."""

import numpy as np

from standing import context_of, features_of
from wire import Unreadable, floats

TOLD = 5


def _among(keys):
    return ", ".join(str(key) for key in sorted(keys, key=str)[:TOLD])


def _newest(folder, schemas, wrong):
    """By key what the topic says last; a record in quarantine says that there is none."""
    aside = folder.set_aside("comparisons")
    newest = {}
    for record in folder.topics["comparisons"]:
        try:
            key = _key(schemas, record)
            value = None if record.value is None else schemas.decode(record.value)[1]
        except Unreadable as problem:
            if (record.partition, record.offset) not in aside:
                wrong.append(
                    f"comparisons {record.partition}/{record.offset} cannot be read and is not in quarantine: {problem}"
                )
            value = None
            try:
                key = _key(schemas, record)
            except Unreadable:
                continue
        newest[key] = None if (record.partition, record.offset) in aside else value
    return {key: value for key, value in newest.items() if value is not None}


def _key(schemas, record):
    key = schemas.decode(record.key)[1]
    return key["annotatorId"], key["judgmentId"]


def _same(comparison, line, folder):
    features = features_of(line)
    return (
        list(comparison["ranking"]) == line["ranking"]
        and comparison["weight"] == line["weight"]
        and comparison["offset"] == np.float32(folder.offset)
        and len(comparison["responses"]) == len(features)
        and all(
            np.array_equal(floats(response["features"]), mine)
            for response, mine in zip(comparison["responses"], features)
        )
        and np.array_equal(floats(comparison["context"]), context_of(line, folder))
    )


def check_comparisons(folder, schemas, standing):
    """Sentences on what differs from the set that stands."""
    wrong = []
    newest = _newest(folder, schemas, wrong)
    missing = standing.judgments.keys() - newest.keys()
    if missing:
        wrong.append(f"{len(missing)} acknowledged judgments are missing from comparisons: {_among(missing)}")
    other = {
        key for key, line in standing.judgments.items() if key in newest and not _same(newest[key], line, folder)
    }
    if other:
        wrong.append(f"{len(other)} comparisons are not the newest version acknowledged: {_among(other)}")
    surplus = newest.keys() - standing.judgments.keys()
    erased = {key for key in surplus if key[0] in standing.erased}
    if erased:
        wrong.append(f"{len(erased)} comparisons of erased annotators stand: {_among(erased)}")
    if surplus - erased:
        wrong.append(
            f"{len(surplus - erased)} comparisons stand that were retracted or never sent: {_among(surplus - erased)}"
        )
    return wrong


def check_tombstones(folder, schemas, standing):
    """No tombstone but for what somebody took back."""
    mistaken = set()
    for record in folder.topics["comparisons"]:
        if record.value is None:
            try:
                key = _key(schemas, record)
            except Unreadable:
                continue  # told above
            if key[0] not in standing.erased and key not in standing.retracted and key in standing.acknowledged:
                mistaken.add(key)
    if mistaken:
        return [f"{len(mistaken)} keys have tombstones though nobody took them back: {_among(mistaken)}"]
    return []


def check_refused(folder, schemas, standing, exactly_once):
    """Every malformed record, and no good one."""
    wrong = []
    found = {}
    good = set()
    for record in folder.topics["judgments.dlq"]:
        number = record.headers.get("chaos.malformed")
        if number is not None:
            found[int(number)] = found.get(int(number), 0) + 1
            continue
        try:
            _, judgment = schemas.decode(record.value)
            key = judgment["annotatorId"], judgment["judgmentId"]
        except (Unreadable, KeyError):
            continue  # a fault's own, which nobody acknowledged as good
        if key in standing.acknowledged and key[0] not in standing.erased:
            good.add(key)
    sends = {line["number"]: line["sends"] for line in folder.said("malformed")}
    missing = sends.keys() - found.keys()
    if missing:
        wrong.append(f"{len(missing)} malformed records are not on judgments.dlq: {_among(missing)}")
    twice = {number for number, times in found.items() if times > sends.get(number, 1)}
    if exactly_once and twice:
        wrong.append(f"{len(twice)} malformed records are on judgments.dlq more than once: {_among(twice)}")
    if good:
        wrong.append(f"{len(good)} good judgments are on judgments.dlq: {_among(good)}")
    return wrong
