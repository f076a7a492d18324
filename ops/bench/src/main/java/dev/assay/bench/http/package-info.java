/** The other side of the line: servers that do nothing but answer, and clients that do nothing but ask. */
@NullMarked
package dev.assay.bench.http;

import org.jspecify.annotations.NullMarked;
