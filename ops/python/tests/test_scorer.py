"""What is sent for each method, and what is made of the answer."""

from __future__ import annotations

import pickle
import unittest
from typing import Any, Callable, List, Tuple

from assay import AssayError, Interval, Response, Scored, Scorer

from .answers import HEAD, INTERVAL, scored, scores
from .stub import Asked, Reply, Stub


class ScorerTest(unittest.TestCase):
    def test_scores_come_in_the_order_of_the_request(self) -> None:
        with Stub([Reply(body=scores(1, -0.25))]) as stub, Scorer(stub.url) as scorer:
            answer = scorer.score([[1, 2.5], [0.0, 1]])
        self.assertEqual(stub.asked[0][:2], ("POST", "/v1/score"))
        self.assertEqual(stub.asked[0].body, {"responses": [{"features": [1.0, 2.5]}, {"features": [0.0, 1.0]}]})
        self.assertEqual(answer.responses[1], Scored(1, None, -0.25, 0.5, -1.23, 0.73))
        self.assertEqual((answer.model, answer.parameter_version, answer.level), ("example", 7, 0.95))
        self.assertIsInstance(answer.responses[0].reward, float)

    def test_texts_ids_and_options_are_sent(self) -> None:
        with Stub([Reply(body=scores(1))]) as stub, Scorer(stub.url, token="secret") as scorer:
            scorer.score(
                [Response(text="yes", id="r1")],
                quantile=2,
                covariance="model",
                center="candidates",
                feature_space="essays",
            )
        self.assertEqual(
            stub.asked[0].body,
            {
                "responses": [{"id": "r1", "text": "yes"}],
                "quantile": 2,
                "covariance": "model",
                "center": "candidates",
                "feature_space": "essays",
            },
        )
        self.assertEqual(stub.asked[0].headers["authorization"], "Bearer secret")

    def test_the_best_of_n_may_abstain(self) -> None:
        body = {
            **HEAD,
            "center": "candidates",
            "policy": "abstain",
            "chosen": None,
            "best": 1,
            "pessimistic": 0,
            "margin": {"runner_up": 0, **INTERVAL},
            "abstaining": {"decided": False, "indices": [0, 1], "critical_value": 1.9, "behind": [INTERVAL, INTERVAL]},
            "candidates": [scored(0, 0.5, id="a"), scored(1, 1.0, id="b")],
        }
        with Stub([Reply(body=body)]) as stub, Scorer(stub.url) as scorer:
            answer = scorer.best_of_n(["a", "b"], policy="abstain", level=0.9)
        self.assertEqual(
            stub.asked[0].body, {"candidates": [{"text": "a"}, {"text": "b"}], "policy": "abstain", "level": 0.9}
        )
        assert answer.abstaining is not None and answer.margin is not None
        self.assertIsNone(answer.chosen)
        self.assertIsNone(answer.chosen_id)
        self.assertEqual(answer.abstaining.indices, (0, 1))
        self.assertEqual(answer.abstaining.behind[1], Interval(0.5, 0.25, 0.0, 1.0))
        self.assertEqual(answer.margin.runner_up, 0)
        self.assertEqual(answer.candidates[1].id, "b")

    def test_two_responses_are_compared_with_and_without_a_context(self) -> None:
        body: Any = {
            **HEAD,
            "difference": INTERVAL,
            "z": 2,
            "p_value": 0.0455,
            "probability_first": {"estimate": 0.6, "lower": 0.5, "upper": 0.7},
        }
        with_context = {**body, "rationality": INTERVAL, "margin": INTERVAL}
        with Stub([Reply(body=body), Reply(body=with_context)]) as stub, Scorer(stub.url) as scorer:
            plain = scorer.compare("a", "b")
            there = scorer.compare("a", "b", context={"kind": "expert", "experience": 3})
        self.assertEqual(stub.asked[0].body, {"first": {"text": "a"}, "second": {"text": "b"}})
        self.assertEqual(stub.asked[1].body["context"], {"kind": "expert", "experience": 3})
        self.assertEqual((plain.z, plain.rationality, plain.probability_first.upper), (2.0, None, 0.7))
        assert there.rationality is not None
        self.assertEqual(there.rationality.estimate, 0.5)

    def test_policies_are_compared_by_their_responses(self) -> None:
        pair = {"z": 2.0, "p_value": 0.05, "holm_p_value": 0.05, "maximum_p_value": 0.05, **INTERVAL}
        variances = {"estimation_variance": 0.01, "prompt_variance": 0.02}
        body = {
            **HEAD,
            "prompts": 2,
            "critical_value": 2.1,
            "comparisons": [{"first": "new", "second": "old", **pair, **variances}],
        }
        with Stub([Reply(body=body)]) as stub, Scorer(stub.url) as scorer:
            answer = scorer.compare_policies({"new": [[1], [2]], "old": [[0], [1]]})
        self.assertEqual(stub.asked[0].path, "/v1/compare")
        self.assertEqual(
            stub.asked[0].body["policies"][0],
            {"policy": "new", "responses": [{"features": [1.0]}, {"features": [2.0]}]},
        )
        self.assertEqual((answer.prompts, answer.comparisons[0].second, answer.critical_value), (2, "old", 2.1))

    def test_one_context_or_several_have_a_rationality(self) -> None:
        one = {"rationality": 1.2, "standard_error": 0.1, "lower": 1.0, "upper": 1.4, "unseen_levels": 0, "missing": 0}
        with Stub([Reply(body={**HEAD, "contexts": [one]})]) as stub, Scorer(stub.url) as scorer:
            self.assertEqual(scorer.rationality({"kind": "expert"}).contexts[0].rationality, 1.2)
            scorer.rationality([{"kind": "crowd"}, {}])
        self.assertEqual([asked.body["contexts"] for asked in stub.asked], [[{"kind": "expert"}], [{"kind": "crowd"}, {}]])

    def test_suggestions_of_pairs_and_of_prompts(self) -> None:
        gains = {"probability_first": 0.5, "gain": 0.2, "gain_alone": 0.3}
        of_pair = {"pair": 1, **gains}
        of_prompt = {"prompt": 0, "id": "p", "first": 0, "second": 2, "annotator": "ann", **gains}
        replies = [
            Reply(body={**HEAD, "suggestions": [of_pair], "total_gain": 0.2}),
            Reply(body={**HEAD, "suggestions": [of_prompt], "total_gain": 0.2}),
        ]
        with Stub(replies) as stub, Scorer(stub.url) as scorer:
            pairs = scorer.suggest(pairs=[("a", "b"), ("c", "d")], count=1, context={"kind": "crowd"})
            prompts = scorer.suggest(prompts=[["a", "b", "c"]], ids=["p"], annotators={"ann": {"kind": "expert"}})
        self.assertEqual(
            stub.asked[0].body,
            {
                "pairs": [
                    {"first": {"text": "a"}, "second": {"text": "b"}},
                    {"first": {"text": "c"}, "second": {"text": "d"}},
                ],
                "count": 1,
                "context": {"kind": "crowd"},
            },
        )
        self.assertEqual(
            stub.asked[1].body,
            {
                "prompts": [{"candidates": [{"text": "a"}, {"text": "b"}, {"text": "c"}], "id": "p"}],
                "annotators": [{"id": "ann", "context": {"kind": "expert"}}],
            },
        )
        self.assertEqual((pairs.suggestions[0].pair, pairs.suggestions[0].prompt, pairs.total_gain), (1, None, 0.2))
        self.assertEqual((prompts.suggestions[0].prompt, prompts.suggestions[0].annotator), (0, "ann"))
        self.assertEqual((prompts.suggestions[0].first, prompts.suggestions[0].second), (0, 2))

    def test_model_and_leaderboard(self) -> None:
        standing = {"policy": "new", "reward": 1.0, "standard_error": 0.1, "lower": 0.8, "upper": 1.2}
        ranks = {"rank": 1, "rank_lower": 1, "rank_upper": 2}

        facts = {"kind": "rerun", "published_at": "2026-01-01T00:00:00Z", "age_seconds": 1.5, "judgments": 240, "rounds": 5}
        facts.update({"weight": 240.0, "clusters": 12.0, "log_likelihood": -100.0, "drift": 0, "decrement": 1e-9})
        facts.update({"context_spec": "12a17391450a", "offset": 1.0, "features": {"kind": "vectors", "dimension": 3}})
        facts.update({"code_revision": "r", "runtime": "Java 17", "diagnostics": [{"name": "d", "value": 1, "message": "m"}]})

        def answer(asked: Asked) -> Reply:
            if asked.path == "/base/v1/model":
                return Reply(body={**HEAD, **facts, "reward": [{"name": "x_1", **INTERVAL}], "rationality": []})
            return Reply(body={**HEAD, "prompts": 10, "critical_value": 2.2, "policies": [{**standing, **ranks}]})

        with Stub(answer) as stub, Scorer(stub.url + "/base/") as scorer:
            model = scorer.model()
            self.assertEqual((model.judgments, model.reward[0].name, model.reward[0].upper), (240, "x_1", 1.0))
            self.assertEqual((model.rounds, model.features.dimension, model.rolled_back_from), (5, 3, None))
            self.assertEqual(model.diagnostics[0].message, "m")
            self.assertEqual(scorer.leaderboard().policies[0].rank_upper, 2)
        self.assertEqual([asked.path for asked in stub.asked], ["/base/v1/model", "/base/v1/leaderboard"])

    def test_annotators_refusals_and_activity(self) -> None:
        one = {"annotator": "a", "judgments": 20.0, "multiplier": -0.5, "standard_error": None, "lower": None, "upper": None}
        one.update({"shrunk_multiplier": 0.3, "flag": "negative"})
        counts = {"model": "example", "level": 0.9, "annotators_total": 12, "judged_total": 240.0, "below": 0, "negative": 1}
        counts.update({"multiplier_variance": 0.2, "reported_at": None, "annotators": [one]})
        reason = {"reason": "UNDECODABLE", "count": 1, "last_at": "2026-01-01T00:00:00Z", "last": "1@4"}
        rerun = {"rerun_id": "r", "reason": "first", "started_at": "t", "finished_at": None, "outcome": "running"}
        rerun.update({"judgments": 240, "drift": 0.0, "rounds": [{"round": 0, "at": "t"}], "version": None})
        version = {"version": 1, "kind": "rerun", "judgments": None, "drift": 0.0, "published_at": "t"}
        event = {"type": "PUBLISHED", "time": "t", "message": "Snapshot 1.", "count": 1}
        replies = [
            Reply(body=counts),
            Reply(body={"total": 1, "truncated": False, "reasons": [reason]}),
            Reply(body={"running": rerun, "reruns": [], "versions": [version], "events": [event]}),
        ]
        with Stub(replies) as stub, Scorer(stub.url) as scorer:
            annotators, refusals, activity = scorer.annotators(limit=5, level=0.9), scorer.refusals(), scorer.activity()
        self.assertEqual([asked.path for asked in stub.asked], ["/v1/annotators?limit=5&level=0.9", "/v1/refusals", "/v1/activity"])
        self.assertEqual((annotators.annotators[0].flag, annotators.annotators[0].lower), ("negative", None))
        self.assertEqual((refusals.total, refusals.reasons[0].last), (1, "1@4"))
        assert activity.running is not None
        self.assertEqual((activity.running.rounds[0].round, activity.versions[0].judgments), (0, None))
        self.assertEqual(activity.events[0].type, "PUBLISHED")

    def test_who_is_not_ready_says_why(self) -> None:
        unready = Reply(503, {"ready": False, "why": "no snapshot has been published yet"}, (("Retry-After", "1"),))
        with Stub([unready, Reply(body={"ready": True})]) as stub, Scorer(stub.url) as scorer:
            before, after = scorer.ready(), scorer.ready()
        self.assertEqual((bool(before), before.why), (False, "no snapshot has been published yet"))
        self.assertEqual((bool(after), after.why), (True, None))
        self.assertEqual(len(stub.asked), 2)

    def test_arrays_of_other_libraries_are_features(self) -> None:
        class Array:
            def __len__(self) -> int:
                return 2

            def tolist(self) -> List[float]:
                return [1.5, 2.0]

        with Stub([Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            scorer.score([Array()])  # type: ignore[list-item]
        self.assertEqual(stub.asked[0].body, {"responses": [{"features": [1.5, 2.0]}]})


class RefusalTest(unittest.TestCase):
    """What is wrong is said with its place, before anything is sent where that is possible."""

    def test_what_is_no_request_is_not_sent(self) -> None:
        with Stub([Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            cases: List[Tuple[str, Callable[[], object]]] = [
                (r"responses\[1\]\[0\] must be a finite number, was nan", lambda: scorer.score([[1.0], [float("nan")]])),
                (r"responses must be several responses, was one text", lambda: scorer.score("text")),
                (r"responses\[0\] must have text or features", lambda: scorer.score([Response()])),
                (r"first must have .* not both", lambda: scorer.compare(Response("a", [1.0]), "b")),
                (r"one of pairs and prompts", lambda: scorer.suggest()),
                (r"ids must be as many .*, 1, were 2", lambda: scorer.suggest(pairs=[("a", "b")], ids=["x", "y"])),
            ]
            for claim, ask in cases:
                with self.subTest(claim), self.assertRaisesRegex(ValueError, claim):
                    ask()
        self.assertEqual(stub.asked, [])

    def test_a_url_must_be_one(self) -> None:
        for url in ["127.0.0.1:8081", "ftp://host", "http://", "http://user:pass@host", "http://host/?a=1"]:
            with self.subTest(url), self.assertRaisesRegex(ValueError, "url must"):
                Scorer(url)

    def test_the_problems_detail_is_the_errors(self) -> None:
        problem = {"title": "Bad Request", "status": 400, "detail": "responses[0].features must be of size 3, was 2"}
        with Stub([Reply(400, problem)]) as stub, Scorer(stub.url) as scorer:
            with self.assertRaises(AssayError) as raised:
                scorer.score([[1, 2]])
        self.assertEqual((raised.exception.status, raised.exception.detail), (400, problem["detail"]))
        self.assertEqual(raised.exception.problem["title"], "Bad Request")
        self.assertEqual(str(raised.exception), "400: responses[0].features must be of size 3, was 2")
        copy = pickle.loads(pickle.dumps(raised.exception))
        self.assertEqual((copy.status, copy.detail, copy.problem), (400, problem["detail"], problem))

    def test_what_is_no_problem_in_json_is_shown(self) -> None:
        for reply, claim in [
            (Reply(502, b"<html>proxy</html>"), "502: Bad Gateway: <html>proxy</html>"),
            (Reply(302, b"", (("Location", "http://elsewhere/"),)), "302: Found"),
            (Reply(200, b"no json"), "200: the answer is no JSON: no json"),
        ]:
            with self.subTest(claim), Stub([reply]) as stub, Scorer(stub.url) as scorer:
                with self.assertRaises(AssayError) as raised:
                    scorer.score([[1]])
                self.assertEqual(str(raised.exception), claim)
                self.assertEqual(len(stub.asked), 1)

    def test_an_answer_of_another_shape_names_the_field(self) -> None:
        good = scores(1, 2)
        for body, claim in [
            ([1], "the answer's body must be an object"),
            ({**good, "parameter_version": "7"}, "parameter_version must be a whole number, was '7'"),
            ({**good, "parameter_version": True}, "parameter_version must be a whole number, was True"),
            ({**good, "responses": {}}, "responses must be an array"),
            ({**good, "responses": [scored(0, 1), {"index": 1}]}, r"responses\[1\].reward must be a number, was missing"),
        ]:
            with self.subTest(claim), Stub([Reply(body=body)]) as stub, Scorer(stub.url) as scorer:
                with self.assertRaisesRegex(AssayError, claim):
                    scorer.score([[1], [2]])


if __name__ == "__main__":
    unittest.main()
