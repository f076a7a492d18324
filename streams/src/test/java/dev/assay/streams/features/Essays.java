package dev.assay.streams.features;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Seeded texts of made-up words, some far more frequent than others, 5 to 60 words long. */
public final class Essays {
    private static final String[] SYLLABLES = {"ka", "lo", "mi", "nu", "re", "sho", "ta", "ven", "wu", "xi", "yo", "zal"
    };

    private Essays() {}

    public static List<String> seeded(long seed, int count) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(5 + random.nextInt(55), 0, 400)
                        .mapToObj(draw -> word(draw * draw / 400))
                        .collect(Collectors.joining(" ", "", ".")))
                .toList();
    }

    private static String word(int number) {
        return number < 12 ? SYLLABLES[number] : word(number / 12) + SYLLABLES[number % 12];
    }
}
