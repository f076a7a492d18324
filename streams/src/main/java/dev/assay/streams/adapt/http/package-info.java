/**
 * HTTP into topics: the gateway. A request is answered when the broker has acknowledged what it asked for, or has not in
 * time; no thread waits for that. What may be held at once is bounded in bytes, what a caller may send in judgments a second.
 */
@NullMarked
package dev.assay.streams.adapt.http;

import org.jspecify.annotations.NullMarked;
