@NullMarked
package dev.assay.streams.wire.registry;

import org.jspecify.annotations.NullMarked;
