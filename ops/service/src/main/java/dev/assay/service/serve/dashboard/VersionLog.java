package dev.assay.service.serve.dashboard;

import dev.assay.service.serve.dashboard.Activity.Kind;
import dev.assay.service.serve.dashboard.Activity.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions published, of bounded number: there may be ten a second. What is left out is what is missed least, which is
 * close to its neighbours for its age; so the last minutes are there in full and the first in outline. Not for several threads.
 */
final class VersionLog {
    /** Versions kept. */
    static final int MOST = 300;

    private static final double WORTH_OF_A_RERUN = 8; // in updates

    private final TreeMap<Long, Version> versions = new TreeMap<>();

    /** Takes a version in; a later word on the same number replaces the earlier, unless it knows less. */
    void add(Version version) {
        Version before = versions.get(version.number());
        if (before == null || before.judgments() == null || version.judgments() != null) {
            versions.put(version.number(), version);
        }
        if (versions.size() > MOST) {
            versions.remove(leastMissed());
        }
    }

    /** @return judgments in that version; null: not known */
    @Nullable
    Long judgments(long number) {
        Version version = versions.get(number);
        return version == null ? null : version.judgments();
    }

    /** @return the oldest first */
    List<Version> all() {
        return List.copyOf(versions.values());
    }

    private long leastMissed() {
        List<Map.Entry<Long, Version>> all = new ArrayList<>(versions.entrySet());
        int last = all.size() - 1;
        long least = all.get(0).getKey();
        double leastWorth = Double.POSITIVE_INFINITY;
        for (int i = 1; i < last; i++) {
            double gap = 1 + millis(all.get(i - 1).getValue(), all.get(i + 1).getValue());
            double age = 1 + millis(all.get(i).getValue(), all.get(last).getValue());
            double worth = gap / age * (all.get(i).getValue().kind() == Kind.INCREMENTAL ? 1 : WORTH_OF_A_RERUN);
            if (worth < leastWorth) {
                leastWorth = worth;
                least = all.get(i).getKey();
            }
        }
        return least;
    }

    private static double millis(Version from, Version to) {
        return Math.max(
                0, Duration.between(from.publishedAt(), to.publishedAt()).toMillis());
    }
}
