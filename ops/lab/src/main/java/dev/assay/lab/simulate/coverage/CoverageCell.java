package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.Sample;
import dev.assay.lab.simulate.Fitting;
import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.Replications;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Coverage of every quantity by every method, of one design at one n. A fit that did not converge has no intervals.
 *
 * @param tallies by method and quantity
 * @param without replications without an interval, by method
 */
record CoverageCell(
        int n, Map<IntervalMethod, Map<Quantity, CoverageTally>> tallies, Map<IntervalMethod, Integer> without) {

    /** Whether intervals of one replication covered; empty where there are none. */
    private record Answers(Map<IntervalMethod, Optional<Map<Quantity, CoverageTally.Answer>>> byMethod) {}

    static CoverageCell run(String name, Design design, int n, CoverageQueries queries, Replications replications) {
        return run(name, design, n, queries, List.of(IntervalMethod.values()), replications);
    }

    static CoverageCell run(
            String name,
            Design design,
            int n,
            CoverageQueries queries,
            List<IntervalMethod> methods,
            Replications replications) {
        List<Answers> answers = replications.run(name + " n=" + n, seed -> answers(design, n, queries, methods, seed));
        Map<IntervalMethod, Map<Quantity, CoverageTally>> tallies = new EnumMap<>(IntervalMethod.class);
        Map<IntervalMethod, Integer> without = new EnumMap<>(IntervalMethod.class);
        for (IntervalMethod method : methods) {
            List<Optional<Map<Quantity, CoverageTally.Answer>>> ofMethod = answers.stream()
                    .map(answer -> answer.byMethod().getOrDefault(method, Optional.empty()))
                    .toList();
            Map<Quantity, CoverageTally> byQuantity = new EnumMap<>(Quantity.class);
            for (Quantity quantity : Quantity.values()) {
                byQuantity.put(
                        quantity,
                        CoverageTally.of(ofMethod.stream()
                                .map(answer -> answer.flatMap(found -> Optional.ofNullable(found.get(quantity))))
                                .toList()));
            }
            tallies.put(method, byQuantity);
            without.put(
                    method, (int) ofMethod.stream().filter(Optional::isEmpty).count());
        }
        return new CoverageCell(n, tallies, without);
    }

    private static Answers answers(
            Design design, int n, CoverageQueries queries, List<IntervalMethod> methods, long seed) {
        Sample sample = new Sample(design, seed);
        ComparisonStore store = sample.store(n);
        Fit fit = Fitting.cold(store);
        Map<IntervalMethod, Optional<Map<Quantity, CoverageTally.Answer>>> byMethod =
                new EnumMap<>(IntervalMethod.class);
        for (IntervalMethod method : methods) {
            Optional<Inference> inference = fit.converged() ? method.of(fit, store) : Optional.empty();
            byMethod.put(method, inference.map(found -> covered(found, sample, queries)));
        }
        return new Answers(byMethod);
    }

    private static Map<Quantity, CoverageTally.Answer> covered(
            Inference inference, Sample sample, CoverageQueries queries) {
        Map<Quantity, CoverageTally.Answer> answers = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            List<Boolean> covered = new ArrayList<>();
            double width = 0;
            int size = quantity.size(queries);
            for (int i = 0; i < size; i++) {
                Interval interval = quantity.interval(i, inference, queries);
                covered.add(interval.contains(quantity.truth(i, sample.truth(), queries)));
                width += (interval.upper() - interval.lower()) / size;
            }
            answers.put(quantity, new CoverageTally.Answer(covered, width));
        }
        return answers;
    }

    CoverageTally tally(IntervalMethod method, Quantity quantity) {
        return tallies.getOrDefault(method, Map.of()).getOrDefault(quantity, CoverageTally.of(List.of()));
    }

    int without(IntervalMethod method) {
        return without.getOrDefault(method, 0);
    }
}
