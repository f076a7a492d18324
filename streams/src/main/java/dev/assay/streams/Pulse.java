package dev.assay.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a role gets on, by looks at it from outside. It lives if a thread of it lives, asks for records as often as its group
 * wants, commits what it processes, and does not stand still while more and more waits. None of it turns bad because the
 * brokers are away: threads ask on, nothing is processed, and nobody hears that more waits. So whoever does not live is helped
 * by a restart.
 */
final class Pulse {
    /** A thread that has failed closes its clients: the producer takes 10 s, and a request that it waits for 30; each consumer 30. */
    static final Duration DIES_WITHIN = Duration.ofMinutes(2);

    private static final Duration WITHOUT_THREADS = Duration.ofSeconds(30);
    private static final Duration STANDS_STILL = Duration.ofMinutes(2);
    private static final Duration JUST_NOW = Duration.ofSeconds(30);

    private final Duration pollInterval;
    private final Map<String, Change> polls = new HashMap<>();
    private final LagTrend trend = new LagTrend();
    private final Change processed = new Change();
    private final Change committed = new Change();
    private final Since uncommitted = new Since();
    private final Since waiting = new Since();
    private final Since threadless = new Since();
    private double lag;
    private long risenNanos;
    private boolean everRisen;
    private List<String> dead = List.of();
    private List<String> wrong = List.of();

    /** When a number was last another one. */
    private static final class Change {
        private double value;
        private long nanos;

        /** @return whether it is another one now */
        boolean look(double now, long at) {
            boolean changed = now != value;
            value = now;
            nanos = changed ? at : nanos;
            return changed;
        }
    }

    /** Since when something has been so; it is not, until it begins. */
    private static final class Since {
        private boolean so;
        private long nanos;

        void begin(long at) {
            nanos = so ? nanos : at;
            so = true;
        }

        void end() {
            so = false;
        }

        boolean longerThan(Duration time, long at) {
            return so && at - nanos > time.toNanos();
        }

        long seconds(long at) {
            return Duration.ofNanos(at - nanos).toSeconds();
        }
    }

    /** @param pollInterval after which the group takes the partitions of a thread that has not asked for records */
    Pulse(Duration pollInterval) {
        this.pollInterval = pollInterval;
    }

    /** Looks again; looks are in the order of time, some seconds apart. */
    synchronized void look(Look look) {
        follow(look);
        List<String> reasons = new ArrayList<>();
        long now = look.nanos();
        if (look.failed() || threadless.longerThan(WITHOUT_THREADS, now)) {
            reasons.add("threads dead");
        }
        if (look.dying().compareTo(DIES_WITHIN) > 0) {
            reasons.add("a thread that failed has not ended for " + look.dying().toSeconds() + " s");
        }
        polls.forEach((name, change) -> {
            if (now - change.nanos > pollInterval.multipliedBy(2).toNanos()) {
                long seconds = Duration.ofNanos(now - change.nanos).toSeconds();
                reasons.add(name + " has not asked for records for " + seconds + " s");
            }
        });
        if (uncommitted.longerThan(STANDS_STILL, now) && now - processed.nanos <= JUST_NOW.toNanos()) {
            reasons.add("nothing committed for " + uncommitted.seconds(now) + " s");
        }
        boolean rises = everRisen && now - risenNanos <= JUST_NOW.toNanos();
        if (look.running() && waiting.longerThan(STANDS_STILL, now) && rises) {
            reasons.add("more and more waits, and nothing has been processed for " + waiting.seconds(now) + " s");
        }
        dead = List.copyOf(reasons);
        int missing = look.wanted() - look.threads().size();
        if (missing > 0 && !reasons.contains("threads dead")) {
            reasons.add(missing + " of " + look.wanted() + " threads dead");
        }
        if (trend.seconds() > 0) {
            reasons.add("lag grows " + trend.seconds() + " s");
        }
        wrong = List.copyOf(reasons);
    }

    private void follow(Look look) {
        long now = look.nanos();
        polls.keySet().retainAll(look.threads().keySet());
        double records = 0;
        double commits = 0;
        for (Map.Entry<String, Look.Work> thread : look.threads().entrySet()) {
            Look.Work work = thread.getValue();
            Change before = polls.get(thread.getKey());
            if (before == null) {
                before = new Change();
                before.nanos = now;
                polls.put(thread.getKey(), before);
            }
            before.look(work.polls(), now);
            records += work.processed();
            commits += work.commits();
        }
        if (look.threads().isEmpty()) {
            threadless.begin(now);
        } else {
            threadless.end();
        }
        boolean worked = processed.look(records, now);
        // First what has ended: what was processed since the commit is seen at the next look.
        if (committed.look(commits, now)) {
            uncommitted.end();
        } else if (worked) {
            uncommitted.begin(now);
        }
        if (worked) {
            waiting.end();
        }
        look.lag().ifPresent(latest -> {
            if (latest > lag) {
                risenNanos = now;
                everRisen = true;
                waiting.begin(now);
            }
            lag = latest;
            trend.look(now, latest, processed.value);
        });
    }

    /** @return why a restart is due; empty: it lives */
    synchronized List<String> dead() {
        return dead;
    }

    /** @return what is wrong with it, what is dead included; empty: nothing */
    synchronized List<String> wrong() {
        return wrong;
    }

    /** @return for how long lag has been growing; 0: it does not */
    synchronized long lagGrowingSeconds() {
        return trend.seconds();
    }
}
