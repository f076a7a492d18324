/**
 * What every server of ours shares: the listener, who may call, bodies and how many at once, problems and answers. Knows no
 * route.
 */
@NullMarked
package dev.assay.service.http;

import org.jspecify.annotations.NullMarked;
