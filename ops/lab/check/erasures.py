"""Each erasure has its receipt."""

import collections

from wire import Unreadable


def receipts_of(folder, schemas):
    """Receipts by the command that was acknowledged, each (broker's time, facts)."""
    receipts = collections.defaultdict(list)
    for record in folder.topics["events"]:
        try:
            name, event = schemas.decode(record.value)
        except Unreadable:
            continue
        if name == "Event" and event["type"] == "ANNOTATOR_ERASED":
            facts = event["facts"]
            receipts[facts.get("requestedAs", facts["commandId"])].append((record.timestamp, facts))
    return receipts


def check_erasures(folder, schemas):
    """Sentences on erasures without a receipt or with several; how many comparisons came after one and had to leave again.

    The latter is allowed: admission does not know who is erased, the key's shard leaves it out and sends a tombstone.
    """
    wrong = []
    receipts = receipts_of(folder, schemas)
    first = {}
    for line in folder.said("erasure"):
        found = receipts.pop(line["command"], [])
        if len(found) != 1:
            wrong.append(
                f"erasure {line['command']} of {line['annotator']} has {len(found) or 'no'} receipt"
                + ("s" if found else "")
            )
        if found:
            time = min(at for at, _ in found)
            first[line["annotator"]] = min(time, first.get(line["annotator"], time))
    for command in receipts:
        wrong.append(f"there is a receipt for {command}, which nobody asked for")
    late = 0
    for record in folder.topics["comparisons"]:
        try:
            annotator = schemas.decode(record.key)[1]["annotatorId"]
        except Unreadable:
            continue
        if record.value is not None and record.timestamp > first.get(annotator, float("inf")):
            late += 1
    return wrong, late
