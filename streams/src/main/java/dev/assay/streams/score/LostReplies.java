package dev.assay.streams.score;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record the broker does not take. To fail would stop the worker, and its successor at the same record: a
 * client could end all of them with one request. So it is dropped and said. Only a reply on the common topic that a broker in
 * trouble may take later is tried again; a decision holds nobody up, nor does a client's own topic.
 */
public final class LostReplies implements ProductionExceptionHandler {
    /** Setting: the common topic of replies. */
    public static final String COMMON_REPLIES = "assay.common-replies";

    /** Setting: the {@link Counter} of records lost. */
    public static final String LOST = "assay.lost-replies";

    private static final Logger LOG = LoggerFactory.getLogger(LostReplies.class);

    private String commonReplies = "";
    private @Nullable Counter count;

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> lost, Exception failure) {
        if (failure instanceof RetriableException && lost.topic().equals(commonReplies)) {
            return Response.fail();
        }
        if (count != null) {
            count.increment();
        }
        LOG.atWarn()
                .addKeyValue("topic", lost.topic())
                .addKeyValue("reason", failure.getClass().getSimpleName())
                .log("a record was not taken and is lost");
        return Response.resume();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        commonReplies = String.valueOf(settings.get(COMMON_REPLIES));
        count = (Counter) settings.get(LOST);
    }
}
