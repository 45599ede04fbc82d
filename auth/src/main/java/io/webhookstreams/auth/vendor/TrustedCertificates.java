/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.SecretStatus;

import java.time.Instant;
import java.util.List;

/**
 * The certificates that a stream's operator trusts. {@link #at} and {@link #used} run on request
 * threads and never block; {@link #refresh} runs about once a second on a thread that may touch
 * files.
 */
public interface TrustedCertificates {

    /** Those whose time it is for what arrived then; null while one of them cannot be read. */
    List<TrustedCertificate> at(Instant receivedAt);

    /** The same by the last {@link #refresh}, for what no request asks. */
    List<TrustedCertificate> current();

    /** It verified a request that arrived then. */
    void used(TrustedCertificate certificate, Instant receivedAt);

    /** What is known of each. Never blocks. */
    List<SecretStatus> status();

    /** Reads them again. Never throws. */
    void refresh();
}
