package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;

/**
 * Values of two records on one topic, told apart by the schema their frame names.
 *
 * @param <T> either value
 * @param <F> the one looked for first
 * @param <S> the other: bytes that are neither are undecodable as it
 */
class EitherCodec<T, F extends T, S extends T> implements Codec<T> {
    private final Class<F> firsts;
    private final RecordCodec<F, ?> first;
    private final Class<S> seconds;
    private final RecordCodec<S, ?> second;

    EitherCodec(Class<F> firsts, RecordCodec<F, ?> first, Class<S> seconds, RecordCodec<S, ?> second) {
        this.firsts = firsts;
        this.first = first;
        this.seconds = seconds;
        this.second = second;
    }

    @Override
    public final byte[] encode(T value) {
        return firsts.isInstance(value) ? first.encode(firsts.cast(value)) : second.encode(seconds.cast(value));
    }

    @Override
    public final T decode(byte[] bytes) throws UndecodableException {
        return first.recognises(bytes) ? first.decode(bytes) : second.decode(bytes);
    }
}
