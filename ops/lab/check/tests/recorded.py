"""A small run as it should leave things, to be spoilt one way at a time."""

import base64
import gzip
import json

import numpy as np

from decisions import covariance_of
from folder import Folder
from solver import Data, maximum
from standing import Standing
from wire import Schemas, doubles, pack_doubles, pack_floats

SCHEMAS = Schemas()
PREFIX = "chaos-1-2."
CONFIG = f"""model: chaos
topics:
  prefix: {PREFIX}
context:
  offset: 1.0
  attributes:
    - {{name: experience, kind: numeric}}
    - {{name: fatigue, kind: numeric}}
"""
REWARD = np.array([0.8, -0.5])
ERASED = "annotator-3"


class Recorded:
    """History and topics of a run in which all went well."""

    def __init__(self, path):
        self.path = path
        self.random = np.random.default_rng(1)
        self.history = []
        self.topics = []
        self.ends = {}
        for number in range(200):
            self._judge(number)
        self._judge(7)  # thought again
        self.history.append({"what": "retraction", "judgment": "j8", "annotator": "annotator-0", "sends": 1})
        self.history.append({"what": "erasure", "command": "erase-1", "annotator": ERASED, "sends": 1})
        self.history.append({"what": "malformed", "number": 0, "sends": 1})
        self._comparisons()
        self.add("judgments.dlq", b"k", b"noise", {"chaos.malformed": b"0"})
        self.add("events", b"chaos", self._receipt(), time=2000)
        self.add("judgments", b"k", b"noise")
        self.add("quarantine", (PREFIX + "judgments/0/0").encode(), b"noise")
        self.write()
        self._publish()
        for number in range(10):
            self._ask(number)
        self.write()

    def _judge(self, number):
        first, second = self.random.normal(size=(2, 2)).astype(np.float32)
        context = {"experience": float(self.random.random()), "fatigue": float(self.random.random())}
        sigma = 1 + 0.5 * context["experience"] - 0.4 * context["fatigue"]
        likes = self.random.random() < 1 / (1 + np.exp(-sigma * (first - second) @ REWARD))
        self.history.append(
            {
                "what": "judgment",
                "judgment": f"j{number}",
                "annotator": None if number % 9 == 4 else f"annotator-{number % 8}",
                "features": [[float(x) for x in first], [float(x) for x in second]],
                "ranking": [1, 1] if number % 12 == 5 else [1, 2] if likes else [2, 1],
                "weight": 2.0 if number % 7 == 3 else 1.0,
                "context": context,
                "sends": 1,
            }
        )

    def _comparisons(self):
        for line in self.history:
            if line["what"] == "judgment":
                self.compare(line)
        for line in self.history:
            if line["what"] == "judgment" and (line["annotator"] == ERASED or line["judgment"] == "j8"):
                self.add("comparisons", self.key(line), None)

    @staticmethod
    def key(line):
        return SCHEMAS.encode(
            "ComparisonKey", {"annotatorId": line["annotator"], "judgmentId": line["judgment"]}
        )

    def compare(self, line, time=1000):
        context = [np.float32(line["context"][name]) for name in ("experience", "fatigue")]
        responses = [
            {"responseId": name, "policy": None, "features": pack_floats(features)}
            for name, features in zip("ab", line["features"])
        ]
        comparison = {
            "promptId": "p",
            "responses": responses,
            "ranking": line["ranking"],
            "offset": 1.0,
            "context": pack_floats(context),
            "weight": line["weight"],
            "featureSpace": "chaos",
            "contextSpec": "chaos",
        }
        self.add("comparisons", self.key(line), SCHEMAS.encode("Comparison", comparison), time=time)

    def _receipt(self):
        event = {
            "eventId": "erased-erase-1",
            "type": "ANNOTATOR_ERASED",
            "model": "chaos",
            "message": "",
            "facts": {"commandId": "erase-1"},
            "time": 0,
        }
        return SCHEMAS.encode("Event", event)

    def _publish(self):
        folder = Folder(self.path)
        data = Data(Standing(folder).judgments.values(), folder)
        best = maximum(data)
        meat, clusters = best.meat(data)
        lower = np.tril_indices(len(best.tau))
        self.snapshot = {
            "model": "chaos",
            "version": 3,
            "kind": "RERUN",
            "reward": pack_doubles(best.tau[:2]),
            "rationality": pack_doubles(best.tau[2:]),
            "information": pack_doubles(best.information[lower]),
            "cross": pack_doubles(best.cross.ravel()),
            "meat": pack_doubles(meat[lower]),
            "judgments": len(data.y),
            "weight": data.w.sum(),
            "clusters": clusters,
            "logLikelihood": best.log_likelihood,
            "decrement": 0.0,
            "converged": True,
            "rounds": 1,
            "featureSpace": "chaos",
            "contextSpec": "chaos",
            "coveredOffsets": [self.ends["comparisons"]],
            "publishedAt": 0,
        }
        self.errors = best.standard_errors()
        self.snapshots(1, 3)

    def snapshots(self, *versions, **changes):
        """Publishes, on both topics."""
        for version in versions:
            value = SCHEMAS.encode("ParameterSnapshot", dict(self.snapshot, version=version, **changes))
            self.add("parameters", b"chaos", value)
            self.add("parameter-history", b"chaos", value)

    def _ask(self, number):
        rows = self.random.normal(size=(3, 2)).astype(np.float32)
        kind = ("MODEL", "CLUSTERED")[number % 2]
        centre = ("FEATURE_SPACE", "CANDIDATES")[number // 2 % 2]
        request = f"score-{number}"
        self.history.append(
            {
                "what": "score",
                "request": request,
                "features": [[float(x) for x in row] for row in rows],
                "level": None,
                "quantile": 1.5,
                "covariance": kind,
                "centre": centre,
                "owed": True,
                "sends": 1,
            }
        )
        phi = rows.astype(float) - (rows.astype(float).mean(axis=0) if centre == "CANDIDATES" else 0)
        rewards = phi @ doubles(self.snapshot["reward"])
        errors = np.sqrt(np.diag(phi @ covariance_of(self.snapshot, kind)[0] @ phi.T))
        self.decision = {
            "requestId": request,
            "kind": "kafka",
            "requestHash": "",
            "time": 0,
            "parameterVersion": 3,
            "featureSpace": "chaos",
            "covariance": kind,
            "centre": centre,
            "level": None,
            "quantile": 1.5,
            "chosen": int(np.argmax(rewards - 1.5 * errors)),
            "rewards": pack_doubles(rewards),
            "standardErrors": pack_doubles(errors),
            "lower": pack_doubles(rewards - 1.5 * errors),
            "upper": pack_doubles(rewards + 1.5 * errors),
            "features": pack_floats(rows.ravel()),
            "runtime": "",
        }
        self.decide()
        reply = {"requestId": request, "status": "SCORED", "centre": centre}
        self.add("score-replies", request.encode(), SCHEMAS.encode("ScoreReply", reply))

    def decide(self, **changes):
        """The last decision once more, changed."""
        value = SCHEMAS.encode("ScoreDecision", dict(self.decision, **changes))
        self.add("score-decisions", self.decision["requestId"].encode(), value)

    def add(self, topic, key, value, headers=None, time=1000):
        offset = self.ends.get(topic, 0)
        self.ends[topic] = offset + 1
        self.topics.append(
            {
                "topic": topic,
                "partition": 0,
                "offset": offset,
                "timestamp": time,
                "headers": [[name, _text(content)] for name, content in (headers or {}).items()],
                "key": _text(key),
                "value": _text(value),
            }
        )

    def drop(self, topic, index):
        """Without one record of a topic."""
        self.topics.remove([record for record in self.topics if record["topic"] == topic][index])

    def write(self):
        (self.path / "assay.yaml").write_text(CONFIG)
        (self.path / "history.jsonl").write_text("".join(json.dumps(line) + "\n" for line in self.history))
        with gzip.open(self.path / "topics.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(record) + "\n" for record in self.topics)


def _text(content):
    return None if content is None else base64.b64encode(content).decode()
