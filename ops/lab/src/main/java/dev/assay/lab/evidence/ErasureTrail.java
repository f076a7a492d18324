package dev.assay.lab.evidence;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Command;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What commands and deny list say of the erasures, for the finding that one had no effect. */
public final class ErasureTrail {
    private final List<String> steps = new ArrayList<>();
    private final CommandCodec commands;
    private final Codec<Erasure> erasures;

    private ErasureTrail(WireFormat wire) {
        commands = new CommandCodec(wire);
        erasures = Codec.erasures(wire);
    }

    public static String of(Deployment deployment) {
        ErasureTrail trail = new ErasureTrail(deployment.wire());
        int parameters = deployment.shape().parameters();
        trail.read(deployment, deployment.topics().commands(parameters).name());
        trail.read(deployment, deployment.topics().erasures().name());
        return String.join(", ", trail.steps);
    }

    private void read(Deployment deployment, String topic) {
        Clients.read(
                deployment,
                topic,
                record -> steps.add(record.partition() + "@" + record.offset() + " " + told(record)));
    }

    private String told(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return "nothing";
        }
        try {
            if (record.topic().endsWith("commands")) {
                Command command = commands.decode(record.value());
                return command instanceof Command.EraseAnnotator erase
                        ? "command " + erase.commandId() + " for " + erase.annotatorId()
                        : "command " + command.commandId();
            }
            Erasure erasure = erasures.decode(record.value());
            return erasure.getState() + " " + erasure.getCommandId() + " for " + erasure.getAnnotatorId();
        } catch (UndecodableException e) {
            return "unreadable";
        }
    }
}
