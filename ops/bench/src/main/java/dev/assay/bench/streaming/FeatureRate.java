package dev.assay.bench.streaming;

import dev.assay.bench.http.InstantEmbeddings;
import dev.assay.service.ingest.formats.FolderResponses;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.model.Judgment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * How many responses a second become features, by one thread and by two: by the built-in analysis of text, and by an
 * embedding server that answers at once, asked for one judgment at a time as the stream asks? And how many of them does an
 * admitting task remember, if the judgments of a folder come in their order? {@code ops/bench/features FOLDER}.
 */
public final class FeatureRate {
    private static final int COMPONENTS = 64;
    private static final int EMBEDDING = 384;
    private static final int MOST_EMBEDDED = 4_000; // texts

    private final List<List<SentResponse>> pairs = new ArrayList<>();
    private final FolderResponses responses;
    private final List<Judgment> judgments = new ArrayList<>();
    private final int rounds;
    private final Figures figures = new Figures("features");

    private FeatureRate(Path folder, int rounds) throws Exception {
        this.rounds = rounds;
        responses = NeutralFolder.responses(folder);
        NeutralFolder.judgments(folder, responses, judgments::add);
        List<SentResponse> texts = responses.values().stream()
                .map(response -> new SentResponse(null, Objects.requireNonNull(response.text(), "a response's text")))
                .toList();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            pairs.add(texts.subList(i, i + 2));
        }
    }

    /** @param args folder; rounds, default 5 */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        new FeatureRate(Path.of(args[0]), rounds).measure();
    }

    private void measure() throws Exception {
        List<String> texts = responses.values().stream()
                .map(response -> String.valueOf(response.text()))
                .toList();
        figures.add("responses", texts.size());
        figures.add(
                "characters a response",
                texts.stream().mapToInt(String::length).average().orElseThrow());
        long begin = System.nanoTime();
        FeatureSpace text = TextFeatureSpace.fit("text", texts, Math.min(COMPONENTS, texts.size() - 1));
        figures.add("fit of the text space, s", (System.nanoTime() - begin) / 1e9);
        rates("text features", text, pairs);
        try (InstantEmbeddings server = InstantEmbeddings.start(EMBEDDING)) {
            ServiceConfig config = ServiceConfig.parse("""
                    kafka: {bootstrap.servers: none}
                    features: {kind: embeddings, contract: tei, url: "%s", dimension: %d}
                    """.formatted(server.address(), EMBEDDING), Map.of());
            FeatureSpace embeddings = config.features().open(Path.of("."));
            rates(
                    "embeddings of dimension " + EMBEDDING + " by a server that answers at once",
                    embeddings,
                    pairs.subList(0, Math.min(pairs.size(), MOST_EMBEDDED / 2)));
        }
        remembered(text, 1);
        remembered(text, 4);
        figures.print();
    }

    private void rates(String what, FeatureSpace space, List<List<SentResponse>> from) throws Exception {
        rate(space, from, 2); // the warm-up
        for (int threads = 1; threads <= 2; threads++) {
            double[] rates = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                rates[round] = rate(space, from, threads);
            }
            figures.add(
                    what + ", responses/s, " + threads + (threads == 1 ? " thread" : " threads") + ", median",
                    Figures.median(rates));
        }
    }

    private static double rate(FeatureSpace space, List<List<SentResponse>> from, int threads) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> parts = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                int first = part;
                parts.add(() -> {
                    int made = 0;
                    for (int i = first; i < from.size(); i += threads) {
                        made += space.features(null, from.get(i)).size();
                    }
                    return made;
                });
            }
            long begin = System.nanoTime();
            int made = 0;
            for (Future<Integer> part : workers.invokeAll(parts)) {
                made += part.get();
            }
            return made / ((System.nanoTime() - begin) / 1e9);
        } finally {
            workers.shutdown();
        }
    }

    /** Judgments go to tasks by annotator, as on the topic; each task has a memory of its own. */
    private void remembered(FeatureSpace space, int tasks) throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        List<RememberedFeatures> memories = IntStream.range(0, tasks)
                .mapToObj(task -> new RememberedFeatures(space, RememberedFeatures.USUAL_CAPACITY, meters, "admit"))
                .toList();
        long begin = System.nanoTime();
        for (Judgment judgment : judgments) {
            byte[] key = String.valueOf(judgment.annotatorId()).getBytes(StandardCharsets.UTF_8);
            int task = Utils.toPositive(Utils.murmur2(key)) % tasks;
            memories.get(task)
                    .features(
                            null,
                            judgment.responses().stream()
                                    .map(response -> new SentResponse(null, response.text()))
                                    .toList());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double hits = meters.get("admit.features.remembered").counter().count();
        double made = meters.get("admit.features.made").counter().count();
        String by = tasks + (tasks == 1 ? " task" : " tasks");
        figures.add("remembered by " + by + ", %", 100 * hits / (hits + made));
        figures.add("made by " + by, (long) made);
        figures.add("judgments/s of features with memory, 1 thread, " + by, judgments.size() / seconds);
    }
}
