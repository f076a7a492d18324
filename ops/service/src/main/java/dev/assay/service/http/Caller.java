package dev.assay.service.http;

import dev.assay.streams.settings.CallerRole;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Set;

/**
 * Who sends a request, and what is left of what they may send.
 *
 * @param source names the source of judgments that name none
 * @param roles what they may do
 * @param budget judgments, retractions and erasures they may send now
 */
public record Caller(String source, Set<CallerRole> roles, Bucket budget) {
    /** @throws HttpProblem 429 if that is more than may be sent now; says when it no longer is */
    public void spend(int items) {
        if (items <= 0) {
            return;
        }
        ConsumptionProbe probe = budget.tryConsumeAndReturnRemaining(items);
        if (!probe.isConsumed()) {
            // A whole second more than rounded down: nobody should come a moment too early.
            long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw HttpProblem.later(429, "more than this token may send a second", Math.toIntExact(seconds));
        }
    }
}
