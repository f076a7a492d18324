"""The judgments that stand by the history, apart from every topic."""

import numpy as np


class Standing:
    """By key (annotator, judgment): the line of the history that counts."""

    def __init__(self, folder):
        self.erased = {line["annotator"] for line in folder.said("erasure")}
        self.judgments = {}
        self.retracted = set()
        self.acknowledged = set()
        for line in folder.history:
            if line["what"] not in ("judgment", "retraction"):
                continue
            key = (line["annotator"], line["judgment"])
            self.acknowledged.add(key)
            if line["what"] == "judgment" and line["annotator"] not in self.erased:
                self.judgments[key] = line
            else:
                self.judgments.pop(key, None)
            if line["what"] == "retraction":
                self.retracted.add(key)

    @property
    def weight(self):
        return sum(line["weight"] for line in self.judgments.values())


def context_of(line, folder):
    """psi: a number an attribute, float32, 0 where it was not said."""
    said = line["context"]
    return np.array([said.get(name, 0.0) for name in folder.attributes], np.float32)


def features_of(line):
    """phi of the two responses, float32."""
    return np.array(line["features"], np.float32)


def preference_of(ranking):
    """1 the first, 0 the second, one half a tie."""
    first, second = ranking
    return 1.0 if first < second else 0.0 if first > second else 0.5
