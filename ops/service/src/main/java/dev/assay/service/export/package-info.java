/** What the deployment has learnt as training data: the comparisons that stand, with their texts, as preference rows. */
@NullMarked
package dev.assay.service.export;

import org.jspecify.annotations.NullMarked;
