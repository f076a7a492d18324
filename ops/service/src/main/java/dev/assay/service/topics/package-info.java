/**
 * Clients of the topics, with the settings of the deployment, and what reads them to an end: from the beginning once through or on
 * and on, until a command has taken effect, by version.
 */
@NullMarked
package dev.assay.service.topics;

import org.jspecify.annotations.NullMarked;
