/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;

import io.webhookstreams.auth.SecretStatus;

import java.time.Instant;
import java.util.List;

/**
 * The keys that a stream trusts. {@link #find} runs on request threads and never blocks; {@link
 * #refresh} runs about once a second on a thread that may touch files.
 */
public interface KeySource {

    /** What {@link #find} says where it has no key. */
    enum Missing {
        /** There is none, and looking again would not help. */
        UNKNOWN,
        /** It is not here, and is being looked for: the same token may pass soon. */
        LOOKED_FOR,
        /** There are no keys at all: nobody can tell. Ours to mend. */
        UNAVAILABLE
    }

    /**
     * A key that may have made a token.
     *
     * @param use what its time is, and what is counted of it
     */
    record Candidate(JwtKey key, KeyUse use) {}

    /**
     * The keys that may have made a token, or why there are none.
     *
     * @param keys all of them are tried
     * @param missing why a token that none of them has made may have been made by another; null
     *     where there is no other
     */
    record Found(List<Candidate> keys, Missing missing) {

        public Found {
            keys = List.copyOf(keys);
        }

        /** Public keys of one use; {@link Missing#UNKNOWN} where there are none. */
        public static Found of(List<JwtKey> keys, KeyUse use) {
            return keys.isEmpty()
                    ? none(Missing.UNKNOWN)
                    : new Found(keys.stream().map(key -> new Candidate(key, use)).toList(), null);
        }

        /** No keys, for this reason. */
        public static Found none(Missing why) {
            return new Found(List.of(), why);
        }
    }

    /** The keys for the header of a token that arrived then. CPU only. Never null. */
    Found find(JWSHeader header, Instant receivedAt);

    /** Whether tokens must carry the id of their key. */
    boolean needsKeyId();

    /** What is known of each secret or file; empty for keys behind a URL. Never blocks. */
    default List<SecretStatus> secrets() {
        return List.of();
    }

    /** Looks whether the keys have changed. Never throws. */
    void refresh();
}
