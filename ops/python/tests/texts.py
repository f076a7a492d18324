"""A small deployment of texts, for the checks: `python3 -m tests.texts FOLDER` writes it in the neutral format.

Annotators like some words and dislike others, which built-in features of text can learn. Seeded: every run is the same.
"""

from __future__ import annotations

import json
import math
import random
import sys
from pathlib import Path
from typing import Dict, List

WORTH: Dict[str, float] = {
    "clear": 0.9, "kind": 0.6, "short": 0.3, "exact": 0.8, "warm": 0.4, "plain": 0.2,
    "vague": -0.8, "rude": -0.9, "long": -0.3, "wrong": -0.7, "cold": -0.4, "odd": -0.2,
}  # fmt: skip


def worth(text: str) -> float:
    return sum(WORTH[word] for word in text.split())


def write(folder: Path, seed: int = 6, prompts: int = 30, judgments: int = 1200) -> None:
    chance = random.Random(seed)
    words = sorted(WORTH)
    responses: List[Dict[str, str]] = []
    for prompt in range(prompts):
        for response in range(4):
            text = " ".join(chance.choice(words) for _ in range(chance.randint(2, 6)))
            responses.append({"response_id": f"p{prompt}r{response}", "prompt_id": f"p{prompt}", "text": text})
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "responses.jsonl", "w", encoding="utf-8") as out:
        for one in responses:
            out.write(json.dumps(one) + "\n")
    with open(folder / "judgments.jsonl", "w", encoding="utf-8") as out:
        for number in range(judgments):
            prompt = chance.randrange(prompts)
            first, second = chance.sample(responses[4 * prompt : 4 * prompt + 4], 2)
            expert = chance.random() < 0.5
            log_odds = (1.5 if expert else 0.8) * (worth(first["text"]) - worth(second["text"]))
            preferred = chance.random() < 1 / (1 + math.exp(-log_odds))
            judgment = {
                "judgment_id": f"j{number}",
                "annotator_id": f"a{number % 60}",
                "context": {"kind": "expert" if expert else "crowd", "experience": chance.randrange(8)},
                "prompt_id": f"p{prompt}",
                "first": first["response_id"],
                "second": second["response_id"],
                "preference": "FIRST" if preferred else "SECOND",
            }
            out.write(json.dumps(judgment) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
