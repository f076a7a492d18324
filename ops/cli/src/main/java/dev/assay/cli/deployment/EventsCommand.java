package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.EventType;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay events}: what happened, and happens, one line of JSON each. */
@Command(name = "events", mixinStandardHelpOptions = true)
public final class EventsCommand extends DeploymentCommand {
    @Option(names = "--follow")
    private boolean follow;

    @Option(names = "--from-beginning")
    private boolean fromBeginning;

    @Option(names = "--type", paramLabel = "TYPE")
    private List<EventType> types = List.of(EventType.values());

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
                reader.poll().forEach(printer::print);
            }
        }
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
                if (types.contains(EventType.of(event)) && event.getModel().equals(deployment.model())) {
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
