package dev.assay.estimator.algebra;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns that the data do not tell apart from those before them, set aside so that all others can be estimated: a feature
 * that is always 0, a copy, a sum of others. As R's {@code lm} does, a column is set aside if nothing but rounding is left of
 * it after a regression on the columns before it.
 *
 * <p>Two ways of going on without them. {@link #masked}: the column stays, as one that is 1 in mean square and has to do with
 * nothing; whatever is solved then leaves its coordinate where it was. {@link #reduced}: the column is left out.
 *
 * @param size    of all columns
 * @param columns set aside, ascending
 */
public record Aliasing(int size, Vector columns) {
    /** Share of a column's mean square below which nothing but rounding is left of it: MODEL §1 counts 1e10 as singular. */
    public static final double LEAST_SHARE = 1e-10;

    public static Aliasing none(int size) {
        return new Aliasing(size, Vector.zeros(0));
    }

    /** @param moment of the columns, positive semi-definite */
    public static Aliasing of(PackedSymmetric moment) {
        int n = moment.size();
        double[][] rows = new double[n][];
        List<Integer> kept = new ArrayList<>();
        List<Integer> aside = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] row = new double[kept.size() + 1];
            double square = 0;
            for (int j = 0; j < kept.size(); j++) {
                double[] other = rows[kept.get(j)];
                double sum = moment.get(i, kept.get(j));
                for (int l = 0; l < j; l++) {
                    sum -= row[l] * other[l];
                }
                row[j] = sum / other[j];
                square += row[j] * row[j];
            }
            double pivot = moment.get(i, i) - square;
            if (pivot > LEAST_SHARE * moment.get(i, i) && Double.isFinite(pivot)) {
                row[kept.size()] = Math.sqrt(pivot);
                rows[i] = row;
                kept.add(i);
            } else {
                aside.add(i);
            }
        }
        return of(n, aside);
    }

    /** @param columns set aside, ascending */
    public static Aliasing of(int size, List<Integer> columns) {
        return new Aliasing(
                size,
                Vector.of(columns.stream().mapToDouble(Integer::doubleValue).toArray()));
    }

    /** These columns, and behind them those of another matrix. */
    public Aliasing concat(Aliasing other) {
        List<Integer> all = new ArrayList<>(indices());
        other.indices().forEach(column -> all.add(size + column));
        return of(size + other.size, all);
    }

    /** Of the columns from {@code from} (inclusive) to {@code to} (exclusive), numbered from 0. */
    public Aliasing slice(int from, int to) {
        return of(
                to - from,
                indices().stream()
                        .filter(column -> column >= from && column < to)
                        .map(column -> column - from)
                        .toList());
    }

    public boolean isNone() {
        return columns.size() == 0;
    }

    /** The columns set aside, ascending. */
    public List<Integer> indices() {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            indices.add((int) columns.get(i));
        }
        return indices;
    }

    /** Those that stay, ascending. */
    public List<Integer> kept() {
        List<Integer> aside = indices();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!aside.contains(i)) {
                kept.add(i);
            }
        }
        return kept;
    }

    /** With 0 in the place of what is set aside. */
    public Vector masked(Vector vector) {
        double[] values = vector.toArray();
        indices().forEach(column -> values[column] = 0);
        return Vector.of(values);
    }

    /** @param diagonal what a column that is set aside has on the diagonal, everywhere else 0 */
    public PackedSymmetric masked(PackedSymmetric matrix, double diagonal) {
        if (isNone()) {
            return matrix;
        }
        double[][] rows = matrix.toRows();
        for (int column : indices()) {
            for (int i = 0; i < size; i++) {
                rows[i][column] = 0;
                rows[column][i] = 0;
            }
            rows[column][column] = diagonal;
        }
        return PackedSymmetric.ofRows(rows);
    }

    /** Without what is set aside. */
    public Vector reduced(Vector vector) {
        return Vector.of(kept().stream().mapToDouble(vector::get).toArray());
    }

    /** Without the rows and columns that are set aside. */
    public PackedSymmetric reduced(PackedSymmetric matrix) {
        if (isNone()) {
            return matrix;
        }
        List<Integer> kept = kept();
        double[][] rows = new double[kept.size()][kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = matrix.get(kept.get(i), kept.get(j));
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    /** The inverse of {@link #reduced}, with 0 in the rows and columns that were left out. */
    public PackedSymmetric extended(PackedSymmetric reduced) {
        List<Integer> kept = kept();
        double[][] rows = new double[size][size];
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j <= i; j++) {
                rows[kept.get(i)][kept.get(j)] = reduced.get(i, j);
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    /**
     * For each column that is set aside the direction along which nothing changes: 1 there, and less its regression on the
     * columns that stay. A combination of the parameters is estimable exactly if it is orthogonal to all of them.
     *
     * @param moment of the columns, or their information; what stays of it is positive definite
     */
    public List<Vector> directions(PackedSymmetric moment) {
        if (isNone()) {
            return List.of();
        }
        List<Integer> kept = kept();
        Cholesky factor = Cholesky.of(reduced(moment)).orElseThrow();
        List<Vector> directions = new ArrayList<>();
        for (int column : indices()) {
            Vector along = Vector.of(
                    kept.stream().mapToDouble(i -> moment.get(i, column)).toArray());
            Vector regression = factor.solve(along);
            double[] direction = new double[size];
            for (int i = 0; i < kept.size(); i++) {
                direction[kept.get(i)] = -regression.get(i);
            }
            direction[column] = 1;
            directions.add(Vector.of(direction));
        }
        return directions;
    }
}
