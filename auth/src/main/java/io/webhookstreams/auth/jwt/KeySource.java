/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import com.nimbusds.jose.JWSHeader;

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
     * The keys that may have made a token, or why there are none.
     *
     * @param keys empty exactly where {@code missing} is not null
     */
    record Found(List<JwtKey> keys, Missing missing) {

        public Found {
            keys = List.copyOf(keys);
        }

        static Found of(List<JwtKey> keys) {
            return keys.isEmpty() ? none(Missing.UNKNOWN) : new Found(keys, null);
        }

        static Found none(Missing why) {
            return new Found(List.of(), why);
        }
    }

    /** The keys for a token's header. CPU only. Never null. */
    Found find(JWSHeader header);

    /** Whether tokens must carry the id of their key. */
    boolean needsKeyId();

    /** Looks whether the keys have changed. Never throws. */
    void refresh();
}
