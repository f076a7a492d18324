package dev.assay.cli.command;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal, nothing elsewhere. */
public final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    public static Progress of(String task, String unit, long steps) {
        return of(task, unit, 1, steps);
    }

    /** @param bytes how many there are to be read; the time left is told of them. -1: nobody knows */
    public static Progress ofBytes(String task, long bytes) {
        return of(task, "MB", 1_000_000, bytes);
    }

    private static Progress of(String task, String unit, long unitSize, long steps) {
        if (!Boolean.getBoolean(
                "assay.terminal")) { // set by ops/assay: Java tells a terminal from a pipe only since 22
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, unitSize)
                .setInitialMax(steps)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build());
    }

    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    /**
     * @param steps done so far
     * @param count of what else is counted
     */
    public void at(long steps, long count, String unit) {
        if (bar != null) {
            bar.stepTo(steps);
            bar.setExtraMessage(String.format(Locale.ROOT, ", %,d %s", count, unit));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
