@NullMarked
package dev.assay.streams.adapt.registry;

import org.jspecify.annotations.NullMarked;
