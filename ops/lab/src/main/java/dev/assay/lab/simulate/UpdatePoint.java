package dev.assay.lab.simulate;

/**
 * One rule after one batch. Distances are from the exact maximum, root mean square over the parameters, in model standard
 * errors.
 *
 * @param n        judgments so far
 * @param unit     λ²/√(np) of the one step from the last rerun's point, which c times is the estimated distance: MODEL §2
 * @param distance of the one-step estimate
 * @param plain    of the one-step estimate without the centring of the coordinates
 * @param rerun    whether a rerun was made instead of publishing it
 */
record UpdatePoint(long n, double unit, double distance, double plain, boolean rerun) {
    /** Distance of what is published. */
    double published() {
        return rerun ? 0 : distance;
    }

    /** The c with which the estimate would be right here. */
    double calibration() {
        return distance / unit;
    }
}
