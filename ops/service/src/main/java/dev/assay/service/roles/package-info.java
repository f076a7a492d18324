/**
 * The roles put together: a gateway, a scorer, a scoring worker, each with its Kafka clients, and how a role is watched, its meters
 * and its health.
 */
@NullMarked
package dev.assay.service.roles;

import org.jspecify.annotations.NullMarked;
