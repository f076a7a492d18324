package dev.assay.streams.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.Topics;
import dev.assay.streams.score.ReplyTopics.Destination;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyTopicsTest {
    private static final String MINE = "assay.score-replies.mine";

    private final Map<String, Destination> there = new HashMap<>();
    private int asked;
    private long now;
    private final ReplyTopics topics = new ReplyTopics(
            new Topics("assay."),
            beginning -> {
                asked++;
                return CompletableFuture.completedFuture(Map.copyOf(there));
            },
            () -> now);

    @Test
    void withoutAHeaderAndForTheCommonTopicNobodyIsAsked() {
        assertThat(topics.find(null)).isEqualTo(topics.standard());
        assertThat(find("assay.score-replies")).isEqualTo(topics.standard());
        assertThat(find("assay.judgments")).isInstanceOf(Destination.Unusable.class);
        assertThat(asked).isZero();
    }

    @Test
    void namesThatAreNotThereAreAskedForOnceInAWhileWhoeverAsks() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(find(MINE + i)).isInstanceOf(Destination.Unusable.class);
        }
        assertThat(asked).isEqualTo(1);
        now += TimeUnit.SECONDS.toNanos(3);
        find(MINE);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aTopicThatWasJustMadeIsFound() {
        assertThat(find(MINE)).isInstanceOf(Destination.Unusable.class);
        there.put(MINE, new Destination.Usable(MINE, 7));
        assertThat(find(MINE)).isInstanceOf(Destination.Unusable.class); // asked a moment ago
        now += TimeUnit.SECONDS.toNanos(3);
        assertThat(find(MINE)).isEqualTo(new Destination.Usable(MINE, 7));
    }

    @Test
    void aTopicThatIsGoneIsForgottenSoonWithoutAWait() {
        there.put(MINE, new Destination.Usable(MINE, 7));
        find(MINE);
        there.clear();
        now += TimeUnit.SECONDS.toNanos(6);
        assertThat(find(MINE)).isInstanceOf(Destination.Usable.class); // by the old list, while the new one is made
        assertThat(find(MINE)).isInstanceOf(Destination.Unusable.class);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aListThatDoesNotComeLeavesTheOldOneInForce() {
        there.put(MINE, new Destination.Usable(MINE, 7));
        boolean[] broken = {false};
        ReplyTopics fragile = new ReplyTopics(
                new Topics("assay."),
                beginning -> broken[0]
                        ? CompletableFuture.failedFuture(new IllegalStateException("no broker"))
                        : CompletableFuture.completedFuture(Map.copyOf(there)),
                () -> now);
        assertThat(fragile.find(header(MINE))).isInstanceOf(Destination.Usable.class);
        broken[0] = true;
        now += TimeUnit.SECONDS.toNanos(6);
        fragile.find(header(MINE));
        assertThat(fragile.find(header(MINE))).isInstanceOf(Destination.Usable.class);
        assertThat(fragile.find(header("assay.score-replies.other"))).isInstanceOf(Destination.Unusable.class);
    }

    @Test
    void aHeaderOfAnyBytesIsNoTopicButNamedWithoutControlCharacters() {
        assertThat(topics.find(new RecordHeader(ReplyTopics.HEADER, null))).isInstanceOf(Destination.Unusable.class);
        Destination.Unusable forged = (Destination.Unusable) find(MINE + "\n2026 ERROR");
        assertThat(forged.reason()).contains("mine?2026 ERROR");
        Destination.Unusable endless = (Destination.Unusable) find("x".repeat(100_000));
        assertThat(endless.reason()).hasSizeLessThan(200).contains("was 100000 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "delete | 1 | 1 | WRITE | -",
                "delete | 1 | 1 | - | -",
                "compact | 1 | 1 | WRITE | must have cleanup.policy delete, has compact",
                "delete | 0 | 1 | WRITE | must have a leader for partition 0, has none",
                "delete | 1 | 2 | WRITE | must have min.insync.replicas, 2, in sync for partition 0, has 1",
                "delete | 1 | 1 | READ | must allow the scoring worker to write, allows [READ]"
            })
    void aTopicThatAWriteWouldFailOnIsNotUsed(
            String cleanup, int leaders, int least, @Nullable AclOperation may, @Nullable String reason) {
        Node node = new Node(1, "localhost", 1);
        TopicPartitionInfo partition =
                new TopicPartitionInfo(0, leaders == 0 ? null : node, java.util.List.of(node), java.util.List.of(node));
        TopicDescription description = new TopicDescription(
                MINE, false, java.util.List.of(partition), may == null ? null : java.util.Set.of(may));
        Config config = new Config(java.util.List.of(
                new ConfigEntry("cleanup.policy", cleanup),
                new ConfigEntry("min.insync.replicas", Integer.toString(least)),
                new ConfigEntry("max.message.bytes", "1000")));
        Destination judged = TopicDirectory.judge(description, config);
        if (reason == null) {
            assertThat(judged).isEqualTo(new Destination.Usable(MINE, 1000));
        } else {
            assertThat(((Destination.Unusable) judged).reason()).contains("topic " + MINE, reason);
        }
    }

    private Destination find(String name) {
        return topics.find(header(name));
    }

    private static RecordHeader header(String name) {
        return new RecordHeader(ReplyTopics.HEADER, name.getBytes(StandardCharsets.UTF_8));
    }
}
