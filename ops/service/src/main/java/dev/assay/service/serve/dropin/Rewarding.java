package dev.assay.service.serve.dropin;

import dev.assay.streams.features.SentResponse;
import java.util.List;

/** Where rewards come from. */
@FunctionalInterface
interface Rewarding {
    /**
     * @param field their name in the request, for what is wrong with them
     * @param responses texts or vectors
     * @return from one snapshot, in their order
     * @throws RuntimeException with field, bound and value if there are none, too many, or one that cannot be scored
     */
    Rewards of(String field, List<SentResponse> responses);
}
