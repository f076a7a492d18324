package dev.assay.cli.demo;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.simulation.Population;
import dev.assay.estimator.simulation.SimulatedJudgment;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.ScoreRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A demo on a seeded campaign whose true parameters are known. */
public final class SimulatedCampaign {
    static final long SEED = 20_251_203;

    private static final int JUDGMENTS = 20_000;
    private static final int PROMPTS = 3;
    private static final int RANKED_PROMPTS = 40;

    private SimulatedCampaign() {}

    /**
     * Draws the campaign and writes the deployment's config.
     *
     * @param work where the config goes
     * @param bootstrapServers of the broker
     */
    public static DemoCampaign draw(Path work, String bootstrapServers) throws IOException {
        Population population = Population.seeded(SEED);
        Path config = work.resolve("assay.yaml");
        Files.writeString(config, yaml(population, bootstrapServers));
        ServiceConfig service = ServiceConfig.read(config);
        List<Judgment> judgments = population
                .judgments(0)
                .limit(JUDGMENTS)
                .map(judgment -> judgment(judgment, population))
                .toList();
        return new DemoCampaign(
                JUDGMENTS + " judgments of a simulated campaign, seed " + SEED,
                config,
                new Deployment(service, service.features().open(work)),
                DemoCampaign.Judgments.split(judgments),
                prompts(population),
                policies(population),
                population.truth(),
                -1);
    }

    private static String yaml(Population population, String bootstrapServers) {
        String levels = population.campaign().kinds().stream()
                .skip(1)
                .map(kind -> kind.name())
                .collect(Collectors.joining(", "));
        return """
                model: simulated
                kafka:
                  bootstrap.servers: %s
                topics:
                  shards: 4
                context:
                  offset: 1.0
                  attributes:
                    - {name: kind, kind: categorical, reference: %s, levels: [%s]}
                    - {name: fatigue, kind: numeric}
                features:
                  kind: vectors
                  name: simulated
                  dimension: %d
                rerun:
                  interval: PT1S
                  minimum-judgments: 2000
                """.formatted(
                        bootstrapServers,
                        population.campaign().kinds().get(0).name(),
                        levels,
                        population.campaign().rewardDimension());
    }

    private static Judgment judgment(SimulatedJudgment judgment, Population population) {
        return new Judgment(
                "j" + judgment.index(),
                "a" + judgment.annotator(),
                "p" + judgment.prompt(),
                List.of(
                        response(judgment.prompt(), judgment.first(), population),
                        response(judgment.prompt(), judgment.second(), population)),
                judgment.preference() == 1 ? List.of(1, 2) : List.of(2, 1),
                1,
                null,
                Occasion.of(Map.of("kind", judgment.kind(), "fatigue", judgment.fatigue()), "simulated"));
    }

    private static JudgedResponse response(int prompt, int response, Population population) {
        return new JudgedResponse(
                "p" + prompt + "r" + response, null, null, floats(population.response(prompt, response)));
    }

    private static List<DemoCampaign.Prompt> prompts(Population population) {
        List<DemoCampaign.Prompt> prompts = new ArrayList<>();
        for (int prompt = 0; prompt < PROMPTS; prompt++) {
            List<Vector> responses = population.responses(prompt);
            String id = "p" + prompt;
            prompts.add(new DemoCampaign.Prompt(
                    "simulated prompt " + id,
                    IntStream.range(0, responses.size())
                            .mapToObj(r -> new ScoreRequest.Candidate(id + "r" + r, null, floats(responses.get(r))))
                            .toList()));
        }
        return prompts;
    }

    /** Two that answer alike, by a response drawn, and one that takes the truly better of the two. */
    private static PolicyResponses policies(Population population) {
        Vector reward = population.truth().reward();
        List<Vector> first = drawn(population, 0);
        List<Vector> second = drawn(population, 1);
        List<Vector> better = IntStream.range(0, RANKED_PROMPTS)
                .mapToObj(i -> reward.dot(first.get(i)) >= reward.dot(second.get(i)) ? first.get(i) : second.get(i))
                .toList();
        return new PolicyResponses(
                List.of("one draw", "another draw", "better of both"),
                Stream.of(first, second, better)
                        .map(answers -> answers.stream()
                                .map(answer -> Vector.ofFloats(floats(answer)))
                                .toList())
                        .toList());
    }

    private static List<Vector> drawn(Population population, int response) {
        return IntStream.range(0, RANKED_PROMPTS)
                .mapToObj(prompt -> population.response(prompt, response))
                .toList();
    }

    private static float[] floats(Vector vector) {
        float[] floats = new float[vector.size()];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) vector.get(j);
        }
        return floats;
    }
}
