package dev.assay.service.serve;

import dev.assay.service.http.HttpProblem;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.streams.features.SentResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The responses of a request to {@code /v1/score} or {@code /v1/best-of-n}, read from its bytes as the routes read them.
 *
 * @param featureSpace the space the client meant; null: the deployment's
 * @param responses in order
 */
public record RequestedResponses(@Nullable String featureSpace, List<SentResponse> responses) {
    /**
     * @param path the request was posted to
     * @throws HttpProblem if it cannot be read
     */
    public static RequestedResponses read(String path, byte[] request) {
        if (path.equals(ScoreRoute.PATH)) {
            ScoreRoute.Body body = RequestBody.read(request, ScoreRoute.Body.class);
            return of(body.featureSpace, body.responses);
        }
        if (path.equals(BestOfNRoute.PATH)) {
            BestOfNRoute.Body body = RequestBody.read(request, BestOfNRoute.Body.class);
            return of(body.featureSpace, body.candidates);
        }
        throw HttpProblem.of(404, "path must be one of those whose decisions are kept, was " + path);
    }

    private static RequestedResponses of(@Nullable String space, @Nullable List<@Nullable ResponseBody> responses) {
        List<SentResponse> sent = new ArrayList<>();
        for (ResponseBody response : responses == null ? List.<@Nullable ResponseBody>of() : responses) {
            if (response == null) {
                throw HttpProblem.of(400, "responses must be objects, was null");
            }
            sent.add(new SentResponse(response.floats(), response.text()));
        }
        return new RequestedResponses(space, sent);
    }
}
