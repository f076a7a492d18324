@NullMarked
package dev.assay.streams.adapt.platform;

import org.jspecify.annotations.NullMarked;
