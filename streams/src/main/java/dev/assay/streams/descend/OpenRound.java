package dev.assay.streams.descend;

import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.streams.model.ShardReport.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The round whose answers the coordinator awaits, one per shard. */
final class OpenRound {
    private final RoundOrder order;
    private final @Nullable Answer[] answers;

    OpenRound(RoundOrder order, int shards) {
        this.order = order;
        answers = new @Nullable Answer[shards];
    }

    RoundOrder order() {
        return order;
    }

    /** After a rebalance, or when a round is asked again, a shard may answer twice: the first answer stands. */
    boolean awaits(Answer answer) {
        return answer.rerunId().equals(order.rerunId())
                && answer.round() == order.round()
                && answers[answer.shard()] == null;
    }

    void take(Answer answer) {
        answers[answer.shard()] = answer;
    }

    boolean complete() {
        return Arrays.stream(answers).allMatch(Objects::nonNull);
    }

    /** The answers added in ascending shard number, so that every run gives the same bits. */
    ShardSum sum() {
        return given().map(Answer::sum).reduce(ShardSum::plus).orElseThrow();
    }

    List<Long> coveredOffsets() {
        return given().map(Answer::coveredOffset).toList();
    }

    private java.util.stream.Stream<Answer> given() {
        return Arrays.stream(answers).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
