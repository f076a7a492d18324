package dev.assay.service.serve.desk;

import dev.assay.service.http.Doc;
import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.NotScored;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.settings.ServeSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether answers can be given, and from something fresh: snapshot present, of this feature space, and the newest there is.
 *
 * @param sinceConfirmed how long ago the broker said that there is nothing newer; zero where that does not matter
 */
public record Readiness(
        ScoringDesk desk, ServeSettings settings, Supplier<Duration> sinceConfirmed, InstantSource clock) {
    /** That they can. */
    @Doc(name = "ScorerReady")
    public record Answering(
            @Doc("Whether answers can be given.") boolean ready,

            @Doc("Answered from.") long parameterVersion,

            @Doc("Answered in.") String featureSpace) {}

    /** @return why it is not ready; empty if it is */
    public Optional<String> why() {
        ScoringModel model;
        try {
            model = desk.model();
        } catch (NotScored e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Duration unconfirmed = sinceConfirmed.get();
        if (unconfirmed.compareTo(settings.staleAfter()) > 0) {
            return Optional.of("Kafka has not said for " + unconfirmed.toSeconds()
                    + " s whether there is a newer snapshot; serve.stale-after is " + settings.staleAfter());
        }
        Duration age = age(model.snapshot());
        if (settings.maxAge() != null && age.compareTo(settings.maxAge()) > 0) {
            return Optional.of(
                    "the newest snapshot is " + age.toSeconds() + " s old; serve.max-age is " + settings.maxAge());
        }
        return Optional.empty();
    }

    /** {@code GET /health/ready}. */
    public HttpAnswer answer() {
        return why().map(Health.Ready::no).orElseGet(() -> {
            ParameterSnapshot snapshot = desk.model().snapshot();
            return new HttpAnswer(
                    200,
                    new Answering(true, snapshot.version(), snapshot.spaces().featureSpace()));
        });
    }

    private Duration age(ParameterSnapshot snapshot) {
        return Duration.between(snapshot.origin().publishedAt(), clock.instant());
    }
}
