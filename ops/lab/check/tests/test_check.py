"""The checker passes what is right, and names each thing that is not."""

import pathlib
import sys
import tempfile
import unittest

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from check_history import check  # noqa: E402
from student import within  # noqa: E402
from tests.recorded import ERASED, SCHEMAS, Recorded  # noqa: E402
from wire import doubles, pack_doubles  # noqa: E402


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.run = Recorded(pathlib.Path(folder.name))

    def found(self):
        self.run.write()
        return check(self.run.path, schemas=SCHEMAS)[0]

    def names(self, *words):
        found = self.found()
        for word in words:
            self.assertTrue(any(word in sentence for sentence in found), f"no '{word}' in {found}")

    def judgment(self, number):
        return [line for line in self.run.history if line.get("judgment") == f"j{number}"][0]

    def moved(self, standard_errors):
        reward = doubles(self.run.snapshot["reward"]).copy()
        reward[0] += standard_errors * self.run.errors[0]
        return pack_doubles(reward)

    def republished(self, **changes):
        """The exact snapshot, changed; it covers all there is."""
        self.run.snapshots(4, coveredOffsets=[self.run.ends["comparisons"]], **changes)

    def test_a_run_without_fault_passes(self):
        self.assertEqual(self.found(), [])

    def test_a_judgment_that_is_missing_is_named(self):
        self.run.drop("comparisons", 0)
        self.names("1 acknowledged judgments are missing from comparisons: ('annotator-0', 'j0')")

    def test_an_older_version_of_a_judgment_is_named(self):
        self.run.compare(self.judgment(7))
        self.names("1 comparisons are not the newest version acknowledged: ('annotator-7', 'j7')")

    def test_a_retracted_judgment_that_stands_is_named(self):
        self.run.compare(self.judgment(8))
        self.names("comparisons stand that were retracted or never sent: ('annotator-0', 'j8')")

    def test_a_judgment_of_an_erased_annotator_that_stands_is_named(self):
        self.run.compare(self.judgment(3))
        self.names(f"1 comparisons of erased annotators stand: ('{ERASED}', 'j3')")

    def test_a_judgment_of_an_erased_annotator_that_came_after_the_receipt_and_left_again_is_counted(self):
        self.run.compare(self.judgment(3), time=3000)
        self.run.add("comparisons", self.run.key(self.judgment(3)), None)
        self.republished()
        self.run.write()
        wrong, line = check(self.run.path, schemas=SCHEMAS)
        self.assertEqual(wrong, [])
        self.assertIn(" 1 comparisons taken out after one", line)

    def test_a_tombstone_for_nobody_is_named_even_if_the_judgment_came_back(self):
        self.run.add("comparisons", self.run.key(self.judgment(0)), None)
        self.run.compare(self.judgment(0))
        self.names("1 keys have tombstones though nobody took them back: ('annotator-0', 'j0')")

    def test_a_second_receipt_is_named(self):
        self.run.add("events", b"chaos", self.run._receipt())
        self.names("erasure erase-1 of annotator-3 has 2 receipts")

    def test_a_missing_receipt_is_named(self):
        self.run.drop("events", 0)
        self.names("erasure erase-1 of annotator-3 has no receipt")

    def test_a_malformed_record_that_is_nowhere_is_named(self):
        self.run.drop("judgments.dlq", 0)
        self.names("1 malformed records are not on judgments.dlq: 0")

    def test_a_malformed_record_refused_twice_is_named_unless_that_is_allowed(self):
        self.run.add("judgments.dlq", b"k", b"noise", {"chaos.malformed": b"0"})
        self.names("1 malformed records are on judgments.dlq more than once: 0")
        self.assertEqual(check(self.run.path, exactly_once=False, schemas=SCHEMAS)[0], [])

    def test_a_version_that_does_not_grow_is_named(self):
        self.run.snapshots(2)
        self.names("on parameters version 2 follows 3", "on parameter-history version 2 follows 3")

    def test_a_parameter_beside_the_maximum_is_named(self):
        self.republished(reward=self.moved(1e-5))
        self.names("version 4 is 1.0e-05 standard errors from the checker's maximum")

    def test_a_parameter_that_differs_by_less_than_is_promised_passes(self):
        self.republished(reward=self.moved(1e-7))
        self.assertEqual(self.found(), [])

    def test_a_matrix_that_is_not_that_of_the_judgments_is_named(self):
        for name, called in (("information", "an information"), ("cross", "a cross"), ("meat", "a meat")):
            with self.subTest(name):
                run = self.run
                run.snapshots(4, **{name: pack_doubles(doubles(run.snapshot[name]) + 1e-3)})
                self.names(called)
                for topic in ("parameters", "parameter-history"):
                    run.drop(topic, -1)

    def test_a_count_that_is_not_of_what_stands_is_named(self):
        self.republished(judgments=5)
        self.names("version 4 counts 5 judgments")

    def test_a_rerun_that_does_not_cover_everything_is_named(self):
        line = self.judgment(0)
        self.run.compare(line)
        self.names("no exact snapshot on parameter-history covers every comparison")

    def test_a_changed_score_is_named(self):
        self.run.decide(rewards=pack_doubles(doubles(self.run.decision["rewards"]) + 1e-7))
        self.names("1 decisions: has other rewards than its snapshot gives; of requests score-9")

    def test_a_changed_bound_is_named(self):
        self.run.decide(upper=pack_doubles(doubles(self.run.decision["upper"]) + 1e-7))
        self.names("has other upper bounds than its snapshot gives")

    def test_another_choice_is_named(self):
        self.run.decide(chosen=(self.run.decision["chosen"] + 1) % 3)
        self.names("its highest lower bound is that of")

    def test_a_decision_by_a_version_that_never_was_is_named(self):
        self.run.decide(parameterVersion=17)
        self.names("names version 17, which was never published")

    def test_where_parameters_were_compacted_a_version_may_be_gone_but_none_comes_after_all(self):
        self.run.decide(parameterVersion=2)
        self.names("names version 2, which was never published")
        self.assertEqual(check(self.run.path, compacted=True, schemas=SCHEMAS)[0], [])
        self.run.decide(parameterVersion=17)
        self.run.write()
        found = check(self.run.path, compacted=True, schemas=SCHEMAS)[0]
        self.assertTrue(any("names version 17, which was never published" in sentence for sentence in found))

    def test_a_request_without_a_reply_is_named(self):
        self.run.drop("score-replies", 2)
        self.names("1 score requests have no reply: score-2")

    def test_a_record_in_quarantine_that_is_nowhere_is_named(self):
        self.run.add("quarantine", b"chaos-1-2.judgments/0/9", b"noise")
        self.names("1 records in quarantine name one that is not there")

    def test_a_place_that_compaction_may_have_emptied_is_none_to_name(self):
        self.run.drop("comparisons", 0)
        self.run.compare(self.judgment(0))
        self.run.add("quarantine", b"chaos-1-2.comparisons/0/0", b"noise")
        self.republished()
        self.assertEqual(self.found(), [])

    def test_what_the_harness_sent_as_poison_counts_nowhere(self):
        for topic in ("comparisons", "events", "parameters", "parameter-history", "score-decisions", "score-replies"):
            self.run.add(topic, b"noise", b"noise", {"chaos.poison": b"1"})
        self.republished()
        self.assertEqual(self.found(), [])

    def test_an_unreadable_comparison_is_named_unless_it_is_in_quarantine(self):
        offset = self.run.ends["comparisons"]
        self.run.add("comparisons", b"noise", b"noise")
        self.names(f"comparisons 0/{offset} cannot be read and is not in quarantine")
        self.run.add("quarantine", f"chaos-1-2.comparisons/0/{offset}".encode(), b"noise")
        self.republished()
        self.assertEqual(self.found(), [])


class StudentTest(unittest.TestCase):
    def test_probabilities_are_those_of_the_tables(self):
        for quantile, degrees, level in (
            (1.959963984540054, np.inf, 0.95),
            (2.085963447265837, 20, 0.95),
            (12.706204736432095, 1, 0.95),
            (0.6744897501960817, np.inf, 0.5),
        ):
            self.assertAlmostEqual(within(quantile, degrees), level, places=11)


if __name__ == "__main__":
    unittest.main()
