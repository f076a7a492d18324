package dev.assay.streams.features;

/**
 * What a {@link ContextSpec} made of one judgment's context.
 *
 * @param offset ψ₀, the rationality before anything is learnt; finite, not 0
 * @param context ψ; size k of the spec, may be empty; finite; owned by the receiver
 * @param unseenLevels how many categorical attributes had a level the spec does not list and went to the reference
 * @param missing how many attributes of the spec the judgment did not carry
 */
@SuppressWarnings(
        "ArrayRecordComponent") // One per judgment, copied into the columnar store at once and never compared.
public record ContextFeatures(float offset, float[] context, int unseenLevels, int missing) {}
