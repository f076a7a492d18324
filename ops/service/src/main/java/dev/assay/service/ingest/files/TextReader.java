package dev.assay.service.ingest.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to characters, none lost in silence. A byte that the encoding does not have becomes a low surrogate that stands alone,
 * as no text in any encoding decodes to, so that it is found in the item where it stands and the others are read.
 */
final class TextReader extends Reader {
    private static final int BUFFER = 1 << 16;
    private static final int TELLING = 1 << 12;
    private static final char ESCAPE = '\uDC00';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream bytes;
    private final Charset encoding;
    private final CharsetDecoder decoder;
    private final ByteBuffer undecoded = ByteBuffer.allocate(BUFFER);
    private char[] ahead = {}; // read by peek and not yet by read
    private int taken; // of them
    private boolean ended; // there are no more bytes
    private boolean begun;
    private boolean escaped;
    private @Nullable String broken;

    /** @param named null: as the first bytes show */
    TextReader(InputStream bytes, @Nullable Charset named) throws IOException {
        this.bytes = bytes;
        undecoded.put(bytes.readNBytes(TELLING)).flip();
        encoding = named == null ? encoding(undecoded.array(), undecoded.limit()) : named;
        decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** @return what reads a text from memory */
    static TextReader of(String text) throws IOException {
        return new TextReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** UTF-16 begins with a mark or, written by who leaves it out, with half of its bytes zero: JSON begins with ASCII. */
    private static Charset encoding(byte[] first, int count) {
        int a = count > 0 ? first[0] : -1;
        int b = count > 1 ? first[1] : -1;
        if ((a == (byte) 0xff && b == (byte) 0xfe) || (a > 0 && b == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if ((a == (byte) 0xfe && b == (byte) 0xff) || (a == 0 && b > 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    Charset encoding() {
        return encoding;
    }

    /** @return why there are no more bytes, though there should be; null: it is the end */
    @Nullable
    String broken() {
        return broken;
    }

    /** @return whether some bytes so far were none of this encoding */
    boolean escaped() {
        return escaped;
    }

    /** @return what to say of an item in which such bytes stand */
    String saidOfEscapes() {
        return "bytes that are no " + encoding.name() + "; name the encoding with --encoding, such as latin1";
    }

    /** @return at most so many characters from here, which are still to be read */
    String peek(int most) throws IOException {
        char[] read = new char[BUFFER];
        int count = 0;
        int got = 0;
        while (count < most && got >= 0) {
            if (read.length - count < 2) { // room for a pair of surrogates
                read = Arrays.copyOf(read, 2 * read.length);
            }
            got = read(read, count, Math.max(2, Math.min(most, read.length) - count));
            count += Math.max(0, got);
        }
        ahead = Arrays.copyOf(read, count);
        taken = 0;
        return new String(ahead);
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (taken < ahead.length) {
            int count = Math.min(length, ahead.length - taken);
            System.arraycopy(ahead, taken, to, offset, count);
            taken += count;
            if (taken == ahead.length) {
                ahead = new char[0];
                taken = 0;
            }
            return count;
        }
        if (length == 0) {
            return 0;
        }
        CharBuffer out = CharBuffer.wrap(to, offset, length);
        if (!decode(out)) {
            return -1;
        }
        int count = out.position() - offset;
        if (count > 0 && !begun) {
            begun = true;
            if (to[offset] == BYTE_ORDER_MARK) {
                System.arraycopy(to, offset + 1, to, offset, count - 1);
                return count == 1 ? read(to, offset, length) : count - 1;
            }
        }
        return count;
    }

    /** @return false at the end; else there is at least one character, unless the next are two and there is room for one */
    private boolean decode(CharBuffer out) throws IOException {
        int start = out.position();
        while (out.position() == start) {
            CoderResult result = decoder.decode(undecoded, out, ended);
            if (result.isError()) {
                escape(result.length(), out);
            } else if (result.isUnderflow()) {
                if (ended) {
                    return out.position() > start;
                }
                if (out.position() == start) {
                    fill();
                }
            } else {
                return true;
            }
        }
        return true;
    }

    private void escape(int length, CharBuffer out) {
        escaped = true;
        for (int i = 0; i < length && out.hasRemaining(); i++) {
            out.put((char) (ESCAPE + Byte.toUnsignedInt(undecoded.get())));
        }
    }

    private void fill() throws IOException {
        undecoded.compact();
        int read;
        try {
            read = bytes.read(undecoded.array(), undecoded.position(), undecoded.remaining());
        } catch (IOException e) { // Packed bytes that break off: what came before is to be read.
            broken = String.valueOf(e.getMessage());
            read = -1;
        }
        if (read < 0) {
            ended = true;
        } else {
            undecoded.position(undecoded.position() + read);
        }
        undecoded.flip();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
