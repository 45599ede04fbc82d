/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.SecretStatus;

import java.time.Duration;
import java.util.List;

/**
 * What an operator sees of one stream's secrets.
 *
 * @param type of authentication
 * @param retireAfter how long an old secret has to be unseen to be safe to retire
 * @param secrets in the order of the settings; empty for a type without any
 */
public record StreamSecrets(
        String source,
        String stream,
        String type,
        Duration retireAfter,
        List<SecretStatus> secrets) {}
