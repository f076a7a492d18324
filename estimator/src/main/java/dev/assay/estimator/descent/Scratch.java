package dev.assay.estimator.descent;

/** Arrays that are used again as long as they are large enough; what is in them is of no use. */
final class Scratch {
    private Scratch() {}

    static double[] atLeast(double[] array, int length) {
        return array.length >= length ? array : new double[length];
    }

    static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }
}
