package dev.assay.cli.fit;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the columns are called where they came from, and what their parameters are called in a report.
 *
 * @param rewards      of z, size d
 * @param contexts     of ψ, size k
 * @param parameters   of θ then γ, size p
 */
record ColumnNames(List<String> rewards, List<String> contexts, List<String> parameters) {
    private static final Pattern INDEXED = Pattern.compile("\\b(z|reward|psi|rationality)\\[(\\d+)]");

    /** Of a CSV file: {@code z_1 ...} and {@code psi_1 ...} for {@code theta_1 ...} and {@code gamma_1 ...}. */
    static ColumnNames numbered(int d, int k) {
        return new ColumnNames(
                numbered("z_", d),
                numbered("psi_", k),
                Stream.concat(numbered("theta_", d).stream(), numbered("gamma_", k).stream())
                        .toList());
    }

    /** Of a feature space and a context spec, whose parameters have no names of their own. */
    static ColumnNames named(List<String> rewards, List<String> contexts) {
        return new ColumnNames(
                rewards,
                contexts,
                Stream.concat(rewards.stream(), contexts.stream()).toList());
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    /** The estimator counts columns from 0; whoever reads the message knows them by name. */
    String inWords(String message) {
        return INDEXED.matcher(message.replace("ψ₀", "psi0"))
                .replaceAll(match -> Matcher.quoteReplacement(name(match)));
    }

    private String name(MatchResult match) {
        boolean reward = match.group(1).equals("z") || match.group(1).equals("reward");
        return (reward ? rewards : contexts).get(Integer.parseInt(match.group(2)));
    }
}
