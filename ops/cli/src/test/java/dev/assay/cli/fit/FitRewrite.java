package dev.assay.cli.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rewrites comparison files for tests. */
final class FitRewrite {
    private FitRewrite() {}

    /** Only the columns whose names pass. */
    static Path columns(Path from, Path to, Predicate<String> wanted) throws IOException {
        List<String> names = Arrays.asList(Files.readAllLines(from).get(0).split(","));
        List<Integer> kept = IntStream.range(0, names.size())
                .filter(i -> wanted.test(names.get(i)))
                .boxed()
                .toList();
        return rows(from, to, fields -> kept.stream().map(fields::get).toList());
    }

    /** Every line, the header included, through the function. */
    static Path rows(Path from, Path to, UnaryOperator<List<String>> change) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(from)) {
            lines.add(String.join(",", change.apply(Arrays.asList(line.split(",")))));
        }
        return Files.write(to, lines);
    }
}
