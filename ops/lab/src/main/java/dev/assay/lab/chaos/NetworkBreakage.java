package dev.assay.lab.chaos;

import dev.assay.lab.network.Line;
import dev.assay.lab.network.Trouble;
import dev.assay.lab.process.Network;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** One direction between a slot and the brokers is in trouble, drawn from the seed; what is cut may be cut in both. */
final class NetworkBreakage implements Breakage {
    private static final Duration LEAST_DELAY = Duration.ofMillis(50);
    private static final Duration MOST_DELAY = Duration.ofMillis(500);
    private static final int BYTES_PER_SECOND = 20_000;

    private final Network network;
    private final Supplier<Trouble> trouble;
    private final boolean perhapsBoth;
    private final SplittableRandom random;

    private NetworkBreakage(Network network, Supplier<Trouble> trouble, boolean perhapsBoth, SplittableRandom random) {
        this.network = network;
        this.trouble = trouble;
        this.perhapsBoth = perhapsBoth;
        this.random = random;
    }

    static Breakage cut(Network network, SplittableRandom random) {
        return new NetworkBreakage(network, Trouble::cut, true, random);
    }

    static Breakage delay(Network network, SplittableRandom random) {
        SplittableRandom delays = random.split();
        return new NetworkBreakage(
                network, () -> Trouble.delayed(LEAST_DELAY, MOST_DELAY, delays.split()), false, random);
    }

    static Breakage throttle(Network network, SplittableRandom random) {
        return new NetworkBreakage(network, () -> Trouble.throttled(BYTES_PER_SECOND), false, random);
    }

    @Override
    public void begin(int slot) {
        Network.Way way = network.way(slot);
        List<List<Line>> choices = List.of(List.of(way.there()), List.of(way.back()), List.of(way.there(), way.back()));
        choices.get(random.nextInt(perhapsBoth ? 3 : 2)).forEach(line -> line.suffer(trouble.get()));
    }

    @Override
    public void end(int slot) {
        network.way(slot).mend();
    }
}
