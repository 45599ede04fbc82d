/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.security.MessageDigest;
import java.util.Objects;

/**
 * The bytes behind a {@link SecretRef}, on the machine that needs them. Not serializable, printed
 * as {@code ***}, and not comparable: only this package sees the bytes.
 */
public final class Secret {

    private final String name;
    private final byte[] bytes;

    private Secret(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * A secret of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if there are none: an empty key signs nothing
     */
    public static Secret of(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException(
                    "secret " + name + ": 0 bytes (expected: at least 1)");
        }
        return new Secret(Objects.requireNonNull(name, "name"), bytes.clone());
    }

    /** The name of its reference. */
    public String name() {
        return name;
    }

    /** The bytes themselves, not copied. */
    byte[] bytes() {
        return bytes;
    }

    boolean sameBytesAs(Secret other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
