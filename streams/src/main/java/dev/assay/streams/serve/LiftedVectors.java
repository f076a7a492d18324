package dev.assay.streams.serve;

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
final class LiftedVectors {
    private static final int MOST_EXACT_DIGITS = 15; // an integer of so many digits is a double exactly
    private static final int MOST_EXACT_POWER = 22; // and so is this power of ten
    private static final double[] POWERS = new double[MOST_EXACT_POWER + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
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
    static LiftedVectors of(byte[] json) {
        LiftedVectors lifted = new LiftedVectors(json);
        lifted.lift();
        return lifted;
    }

    /** @return the request with places instead of vectors */
    byte[] rest() {
        return Arrays.copyOf(kept, length);
    }

    /** @return the vectors, by place */
    List<double[]> vectors() {
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
        int from = at++;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, json.length);
        keep(from, at - from);
    }

    private void liftArray() {
        int from = at++;
        int count = 0;
        while (true) {
            skipBlanks();
            if (!readNumber(count)) {
                break;
            }
            count++;
            skipBlanks();
            if (at < json.length && json[at] == ',') {
                at++;
            } else if (at < json.length && json[at] == ']') {
                at++;
                keepPlace(Arrays.copyOf(numbers, count));
                return;
            } else {
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

    private void skipBlanks() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    /** Reads what is a number by JSON's grammar; false leaves {@link #at} anywhere. */
    private boolean readNumber(int index) {
        int from = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        int first = at;
        long digits = digits(0);
        int wholeDigits = at - first;
        if (wholeDigits == 0 || (json[first] == '0' && wholeDigits > 1)) {
            return false;
        }
        int fraction = 0;
        if (peek() == '.') {
            int point = at++;
            digits = digits(digits);
            fraction = at - point - 1;
            if (fraction == 0) {
                return false;
            }
        }
        int significant = wholeDigits + fraction;
        int exponent = 0;
        if (peek() == 'e' || peek() == 'E') {
            at++;
            boolean down = peek() == '-';
            if (down || peek() == '+') {
                at++;
            }
            int behind = at;
            exponent = (int) Math.min(digits(0), Integer.MAX_VALUE / 2);
            if (at == behind || at - behind > MOST_EXACT_DIGITS) {
                return false;
            }
            exponent = down ? -exponent : exponent;
        }
        if (index == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * index);
        }
        int power = exponent - fraction;
        numbers[index] = significant <= MOST_EXACT_DIGITS && Math.abs(power) <= MOST_EXACT_POWER
                ? exact(negative ? -digits : digits, power, negative)
                : Double.parseDouble(new String(json, from, at - from, StandardCharsets.US_ASCII));
        return true;
    }

    /** Both are doubles exactly, so that one division or multiplication rounds once, and right. */
    private static double exact(long digits, int power, boolean negative) {
        double number = negative && digits == 0 ? -0.0 : digits;
        return power < 0 ? number / POWERS[-power] : number * POWERS[power];
    }

    /** Appends the digits that follow; beyond 18 the number is nonsense, which nobody uses. */
    private long digits(long before) {
        long number = before;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            number = number * 10 + (json[at] - '0');
            at++;
        }
        return number;
    }

    private byte peek() {
        return at < json.length ? json[at] : 0;
    }
}
