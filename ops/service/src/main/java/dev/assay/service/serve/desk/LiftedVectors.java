package dev.assay.service.serve.desk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A request's arrays of numbers, read in one pass, and the request with {@code [0]}, {@code [1]} … in their places. Nearly all
 * bytes of a request are vectors, and a general reader, which must be ready for anything at every digit, takes five times as
 * long for them. It changes no meaning: every array of nothing but numbers is lifted, wherever it is, so that any such array
 * left in the {@link #rest} is a place. What is not such an array, or no JSON, stays as it is for the general reader to judge.
 */
public final class LiftedVectors {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_ZEROS = 0x3030303030303030L;
    private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final double[] SIGNS = {1, -1};
    private static final int MOST_EXACT_DIGITS = 15; // an integer of so many digits is a double exactly
    private static final double[] TENS = new double[MOST_EXACT_DIGITS + 1]; // and so are these powers

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private final byte[] json;
    private byte[] kept;
    private final List<double[]> vectors = new ArrayList<>();
    private double[] numbers = new double[64];
    private int at;
    private int length; // of what is kept

    private LiftedVectors(byte[] json) {
        this.json = json;
        kept = new byte[Math.min(json.length, 1024) + 16];
    }

    /** @param json what came; any bytes */
    public static LiftedVectors of(byte[] json) {
        LiftedVectors lifted = new LiftedVectors(json);
        lifted.lift();
        return lifted;
    }

    /** @return the request with places instead of vectors */
    public byte[] rest() {
        return Arrays.copyOf(kept, length);
    }

    /** @return the vectors, by place */
    public List<double[]> vectors() {
        return vectors;
    }

    private void lift() {
        while (at < json.length) {
            byte next = json[at];
            if (next == '"') {
                keepText();
            } else if (next == '[') {
                liftArray();
            } else {
                keep(at, 1);
                at++;
            }
        }
    }

    private void keep(int from, int count) {
        reserve(count);
        System.arraycopy(json, from, kept, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + count, 2 * kept.length));
        }
    }

    private void keepText() {
        int from = at;
        int next = from + 1; // a local variable: texts are long
        while (next < json.length && json[next] != '"') {
            next += json[next] == '\\' ? 2 : 1;
        }
        at = Math.min(next + 1, json.length);
        keep(from, at - from);
    }

    /** Most of a request's time goes here: positions are local variables, which stay in registers. */
    private void liftArray() {
        int from = at;
        int next = from + 1;
        int count = 0;
        while (true) {
            next = blanksEnd(next);
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            next = readNumber(next, count++);
            if (next < 0) {
                break;
            }
            next = blanksEnd(next);
            byte separator = byteAt(next++);
            if (separator == ']') {
                at = next;
                keepPlace(Arrays.copyOf(numbers, count));
                return;
            }
            if (separator != ',') {
                break;
            }
        }
        keep(from, 1); // Something else is in it: look at it again, from behind its bracket.
        at = from + 1;
    }

    private void keepPlace(double[] vector) {
        byte[] place = ("[" + vectors.size() + "]").getBytes(StandardCharsets.US_ASCII);
        vectors.add(vector);
        reserve(place.length);
        System.arraycopy(place, 0, kept, length, place.length);
        length += place.length;
    }

    private int blanksEnd(int from) {
        int next = from;
        while (next < json.length
                && (json[next] == ' ' || json[next] == '\n' || json[next] == '\r' || json[next] == '\t')) {
            next++;
        }
        return next;
    }

    /**
     * Reads a number by JSON's grammar, correctly rounded. Wrong guesses of the processor cost more than all arithmetic here:
     * signs are multiplied with, and the digits behind the point, of whose number nothing is known, taken eight at once.
     *
     * @return where it ends; -1 if there is none
     */
    private int readNumber(int from, int slot) {
        int negative = byteAt(from) == '-' ? 1 : 0;
        int whole = from + negative;
        int next = whole;
        long digits = 0;
        byte seen = byteAt(next);
        while (seen >= '0' && seen <= '9') {
            digits = digits * 10 + (seen - '0');
            seen = byteAt(++next);
        }
        int places = 0;
        int significant = next - whole;
        if (significant == 0 || (json[whole] == '0' && significant > 1)) {
            return -1;
        }
        if (seen == '.') {
            int fraction = ++next;
            int count = Long.BYTES;
            while (count == Long.BYTES && next + Long.BYTES <= json.length) {
                long eight = (long) EIGHT_BYTES.get(json, next) ^ EIGHT_ZEROS; // digits become 0 to 9
                // The top bit of a byte tells that it is above 9.
                long others = (((eight & 0x7F7F7F7F7F7F7F7FL) + 0x7676767676767676L) | eight) & 0x8080808080808080L;
                count = Long.numberOfTrailingZeros(others) >>> 3; // 8 where there are no others
                if (count == 0) {
                    break; // A shift by 64 would be none.
                }
                digits = digits * POWERS[count] + value(eight << (Long.SIZE - Byte.SIZE * count));
                next += count;
            }
            seen = byteAt(next);
            while (count == Long.BYTES && seen >= '0' && seen <= '9') {
                digits = digits * 10 + (seen - '0');
                seen = byteAt(++next);
            }
            places = next - fraction;
            if (places == 0) {
                return -1;
            }
        }
        if (seen == 'e' || seen == 'E') {
            return readExponent(from, next, slot);
        }
        // Both are doubles exactly, so that one division rounds once, and right.
        numbers[slot] = significant + places <= MOST_EXACT_DIGITS
                ? SIGNS[negative] * (digits / TENS[places])
                : parsed(from, next);
        return next;
    }

    private int readExponent(int from, int letter, int slot) {
        byte sign = byteAt(letter + 1);
        int exponent = sign == '-' || sign == '+' ? letter + 2 : letter + 1;
        int next = exponent;
        while (byteAt(next) >= '0' && byteAt(next) <= '9') {
            next++;
        }
        if (next == exponent) {
            return -1;
        }
        numbers[slot] = parsed(from, next);
        return next;
    }

    private double parsed(int from, int end) {
        return Double.parseDouble(new String(json, from, end - from, StandardCharsets.US_ASCII));
    }

    /** Of eight digits, the first in the lowest byte: neighbours are joined to pairs, pairs to fours, fours to the whole. */
    private static long value(long eight) {
        long pairs = (eight * 10 + (eight >>> 8)) & 0x00FF00FF00FF00FFL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
    }

    private byte byteAt(int index) {
        return index < json.length ? json[index] : 0;
    }
}
