package dev.assay.streams.descend;

import dev.assay.estimator.descent.Step;
import dev.assay.estimator.sums.Answer;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardReport.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The round whose replies the coordinator awaits, one per shard. */
final class OpenRound {
    private final OpenRerun rerun;
    private final Step.Ask asked;
    private final @Nullable Reply[] replies;

    OpenRound(OpenRerun rerun, Step.Ask asked, int shards) {
        this.rerun = rerun;
        this.asked = asked;
        replies = new @Nullable Reply[shards];
    }

    OpenRerun rerun() {
        return rerun;
    }

    /** What the descent asked, with what it remembers. */
    Step.Ask asked() {
        return asked;
    }

    /** What the shards are told of it. */
    Round round() {
        return new Round(rerun.getId(), asked.round(), asked.question());
    }

    /** Whether this round is what it replies to. */
    boolean asks(Reply reply) {
        return reply.rerunId().equals(rerun.getId()) && reply.round() == asked.round();
    }

    /** After a rebalance, or when a round is asked again, a shard may answer twice: the first answer stands. */
    boolean awaits(Reply reply) {
        return asks(reply) && replies[reply.shard()] == null;
    }

    void take(Reply reply) {
        replies[reply.shard()] = reply;
    }

    boolean complete() {
        return Arrays.stream(replies).allMatch(Objects::nonNull);
    }

    /** The answers added in ascending shard number, so that every run gives the same bits. */
    Answer sum() {
        return given().map(Reply::answer).reduce(Answer::plus).orElseThrow();
    }

    List<Long> coveredOffsets() {
        return given().map(Reply::coveredOffset).toList();
    }

    private Stream<Reply> given() {
        return Arrays.stream(replies).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
