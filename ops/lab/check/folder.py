"""What a run leaves: its history, its topics and its config."""

import base64
import collections
import gzip
import json
import pathlib
import re

POISON = "chaos.poison"  # header
COMPACTED = {"annotators", "comparisons", "erasures", "judgment-ids", "parameters", "round-orders"}

Record = collections.namedtuple("Record", "partition offset timestamp headers key value")


def _bytes(text):
    return None if text is None else base64.b64decode(text)


class Folder:
    """Everything that is checked.

    history: what was acknowledged, in its order; topics: by name without prefix, in the order of their partitions, without
    what the harness sent to poison them; places: of all there is, by topic and partition the offsets.
    """

    def __init__(self, path):
        path = pathlib.Path(path)
        self.history = [json.loads(line) for line in (path / "history.jsonl").read_text().splitlines()]
        self.topics = collections.defaultdict(list)
        self.places = collections.defaultdict(set)
        with gzip.open(path / "topics.jsonl.gz", "rt") as lines:
            for line in lines:
                one = json.loads(line)
                headers = {name: _bytes(value) for name, value in one["headers"]}
                self.places[one["topic"], one["partition"]].add(one["offset"])
                if POISON in headers and one["topic"] != "quarantine":
                    continue
                self.topics[one["topic"]].append(
                    Record(
                        one["partition"],
                        one["offset"],
                        one["timestamp"],
                        headers,
                        _bytes(one["key"]),
                        _bytes(one["value"]),
                    )
                )
        for records in self.topics.values():
            records.sort(key=lambda record: (record.partition, record.offset))
        config = (path / "assay.yaml").read_text()
        # The harness's own file: one offset, and one numeric attribute a line.
        self.offset = float(re.search(r"^ +offset: (\S+)", config, re.MULTILINE).group(1))
        self.attributes = re.findall(r"\{name: (\w+), kind: numeric\}", config)
        self.prefix = re.search(r"^ +prefix: (\S+)", config, re.MULTILINE).group(1)
        if config.count("kind: numeric") != len(self.attributes) or "categorical" in config:
            raise ValueError("assay.yaml has attributes that the checker does not know")

    def said(self, what):
        """What of one kind was acknowledged."""
        return [line for line in self.history if line["what"] == what]

    def set_aside(self, topic):
        """Places of a topic's records that are in quarantine: (partition, offset)."""
        places = set()
        for record in self.topics["quarantine"]:
            name, partition, offset = place_of(record)
            if name == self.prefix + topic:
                places.add((partition, offset))
        return places


def is_there(folder, place):
    """Whether a topic has or had a record at a place, which compaction or retention may have taken away."""
    topic, partition, offset = place
    offsets = folder.places.get((topic[len(folder.prefix) :], partition), {-1})
    gone = topic[len(folder.prefix) :] in COMPACTED or offset < min(offsets)
    return topic.startswith(folder.prefix) and (offset in offsets or (gone and offset <= max(offsets)))


def place_of(record):
    """Which record one in quarantine is: topic, partition, offset."""
    topic, partition, offset = record.key.decode().rsplit("/", 2)
    return topic, int(partition), int(offset)
