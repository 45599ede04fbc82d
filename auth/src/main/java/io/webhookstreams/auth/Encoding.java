/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Base64;
import java.util.HexFormat;

/** How a signature's bytes are written in a header: the one spelling that vendors send. */
public enum Encoding {
    /** Lower case. */
    @JsonProperty("hex")
    HEX {
        @Override
        String encode(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    },
    /** The standard alphabet, padded. */
    @JsonProperty("base64")
    BASE64 {
        @Override
        String encode(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    },
    /** The URL alphabet, not padded. */
    @JsonProperty("base64url")
    BASE64URL {
        @Override
        String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    };

    abstract String encode(byte[] bytes);

    /** The number of characters that so many bytes take. */
    int length(int bytes) {
        return encode(new byte[bytes]).length();
    }
}
