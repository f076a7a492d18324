package dev.assay.streams.wire;

import dev.assay.estimator.algebra.Vector;
import dev.assay.schemas.DoubleVector;
import dev.assay.schemas.FloatVector;
import dev.assay.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors to and from packed little-endian bytes. */
final class PackedVectors {
    private PackedVectors() {}

    static FloatVector pack(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return new FloatVector(values.length, bytes);
    }

    static DoubleVector pack(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        return new DoubleVector(values.length, bytes);
    }

    static DoubleVector pack(Vector vector) {
        return pack(vector.toArray());
    }

    /** Refuses NaN and infinity too. */
    static Vector vector(DoubleVector packed) throws UndecodableException {
        try {
            return Vector.of(unpack(packed));
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed(String.valueOf(e.getMessage()));
        }
    }

    static float[] unpack(FloatVector vector) throws UndecodableException {
        requireLength(vector.getDimension(), Float.BYTES, vector.getValues());
        float[] values = new float[vector.getDimension()];
        vector.getValues()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    static double[] unpack(DoubleVector vector) throws UndecodableException {
        requireLength(vector.getDimension(), Double.BYTES, vector.getValues());
        double[] values = new double[vector.getDimension()];
        vector.getValues()
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }

    private static void requireLength(int dimension, int width, ByteBuffer bytes) throws UndecodableException {
        if (dimension < 0 || (long) dimension * width != bytes.remaining()) {
            throw UndecodableException.malformed("a vector of dimension " + dimension + " needs "
                    + (long) dimension * width + " bytes, this one has " + bytes.remaining());
        }
    }
}
