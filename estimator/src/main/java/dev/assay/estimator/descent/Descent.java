package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Require;
import java.util.List;

/**
 * One step of the descent, as a pure function. The order carries all there is to know, so a crash costs one round: read
 * the last order and ask again. {@code dev.assay.streams.descend} does with topics what the loop below does.
 */
@FunctionalInterface
public interface Descent {
    /** @param answer the shards' answers, added in ascending shard number so that every run gives the same bits */
    Step advance(RoundOrder asked, ShardSum answer);

    /** Ends, because {@link #advance} returns {@link Step.Done} after {@code maxRounds} rounds at the latest. */
    default Fit runInProcess(RoundOrder first, List<? extends Shard> shards) {
        Require.that(!shards.isEmpty(), "a fit needs at least one shard");
        Step step = Step.ask(first);
        while (step instanceof Step.Ask ask) {
            ShardSum sum = shards.stream()
                    .map(shard -> shard.answer(ask.order()))
                    .reduce(ShardSum::plus)
                    .orElseThrow();
            step = advance(ask.order(), sum);
        }
        return ((Step.Done) step).fit();
    }
}
