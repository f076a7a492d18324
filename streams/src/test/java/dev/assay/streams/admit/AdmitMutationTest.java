package dev.assay.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.Deployment;
import dev.assay.streams.Deployments;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Records that nobody should send, on the topic itself. {@code -Dassay.fuzz=N} for more of them. */
class AdmitMutationTest {
    private static final int MUTATIONS = Integer.getInteger("assay.fuzz", 20_000);
    private static final Deployment DEPLOYMENT = Deployments.small(1);

    private final JudgmentCodec judgments = new JudgmentCodec();
    private final ComparisonCodec comparisons = new ComparisonCodec();
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void everyRecordIsAdmittedSoundOrRefusedWithAReason() throws UndecodableException {
        Admit admit = new Admit(DEPLOYMENT.contextSpec(), DEPLOYMENT.featureSpace());
        List<byte[]> sound = List.of(
                judgments.encode(judgment(2)),
                judgments.encode(judgment(5)),
                judgments.encode(new Retraction("j1", "a1", "test")));
        Map<RefusalReason, Integer> refused = new EnumMap<>(RefusalReason.class);
        int admitted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] record = mutated(sound.get(random.nextInt(sound.size())));
            Admission admission = admit.admit(record);
            if (admission instanceof Admission.Admitted judged) {
                admitted++;
                requireSound(judged.comparison());
                // What was admitted survives the topic of comparisons.
                assertThat(comparisons.decode(comparisons.encode(judged.comparison())))
                        .usingRecursiveComparison()
                        .isEqualTo(judged.comparison());
            } else if (admission instanceof Admission.Refused refusal) {
                refused.merge(refusal.reason(), 1, Integer::sum);
                assertThat(refusal.message()).isNotBlank();
            }
        }
        // Mutations that only ever hit one check would prove little.
        assertThat(admitted).isGreaterThan(MUTATIONS / 100);
        assertThat(refused.keySet())
                .contains(
                        RefusalReason.UNDECODABLE,
                        RefusalReason.UNKNOWN_SCHEMA,
                        RefusalReason.FEATURES_NOT_FINITE,
                        RefusalReason.INVALID_WEIGHT,
                        RefusalReason.INVALID_RANKING);
    }

    private static void requireSound(StoredComparison comparison) {
        assertThat(comparison.weight()).isBetween(0.0, Admit.MAX_WEIGHT);
        assertThat(comparison.ranking()).hasSameSizeAs(comparison.responses()).contains(1);
        for (ComparedResponse response : comparison.responses()) {
            for (float feature : response.features()) {
                assertThat(feature).isFinite();
            }
        }
        for (float feature : comparison.context().features()) {
            assertThat(Math.abs(feature)).isLessThanOrEqualTo(Admit.MAX_MAGNITUDE);
        }
    }

    private byte[] mutated(byte[] sound) {
        byte[] record = sound.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0 && record.length > 0; edits--) {
            int at = random.nextInt(record.length);
            switch (random.nextInt(6)) {
                case 0 -> record = Arrays.copyOf(record, at);
                case 1 -> record = without(record, at);
                case 2 -> record[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                default -> record[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return record;
    }

    private static byte[] without(byte[] record, int at) {
        byte[] shorter = Arrays.copyOf(record, record.length - 1);
        System.arraycopy(record, at + 1, shorter, at, record.length - at - 1);
        return shorter;
    }

    private static Judgment judgment(int count) {
        List<JudgedResponse> responses = new ArrayList<>();
        List<Integer> ranking = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(new JudgedResponse("r" + i, "policy", "text", new float[] {i, 2, -3, 0.5f}));
            ranking.add(i + 1);
        }
        return new Judgment(
                "j1",
                "a1",
                "p1",
                responses,
                ranking,
                1,
                null,
                new Occasion(Map.of("kind", "expert", "fatigue", 0.25), null, "session", 0, "test"));
    }
}
