package dev.assay.streams.features;

import dev.assay.estimator.algebra.PrincipalComponents;
import dev.assay.estimator.algebra.SparseRow;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Rows to fewer features: centred on the mean of the fitted rows and projected on their principal components, which keep their
 * natural scale. Directions are float32, from the fit on, so that a fitted and a loaded one give the same bits; sums are
 * double, in one order, so that any two machines do.
 *
 * @param explained share of the fitted variance the components hold, in (0, 1]
 * @param directions entry by entry of a row; size of a row × components
 * @param centre the projected mean, subtracted last; size components
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: the content hash in the id of the space is.
record Projection(double explained, float[] directions, double[] centre) {
    /**
     * @param rows in an order that is a function of the data
     * @param size of a row
     */
    static Projection fit(List<SparseRow> rows, int size, int components) {
        PrincipalComponents found = PrincipalComponents.of(rows, size, components);
        float[] directions = new float[size * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = (float) found.directions()[i];
        }
        double[] centre = SparseRow.dense(found.mean()).times(directions, components);
        return new Projection(found.explained(), directions, centre);
    }

    int components() {
        return centre.length;
    }

    /** Fills the first entries, one a component. */
    float[] fill(float[] features, SparseRow row) {
        double[] projected = row.times(directions, centre.length);
        for (int c = 0; c < centre.length; c++) {
            features[c] = (float) (projected[c] - centre[c]);
        }
        return features;
    }

    /** @param covariates numbers of the caller's, which stand between */
    void writeTo(DataOutputStream out, double... covariates) throws IOException {
        out.writeInt(centre.length);
        out.writeDouble(explained);
        for (double value : covariates) {
            out.writeDouble(value);
        }
        for (double value : centre) {
            out.writeDouble(value);
        }
        for (float value : directions) {
            out.writeFloat(value);
        }
    }

    /**
     * @param size of a row
     * @param covariates filled with what the caller wrote
     * @throws IOException if the bytes end early or the number of components is none a fit can give
     */
    static Projection readFrom(DataInputStream in, int size, double... covariates) throws IOException {
        int components = in.readInt();
        if (components < 1 || components >= size) {
            throw new IOException("components must be 1 to " + (size - 1) + ", was " + components);
        }
        double explained = in.readDouble();
        readDoubles(in, covariates);
        double[] centre = readDoubles(in, new double[components]);
        float[] directions = new float[size * components];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = in.readFloat();
        }
        return new Projection(explained, directions, centre);
    }

    private static double[] readDoubles(DataInputStream in, double[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }
}
