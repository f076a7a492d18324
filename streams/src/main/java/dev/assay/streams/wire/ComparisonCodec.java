package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Comparison;
import dev.assay.streams.model.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Comparisons of the compacted topic. */
public final class ComparisonCodec implements Codec<Comparison> {
    private final RecordFormat<dev.assay.schemas.admit.Comparison> comparisons;

    /** Of bytes that no topic sees: Avro single objects. */
    public ComparisonCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ComparisonCodec(WireFormat wire) {
        comparisons = wire.of(dev.assay.schemas.admit.Comparison.class);
    }

    @Override
    public byte[] encode(Comparison comparison) {
        List<dev.assay.schemas.admit.ComparedResponse> responses = comparison.responses().stream()
                .map(response -> new dev.assay.schemas.admit.ComparedResponse(
                        response.responseId(), response.policy(), PackedVectors.pack(response.features())))
                .toList();
        return comparisons.encode(new dev.assay.schemas.admit.Comparison(
                comparison.promptId(),
                responses,
                comparison.ranking(),
                comparison.context().offset(),
                PackedVectors.pack(comparison.context().features()),
                comparison.weight(),
                comparison.featureSpace(),
                comparison.context().spec(),
                comparison.occasion().context(),
                comparison.occasion().judgedAt(),
                comparison.occasion().session(),
                comparison.occasion().shownFirst(),
                comparison.occasion().source()));
    }

    @Override
    public Comparison decode(byte[] bytes) throws UndecodableException {
        var avro = comparisons.decode(bytes);
        List<ComparedResponse> responses = new ArrayList<>(avro.getResponses().size());
        for (var response : avro.getResponses()) {
            responses.add(new ComparedResponse(
                    response.getResponseId(), response.getPolicy(), PackedVectors.unpack(response.getFeatures())));
        }
        return new Comparison(
                avro.getPromptId(),
                responses,
                List.copyOf(avro.getRanking()),
                avro.getWeight(),
                avro.getFeatureSpace(),
                new Comparison.EncodedContext(
                        avro.getContextSpec(), avro.getOffset(), PackedVectors.unpack(avro.getContext())),
                new Occasion(
                        Map.copyOf(avro.getRawContext()),
                        avro.getJudgedAt(),
                        avro.getSession(),
                        avro.getShownFirst(),
                        avro.getSource()));
    }
}
