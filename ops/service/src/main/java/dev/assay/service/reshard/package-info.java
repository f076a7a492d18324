/** The same deployment on topics of another prefix with another number of shards. */
@NullMarked
package dev.assay.service.reshard;

import org.jspecify.annotations.NullMarked;
