package dev.assay.estimator.simulation;

/**
 * One judgment of a simulated campaign, before any encoding.
 *
 * @param index      number of the judgment, from 0
 * @param annotator  who judged, from 0
 * @param kind       name of the annotator's kind
 * @param fatigue    of the annotator at that moment, in [−0.5, 0.5]
 * @param prompt     number of the prompt, from 0
 * @param first      number of the response shown first, from 0
 * @param second     number of the other response
 * @param preference 1 the first, 0 the second
 */
public record SimulatedJudgment(
        long index, int annotator, String kind, double fatigue, int prompt, int first, int second, double preference) {}
