package dev.assay.streams.model;

import dev.assay.estimator.choice.Parameters;

/**
 * Where shards keep their statistics: τ̂ of MODEL (7).
 *
 * @param epoch grows with every new point, from 1
 * @param point τ̂
 */
public record Linearisation(long epoch, Parameters point) {}
