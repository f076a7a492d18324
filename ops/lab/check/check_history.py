"""Checks what a chaos run left, against what was acknowledged: check_history.py FOLDER [--at-least-once] [--compacted].

One sentence a line of what is wrong, then a line of counts; exit code 1 if anything is.
"""

import argparse
import sys

import snapshots
from comparisons import check_comparisons, check_refused, check_tombstones
from decisions import check_decisions
from erasures import check_erasures, receipts_of
from folder import Folder, is_there, place_of
from standing import Standing
from wire import Schemas


def check_quarantine(folder):
    """What was put aside is there."""
    places = [place_of(record) for record in folder.topics["quarantine"]]
    missing = [place for place in places if not is_there(folder, place)]
    if missing:
        return [f"{len(missing)} records in quarantine name one that is not there: {missing[:5]}"]
    return []


def check(path, exactly_once=True, compacted=False, schemas=None):
    """Sentences on what is wrong, and a line of counts."""
    schemas = schemas or Schemas()
    folder = Folder(path)
    standing = Standing(folder)
    parameters = snapshots.read(folder, schemas, "parameters")
    history = snapshots.read(folder, schemas, "parameter-history")
    wrong = check_comparisons(folder, schemas, standing)
    wrong += check_tombstones(folder, schemas, standing)
    wrong += check_refused(folder, schemas, standing, exactly_once)
    erasures, late = check_erasures(folder, schemas)
    wrong += erasures
    wrong += snapshots.check_versions("parameters", parameters)
    wrong += snapshots.check_versions("parameter-history", history)
    estimate, difference = snapshots.check_estimate(folder, standing, parameters, history)
    replays, replayed, gone = check_decisions(folder, schemas, parameters + history, compacted)
    wrong += estimate + replays + check_quarantine(folder)
    line = (
        f"{len(folder.history)} acknowledged, {len(standing.judgments)} judgments stand, "
        f"{len(receipts_of(folder, schemas))} receipts, {late} comparisons taken out after one, {len(parameters)} versions, {len(history)} of reruns, "
        f"{difference:.1e} standard errors from the own maximum, {replayed} decisions replayed"
        + (f" ({gone} of snapshots compacted away)" if gone else "")
        + f", {len(folder.topics['quarantine'])} in quarantine: "
        + ("ok" if not wrong else f"{len(wrong)} things are wrong")
    )
    return wrong, line


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", help="of a run: history.jsonl, topics.jsonl.gz, assay.yaml")
    arguments.add_argument("--at-least-once", action="store_true", help="a record may have been refused twice")
    arguments.add_argument("--compacted", action="store_true", help="snapshots may have left parameters")
    given = arguments.parse_args()
    wrong, line = check(given.folder, not given.at_least_once, given.compacted)
    print("\n".join(wrong + [line]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
