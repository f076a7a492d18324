"""Against a running scorer of the example's three features: ASSAY_SCORER_URL, as ops/python/check sets it.

What comes back is checked against arithmetic on the snapshot's own parameters, not against numbers noted down.
"""

from __future__ import annotations

import math
import os
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import List

from assay import AssayError, Response, Scorer, reward_func

URL = os.environ.get("ASSAY_SCORER_URL")
A, B, C = [0.5, -1.0, 0.25], [-0.75, 0.5, 1.0], [1.5, 1.0, -0.5]


def dot(left: List[float], right: List[float]) -> float:
    return sum(x * y for x, y in zip(left, right))


def minus(left: List[float], right: List[float]) -> List[float]:
    return [x - y for x, y in zip(left, right)]


@unittest.skipUnless(URL, "no scorer: ASSAY_SCORER_URL is not set")
class LiveTest(unittest.TestCase):
    scorer: Scorer

    @classmethod
    def setUpClass(cls) -> None:
        assert URL is not None
        cls.scorer = Scorer(URL)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.scorer.close()

    def theta(self) -> List[float]:
        """Differences to the origin are the parameters: exact in float32."""
        origin = [0.0, 0.0, 0.0]
        units = [[float(i == j) for j in range(3)] for i in range(3)]
        return [self.scorer.compare(unit, origin).difference.estimate for unit in units]

    def test_it_is_ready(self) -> None:
        self.assertTrue(self.scorer.ready(), self.scorer.ready().why)

    def test_the_parameters_are_those_of_the_model(self) -> None:
        model = self.scorer.model()
        self.assertEqual((model.model, model.judgments, len(model.reward)), ("example", 240, 3))
        self.assertEqual([parameter.name for parameter in model.rationality], ["kind=expert", "experience"])
        for weight, parameter in zip(self.theta(), model.reward):
            self.assertAlmostEqual(weight, parameter.estimate, delta=1e-12)

    def test_rewards_are_linear_in_the_features(self) -> None:
        theta = self.theta()
        scores = self.scorer.score([A, B, C], center="feature-space")
        for features, response in zip([A, B, C], scores.responses):
            self.assertAlmostEqual(response.reward, dot(theta, features), delta=1e-9)
        centred = self.scorer.score([A, B, C], center="candidates")
        self.assertAlmostEqual(sum(response.reward for response in centred.responses), 0, delta=1e-9)
        self.assertEqual(scores.center, "feature-space")
        self.assertEqual(centred.center, "candidates")

    def test_bounds_are_so_many_standard_errors_away(self) -> None:
        for scores in [self.scorer.score([A, B], level=0.9), self.scorer.score([A, B], quantile=3)]:
            assert scores.quantile is not None
            for response in scores.responses:
                self.assertAlmostEqual(response.upper - response.reward, scores.quantile * response.standard_error, delta=1e-9)
                self.assertAlmostEqual(response.reward - response.lower, scores.quantile * response.standard_error, delta=1e-9)
        self.assertEqual(self.scorer.score([A], level=0.9).level, 0.9)
        three = self.scorer.score([A], quantile=3)
        self.assertEqual((three.level, three.quantile), (None, 3.0))

    def test_the_best_of_n_goes_by_the_bound_it_is_told(self) -> None:
        candidates = [Response(features=features, id=name) for features, name in [(A, "a"), (B, "b"), (C, "c")]]
        pessimistic = self.scorer.best_of_n(candidates)
        plain = self.scorer.best_of_n(candidates, policy="plain")
        self.assertEqual(pessimistic.chosen, max(range(3), key=lambda i: pessimistic.candidates[i].lower))
        self.assertEqual(plain.chosen, max(range(3), key=lambda i: plain.candidates[i].reward))
        assert plain.chosen is not None
        self.assertEqual(plain.chosen_id, "abc"[plain.chosen])
        self.assertEqual([candidate.id for candidate in plain.candidates], ["a", "b", "c"])
        same = self.scorer.best_of_n([A, A], policy="abstain")
        assert same.abstaining is not None
        self.assertIsNone(same.chosen)
        self.assertEqual(same.abstaining.indices, (0, 1))

    def test_a_comparison_is_of_the_difference(self) -> None:
        forth, back = self.scorer.compare(A, B), self.scorer.compare(B, A)
        self.assertAlmostEqual(forth.difference.estimate, dot(self.theta(), minus(A, B)), delta=1e-9)
        assert forth.z is not None
        self.assertAlmostEqual(forth.z, forth.difference.estimate / forth.difference.standard_error, delta=1e-9)
        self.assertAlmostEqual(forth.difference.lower, -back.difference.upper, delta=1e-9)
        self.assertAlmostEqual(forth.p_value, back.p_value, delta=1e-9)
        self.assertAlmostEqual(forth.probability_first.estimate + back.probability_first.estimate, 1, delta=1e-9)
        there = self.scorer.compare(A, B, context={"kind": "expert", "experience": 5})
        assert there.rationality is not None and there.margin is not None
        self.assertAlmostEqual(
            there.margin.estimate, there.rationality.estimate * there.difference.estimate, delta=1e-9
        )
        self.assertAlmostEqual(there.probability_first.estimate, 1 / (1 + math.exp(-there.margin.estimate)), delta=1e-9)

    def test_policies_differ_by_the_mean_of_their_differences(self) -> None:
        answer = self.scorer.compare_policies({"one": [A, B, C], "other": [B, C, B]})
        theta = self.theta()
        mean = sum(dot(theta, minus(x, y)) for x, y in [(A, B), (B, C), (C, B)]) / 3
        self.assertEqual(answer.prompts, 3)
        self.assertEqual(len(answer.comparisons), 1)
        pair = answer.comparisons[0]
        self.assertEqual((pair.first, pair.second), ("one", "other"))
        self.assertAlmostEqual(pair.estimate, mean, delta=1e-9)
        self.assertAlmostEqual(
            pair.standard_error, math.sqrt(pair.estimation_variance + pair.prompt_variance), delta=1e-9
        )

    def test_rationality_depends_on_the_context(self) -> None:
        answer = self.scorer.rationality([{"kind": "crowd", "experience": 0}, {"kind": "expert", "experience": 0}])
        self.assertEqual(len(answer.contexts), 2)
        crowd, expert = answer.contexts
        self.assertNotEqual(crowd.rationality, expert.rationality)
        self.assertEqual(self.scorer.rationality({"kind": "expert", "experience": 0}).contexts[0], expert)

    def test_suggestions_gain_less_together_than_alone(self) -> None:
        answer = self.scorer.suggest(pairs=[(A, B), (A, B), (B, C)], ids=["x", "y", "z"], count=2)
        first, second = answer.suggestions
        self.assertAlmostEqual(first.gain, first.gain_alone, delta=1e-12)
        self.assertLessEqual(second.gain, second.gain_alone)
        self.assertAlmostEqual(answer.total_gain, first.gain + second.gain, delta=1e-12)
        assert first.pair is not None
        self.assertEqual(first.id, "xyz"[first.pair])
        of_prompts = self.scorer.suggest(
            prompts=[[A, B], [A, C, B]], count=1, annotators={"ann": {"kind": "expert", "experience": 4}}
        ).suggestions[0]
        self.assertIn(of_prompts.prompt, (0, 1))
        self.assertEqual(of_prompts.annotator, "ann")

    def test_the_leaderboard_has_both_policies_of_the_example(self) -> None:
        board = self.scorer.leaderboard()
        self.assertEqual({standing.policy for standing in board.policies}, {"policy-0", "policy-1"})
        self.assertEqual(board.prompts, 10)
        rewards = [standing.reward for standing in board.policies]
        self.assertEqual(rewards, sorted(rewards, reverse=True))
        for standing in board.policies:
            self.assertLessEqual(standing.rank_lower, standing.rank)
            self.assertLessEqual(standing.rank, standing.rank_upper)

    def test_a_wrong_dimension_is_refused_with_its_place(self) -> None:
        with self.assertRaisesRegex(AssayError, r"responses\[1\].features.*3.*2") as raised:
            self.scorer.score([A, [1.0, 2.0]])
        self.assertIn(raised.exception.status, (400, 422))

    def test_a_level_out_of_bounds_is_refused(self) -> None:
        with self.assertRaisesRegex(AssayError, "level.*1.5") as raised:
            self.scorer.score([A], level=1.5)
        self.assertIn(raised.exception.status, (400, 422))

    def test_threads_share_a_scorer(self) -> None:
        theta = self.theta()
        with ThreadPoolExecutor(4) as threads:
            rewards = list(threads.map(lambda i: self.scorer.score([[i, 0, 0]]).responses[0].reward, range(100)))
        for i, reward in enumerate(rewards):
            self.assertAlmostEqual(reward, i * theta[0], delta=1e-9)

    def test_a_reward_function_gives_what_the_scorer_does(self) -> None:
        vectors = {"a": A, "b": B, "c": C}
        function = reward_func(self.scorer, center="candidates", features=lambda texts: [vectors[one] for one in texts])
        together = self.scorer.score([A, B], center="candidates").responses
        self.assertEqual(
            function(prompts=["p", "q", "p"], completions=["a", "c", "b"]),
            [together[0].lower, self.scorer.score([C], center="candidates").responses[0].lower, together[1].lower],
        )


if __name__ == "__main__":
    unittest.main()
