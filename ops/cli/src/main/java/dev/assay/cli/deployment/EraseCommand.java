package dev.assay.cli.deployment;

import dev.assay.service.ingest.Pseudonyms;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Judgment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay erase}: forget an annotator, for good. */
@Command(name = "erase", mixinStandardHelpOptions = true)
public final class EraseCommand extends OrderCommand {
    private static final Pattern PSEUDONYM = Pattern.compile("p-[0-9a-f]{32}"); // as Pseudonyms makes them

    @Parameters(
            paramLabel = "ANNOTATOR",
            description = "Id of the annotator, as the platform knows it, or the pseudonym.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String annotator;

    @Option(names = "--yes")
    private boolean confirmed;

    @Override
    protected int run() throws Exception {
        if (annotator.isEmpty() || annotator.length() > Judgment.LONGEST_ID) {
            throw new InvalidInputException(
                    "ANNOTATOR must have 1 to " + Judgment.LONGEST_ID + " characters, has " + annotator.length());
        }
        String id = commandId();
        Deployment opened = configured();
        say(consequences(opened));
        if (!confirmed && !confirmedByHand()) {
            return failed("nothing was erased; answer with the annotator's id, or use --yes");
        }
        Clients.requireTopics(opened, PATIENCE);
        return send(opened, new dev.assay.streams.model.Command.EraseAnnotator(id, known(opened), Instant.now()));
    }

    /** As the topics know them: where gateways make pseudonyms, by theirs. */
    private String known(Deployment opened) {
        boolean pseudonym = PSEUDONYM.matcher(annotator).matches();
        Pseudonyms pseudonyms =
                new Pseudonyms(opened.config().servers().gateway().keys().pseudonymKey());
        return pseudonym ? annotator : Objects.requireNonNull(pseudonyms.of(annotator));
    }

    private static String consequences(Deployment opened) {
        var topics = opened.topics();
        return "Erasing cannot be undone. Out of the statistics at once, out of the estimate with the next snapshot;\n"
                + "out of " + topics.comparisons().name() + " and "
                + topics.annotators().name() + " within their compaction lag ("
                + hours(topics.comparisons().settings().getOrDefault("max.compaction.lag.ms", "0"))
                + " h); out of " + topics.judgments().name() + " and "
                + topics.refusedJudgments().name() + " by retention ("
                + topics.judgments().retention().toDays() + " and "
                + topics.refusedJudgments().retention().toDays() + " days). "
                + topics.erasures().name() + " keeps the id, to refuse what comes later.";
    }

    private static long hours(String millis) {
        return Duration.ofMillis(Long.parseLong(millis)).toHours();
    }

    private boolean confirmedByHand() throws IOException {
        out().print("Type the annotator's id to go on: ");
        out().flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return annotator.equals(answer);
    }
}
