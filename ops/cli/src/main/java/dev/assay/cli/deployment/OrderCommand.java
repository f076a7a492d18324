package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Failures;
import dev.assay.cli.command.Timeouts;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that goes to a running deployment as a record: it has an id, and its end can be waited for. */
abstract class OrderCommand extends DeploymentCommand {
    @Option(names = "--id", paramLabel = "ID")
    private String id = UUID.randomUUID().toString();

    @Option(names = "--wait")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS")
    private int timeoutSeconds = 600;

    /** @throws InvalidInputException naming option, bound and value */
    final String commandId() {
        if (id.isBlank() || id.length() > Judgment.LONGEST_ID || id.contains(",")) {
            throw new InvalidInputException("--id must have 1 to " + Judgment.LONGEST_ID + " characters, no comma, was "
                    + (id.length() > Judgment.LONGEST_ID ? id.length() + " characters" : "'" + id + "'"));
        }
        Timeouts.required(timeoutSeconds);
        return id;
    }

    /** Sends, prints the id, and waits where that was asked for. */
    final int send(Deployment deployment, Command command)
            throws ExecutionException, InterruptedException, TimeoutException {
        // The reader stands at the end before the command is there, so that no answer is missed.
        try (TopicTail events =
                Clients.tail(deployment, deployment.topics().events().name()).fromEnd()) {
            try (KafkaProducer<byte[], byte[]> producer = Clients.producer(deployment)) {
                producer.send(CommandRecords.of(deployment).record(command)).get();
            }
            say("command " + command.commandId());
            return wait ? await(events, Codec.events(deployment.wire()), command) : 0;
        }
    }

    private int await(TopicTail events, Codec<Event> codec, Command command) throws TimeoutException {
        long deadline = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
        CommandOutcome[] ended = new CommandOutcome[1];
        while (ended[0] == null) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no event says within " + timeoutSeconds + " s how command "
                        + command.commandId() + " ended; it is on its topic and stands. Is an estimator running?");
            }
            events.poll().forEach(record -> {
                Event event = decoded(codec, record.value());
                Optional<CommandOutcome> outcome =
                        event == null || ended[0] != null ? Optional.empty() : CommandOutcome.of(command, event);
                if (event != null && outcome.isPresent()) {
                    ended[0] = outcome.get();
                    say(CloudEventJson.typeOf(event) + " " + event.getMessage()
                            + (event.getParameterVersion() == null
                                    ? ""
                                    : " Version " + event.getParameterVersion() + "."));
                }
            });
        }
        return ended[0] == CommandOutcome.DONE ? 0 : Failures.FAILED;
    }

    private static @Nullable Event decoded(Codec<Event> codec, byte @Nullable [] value) {
        try {
            return value == null ? null : codec.decode(value);
        } catch (UndecodableException e) {
            return null; // Of a newer version perhaps; not the answer we know.
        }
    }
}
