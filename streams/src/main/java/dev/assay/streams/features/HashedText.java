package dev.assay.streams.features;

import dev.assay.estimator.algebra.SparseRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.shingle.ShingleFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * A text as signed counts in 4,096 buckets. Its lower-cased words, pairs of neighbouring words and runs of four characters
 * (code points, spaces and punctuation included) are hashed; the low 12 bits of the hash choose the bucket, the highest bit
 * the sign. Two features that share a bucket cancel as often as they add, so that collisions disturb inner products by
 * noise and not by bias. The hash is Murmur3 (32 bit, seed 1 for words and pairs, 2 for characters) of the UTF-8 bytes.
 *
 * <p>Not a record of the text but of Lucene's analysis of it: another release of Lucene may cut words differently, which is
 * why {@link TextFeatureSpace} keeps the {@link #fingerprint} of the analysis it was fitted with.
 */
final class HashedText {
    static final int BUCKETS = 4096;

    private static final Analyzer ANALYSIS = new Analysis();
    private static final String WORDS = "words";
    private static final String CHARACTERS = "characters";
    /** Every kind of character the analysis treats in its own way. */
    private static final String PROBE =
            "Don't mix 3.5 Äpfel_and ŒUVRES, e-mail me@x.org: 日本語 ไทย हिन्दी 한국어 עברית 👩‍💻 İI!";

    private final int[] counts = new int[BUCKETS];
    private int words;

    private HashedText(String text) {
        count(WORDS, text, 1);
        count(CHARACTERS, text, 2);
    }

    /** @param text may be empty: then every bucket is 0 */
    static HashedText of(String text) {
        return new HashedText(text);
    }

    /** @return a number that differs, but for a chance of 2^-32, if this build analyses text in another way */
    static int fingerprint() {
        HashedText probe = of(PROBE);
        int hash = probe.words;
        for (int count : probe.counts) {
            hash = 31 * hash + count;
        }
        return hash;
    }

    /** @return how many words the text has, at least 0 */
    int words() {
        return words;
    }

    /** @return the sum of the signs of the features in this bucket */
    int count(int bucket) {
        return counts[bucket];
    }

    /** @return ±ln(1 + |count|) in each bucket, scaled to length 1; no entries if the text has no feature */
    SparseRow unitLength() {
        int hit = 0;
        for (int count : counts) {
            hit += count == 0 ? 0 : 1;
        }
        int[] indices = new int[hit];
        double[] values = new double[hit];
        int at = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts[bucket] != 0) {
                indices[at] = bucket;
                values[at++] = Math.signum((double) counts[bucket]) * StrictMath.log1p(Math.abs(counts[bucket]));
            }
        }
        double length = Math.sqrt(new SparseRow(indices, values).squaredLength());
        for (int i = 0; i < hit; i++) {
            values[i] /= length;
        }
        return new SparseRow(indices, values);
    }

    private void count(String field, String text, int seed) {
        try (TokenStream tokens = ANALYSIS.tokenStream(field, text)) {
            TermToBytesRefAttribute term = tokens.getAttribute(TermToBytesRefAttribute.class);
            TypeAttribute type = tokens.getAttribute(TypeAttribute.class);
            boolean countsWords = field.equals(WORDS);
            tokens.reset();
            while (tokens.incrementToken()) {
                BytesRef bytes = term.getBytesRef();
                int hash = StringHelper.murmurhash3_x86_32(bytes.bytes, bytes.offset, bytes.length, seed);
                counts[hash & (BUCKETS - 1)] += hash < 0 ? -1 : 1;
                if (countsWords && !type.type().equals(ShingleFilter.DEFAULT_TOKEN_TYPE)) {
                    words++;
                }
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Reading a string does not fail.
        }
    }

    /** Keeps one token stream per thread and field, as building one costs more than analysing a short text. */
    private static final class Analysis extends Analyzer {
        private static final int PAIR = 2;
        private static final int RUN = 4;

        Analysis() {
            super(PER_FIELD_REUSE_STRATEGY);
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            if (field.equals(CHARACTERS)) {
                Tokenizer runs = new NGramTokenizer(RUN, RUN);
                return new TokenStreamComponents(runs, new LowerCaseFilter(runs));
            }
            Tokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(words, new ShingleFilter(new LowerCaseFilter(words), PAIR, PAIR));
        }
    }
}
