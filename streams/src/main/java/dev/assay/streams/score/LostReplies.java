package dev.assay.streams.score;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record the broker does not take. To fail would stop the worker, and its successor at the same record: a
 * client could end all of them with one request. So it is dropped and said. Only what a broker in trouble may take later is
 * tried again, and of that not what goes to a client's own topic.
 */
public final class LostReplies implements ProductionExceptionHandler {
    /** Setting: what the names of clients' own reply topics begin with. */
    public static final String OWN_REPLIES = "assay.own-replies";

    private static final Logger LOG = LoggerFactory.getLogger(LostReplies.class);

    private String ownReplies = "";

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> lost, Exception failure) {
        boolean own = !ownReplies.isEmpty() && lost.topic().startsWith(ownReplies);
        if (failure instanceof RetriableException && !own) {
            return Response.fail();
        }
        LOG.atWarn()
                .addKeyValue("topic", lost.topic())
                .addKeyValue("reason", failure.getClass().getSimpleName())
                .log("a record was not taken and is lost");
        return Response.resume();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        Object beginning = settings.get(OWN_REPLIES);
        ownReplies = beginning == null ? "" : beginning.toString();
    }
}
