package dev.assay.lab.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Do suggested judgments make intervals narrow with fewer of them than a random order? On real judgments. */
public final class SuggestExperiment implements Experiment {
    private static final int MOST = 6000;
    // Ten judgments a parameter to start with, and a fit after every hundred.
    private static final List<SuggestReplay.Plan> PLANS =
            List.of(new SuggestReplay.Plan(64, 700, 100, MOST), new SuggestReplay.Plan(24, 300, 100, MOST));
    private static final List<Integer> TARGETS = List.of(1000, 2000, 4000);
    private static final List<Integer> SHOWN = List.of(300, 500, 700, 1000, 1500, 2000, 3000, 4000, MOST);
    private static final int PREDICTION = 2000; // judgments after which findings tell of the votes held out
    private static final double WANTED = 0.7; // of the judgments a random order needs: 30 % fewer

    private final JudgedPrompts data;
    private final List<SuggestReplay.Plan> plans;
    private final List<Integer> targets;
    private final List<Integer> shown;

    public SuggestExperiment(JudgedPrompts data) {
        this(data, PLANS, TARGETS, SHOWN);
    }

    /**
     * @param targets numbers of judgments of the random order whose widths are to be reached
     * @param shown   numbers of judgments at which page and plot show the orders
     */
    SuggestExperiment(JudgedPrompts data, List<SuggestReplay.Plan> plans, List<Integer> targets, List<Integer> shown) {
        this.data = data;
        this.plans = List.copyOf(plans);
        this.targets = List.copyOf(targets);
        this.shown = List.copyOf(shown);
    }

    /** How wide intervals are: two covariances, two origins. */
    private record Width(String text, ToDoubleFunction<SuggestPoint> of) {
        static final Width DEFAULT = new Width("default covariance", SuggestPoint::width);
        static final List<Width> ALL = List.of(
                DEFAULT,
                new Width("model's covariance", SuggestPoint::modelWidth),
                new Width("default, from the candidates' mean", SuggestPoint::centredWidth));
    }

    /** All replays of a plan. */
    private record Cell(SuggestReplay.Plan plan, int d, List<SuggestReplay> replays, int failures) {
        ReplicationMean mean(ToDoubleFunction<SuggestReplay> what) {
            return ReplicationMean.of(
                    replays.stream().mapToDouble(what).filter(Double::isFinite).toArray());
        }

        ReplicationMean at(Asking.Order order, int judgments, ToDoubleFunction<SuggestPoint> what) {
            return mean(replay -> value(replay, order, judgments, what));
        }

        /** An order less the random one, split by split. */
        ReplicationMean difference(Asking.Order order, int judgments, ToDoubleFunction<SuggestPoint> what) {
            return mean(replay ->
                    value(replay, order, judgments, what) - value(replay, Asking.Order.RANDOM, judgments, what));
        }

        private static double value(
                SuggestReplay replay, Asking.Order order, int judgments, ToDoubleFunction<SuggestPoint> what) {
            return replay.at(order, judgments).map(what::applyAsDouble).orElse(Double.NaN);
        }

        private double needed(SuggestReplay replay, Asking.Order order, Width width, int target) {
            double wanted = value(replay, Asking.Order.RANDOM, target, width.of);
            return replay.needed(order, width.of, wanted);
        }

        /** Share of the judgments a random order needs; of a replay that did not get there that of all it had. */
        ReplicationMean share(Asking.Order order, Width width, int target) {
            return mean(replay -> {
                double needed = needed(replay, order, width, target);
                return (Double.isNaN(needed) ? plan.most() : needed) / target;
            });
        }

        long missed(Asking.Order order, Width width, int target) {
            return replays.stream()
                    .filter(replay -> Double.isNaN(needed(replay, order, width, target)))
                    .count();
        }
    }

    /** One for fifty: a replay is some two hundred fits. */
    private static int replays(int replications) {
        return Math.max(2, replications / 50);
    }

    @Override
    public long steps(int replications) {
        return (long) plans.size() * replays(replications);
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<Cell> cells = new ArrayList<>();
        for (SuggestReplay.Plan plan : plans) {
            JudgedPrompts used = SuggestSplit.leading(data, plan.components());
            Replications.Given<SuggestReplay> given = replications.given(
                    "suggest " + plan,
                    replays(replications.count()),
                    seed -> SuggestReplay.of(SuggestSplit.of(used, seed), plan));
            int d = used.candidates().get(0).get(0).size();
            cells.add(new Cell(plan, d, given.results(), given.failures()));
        }
        Plot.write(
                folder.resolve("suggest.png"),
                2,
                cells.stream()
                        .flatMap(cell -> Stream.of(
                                plot(cell, "Intervals of rewards held out", "mean width", SuggestPoint::width),
                                plot(cell, "Votes held out", "log-loss, nats", SuggestPoint::logLoss)))
                        .toList());
        List<String> findings = cells.stream()
                .flatMap(cell -> suggesting().flatMap(order -> findings(cell, order)))
                .toList();
        page(cells, findings, replications).write(folder.resolve("suggest.md"));
        return findings;
    }

    private static Stream<Asking.Order> suggesting() {
        return Stream.of(Asking.Order.PAIRS, Asking.Order.JUDGMENTS);
    }

    private Stream<String> findings(Cell cell, Asking.Order order) {
        String name = "d=" + cell.d() + ", " + order.text() + ": ";
        Stream<String> widths = targets.stream().map(target -> {
            ReplicationMean share = cell.share(order, Width.DEFAULT, target);
            return name + "the width of " + Numbers.count(target) + " in random order with "
                    + share.interval(2) + " of them"
                    + (share.mean() <= WANTED ? "; target of 0.7 met" : "; target of 0.7 MISSED");
        });
        String prediction = name + "after " + Numbers.count(PREDICTION) + " log-loss "
                + cell.difference(order, PREDICTION, SuggestPoint::logLoss).interval(4)
                + " and accuracy "
                + cell.difference(order, PREDICTION, SuggestPoint::accuracy).interval(4)
                + " against random order; agreement with the whole pool "
                + cell.at(order, PREDICTION, SuggestPoint::agreement).interval(2) + ", in random order "
                + cell.at(Asking.Order.RANDOM, PREDICTION, SuggestPoint::agreement)
                        .interval(2);
        return Stream.concat(widths, Stream.of(prediction));
    }

    private Plot plot(Cell cell, String title, String label, ToDoubleFunction<SuggestPoint> what) {
        Plot plot = new Plot(title + ", d=" + cell.d(), "judgments", label).logX();
        for (Asking.Order order : Asking.Order.values()) {
            List<Integer> numbers = shown.stream()
                    .filter(n -> cell.at(order, n, what).count() > 1)
                    .toList();
            if (!numbers.isEmpty()) {
                plot.line(
                        order.text(),
                        numbers.stream().mapToDouble(n -> n).toArray(),
                        numbers.stream().map(n -> cell.at(order, n, what)).toList());
            }
        }
        return plot;
    }

    private Page page(List<Cell> cells, List<String> findings, Replications replications) {
        Page page = new Page("Suggested judgments against a random order")
                .paragraph(replications.command("suggest --data DIR") + " on " + data.title() + ": "
                        + Numbers.count(data.votes().size()) + " votes on "
                        + data.candidates().size() + " prompts, k="
                        + data.votes().get(0).comparison().context().size()
                        + ", the features and contexts of `assay demo`, once all and once the leading components and the"
                        + " covariate.")
                .paragraph("Each of " + replays(replications.count()) + " seeded splits keeps a quarter of the prompts"
                        + " apart. Of the votes on the others ten a parameter are taken at random, then a hundred at a time, and"
                        + " a fit follows each batch: in *random order*; of the *pairs* that D-optimality suggests (ln det J"
                        + " grows most, ψ its mean so far) whichever vote on them comes next; or the *votes* it suggests, pair"
                        + " and annotator. Suggestions ask for one vote a pair: features explain little of a pair, so what its"
                        + " votes have in common would pass for knowledge of θ. What a vote says shows once it is taken. The"
                        + " last order is a bound more than a plan: it knows the context of each vote, the time spent on it"
                        + " included, and that the annotator will come.")
                .paragraph(
                        "Measured are the 95 % intervals of the rewards of all responses to the prompts kept apart,"
                                + " and the prediction of the votes on them. *Agreement* is the share of those intervals (default"
                                + " covariance) that contain the estimate from the whole pool: 0.95 or more if they are honest, as the"
                                + " pool has the same votes in it. Where it falls, narrow intervals are no gain: the model does not"
                                + " hold, and other judgments have another best approximation. Numbers after ± are standard errors,"
                                + " intervals 95 % ones (Student's t), both over splits of the same judgments: not over other data.")
                .list(findings)
                .image("suggest.png", "width of intervals and log-loss against judgments");
        for (Cell cell : cells) {
            page.section("d = " + cell.d())
                    .paragraph("Splits without an estimate: " + cell.failures()
                            + ". Judgments needed for the mean width that a"
                            + " random order reached in the same split, the first "
                            + cell.plan().start()
                            + " included, below which no share can be; at most 0.7 is wanted. A split that did not"
                            + " get there counts with its "
                            + Numbers.count(cell.plan().most()) + ".")
                    .table(
                            List.of("order", "width", "random order", "its width", "needed", "share", "not reached"),
                            needed(cell))
                    .paragraph("After as many judgments:")
                    .table(
                            List.of(
                                    "judgments",
                                    "order",
                                    "width",
                                    "model's width",
                                    "width, centred",
                                    "agreement",
                                    "log-loss",
                                    "accuracy"),
                            shown.stream()
                                    .filter(n -> n >= cell.plan().start())
                                    .flatMap(n ->
                                            Arrays.stream(Asking.Order.values()).map(order -> row(cell, n, order)))
                                    .toList());
        }
        return page;
    }

    private List<List<String>> needed(Cell cell) {
        return suggesting()
                .flatMap(order -> Width.ALL.stream()
                        .flatMap(width -> targets.stream().map(target -> needed(cell, order, width, target))))
                .toList();
    }

    private static List<String> needed(Cell cell, Asking.Order order, Width width, int target) {
        ReplicationMean share = cell.share(order, width, target);
        return List.of(
                order.text(),
                width.text,
                Numbers.count(target),
                cell.at(Asking.Order.RANDOM, target, width.of).text(3),
                Numbers.fixed(share.mean() * target, 0),
                share.interval(3),
                String.valueOf(cell.missed(order, width, target)));
    }

    private static List<String> row(Cell cell, int judgments, Asking.Order order) {
        return List.of(
                Numbers.count(judgments),
                order.text(),
                cell.at(order, judgments, SuggestPoint::width).text(3),
                cell.at(order, judgments, SuggestPoint::modelWidth).text(3),
                cell.at(order, judgments, SuggestPoint::centredWidth).text(3),
                cell.at(order, judgments, SuggestPoint::agreement).text(3),
                cell.at(order, judgments, SuggestPoint::logLoss).text(4),
                cell.at(order, judgments, SuggestPoint::accuracy).text(4));
    }
}
