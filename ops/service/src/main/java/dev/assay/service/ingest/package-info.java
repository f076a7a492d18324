/**
 * Judgments from outside onto their topic: over HTTP as the gateway, from files, and once more what was refused. A request is
 * answered when the broker has acknowledged what it asked for, or has not in time; no thread waits for that. What may be held at
 * once is bounded in bytes, what a caller may send in judgments a second.
 */
@NullMarked
package dev.assay.service.ingest;

import org.jspecify.annotations.NullMarked;
