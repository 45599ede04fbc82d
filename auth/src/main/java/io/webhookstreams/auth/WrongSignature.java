/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a vendor must be told of a signature that none of the readable secrets has made. */
public enum WrongSignature {
    /** That nobody can tell, while some other secret cannot be read: it sends again. */
    @JsonProperty("may-be-503")
    MAY_BE_503,
    /**
     * That it is wrong: the vendor sends wrong ones on purpose, and takes nothing else for an
     * answer. What an unreadable secret has made is refused with them; while no secret can be read
     * nobody can tell all the same.
     */
    @JsonProperty("always-401")
    ALWAYS_401
}
