/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Turns options into settings, all problems reported together. In: Flink {@code Configuration}s.
 * Out: immutable, serializable settings that every other package reads, holding references to
 * secrets, never secrets. Client thread.
 */
package io.webhookstreams.connector.config;
