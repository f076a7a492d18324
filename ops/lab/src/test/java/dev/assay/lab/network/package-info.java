@NullMarked
package dev.assay.lab.network;

import org.jspecify.annotations.NullMarked;
