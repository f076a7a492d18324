package dev.assay.estimator.algebra;

/** Arrays that are used again as long as they are large enough; what is in them is of no use. */
public final class Scratch {
    private Scratch() {}

    public static double[] atLeast(double[] array, int length) {
        return array.length >= length ? array : new double[length];
    }

    public static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }
}
