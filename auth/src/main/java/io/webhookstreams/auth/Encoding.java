/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Base64;
import java.util.HexFormat;

/** How a signature's bytes are written in a field: the one spelling that vendors send. */
public enum Encoding {
    /** Lower case. */
    @JsonProperty("hex")
    HEX {
        @Override
        String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        byte[] decodeAny(String text) {
            return HexFormat.of().parseHex(text);
        }
    },
    /** The standard alphabet, padded. */
    @JsonProperty("base64")
    BASE64 {
        @Override
        String encode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        byte[] decodeAny(String text) {
            return Base64.getDecoder().decode(text);
        }
    },
    /** The URL alphabet, not padded. */
    @JsonProperty("base64url")
    BASE64URL {
        @Override
        String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        @Override
        byte[] decodeAny(String text) {
            return Base64.getUrlDecoder().decode(text);
        }
    };

    private static final byte[] NOTHING = {};

    abstract String encode(byte[] bytes);

    /** As the JDK reads it, which knows several spellings of the same bytes. */
    abstract byte[] decodeAny(String text);

    /** The bytes, or none where the text is not the one spelling of them. Never throws. */
    byte[] decode(String text) {
        try {
            byte[] bytes = decodeAny(text);
            return encode(bytes).equals(text) ? bytes : NOTHING;
        } catch (IllegalArgumentException e) {
            return NOTHING;
        }
    }

    /** The number of characters that so many bytes take. */
    int length(int bytes) {
        return encode(new byte[bytes]).length();
    }
}
