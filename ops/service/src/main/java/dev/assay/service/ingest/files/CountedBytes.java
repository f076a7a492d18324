package dev.assay.service.ingest.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows how many bytes were read, for others to show how far it is. */
final class CountedBytes extends FilterInputStream {
    private volatile long count;

    CountedBytes(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int read = super.read(to, offset, length);
        count(Math.max(0, read));
        return read;
    }

    /** A pipe cannot say it. It may have more: gzip asks, and takes none for the end. */
    @Override
    public int available() {
        try {
            return super.available();
        } catch (IOException e) {
            return 1;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, others look
    private void count(int more) {
        count += more;
    }
}
