/**
 * Settings of sections that only servers read: the config file is one, so its records stand below the stages. What is secret is
 * kept out of every text here.
 */
@NullMarked
package dev.assay.streams.settings;

import org.jspecify.annotations.NullMarked;
