package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Centring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pessimistic against plain best-of-N on real judgments, with votes of other people as gold. */
public final class JudgedBestOfN implements Experiment {
    private static final List<Integer> JUDGMENTS = List.of(500, 1000, 2000, 4000, 8000, 16_000);
    private static final List<Integer> JUDGMENTS_APART = JUDGMENTS.subList(0, 5); // half of the prompts have no more
    private static final String LONGEST = "the longest";
    private static final String CHANCE = "by chance";

    private final JudgedPrompts data;

    public JudgedBestOfN(JudgedPrompts data) {
        this.data = data;
    }

    /** One of ten: a fit of real judgments takes a second. */
    private static int splits(int replications) {
        return Math.max(2, replications / 10);
    }

    @Override
    public long steps(int replications) {
        return (long) (JUDGMENTS.size() + JUDGMENTS_APART.size()) * splits(replications);
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<JudgedCell> cells = new ArrayList<>();
        for (boolean apart : new boolean[] {false, true}) {
            for (int n : apart ? JUDGMENTS_APART : JUDGMENTS) {
                Replications.Given<JudgedCell.Split> given = replications.given(
                        "judged best of n " + apart + " n=" + n,
                        splits(replications.count()),
                        seed -> split(apart, n, seed));
                cells.add(new JudgedCell(n, apart, given.results(), given.failures()));
            }
        }
        Plot.write(folder.resolve("best-of-n-judged.png"), 2, List.of(plot(cells, false), plot(cells, true)));
        List<String> findings = findings(cells);
        page(cells, findings, replications).write(folder.resolve("best-of-n-judged.md"));
        return findings;
    }

    private Optional<JudgedCell.Split> split(boolean apart, int n, long seed) {
        JudgmentSplit split = JudgmentSplit.of(data, apart, seed);
        if (split.pool().size() < n) {
            return Optional.empty(); // a smaller sample must not pass for one of n
        }
        List<JudgedPrompts.Vote> learnt = split.pool().subList(0, n);
        Optional<Fitting.Both> both = Fitting.Both.of(SuggestReplay.store(learnt));
        if (both.isEmpty()) {
            return Optional.empty();
        }
        Inference inference = both.get().inference();
        GoldScores gold = GoldScores.of(data, split.heldOut());
        Map<String, List<Double>> regrets = new LinkedHashMap<>();
        for (int prompt = 0; prompt < data.candidates().size(); prompt++) {
            Map<String, Double> ofPrompt = regrets(prompt, inference, both.get().alike(), gold);
            boolean chosenOn = split.choices().contains(prompt);
            ofPrompt.forEach((policy, regret) ->
                    regrets.computeIfAbsent(policy, unseen -> new ArrayList<>()).add(chosenOn ? regret : Double.NaN));
        }
        return Optional.of(new JudgedCell.Split(regrets));
    }

    private Map<String, Double> regrets(int prompt, Inference inference, Vector alike, GoldScores gold) {
        List<Vector> candidates = data.candidates().get(prompt);
        List<Interval> recorded = BestOfNCell.intervals(candidates, inference, Centring.FEATURE_SPACE);
        List<Interval> centred = BestOfNCell.intervals(candidates, inference, Centring.CANDIDATES);
        Map<String, Double> regrets = new LinkedHashMap<>();
        Policy.choices(recorded, centred, highest(candidates, alike))
                .forEach((policy, chosen) -> regrets.put(policy, gold.regret(prompt, chosen)));
        if (data.length() >= 0) {
            double[] length = new double[alike.size()];
            length[data.length()] = 1;
            regrets.put(LONGEST, gold.regret(prompt, highest(candidates, Vector.of(length))));
        }
        regrets.put(CHANCE, gold.chanceRegret(prompt));
        return regrets;
    }

    private static int highest(List<Vector> candidates, Vector reward) {
        return BestOfNCell.highest(BestOfNCell.rewards(candidates, reward), candidates.size());
    }

    private List<String> policies() {
        List<String> policies = new ArrayList<>(Policy.NAMES);
        if (data.length() >= 0) {
            policies.add(LONGEST);
        }
        policies.add(CHANCE);
        return policies;
    }

    private static List<String> findings(List<JudgedCell> cells) {
        List<String> findings = new ArrayList<>();
        for (JudgedCell cell : cells) {
            for (Policy policy : List.of(new Policy(1, false), new Policy(1.96, true))) {
                findings.add((cell.apart() ? "prompts not learnt from" : "prompts learnt from") + ", n="
                        + Numbers.count(cell.n()) + ", " + policy.text() + ": gain over plain in win rate "
                        + cell.gain(policy.text()).interval(4));
            }
        }
        return findings;
    }

    /** Where policies are better than plain and where worse, in a sentence. */
    private static String inShort(List<JudgedCell> cells, boolean apart) {
        List<JudgedCell> some =
                cells.stream().filter(cell -> cell.apart() == apart).toList();
        return (apart ? "Prompts not learnt from: " : "Prompts learnt from: ")
                + Stream.of(new Policy(1, false), new Policy(1.96, false), new Policy(1.96, true))
                        .map(Policy::text)
                        .map(policy -> policy + " is better than plain at "
                                + where(some, cell -> clear(cell.gain(policy)) > 0) + ", worse at "
                                + where(some, cell -> clear(cell.gain(policy)) < 0))
                        .collect(Collectors.joining("; ", "", "."));
    }

    private static String where(List<JudgedCell> cells, Predicate<JudgedCell> holds) {
        List<String> numbers = cells.stream()
                .filter(holds)
                .map(cell -> Numbers.count(cell.n()))
                .toList();
        return numbers.isEmpty() ? "no n" : "n = " + String.join(" / ", numbers);
    }

    /** 1 or −1 if the interval leaves 0 out on that side, else 0. */
    private static int clear(ReplicationMean gain) {
        return gain.count() >= 2 && Math.abs(gain.mean()) > gain.half() ? (int) Math.signum(gain.mean()) : 0;
    }

    private Plot plot(List<JudgedCell> cells, boolean apart) {
        List<JudgedCell> some = cells.stream()
                .filter(cell -> cell.apart() == apart && !cell.splits().isEmpty())
                .toList();
        double[] n = some.stream().mapToDouble(JudgedCell::n).toArray();
        Plot plot = new Plot(
                        "Choosing on prompts " + (apart ? "not learnt from" : "that were learnt from"),
                        "judgments learnt from",
                        "win rate lost against the best by held-out votes")
                .logX();
        List<String> shown = new ArrayList<>(List.of(
                Policy.PLAIN.text(),
                new Policy(1, false).text(),
                new Policy(1.96, false).text(),
                new Policy(1.96, true).text(),
                Policy.BRADLEY_TERRY));
        if (data.length() >= 0) {
            shown.add(LONGEST);
        }
        for (String policy : shown) {
            // Without bars: those over prompts are as wide as the picture, and the same for all policies.
            plot.curve(
                    policy,
                    n,
                    some.stream()
                            .mapToDouble(cell -> cell.regret(policy).mean())
                            .toArray());
        }
        return plot;
    }

    private Page page(List<JudgedCell> cells, List<String> findings, Replications replications) {
        int prompts = data.candidates().size();
        int fewest = data.candidates().stream().mapToInt(List::size).min().orElse(0);
        int most = data.candidates().stream().mapToInt(List::size).max().orElse(0);
        Page page = new Page("Pessimistic against plain best-of-N on real judgments")
                .paragraph(replications.command("best-of-n --data DIR") + " on " + data.title() + ": "
                        + Numbers.count(data.votes().size()) + " votes of "
                        + Numbers.count(data.annotators()) + " annotators on " + prompts + " prompts with " + fewest
                        + " to " + most
                        + " candidates, d=" + data.candidates().get(0).get(0).size() + ", k="
                        + data.votes().get(0).comparison().context().size()
                        + ", the features and contexts of `assay demo`.")
                .paragraph(
                        "Each of " + splits(replications.count())
                                + " seeded splits takes half of the annotators to learn from"
                                + " and the other half's votes as gold: a candidate's win rate among them, a tie half, shrunk to a half"
                                + " by four comparisons. n judgments are drawn from the first half, the default fit and covariance"
                                + " choose among all candidates of each prompt, and what counts is the win rate lost against the best."
                                + " In the second table half of the prompts are kept out of the fit, and only they are chosen on.")
                .paragraph(
                        "Intervals are 95 % ones over prompts (Student's t, each prompt the mean over its splits): they say"
                                + " whether another set of such prompts would show the same. Gains above 0: better than plain. The"
                                + " best by noisy votes is partly luck, which adds to every policy's loss alike.")
                .paragraph("**In short**, by intervals that leave 0 out. " + inShort(cells, false) + " "
                        + inShort(cells, true))
                .list(findings)
                .image("best-of-n-judged.png", "win rate lost against judgments learnt from");
        for (boolean apart : new boolean[] {false, true}) {
            page.section(apart ? "Prompts not learnt from" : "Prompts learnt from")
                    .table(
                            List.of(
                                    "n",
                                    "policy",
                                    "win rate lost",
                                    "gain over plain [95 %]",
                                    "splits without an estimate"),
                            cells.stream()
                                    .filter(cell -> cell.apart() == apart)
                                    .flatMap(cell -> policies().stream().map(policy -> row(cell, policy)))
                                    .toList());
        }
        return page;
    }

    private static List<String> row(JudgedCell cell, String policy) {
        return List.of(
                Numbers.count(cell.n()),
                policy,
                cell.regret(policy).text(4),
                policy.equals(Policy.PLAIN.text()) ? "" : cell.gain(policy).interval(4),
                String.valueOf(cell.failures()));
    }
}
