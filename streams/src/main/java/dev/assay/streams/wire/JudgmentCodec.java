package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.Retraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judgments and retractions, told apart by the schema their frame names. */
public final class JudgmentCodec extends EitherCodec<JudgmentMessage, Retraction, Judgment> {
    /** Of bytes that no topic sees: Avro single objects. */
    public JudgmentCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public JudgmentCodec(WireFormat wire) {
        super(
                Retraction.class,
                new RecordCodec<>(
                        wire, dev.assay.schemas.admit.Retraction.class, JudgmentCodec::toAvro, JudgmentCodec::fromAvro),
                Judgment.class,
                new RecordCodec<>(
                        wire, dev.assay.schemas.admit.Judgment.class, JudgmentCodec::toAvro, JudgmentCodec::fromAvro));
    }

    private static dev.assay.schemas.admit.Retraction toAvro(Retraction retraction) {
        return new dev.assay.schemas.admit.Retraction(
                retraction.judgmentId(), retraction.annotatorId(), null, retraction.source());
    }

    private static Retraction fromAvro(dev.assay.schemas.admit.Retraction avro) {
        return new Retraction(avro.getJudgmentId(), avro.getAnnotatorId(), avro.getSource());
    }

    private static dev.assay.schemas.admit.Judgment toAvro(Judgment judgment) {
        List<dev.assay.schemas.admit.JudgedResponse> responses = judgment.responses().stream()
                .map(response -> new dev.assay.schemas.admit.JudgedResponse(
                        response.responseId(),
                        response.policy(),
                        response.text(),
                        response.features() == null ? null : PackedVectors.pack(response.features())))
                .toList();
        return new dev.assay.schemas.admit.Judgment(
                judgment.judgmentId(),
                judgment.annotatorId(),
                judgment.promptId(),
                responses,
                judgment.ranking(),
                judgment.occasion().context(),
                judgment.weight(),
                judgment.featureSpace(),
                judgment.occasion().judgedAt(),
                judgment.occasion().session(),
                judgment.occasion().shownFirst(),
                judgment.occasion().source());
    }

    private static Judgment fromAvro(dev.assay.schemas.admit.Judgment avro) throws UndecodableException {
        List<JudgedResponse> responses = new ArrayList<>(avro.getResponses().size());
        for (var response : avro.getResponses()) {
            responses.add(new JudgedResponse(
                    response.getResponseId(),
                    response.getPolicy(),
                    response.getText(),
                    response.getFeatures() == null ? null : PackedVectors.unpack(response.getFeatures())));
        }
        return new Judgment(
                avro.getJudgmentId(),
                avro.getAnnotatorId(),
                avro.getPromptId(),
                responses,
                List.copyOf(avro.getPreference()),
                avro.getWeight(),
                avro.getFeatureSpace(),
                new Occasion(
                        Map.copyOf(avro.getContext()),
                        avro.getJudgedAt(),
                        avro.getSession(),
                        avro.getShownFirst(),
                        avro.getSource()));
    }
}
