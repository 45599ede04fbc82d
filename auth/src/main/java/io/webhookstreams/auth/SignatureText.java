/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.util.ArrayList;
import java.util.List;

/**
 * What the field of the signature says: the signatures of the versions we take, and the time where
 * it stands among them. Versions that are not taken are ignored, never accepted.
 *
 * @param signatures at least one, each of the length that the algorithm gives
 * @param timestamp the raw text; null where the field holds none
 */
record SignatureText(List<String> signatures, String timestamp) {

    /** Signatures × keys is the work an attacker can order; vendors send a handful. */
    static final int MAX_SIGNATURES = 16;

    /**
     * Of MACs with a header for each of the vendor's keys: DocuSign's accounts have up to 100. Each
     * costs a comparison only, since a key's MAC is made once.
     */
    static final int MAX_NUMBERED_SIGNATURES = 100;

    /** Of key pairs, where each costs as much as a hundred comparisons of a MAC. */
    static final int MAX_KEY_PAIR_SIGNATURES = 4;

    /** The grammar of one scheme's field, compiled once; safe from any thread. */
    static final class Grammar {

        private final SignatureScheme.Signature rule;
        private final String timestampKey;
        private final boolean ignoreCaseOfPrefix;
        private final int least;
        private final int most;
        private final int mostSignatures;

        /** {@code timestampKey} is the key that holds the time, null for none. */
        Grammar(SignatureScheme.Signature rule, Algorithm algorithm, String timestampKey) {
            this.rule = rule;
            this.timestampKey = timestampKey;
            boolean signs = algorithm.signs();
            // The scheme of Authorization has no case (RFC 9110, 11.1).
            this.ignoreCaseOfPrefix = !signs;
            this.least = signs ? rule.encoding().length(algorithm.leastBytes()) : 1;
            this.most =
                    signs
                            ? rule.encoding().length(algorithm.mostBytes())
                            : RequestFields.MAX_HEADER;
            this.mostSignatures = mostSignatures(rule, algorithm);
        }

        private static int mostSignatures(SignatureScheme.Signature rule, Algorithm algorithm) {
            if (algorithm.kind() == Algorithm.Kind.KEY_PAIR) {
                return MAX_KEY_PAIR_SIGNATURES;
            }
            boolean numbered = rule.from().kind() == FieldSource.Kind.HEADERS;
            return numbered && algorithm.kind() == Algorithm.Kind.MAC
                    ? MAX_NUMBERED_SIGNATURES
                    : MAX_SIGNATURES;
        }

        /** Reads all fields that hold a signature, at least one. */
        SignatureText parse(List<String> texts) throws RefusedException {
            List<String> signatures = new ArrayList<>(texts.size());
            for (String text : texts) {
                signatures.addAll(parse(text).signatures());
            }
            return new SignatureText(plausible(signatures), null);
        }

        /** Reads the field that holds the signatures. */
        SignatureText parse(String text) throws RefusedException {
            return rule.parse() == SignatureScheme.Parse.PLAIN ? plain(text) : items(text);
        }

        /** The inverse, for signers. */
        String format(String signature, String timestamp) {
            if (rule.parse() == SignatureScheme.Parse.PLAIN) {
                return rule.prefix() + signature;
            }
            String time =
                    timestampKey == null
                            ? ""
                            : timestampKey + rule.keySeparator() + timestamp + rule.separator();
            return time + rule.take().get(0) + rule.keySeparator() + signature;
        }

        private SignatureText plain(String text) throws RefusedException {
            String prefix = rule.prefix();
            if (!text.regionMatches(ignoreCaseOfPrefix, 0, prefix, 0, prefix.length())) {
                throw malformed(text.length() + " characters", "prefix '" + prefix + "'");
            }
            String signature = text.substring(prefix.length());
            if (!fits(signature)) {
                throw wrongLength(signature);
            }
            return new SignatureText(List.of(signature), null);
        }

        private SignatureText items(String text) throws RefusedException {
            List<String> signatures = new ArrayList<>(2);
            String timestamp = null;
            for (int start = 0; start < text.length(); ) {
                int end = indexOrEnd(text, rule.separator(), start);
                String item = text.substring(start, end).strip();
                start = end + rule.separator().length();
                int split = item.indexOf(rule.keySeparator());
                if (split < 0) {
                    continue;
                }
                String key = item.substring(0, split);
                String value = item.substring(split + rule.keySeparator().length());
                if (rule.take().contains(key)) {
                    signatures.add(value);
                } else if (key.equals(timestampKey)) {
                    timestamp = onlyOne(timestamp, value);
                }
            }
            return new SignatureText(plausible(signatures), timestamp);
        }

        private String onlyOne(String before, String value) throws RefusedException {
            if (before != null) {
                throw new RefusedException(
                        Cause.DUPLICATE_CREDENTIAL,
                        rule.from() + ": several " + timestampKey + " (expected: 1)");
            }
            return value;
        }

        private List<String> plausible(List<String> signatures) throws RefusedException {
            if (signatures.isEmpty()) {
                throw new RefusedException(
                        Cause.MISSING_CREDENTIAL,
                        rule.from() + ": no signature (expected: " + rule.take() + ")");
            }
            if (signatures.size() > mostSignatures) {
                throw malformed(signatures.size() + " signatures", "at most " + mostSignatures);
            }
            String first = signatures.get(0);
            signatures.removeIf(signature -> !fits(signature));
            if (signatures.isEmpty()) {
                throw wrongLength(first);
            }
            return signatures;
        }

        private boolean fits(String signature) {
            return signature.length() >= least && signature.length() <= most;
        }

        private RefusedException wrongLength(String signature) {
            return malformed(
                    "signature of " + signature.length() + " characters",
                    least == most ? "" + least : least + " to " + most);
        }

        private RefusedException malformed(String value, String expected) {
            return new RefusedException(
                    Cause.MALFORMED_CREDENTIAL,
                    rule.from() + ": " + value + " (expected: " + expected + ")");
        }

        private static int indexOrEnd(String text, String separator, int from) {
            int at = text.indexOf(separator, from);
            return at < 0 ? text.length() : at;
        }
    }
}
