package dev.assay.streams;

import dev.assay.estimator.descent.Method;
import dev.assay.estimator.simulation.Campaign;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.simulation.SimulatedJudgment;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small deployment and seeded judgments for it. */
public final class Deployments {
    /** Four features and one context attribute: d = 4, k = 4. */
    public static final Population POPULATION =
            new Population(7, new Campaign(4, 20, 6, 40, Campaign.DEMO.kinds(), -0.4, 1.5));

    private Deployments() {}

    /** Client vectors of dimension 4, annotator kind and fatigue, {@code shards} shards; a rerun from 100 judgments on. */
    public static Deployment small(int shards) {
        return small(shards, "PT1S");
    }

    /** @param interval of reruns */
    public static Deployment small(int shards, String interval) {
        return small(shards, interval, Method.ALTERNATING);
    }

    /** @param method of reruns, by as many rounds as it may need */
    public static Deployment small(int shards, String interval, Method method) {
        ServiceConfig config = ServiceConfig.parse("""
                model: small
                kafka: {bootstrap.servers: "localhost:1"}
                topics: {shards: %d}
                context:
                  attributes:
                    - {name: kind, kind: categorical, reference: regular, levels: [expert, novice, adversarial]}
                    - {name: fatigue, kind: numeric}
                features: {kind: vectors, name: small, dimension: 4}
                rerun: {interval: %s, minimum-judgments: 100, method: %s}
                """.formatted(shards, interval, method.label()), Map.of());
        return new Deployment(config, config.features().open(Path.of(".")));
    }

    /** Judgment {@code index} of the population. */
    public static Judgment judgment(long index) {
        SimulatedJudgment judgment = POPULATION.judgment(index);
        return new Judgment(
                "j" + index,
                "a" + judgment.annotator(),
                "p" + judgment.prompt(),
                List.of(response(judgment.prompt(), judgment.first()), response(judgment.prompt(), judgment.second())),
                judgment.preference() == 1 ? List.of(1, 2) : List.of(2, 1),
                1,
                null,
                Occasion.of(Map.of("kind", judgment.kind(), "fatigue", judgment.fatigue()), "test"));
    }

    private static JudgedResponse response(int prompt, int response) {
        double[] features = POPULATION.response(prompt, response).toArray();
        float[] floats = new float[features.length];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) features[j];
        }
        return new JudgedResponse("p" + prompt + "r" + response, null, null, floats);
    }
}
