package dev.assay.streams.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.SparseRow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HashedTextTest {
    @Test
    void aTinyTextWorkedByHand() {
        // Features of "Red tea": words red, tea; the pair; runs "red ", "ed t", "d te", " tea". Buckets and signs were
        // computed with an independent Murmur3 in Python.
        HashedText text = HashedText.of("Red tea");

        assertThat(text.words()).isEqualTo(2);
        assertThat(text.count(909)).isEqualTo(-1);
        assertThat(text.count(3302)).isEqualTo(1);
        assertThat(text.count(1888)).isEqualTo(1);
        assertThat(text.count(2755)).isEqualTo(1);
        assertThat(text.count(3736)).isEqualTo(1);
        assertThat(text.count(3748)).isEqualTo(-1);
        assertThat(text.count(473)).isEqualTo(1);
        assertThat(bucketsHit(text)).isEqualTo(7);
    }

    @Test
    void countsEnterByTheirLogarithmAndTheLengthIsOne() {
        // "a" three times: words a (3 times) and the pair "a a" (twice), runs "a a " and " a a" once each.
        SparseRow row = HashedText.of("a a a").unitLength();

        double length = Math.sqrt(square(Math.log(4)) + square(Math.log(3)) + 2 * square(Math.log(2)));
        assertThat(row.values()).hasSize(4);
        assertThat(IntStream.range(0, 4).mapToObj(i -> Math.abs(row.values()[i])))
                .satisfiesOnlyOnce(v -> assertThat(v).isCloseTo(Math.log(4) / length, within(1e-15)))
                .satisfiesOnlyOnce(v -> assertThat(v).isCloseTo(Math.log(3) / length, within(1e-15)));
        assertThat(row.squaredLength()).isCloseTo(1, within(1e-15));
    }

    @Test
    void caseDoesNotMatterAndPunctuationDoes() {
        assertThat(HashedText.of("RED TEA").unitLength().values())
                .isEqualTo(HashedText.of("red tea").unitLength().values());
        assertThat(bucketsHit(HashedText.of("red tea!"))).isEqualTo(8); // one more run of characters, the same words
        assertThat(HashedText.of("red tea!").words()).isEqualTo(2);
    }

    @Test
    void anEmptyTextHitsNoBucket() {
        HashedText text = HashedText.of("");

        assertThat(text.words()).isZero();
        assertThat(bucketsHit(text)).isZero();
        assertThat(text.unitLength().values()).isEmpty();
    }

    @Test
    void halfACharacterIsNoError() {
        assertThat(HashedText.of("a lone \ud83d surrogate").words()).isEqualTo(3);
    }

    @Test
    void theAnalysisIsTheOneThatSavedFilesWereFittedWith() {
        // Pinned: if an upgrade of Lucene moves this, every saved feature space must be fitted again. Say so in
        // CHANGELOG.
        assertThat(HashedText.fingerprint()).isEqualTo(1785712575);
    }

    private static long bucketsHit(HashedText text) {
        return IntStream.range(0, HashedText.BUCKETS)
                .filter(bucket -> text.count(bucket) != 0)
                .count();
    }

    private static double square(double value) {
        return value * value;
    }
}
