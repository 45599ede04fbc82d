/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

import javax.annotation.Nullable;

/** Undoes a body's Content-Encoding: identity, gzip or deflate, one of them once. Any thread. */
final class ContentCodings {

    private ContentCodings() {}

    /**
     * Refuses what cannot be undone before the body is read.
     *
     * @param lines of the header: several mean several codings (RFC 9110, 5.3), whatever they say
     */
    static boolean isSupported(List<String> lines) {
        return lines.isEmpty()
                || (lines.size() == 1
                        && switch (normal(lines.get(0))) {
                            case "", "identity", "gzip", "x-gzip", "deflate" -> true;
                            default -> false;
                        });
    }

    /**
     * The body as its sender meant it.
     *
     * @param most bytes that the result may have; inflating stops there
     */
    static byte[] decode(byte[] raw, @Nullable String encoding, int most) throws RefusedException {
        if (encoding == null) {
            return raw;
        }
        return switch (normal(encoding)) {
            case "", "identity" -> raw;
            case "gzip", "x-gzip" -> inflate(raw, GZIPInputStream::new, most);
            case "deflate" -> inflate(raw, WithoutDictionary::new, most);
            default -> throw new RefusedException(Refusal.UNSUPPORTED_ENCODING);
        };
    }

    private static byte[] inflate(byte[] raw, Decoder decoder, int most) throws RefusedException {
        try (InputStream in = decoder.open(new ByteArrayInputStream(raw))) {
            byte[] body = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new RefusedException(Refusal.TOO_LARGE);
            }
            return body;
        } catch (IOException e) {
            // The bytes are at fault and not the memory that they are read from.
            throw new RefusedException(Refusal.BAD_ENCODING);
        }
    }

    private static String normal(String encoding) {
        return encoding.trim().toLowerCase(Locale.ROOT);
    }

    /** What needs a dictionary, which nobody has agreed on, would otherwise read as empty. */
    private static final class WithoutDictionary extends InflaterInputStream {

        WithoutDictionary(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read < 0 && inf.needsDictionary()) {
                throw new ZipException("a dictionary is needed");
            }
            return read;
        }
    }

    @FunctionalInterface
    private interface Decoder {
        InputStream open(InputStream in) throws IOException;
    }
}
