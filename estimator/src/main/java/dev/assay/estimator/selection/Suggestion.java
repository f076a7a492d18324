package dev.assay.estimator.selection;

/**
 * A judgment worth asking for.
 *
 * @param index       of the option
 * @param probability π that its first response will be preferred
 * @param gain        growth of ln det J that it brings on top of the suggestions before it, in nats; at least 0
 * @param gainAlone   the same if it were the only one, in nats; at least the gain
 */
public record Suggestion(int index, double probability, double gain, double gainAlone) {}
