package dev.assay.estimator.descent;

/**
 * Something to know about a fit that its status does not say.
 *
 * @param name    stable, in lower case with hyphens
 * @param value   finite; what it measures is in the message
 * @param message a sentence for people
 */
public record Diagnostic(String name, double value, String message) {}
