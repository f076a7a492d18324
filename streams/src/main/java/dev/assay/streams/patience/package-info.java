/** How long others are waited for: time, and the tries of a request to somebody who may not answer just now. */
@NullMarked
package dev.assay.streams.patience;

import org.jspecify.annotations.NullMarked;
