/** What routes and drop-ins ask with: one request read, one snapshot for all of it, responses scored, answers begun. */
@NullMarked
package dev.assay.service.serve.desk;

import org.jspecify.annotations.NullMarked;
