package dev.assay.service.http;

import dev.assay.estimator.algebra.Require;
import java.time.Duration;

/**
 * What a server bears from its clients before it has heard what they want. None of it holds a thread: a body that is not there
 * yet costs its bytes and a place in a list, an idle connection a descriptor.
 *
 * @param window in which bytes are counted, and in which the head of a request must be there whole; above 0
 * @param leastBytes of a body that must arrive in each window, 1,024 a second by default; what is slower is answered 408
 * @param linger how long a refusal waits for the rest of the body: who is still sending would only see the connection break
 * @param arriving bodies that may be on their way at once, at least 1: of the address with most of them, the one that has
 *     been longest on its way is answered 408 in favour of the next
 * @param connections that may be open, at least 1: of the address with most of them, one that asks nothing is closed in favour
 *     of the next
 */
public record ClientBounds(Duration window, int leastBytes, Duration linger, int arriving, int connections) {
    /** Those of all servers. */
    public static final ClientBounds DEFAULTS =
            new ClientBounds(Duration.ofSeconds(10), 10_240, Duration.ofSeconds(2), 2048, 8192);

    /** @throws IllegalArgumentException naming bound and value */
    public ClientBounds {
        Require.that(window.toMillis() > 0, "window must be above 0, was %s", window);
        Require.that(arriving >= 1, "arriving must be at least 1, was %s", arriving);
        Require.that(connections >= 1, "connections must be at least 1, was %s", connections);
    }
}
