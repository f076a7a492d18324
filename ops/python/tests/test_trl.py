"""The reward function, called as TRL's GRPOTrainer calls it: by keyword, with columns and more."""

from __future__ import annotations

import unittest
from typing import Any, List, Tuple

from assay import Scorer, reward_func
from assay.trl import text

from .answers import scores
from .stub import Asked, Reply, Stub


def lengths(asked: Asked) -> Reply:
    """The reward of a text is its length."""
    return Reply(body=scores(*[float(len(response["text"])) for response in asked.body["responses"]]))


class RewardFunctionTest(unittest.TestCase):
    def test_the_mean_and_the_lower_bound_come_in_order(self) -> None:
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            mean = reward_func(scorer, reward="mean")
            lower = reward_func(scorer)
            asked: Any = {"prompts": ["p", "p", "q"], "completions": ["aaa", "a", "aa"], "completion_ids": [[1], [2], [3]]}
            self.assertEqual(mean(**asked), [3.0, 1.0, 2.0])
            self.assertEqual(lower(**asked), [3 - 0.98, 1 - 0.98, 2 - 0.98])
        self.assertEqual((mean.__name__, lower.__name__), ("assay_mean", "assay_lower"))
        self.assertEqual(len(stub.asked), 2)
        self.assertEqual(stub.asked[0].body["center"], "feature-space")

    def test_among_candidates_each_prompt_is_a_request(self) -> None:
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            rewards = reward_func(scorer, "mean", "candidates", level=0.9)(
                prompts=["p", "q", "p"], completions=["aaa", "a", "aa"]
            )
        self.assertEqual(rewards, [3.0, 1.0, 2.0])
        self.assertEqual(
            [[response["text"] for response in asked.body["responses"]] for asked in stub.asked], [["aaa", "aa"], ["a"]]
        )
        self.assertEqual(stub.asked[0].body["center"], "candidates")
        self.assertEqual(stub.asked[0].body["level"], 0.9)

    def test_messages_are_read_as_ingest_reads_them(self) -> None:
        self.assertEqual(text([{"role": "assistant", "content": "one"}]), "one")
        self.assertEqual(
            text(
                [
                    {"role": "assistant", "content": None, "tool_calls": []},
                    {"role": "tool", "content": "42"},
                    {"role": "assistant", "content": [{"type": "text", "text": "a"}, {"type": "image"}, {"type": "text", "text": "b"}]},
                ]
            ),
            "\n\n42\n\na\nb",
        )
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            conversation = [[{"role": "user", "content": "p"}]] * 2
            answers = [[{"role": "assistant", "content": "aa"}], [{"role": "assistant", "content": "a"}]]
            self.assertEqual(
                reward_func(scorer, "mean", "candidates")(prompts=conversation, completions=answers), [2.0, 1.0]
            )
        self.assertEqual(len(stub.asked), 1)

    def test_many_completions_go_in_several_requests(self) -> None:
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            rewards = reward_func(scorer, "mean")(prompts=["p"] * 2500, completions=["a" * (i % 7) for i in range(2500)])
        self.assertEqual(rewards, [float(i % 7) for i in range(2500)])
        self.assertEqual([len(asked.body["responses"]) for asked in stub.asked], [1024, 1024, 452])

    def test_features_are_made_where_the_model_needs_them(self) -> None:
        def first_feature(asked: Asked) -> Reply:
            return Reply(body=scores(*[response["features"][0] for response in asked.body["responses"]]))

        with Stub(first_feature) as stub, Scorer(stub.url) as scorer:
            function = reward_func(scorer, "mean", features=lambda texts: [[float(len(one)), 0.0] for one in texts])
            self.assertEqual(function(prompts=["p", "p"], completions=["aa", "aaaa"]), [2.0, 4.0])
            with self.assertRaisesRegex(ValueError, "a vector for each of 1 texts, gave 0"):
                reward_func(scorer, features=lambda texts: [])(prompts=["p"], completions=["a"])

    def test_the_standard_error_is_logged_where_there_is_a_log(self) -> None:
        logged: List[Tuple[str, float]] = []
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            reward_func(scorer)(
                prompts=["p"], completions=["a"], log_metric=lambda name, value: logged.append((name, value))
            )
        self.assertEqual(logged, [("assay/standard_error", 0.5)])

    def test_nothing_is_rewarded_with_nothing(self) -> None:
        with Stub(lengths) as stub, Scorer(stub.url) as scorer:
            self.assertEqual(reward_func(scorer)(prompts=[], completions=[]), [])
        self.assertEqual(stub.asked, [])

    def test_bounds_are_named(self) -> None:
        scorer = Scorer()
        with self.assertRaisesRegex(ValueError, "reward must be lower or mean, was 'upper'"):
            reward_func(scorer, "upper")
        with self.assertRaisesRegex(ValueError, "center must be .*, was 'prompt'"):
            reward_func(scorer, center="prompt")
        with self.assertRaisesRegex(ValueError, "completions must be as many as prompts, 1, were 0"):
            reward_func(scorer)(prompts=["p"], completions=[])


if __name__ == "__main__":
    unittest.main()
