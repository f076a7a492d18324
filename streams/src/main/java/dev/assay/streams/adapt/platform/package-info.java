/** Payloads and files of other people's systems to judgments: pure, no I/O of their own. */
@NullMarked
package dev.assay.streams.adapt.platform;

import org.jspecify.annotations.NullMarked;
