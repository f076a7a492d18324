package dev.assay.estimator.algebra;

import java.util.List;

/** A rectangular matrix, rows one after the other. Immutable. */
public final class Dense {
    private final int rows;
    private final int columns;
    private final Vector values;

    private Dense(int rows, int columns, Vector values) {
        Require.that(
                values.size() == (long) rows * columns,
                "a %s × %s matrix has %s entries, got %s",
                rows,
                columns,
                (long) rows * columns,
                values.size());
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** @param values row-major, {@code rows * columns} numbers */
    public static Dense of(int rows, int columns, Vector values) {
        return new Dense(rows, columns, values);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public double get(int row, int column) {
        return values.get(row * columns + column);
    }

    /** Row-major. */
    public Vector values() {
        return values;
    }

    public Vector column(int column) {
        double[] result = new double[rows];
        for (int i = 0; i < rows; i++) {
            result[i] = get(i, column);
        }
        return Vector.of(result);
    }

    public Vector times(Vector vector) {
        Require.that(vector.size() == columns, "%s columns times a vector of size %s", columns, vector.size());
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                product[i] += get(i, j) * vector.get(j);
            }
        }
        return Vector.of(product);
    }

    /** This matrix plus factor · u vᵀ. */
    public Dense plusOuter(double factor, Vector u, Vector v) {
        double[] sum = values.toArray();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum[i * columns + j] += factor * u.get(i) * v.get(j);
            }
        }
        return of(rows, columns, Vector.of(sum));
    }

    /** L⁻¹MR⁻ᵀ: rows in coordinates in which LLᵀ is the identity, columns likewise for RRᵀ. */
    public Dense whiten(Cholesky left, Cholesky right) {
        double[] result = new double[rows * columns];
        for (int j = 0; j < columns; j++) {
            double[] column = left.half(column(j)).toArray();
            for (int i = 0; i < rows; i++) {
                result[i * columns + j] = column[i];
            }
        }
        for (int i = 0; i < rows; i++) {
            Vector row = Vector.of(java.util.Arrays.copyOfRange(result, i * columns, (i + 1) * columns));
            System.arraycopy(right.half(row).toArray(), 0, result, i * columns, columns);
        }
        return of(rows, columns, Vector.of(result));
    }

    /** Without the rows and the columns that are set aside. */
    public Dense without(Aliasing rows, Aliasing columns) {
        if (rows.isNone() && columns.isNone()) {
            return this;
        }
        List<Integer> keptRows = rows.kept();
        List<Integer> keptColumns = columns.kept();
        double[] kept = new double[keptRows.size() * keptColumns.size()];
        int next = 0;
        for (int row : keptRows) {
            for (int column : keptColumns) {
                kept[next++] = get(row, column);
            }
        }
        return of(keptRows.size(), keptColumns.size(), Vector.of(kept));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dense dense && rows == dense.rows && values.equals(dense.values);
    }

    @Override
    public int hashCode() {
        return 31 * rows + values.hashCode();
    }

    @Override
    public String toString() {
        return rows + " × " + columns + " " + values;
    }
}
