package dev.assay.cli.deployment;

import dev.assay.streams.wire.Codec;
import dev.assay.streams.model.EventType;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.TopicReader;
import dev.assay.streams.Deployment;
import dev.assay.schemas.publish.Event;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay events}: what happened, and happens, one line of JSON each. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Print events as CloudEvents, one line of JSON each.")
public final class EventsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C; of what was, nothing.")
    private boolean follow;

    @Option(names = "--from-beginning", description = "With --follow: first all there is. Without, that is so anyway.")
    private boolean fromBeginning;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only events of this type; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<EventType> types = List.of(EventType.values());

    @Override
    public Integer call() throws Exception {
        Deployment opened = deployment.open();
        Clients.requireTopics(opened, Duration.ofSeconds(30));
        PrintWriter out = spec.commandLine().getOut();
        Printer printer = new Printer(
                opened, EnumSet.copyOf(types), out, spec.commandLine().getErr());
        try (TopicReader reader =
                new TopicReader(opened, opened.topics().events().name())) {
            if (follow && !fromBeginning) {
                reader.fromEnd();
            }
            if (!follow) {
                reader.readToEnd(printer::print);
            }
            while (follow && !out.checkError()) { // ends too when nobody reads the pipe any more
                reader.poll(printer::print);
            }
        }
        out.flush();
        return 0;
    }

    /** Prints the events that were asked for, each at once. */
    private record Printer(Deployment deployment, EnumSet<EventType> types, PrintWriter out, PrintWriter err) {
        void print(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null) {
                return;
            }
            try {
                Event event = Codec.events(deployment.wire()).decode(record.value());
                String source = "/assay/" + deployment.topics().prefix() + deployment.model();
                if (types.contains(event.getType()) && event.getModel().equals(deployment.model())) {
                    out.println(CloudEventJson.line(event, record.headers(), source));
                    out.flush();
                }
            } catch (UndecodableException e) {
                err.println("assay: the event at " + record.topic() + " offset " + record.offset() + " cannot be read: "
                        + e.getMessage());
            }
        }
    }
}
