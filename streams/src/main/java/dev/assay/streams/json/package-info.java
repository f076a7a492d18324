/**
 * What is wrong in somebody's JSON, said once for requests, files, webhooks and configurations: the field with its place, the
 * bound, the value. It stands first of all packages, because every room reads something that people wrote.
 */
@NullMarked
package dev.assay.streams.json;

import org.jspecify.annotations.NullMarked;
