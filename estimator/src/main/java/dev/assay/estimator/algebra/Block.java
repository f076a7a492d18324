package dev.assay.estimator.algebra;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Some tall vectors side by side, {@code rows × width}, kept row by row so that every inner loop runs along contiguous
 * memory. Mutable: {@link PrincipalComponents} reuses two or three of them for a whole fit.
 */
final class Block {
    /** A column that shrinks below this in orthogonalisation was a combination of the columns before it. */
    private static final double DEPENDENT = 1e-13;

    private static final long SEED = 20_240_229;

    private final int rows;
    private final int width;
    private double[] entries;

    private Block(int rows, int width, double[] entries) {
        this.rows = rows;
        this.width = width;
        this.entries = entries;
    }

    static Block zero(int rows, int width) {
        return new Block(rows, width, new double[rows * width]);
    }

    /** @return entries between −1 and 1, always the same */
    static Block random(int rows, int width) {
        SplittableRandom random = new SplittableRandom(SEED);
        return new Block(rows, width, random.doubles((long) rows * width, -1, 1).toArray());
    }

    Block copy() {
        return new Block(rows, width, entries.clone());
    }

    int rows() {
        return rows;
    }

    int width() {
        return width;
    }

    double get(int row, int column) {
        return entries[row * width + column];
    }

    void clear() {
        Arrays.fill(entries, 0);
    }

    void swap(Block other) {
        double[] mine = entries;
        entries = other.entries;
        other.entries = mine;
    }

    /** Products ← this transposed · row; size width. */
    void transposeTimes(SparseRow row, double[] products) {
        Arrays.fill(products, 0);
        for (int j = 0; j < row.indices().length; j++) {
            int at = row.indices()[j] * width;
            double value = row.values()[j];
            for (int c = 0; c < width; c++) {
                products[c] += value * entries[at + c];
            }
        }
    }

    /** This ← this + factor · row · productsᵀ. */
    void addOuter(double factor, SparseRow row, double[] products) {
        for (int j = 0; j < row.indices().length; j++) {
            int at = row.indices()[j] * width;
            double value = factor * row.values()[j];
            for (int c = 0; c < width; c++) {
                entries[at + c] += value * products[c];
            }
        }
    }

    /** This ← a·x + b·y + c·z; any of them may be this block. */
    void combine(double a, Block x, double b, Block y, double c, Block z) {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = a * x.entries[i] + b * y.entries[i] + c * z.entries[i];
        }
    }

    /** @return this transposed · other; width × width */
    double[][] transposeTimes(Block other) {
        double[][] products = new double[width][width];
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            for (int i = 0; i < width; i++) {
                double value = entries[at + i];
                double[] product = products[i];
                for (int j = 0; j < width; j++) {
                    product[j] += value * other.entries[at + j];
                }
            }
        }
        return products;
    }

    /** This ← this · matrix; the matrix is width × width. */
    void turn(double[][] matrix) {
        double[] turned = new double[width];
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            Arrays.fill(turned, 0);
            for (int i = 0; i < width; i++) {
                double value = entries[at + i];
                double[] coefficients = matrix[i];
                for (int j = 0; j < width; j++) {
                    turned[j] += value * coefficients[j];
                }
            }
            System.arraycopy(turned, 0, entries, at, width);
        }
    }

    /**
     * Makes the columns orthonormal, first to last: Gram and Schmidt, everything subtracted twice, since after one
     * subtraction the rest may still lean on what was subtracted. A dependent column is replaced by a random one.
     */
    void orthonormalise() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int column = 0; column < width; column++) {
            double before = length(column);
            subtractProjection(column);
            subtractProjection(column);
            while (length(column) <= DEPENDENT * before) {
                for (int row = 0; row < rows; row++) {
                    entries[row * width + column] = random.nextDouble(-1, 1);
                }
                before = length(column);
                subtractProjection(column);
                subtractProjection(column);
            }
            scale(column, 1 / length(column));
        }
    }

    /** @return the first columns, each with the sign that makes its largest entry positive; rows × columns, row by row */
    double[] leading(int columns) {
        double[] leading = new double[rows * columns];
        for (int column = 0; column < columns; column++) {
            double largest = 0;
            for (int row = 0; row < rows; row++) {
                double entry = get(row, column);
                largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
            }
            for (int row = 0; row < rows; row++) {
                leading[row * columns + column] = largest < 0 ? -get(row, column) : get(row, column);
            }
        }
        return leading;
    }

    private double length(int column) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += get(row, column) * get(row, column);
        }
        return Math.sqrt(sum);
    }

    private void scale(int column, double factor) {
        for (int row = 0; row < rows; row++) {
            entries[row * width + column] *= factor;
        }
    }

    private void subtractProjection(int column) {
        double[] projection = new double[column];
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            double value = entries[at + column];
            for (int j = 0; j < column; j++) {
                projection[j] += value * entries[at + j];
            }
        }
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            double sum = 0;
            for (int j = 0; j < column; j++) {
                sum += projection[j] * entries[at + j];
            }
            entries[at + column] -= sum;
        }
    }
}
