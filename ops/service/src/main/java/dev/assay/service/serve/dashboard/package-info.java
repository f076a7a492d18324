/**
 * What happens in the deployment, for people who look at it: reruns and their rounds, versions, refusals, annotators. Read from
 * the topics by one thread into values that do not change, of bounded size; that nobody can score without. Also the page that
 * shows it.
 */
@NullMarked
package dev.assay.service.serve.dashboard;

import org.jspecify.annotations.NullMarked;
