package dev.assay.streams.quarantine;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.wire.Codec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every reader asks of a record, whatever its topic. */
public final class Usable {
    private Usable() {}

    /**
     * Decodes a value that must be there.
     *
     * @throws UnusableRecordException if it is not, or is no such value
     */
    public static <T> T value(Codec<T> codec, byte @Nullable [] value) {
        if (value == null) {
            throw UnusableRecordException.because(QuarantineReason.NO_VALUE, "the record has no value");
        }
        try {
            return codec.decode(value);
        } catch (UndecodableException e) {
            throw UnusableRecordException.of(e);
        }
    }

    /** @throws UnusableRecordException if there is something to say against the record */
    public static void unless(QuarantineReason reason, Optional<String> objection) {
        objection.ifPresent(message -> {
            throw UnusableRecordException.because(reason, message);
        });
    }

    /** @throws UnusableRecordException if the key is not as it must be */
    public static void key(boolean asItMustBe, String whatItMustBe) {
        if (!asItMustBe) {
            throw UnusableRecordException.because(QuarantineReason.KEY, "the key must be " + whatItMustBe);
        }
    }
}
