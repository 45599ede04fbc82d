/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One vendor's signature, as data: what is signed, how, and where the signature stands. Run by one
 * interpreter for all vendors; {@code presets.yaml} holds them in the same words.
 *
 * @param algorithm how the signature is made
 * @param key how a secret's text becomes the key
 * @param signature where the signature stands and how it is written
 * @param timestamp where the signed time stands and how old it may be; null where none is signed
 * @param content what is signed, see {@link ContentTemplate}
 */
public record SignatureScheme(
        Algorithm algorithm, Key key, Signature signature, Timestamp timestamp, String content) {

    public SignatureScheme {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(content, "content");
    }

    /** The same with other tolerances where they are given; null keeps the vendor's own. */
    SignatureScheme with(Duration past, Duration future) {
        Timestamp other = timestamp == null ? null : timestamp.with(past, future);
        return new SignatureScheme(algorithm, key, signature, other, content);
    }

    /** How a secret's text becomes the key. */
    public enum KeyDecoding {
        @JsonProperty("utf8")
        UTF8,
        @JsonProperty("base64")
        BASE64,
        @JsonProperty("hex")
        HEX
    }

    /** The grammar of the field that holds the signature. */
    public enum Parse {
        /** Nothing but the signature, after a fixed prefix. */
        @JsonProperty("plain")
        PLAIN,
        /** Keys and values, some of them signatures: {@code t=1,v1=abc,v1=def}. */
        @JsonProperty("kv")
        KV,
        /** Signatures, each tagged with its version: {@code v1,abc v1,def}. */
        @JsonProperty("tagged")
        TAGGED
    }

    /**
     * The key. Mind that {@code whsec_} means two things: Stripe uses the whole text as key bytes,
     * Standard Webhooks strips it and decodes the rest.
     *
     * @param decode how the text becomes bytes
     * @param strip what is taken off the front of the text first, where it is there; may be null
     */
    public record Key(KeyDecoding decode, String strip) {
        public Key {
            Objects.requireNonNull(decode, "key.decode");
            strip = Objects.requireNonNullElse(strip, "");
        }
    }

    /**
     * The signature.
     *
     * @param from the field that holds it
     * @param parse the field's grammar
     * @param prefix plain only: what stands before the signature, for example {@code sha256=}
     * @param separator kv and tagged: what stands between items
     * @param keySeparator kv and tagged: what stands between key and value
     * @param take kv and tagged: the keys whose values are signatures; all others are ignored
     * @param encoding how the bytes are written
     */
    public record Signature(
            FieldSource from,
            Parse parse,
            String prefix,
            String separator,
            String keySeparator,
            List<String> take,
            Encoding encoding) {
        public Signature {
            Objects.requireNonNull(from, "signature.from");
            Objects.requireNonNull(parse, "signature.parse");
            Objects.requireNonNull(encoding, "signature.encoding");
            prefix = Objects.requireNonNullElse(prefix, "");
            take = take == null ? List.of() : List.copyOf(take);
            boolean items = parse != Parse.PLAIN;
            if (items != isText(separator)
                    || items != isText(keySeparator)
                    || items == take.isEmpty()) {
                throw new IllegalArgumentException(
                        "signature.parse: "
                                + parse
                                + " (expected: separator, key-separator and take with kv and"
                                + " tagged, none of them with plain)");
            }
        }

        private static boolean isText(String text) {
            return text != null && !text.isEmpty();
        }
    }

    /**
     * The signed time.
     *
     * @param from where it stands
     * @param format how it is written; the raw text is what is signed
     * @param past how old it may be; null for any age
     * @param future how far ahead it may be; null for any distance
     */
    public record Timestamp(FieldSource from, TimeFormat format, Duration past, Duration future) {
        public Timestamp {
            Objects.requireNonNull(from, "timestamp.from");
            Objects.requireNonNull(format, "timestamp.format");
        }

        /** The same with other tolerances where they are given; null keeps the vendor's own. */
        Timestamp with(Duration otherPast, Duration otherFuture) {
            return new Timestamp(
                    from,
                    format,
                    otherPast == null ? past : otherPast,
                    otherFuture == null ? future : otherFuture);
        }
    }
}
