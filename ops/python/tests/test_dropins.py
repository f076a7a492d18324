"""The contracts of other people's servers, against running scorers: ASSAY_SCORER_URL has vectors, ASSAY_TEXT_SCORER_URL texts.

Where the real client is there (pip install "tritonclient[http]" cohere numpy), it asks too.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import unittest
import urllib.error
import urllib.request
from typing import Any, List, Tuple

from assay import AssayError, Scorer

VECTORS = os.environ.get("ASSAY_SCORER_URL", "")
TEXTS = os.environ.get("ASSAY_TEXT_SCORER_URL", "")
RESPONSES = ["clear kind exact", "vague rude", "warm odd plain", "clear wrong"]


def post(url: str, body: Any) -> Tuple[int, Any]:
    """As a client does that knows nothing of us."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def missing(*modules: str) -> bool:
    absent = [module for module in modules if importlib.util.find_spec(module) is None]
    if absent and VECTORS:
        print(f"NOT CHECKED with a real client: {', '.join(absent)} not installed", file=sys.stderr)
    return bool(absent)


@unittest.skipUnless(TEXTS, "no scorer of texts: ASSAY_TEXT_SCORER_URL is not set")
class TextDropInTest(unittest.TestCase):
    scorer: Scorer

    @classmethod
    def setUpClass(cls) -> None:
        cls.scorer = Scorer(TEXTS)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.scorer.close()

    def lower(self, texts: List[str]) -> List[float]:
        return [response.lower for response in self.scorer.score(texts).responses]

    def test_the_model_has_learnt_what_annotators_like(self) -> None:
        rewards = [response.reward for response in self.scorer.score(["clear exact kind", "rude vague wrong"]).responses]
        self.assertGreater(rewards[0], rewards[1])

    def test_openrlhf(self) -> None:
        prompts = ["<|user|> say <|assistant|> "] * 4
        queries = [prompt + response for prompt, response in zip(prompts, RESPONSES)]
        status, answer = post(TEXTS + "/get_reward", {"query": queries, "prompts": prompts, "labels": [None] * 4})
        self.assertEqual(status, 200)
        self.assertEqual(answer["rewards"], self.lower(RESPONSES))
        self.assertEqual(answer["scores"], answer["rewards"])
        for name in ("standard_error", "lower", "upper", "mean"):
            self.assertEqual([type(value) for value in answer["extra_logs"][name]], [float] * 4, name)

    def test_openrlhf_with_nothing_to_do(self) -> None:
        status, answer = post(TEXTS + "/get_reward", {"query": [], "prompts": [], "labels": []})
        self.assertEqual((status, answer["rewards"], answer["scores"]), (200, [], []))

    def test_rerankers(self) -> None:
        lower = self.lower(RESPONSES)
        best_first = sorted(range(4), key=lambda i: -lower[i])
        for path in ("/rerank", "/v1/rerank"):
            status, vllm = post(TEXTS + path, {"model": "m", "query": "q", "documents": RESPONSES, "top_n": 3})
            self.assertEqual((status, [result["index"] for result in vllm["results"]]), (200, best_first[:3]))
            self.assertEqual([result["relevance_score"] for result in vllm["results"]], [lower[i] for i in best_first[:3]])
            self.assertEqual(vllm["results"][0]["document"]["text"], RESPONSES[best_first[0]])
            status, tei = post(TEXTS + path, {"query": "q", "texts": RESPONSES, "raw_scores": True, "return_text": True})
            self.assertEqual(
                (status, tei), (200, [{"index": i, "text": RESPONSES[i], "score": lower[i]} for i in best_first])
            )
            status, tei = post(TEXTS + path, {"query": "q", "texts": RESPONSES})
            self.assertEqual([result["index"] for result in tei], best_first)
            self.assertTrue(all(0 <= result["score"] <= 1 and "text" not in result for result in tei))

    def test_verl_reads_the_last_probability(self) -> None:
        status, answer = post(TEXTS + "/classify", {"model": "m", "input": RESPONSES[0], "activation": False})
        self.assertEqual((status, answer["data"][-1]["probs"][-1]), (200, self.lower(RESPONSES[:1])[0]))

    def test_what_is_wrong_is_said_with_its_place(self) -> None:
        status, problem = post(TEXTS + "/v1/rerank", {"query": "q", "documents": ["a", 5]})
        self.assertEqual((status, problem["detail"]), (400, "documents[1] must be a text, was 5"))

    def test_vectors_are_refused_where_texts_are_wanted(self) -> None:
        with self.assertRaises(AssayError) as raised:
            self.scorer.score([[1.0, 2.0]])
        self.assertIn(raised.exception.status, (400, 422))

    @unittest.skipIf(missing("cohere"), "cohere is not installed")
    def test_coheres_client(self) -> None:
        import cohere

        answer: Any = cohere.Client("no key", base_url=TEXTS).rerank(model="m", query="q", documents=RESPONSES, top_n=2)
        lower = self.lower(RESPONSES)
        self.assertEqual(
            [(result.index, result.relevance_score) for result in answer.results],
            sorted(enumerate(lower), key=lambda pair: -pair[1])[:2],
        )


@unittest.skipUnless(VECTORS, "no scorer: ASSAY_SCORER_URL is not set")
class VectorDropInTest(unittest.TestCase):
    rows = [[0.5, -1.0, 0.25], [1.5, 1.0, -0.5]]

    def test_kserve(self) -> None:
        tensor = {"name": "features", "shape": [2, 3], "datatype": "FP32", "data": self.rows}
        status, answer = post(VECTORS + "/v2/models/example/infer", {"id": "7", "inputs": [tensor]})
        outputs = {output["name"]: output["data"] for output in answer["outputs"]}
        with Scorer(VECTORS) as scorer:
            scores = scorer.score(self.rows)
        self.assertEqual((status, answer["id"], answer["model_name"]), (200, "7", "example"))
        self.assertEqual(answer["parameters"]["parameter_version"], scores.parameter_version)
        self.assertEqual(outputs["reward"], [response.lower for response in scores.responses])
        self.assertEqual(outputs["mean"], [response.reward for response in scores.responses])
        self.assertEqual(outputs["standard_error"], [response.standard_error for response in scores.responses])

    def test_kserves_errors_are_its_own(self) -> None:
        tensor = {"name": "features", "shape": [1, 2], "datatype": "FP32", "data": [1, 2]}
        status, answer = post(VECTORS + "/v2/models/example/infer", {"inputs": [tensor]})
        self.assertEqual((status, list(answer)), (400, ["error"]))
        self.assertEqual(post(VECTORS + "/v2/models/other/infer", {"inputs": [tensor]})[0], 404)

    @unittest.skipIf(missing("tritonclient", "numpy"), "tritonclient or numpy is not installed")
    def test_tritons_client(self) -> None:
        import numpy
        import tritonclient.http as triton

        client: Any = triton.InferenceServerClient(VECTORS.split("//")[1])
        self.addCleanup(client.close)
        self.assertTrue(client.is_server_live())
        self.assertTrue(client.is_server_ready())
        self.assertTrue(client.is_model_ready("example"))
        self.assertFalse(client.is_model_ready("other"))
        self.assertEqual(client.get_server_metadata()["name"], "assay")
        metadata = client.get_model_metadata("example")
        self.assertEqual(metadata["inputs"], [{"name": "features", "datatype": "FP32", "shape": [-1, 3]}])
        with Scorer(VECTORS) as scorer:
            expected = [response.lower for response in scorer.score(self.rows).responses]
        for kind, name in [(numpy.float32, "FP32"), (numpy.float64, "FP64")]:
            for binary in (True, False):
                tensor = triton.InferInput("features", [2, 3], name)
                tensor.set_data_from_numpy(numpy.array(self.rows, dtype=kind), binary_data=binary)
                for outputs in (None, [triton.InferRequestedOutput("reward", binary_data=binary)]):
                    with self.subTest(kind=name, binary=binary, outputs=outputs is not None):
                        answer = client.infer("example", [tensor], outputs=outputs, request_id="7")
                        self.assertEqual(answer.as_numpy("reward").tolist(), expected)
                        self.assertEqual(answer.get_response()["id"], "7")
        wrong = triton.InferInput("features", [1, 2], "FP32")
        wrong.set_data_from_numpy(numpy.ones((1, 2), dtype=numpy.float32))
        with self.assertRaisesRegex(triton.InferenceServerException, "3 numbers.*2|3.*2"):
            client.infer("example", [wrong])

    @unittest.skipIf(not TEXTS or missing("tritonclient", "numpy"), "tritonclient or numpy is not installed")
    def test_tritons_client_with_texts(self) -> None:
        import numpy
        import tritonclient.http as triton

        client: Any = triton.InferenceServerClient(TEXTS.split("//")[1])
        self.addCleanup(client.close)
        with Scorer(TEXTS) as scorer:
            expected = [response.lower for response in scorer.score(RESPONSES).responses]
        for binary in (True, False):
            tensor = triton.InferInput("text", [4], "BYTES")
            tensor.set_data_from_numpy(numpy.array(RESPONSES, dtype=object), binary_data=binary)
            self.assertEqual(client.infer("texts", [tensor]).as_numpy("reward").tolist(), expected)


if __name__ == "__main__":
    unittest.main()
