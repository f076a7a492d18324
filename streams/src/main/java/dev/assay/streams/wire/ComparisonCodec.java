package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.StoredComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Comparisons of the compacted topic. */
public final class ComparisonCodec extends RecordCodec<StoredComparison, dev.assay.schemas.admit.Comparison> {
    /** Of bytes that no topic sees: Avro single objects. */
    public ComparisonCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ComparisonCodec(WireFormat wire) {
        super(wire, dev.assay.schemas.admit.Comparison.class, ComparisonCodec::write, ComparisonCodec::read);
    }

    private static dev.assay.schemas.admit.Comparison write(StoredComparison comparison) {
        List<dev.assay.schemas.admit.ComparedResponse> responses = comparison.responses().stream()
                .map(response -> new dev.assay.schemas.admit.ComparedResponse(
                        response.responseId(), response.policy(), PackedVectors.pack(response.features())))
                .toList();
        return new dev.assay.schemas.admit.Comparison(
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
                comparison.occasion().source());
    }

    private static StoredComparison read(dev.assay.schemas.admit.Comparison avro) throws UndecodableException {
        List<ComparedResponse> responses = new ArrayList<>(avro.getResponses().size());
        for (var response : avro.getResponses()) {
            responses.add(new ComparedResponse(
                    response.getResponseId(), response.getPolicy(), PackedVectors.unpack(response.getFeatures())));
        }
        StoredComparison comparison = new StoredComparison(
                avro.getPromptId(),
                responses,
                List.copyOf(avro.getRanking()),
                avro.getWeight(),
                avro.getFeatureSpace(),
                new StoredComparison.EncodedContext(
                        avro.getContextSpec(), avro.getOffset(), PackedVectors.unpack(avro.getContext())),
                new Occasion(
                        Map.copyOf(avro.getRawContext()),
                        avro.getJudgedAt(),
                        avro.getSession(),
                        avro.getShownFirst(),
                        avro.getSource()));
        comparison.requireSound();
        return comparison;
    }
}
