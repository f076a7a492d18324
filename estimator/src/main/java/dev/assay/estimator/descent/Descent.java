package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import java.util.List;

/**
 * One method of descent, as a pure function of what it asked and remembers. Shards see the question and nothing else; the
 * state stays with whoever drives the method: the loop below in one process, the coordinator's changelog over topics, so that
 * a crash costs one round.
 */
public interface Descent {
    /** What to ask first. */
    Step.Ask begin(Start start);

    /** @param answer the shards' answers, added in ascending shard number so that every run gives the same bits */
    Step advance(Step.Ask asked, Answer answer);

    /** Ends, because {@link #advance} returns {@link Step.Done} after {@code maxRounds} rounds at the latest. */
    default Fit fit(Start start, List<? extends Shard> shards) {
        Require.that(!shards.isEmpty(), "a fit needs at least one shard");
        Step step = begin(start);
        while (step instanceof Step.Ask ask) {
            Answer sum = shards.stream()
                    .map(shard -> shard.answer(ask.question()))
                    .reduce(Answer::plus)
                    .orElseThrow();
            step = advance(ask, sum);
        }
        return ((Step.Done) step).fit();
    }
}
