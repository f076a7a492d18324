/**
 * A network that breaks on purpose: TCP relays of ours, whose lines can be cut, slowed and narrowed, each direction for
 * itself, while both ends believe that they are connected.
 */
@NullMarked
package dev.assay.lab.network;

import org.jspecify.annotations.NullMarked;
