package dev.assay.estimator.descent;

import dev.assay.estimator.choice.Parameters;
import java.util.List;

/** Single questions, as tests of shards ask them. */
final class Orders {
    private Orders() {}

    static RoundOrder at(Parameters point, Wanted wanted, Parameters... trials) {
        return new RoundOrder("test", 1, point, List.of(trials), wanted, DescentState.first(false));
    }
}
