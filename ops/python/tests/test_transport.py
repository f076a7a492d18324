"""Connections that are kept, break and come back, and what is asked again."""

from __future__ import annotations

import email.utils
import os
import socket
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, List, Tuple
from unittest import mock

from assay import AssayError, Scorer
from assay._transport import Transport

from .answers import scores
from .stub import Asked, Reply, Stub

BUSY = {"title": "Service Unavailable", "status": 503, "detail": "busy"}


def later(status: int, wait: str) -> Reply:
    return Reply(status, BUSY, (("Retry-After", wait),))


class RetryTest(unittest.TestCase):
    """Waits are noted instead of waited for."""

    def setUp(self) -> None:
        self.waits: List[float] = []
        patch = mock.patch.object(Transport, "_wait", lambda transport, seconds: self.waits.append(seconds))
        patch.start()
        self.addCleanup(patch.stop)

    def test_it_comes_again_when_it_is_told_to(self) -> None:
        with Stub([later(503, "2"), later(429, "3"), Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            self.assertEqual(scorer.score([[1]]).responses[0].reward, 1.0)
        self.assertEqual(self.waits, [2.0, 3.0])

    def test_it_comes_again_so_often_and_no_more(self) -> None:
        with Stub([later(503, "1")]) as stub, Scorer(stub.url, retries=2) as scorer:
            with self.assertRaisesRegex(AssayError, "503: busy"):
                scorer.score([[1]])
        self.assertEqual((len(stub.asked), self.waits), (3, [1.0, 1.0]))

    def test_it_does_not_come_again_where_it_is_not_told_when(self) -> None:
        for reply in [Reply(503, BUSY), later(503, "soon"), later(500, "1"), later(400, "1"), later(503, "31")]:
            with self.subTest(reply), Stub([reply]) as stub, Scorer(stub.url) as scorer:
                with self.assertRaises(AssayError) as raised:
                    scorer.score([[1]])
                self.assertEqual((raised.exception.status, raised.exception.detail), (reply.status, "busy"))
                self.assertEqual((len(stub.asked), self.waits), (1, []))

    def test_a_date_says_when_too(self) -> None:
        with mock.patch("time.time", return_value=1_000_000_000.0):
            date = email.utils.formatdate(1_000_000_007, usegmt=True)
            with Stub([later(503, date), Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
                scorer.score([[1]])
        self.assertEqual(self.waits, [7.0])

    def test_a_broken_connection_is_tried_again_with_growing_waits(self) -> None:
        broken = Reply(hang_up="before")
        with Stub([broken, broken, broken, Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            scorer.score([[1]])
        self.assertEqual(len(stub.asked), 4)
        for wait, most in zip(self.waits, [0.1, 0.2, 0.4]):
            self.assertTrue(most / 2 <= wait <= most, self.waits)

    def test_who_is_not_there_is_named(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # not listening: connections are refused
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            with Scorer(url, retries=3) as scorer, self.assertRaisesRegex(AssayError, f"{url} cannot be reached") as raised:
                scorer.score([[1]])
            with Scorer(url) as scorer, self.assertRaisesRegex(AssayError, f"{url} cannot be reached"):
                scorer.ready()
        self.assertIsNone(raised.exception.status)
        self.assertEqual(len(self.waits), 3)

    def test_too_slow_an_answer_is_not_asked_for_again(self) -> None:
        enough = threading.Event()
        self.addCleanup(enough.set)

        def never(asked: Asked) -> Reply:
            enough.wait(30)
            return Reply(body=scores(1))

        with Stub(never) as stub:
            with Scorer(stub.url, timeout=0.05) as scorer, self.assertRaisesRegex(AssayError, "within 0.05 s"):
                scorer.score([[1]])
            enough.set()
        self.assertEqual((len(stub.asked), self.waits), (1, []))

    def test_a_kept_connection_that_was_closed_is_opened_anew_at_once(self) -> None:
        with Stub([Reply(body=scores(1), hang_up="after"), Reply(body=scores(2))]) as stub, Scorer(stub.url) as scorer:
            scorer.score([[1]])
            self.assertEqual(scorer.score([[1]]).responses[0].reward, 2.0)
        self.assertEqual((stub.connections, self.waits), (2, []))


class ConnectionTest(unittest.TestCase):
    def test_one_connection_serves_many_requests(self) -> None:
        with Stub([Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            for _ in range(20):
                scorer.score([[1]])
        self.assertEqual((len(stub.asked), stub.connections), (20, 1))

    def test_a_refusal_keeps_the_connection_usable(self) -> None:
        with Stub([Reply(400, BUSY), Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            with self.assertRaises(AssayError):
                scorer.score([[1]])
            scorer.score([[1]])
        self.assertEqual(stub.connections, 1)

    def test_threads_get_their_own_answers(self) -> None:
        def echo(asked: Asked) -> Reply:
            return Reply(body=scores(asked.body["responses"][0]["features"][0]))

        with Stub(echo) as stub, Scorer(stub.url) as scorer, ThreadPoolExecutor(8) as threads:
            rewards = list(threads.map(lambda i: scorer.score([[i]]).responses[0].reward, range(400)))
        self.assertEqual(rewards, [float(i) for i in range(400)])
        self.assertLessEqual(stub.connections, 8)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork here")
    def test_a_fork_does_not_talk_on_its_parents_connection(self) -> None:
        with Stub([Reply(body=scores(1))]) as stub, Scorer(stub.url) as scorer:
            scorer.score([[1]])
            with mock.patch("os.getpid", return_value=os.getpid() + 1):
                scorer.score([[1]])
        self.assertEqual(stub.connections, 2)

    def test_closing_closes_what_lies_idle(self) -> None:
        with Stub([Reply(body=scores(1))]) as stub:
            scorer = Scorer(stub.url)
            scorer.score([[1]])
            scorer.close()
            scorer.score([[1]])
            scorer.close()
        self.assertEqual(stub.connections, 2)

    def test_bounds_are_named(self) -> None:
        cases: List[Tuple[str, Callable[[], Scorer]]] = [
            ("timeout must be above 0 seconds, was 0", lambda: Scorer(timeout=0)),
            ("retries must be 0 or more, was -1", lambda: Scorer(retries=-1)),
            ("longest_wait must be 0 seconds or more, was -1", lambda: Scorer(longest_wait=-1)),
        ]
        for claim, make in cases:
            with self.subTest(claim), self.assertRaisesRegex(ValueError, claim):
                make()


if __name__ == "__main__":
    unittest.main()
