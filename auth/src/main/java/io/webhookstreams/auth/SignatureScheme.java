/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One vendor's signature, as data: what is signed, how, and where the signature stands. Run by one
 * interpreter for all vendors; {@code presets.yaml} holds them in the same words.
 *
 * @param when the requests that are signed this way; null for those that have the signature's field
 * @param algorithm how the signature is made
 * @param key how a secret's text becomes the key
 * @param signature where the signature stands and how it is written
 * @param timestamp where the signed time stands and how old it may be; null where none is signed
 * @param content what is signed, see {@link ContentTemplate}; null exactly with tokens
 * @param url how the port may stand in a signed URL, tried in this order; never empty
 * @param bind where the hex SHA-256 of the body stands, among what is signed; null for nowhere
 */
public record SignatureScheme(
        When when,
        Algorithm algorithm,
        Key key,
        Signature signature,
        Timestamp timestamp,
        String content,
        List<UrlForm> url,
        FieldSource bind)
        implements Serializable {

    public SignatureScheme {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
        url = url == null || url.isEmpty() ? List.of(UrlForm.AS_IS) : List.copyOf(url);
        List<String> problems = new ArrayList<>();
        addUnfitKey(problems, algorithm, key);
        if (algorithm.signs() != (content != null && signature.encoding() != null)) {
            problems.add(
                    "content: "
                            + (content == null ? "missing" : content)
                            + " (expected: one, and signature.encoding, except with token and"
                            + " basic)");
        }
        if (!algorithm.signs() && (timestamp != null || bind != null)) {
            problems.add("timestamp, bind: set (expected: neither with " + algorithm + ")");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** The same with other tolerances where they are given; null keeps the vendor's own. */
    SignatureScheme with(Duration past, Duration future) {
        Timestamp other = timestamp == null ? null : timestamp.with(past, future);
        return new SignatureScheme(when, algorithm, key, signature, other, content, url, bind);
    }

    /** The same with another way to read its secrets. */
    SignatureScheme with(Key other) {
        return new SignatureScheme(
                when, algorithm, other, signature, timestamp, content, url, bind);
    }

    /** Whether a change at that place breaks the signature; always where nothing stands. */
    boolean covers(ValueLocation location) {
        if (location.kind() == ValueLocation.Kind.NONE) {
            return true;
        }
        boolean signedTime =
                timestamp != null && timestamp.from().toString().equals(location.toString());
        boolean boundBody = bind != null && location.isInBody();
        return algorithm.signs()
                && (signedTime || boundBody || ContentTemplate.compile(content).covers(location));
    }

    /** Whether everything it signs has a part that such a text cannot have. */
    boolean signsMoreThan(Pattern text) {
        boolean opened = when != null && when.body() == BodyShape.OBJECT;
        return ContentTemplate.compile(content).literals().anyMatch(l -> !text.matcher(l).matches())
                || (opened && ContentTemplate.compile(content).has(ContentAtom.Simple.BODY));
    }

    private static void addUnfitKey(List<String> problems, Algorithm algorithm, Key key) {
        boolean rawPublicKey =
                algorithm == Algorithm.ED25519
                        && (key.decode() == KeyDecoding.HEX || key.decode() == KeyDecoding.BASE64);
        boolean pair = algorithm.kind() == Algorithm.Kind.KEY_PAIR;
        if (key.decode().isPublicKey() ? !pair : pair && !rawPublicKey) {
            problems.add(
                    "key.decode: "
                            + SchemeBinder.written(key.decode())
                            + " (expected: spki64, pem or cert with key pairs, hex or base64 with"
                            + " ed25519 too; utf8, base64 or hex with all others)");
        }
    }

    /** How a secret's text becomes the key. */
    public enum KeyDecoding {
        @JsonProperty("utf8")
        UTF8,
        @JsonProperty("base64")
        BASE64,
        @JsonProperty("hex")
        HEX,
        /** A public key, DER in base64 without lines around it. */
        @JsonProperty("spki64")
        SPKI64,
        /** A public key in PEM. */
        @JsonProperty("pem")
        PEM,
        /** An X.509 certificate in PEM; trusted as it is, without a chain. */
        @JsonProperty("cert")
        CERT;

        boolean isPublicKey() {
            return switch (this) {
                case SPKI64, PEM, CERT -> true;
                case UTF8, BASE64, HEX -> false;
            };
        }
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

    /** How a port stands in the URL that was signed. */
    public enum UrlForm {
        /** As the public URL says. */
        @JsonProperty("as-is")
        AS_IS,
        @JsonProperty("no-port")
        NO_PORT,
        /** 443 or 80 where there is none. */
        @JsonProperty("default-port")
        DEFAULT_PORT
    }

    /** What a body is, told from its first byte. */
    public enum BodyShape {
        @JsonProperty("array")
        ARRAY('['),
        @JsonProperty("object")
        OBJECT('{');

        private final char first;

        BodyShape(char first) {
            this.first = first;
        }

        /** The first byte that is no blank. */
        char first() {
            return first;
        }
    }

    /**
     * Which requests a scheme is for; exactly one of the three.
     *
     * @param present the field is there
     * @param absent the field is not there
     * @param body the body has this shape
     */
    public record When(FieldSource present, FieldSource absent, BodyShape body)
            implements Serializable {
        public When {
            int given = (present == null ? 0 : 1) + (absent == null ? 0 : 1);
            if (given + (body == null ? 0 : 1) != 1) {
                throw new IllegalArgumentException(
                        "when: not one condition (expected: one of present, absent and body)");
            }
        }

        boolean needsBody() {
            return body != null || (present == null ? absent : present).needsBody();
        }
    }

    /**
     * The key. Mind that {@code whsec_} means two things: Stripe uses the whole text as key bytes,
     * Standard Webhooks strips it and decodes the rest.
     *
     * @param decode how the text becomes bytes
     * @param strip what is taken off the front of the text first, where it is there; may be null
     */
    public record Key(KeyDecoding decode, String strip) implements Serializable {
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
     * @param encoding how the bytes are written; null exactly with tokens
     */
    public record Signature(
            FieldSource from,
            Parse parse,
            String prefix,
            String separator,
            String keySeparator,
            List<String> take,
            Encoding encoding)
            implements Serializable {
        public Signature {
            Objects.requireNonNull(from, "signature.from");
            Objects.requireNonNull(parse, "signature.parse");
            if (from.kind() == FieldSource.Kind.SIG) {
                throw new IllegalArgumentException(
                        "signature.from: " + from + " (expected: not inside itself)");
            }
            prefix = Objects.requireNonNullElse(prefix, "");
            take = take == null ? List.of() : List.copyOf(take);
            boolean items = parse != Parse.PLAIN;
            if (items != isText(separator)
                    || items != isText(keySeparator)
                    || items == take.isEmpty()) {
                throw new IllegalArgumentException(
                        "signature.parse: "
                                + SchemeBinder.written(parse)
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
     * @param past how old it may be; null means 300 s
     * @param future how far ahead it may be; null means 300 s
     */
    public record Timestamp(FieldSource from, TimeFormat format, Duration past, Duration future)
            implements Serializable {
        public Timestamp {
            Objects.requireNonNull(from, "timestamp.from");
            Objects.requireNonNull(format, "timestamp.format");
            past = Objects.requireNonNullElse(past, Tolerance.USUAL.past());
            future = Objects.requireNonNullElse(future, Tolerance.USUAL.future());
            if (from.kind() == FieldSource.Kind.HEADERS || from.isEach()) {
                throw new IllegalArgumentException(
                        "timestamp.from: " + from + " (expected: one field)");
            }
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
