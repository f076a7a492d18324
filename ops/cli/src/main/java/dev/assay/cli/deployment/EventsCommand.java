package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Event;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.EventCodec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay events}: what happened, and happens, one line of JSON each. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Print events as CloudEvents, one line of JSON each.")
public final class EventsCommand extends DeploymentCommand {
    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C; of what was, nothing.")
    private boolean follow;

    @Option(names = "--from-beginning", description = "With --follow: first all there is. Without, that is so anyway.")
    private boolean fromBeginning;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only events of this type; may be repeated. One of: ${COMPLETION-CANDIDATES}.")
    private List<Event.Type> types = List.of(Event.Type.values());

    @Override
    protected int run() throws Exception {
        Deployment opened = existing(Duration.ofSeconds(30));
        PrintWriter out = out();
        Printer printer = new Printer(opened, EnumSet.copyOf(types), out, err());
        try (TopicTail reader = Clients.tail(opened, opened.topics().events().name())) {
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
        return 0;
    }

    /** Prints the events that were asked for, each at once. */
    private record Printer(Deployment deployment, EnumSet<Event.Type> types, PrintWriter out, PrintWriter err) {
        void print(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null) {
                return;
            }
            try {
                Event event = new EventCodec(deployment.wire()).decode(record.value());
                String source = "/assay/" + deployment.topics().prefix() + deployment.model();
                if (types.contains(event.type()) && event.model().equals(deployment.model())) {
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
