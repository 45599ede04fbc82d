/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The HTTP server: the only package that knows Jetty. In: connections. Out: exchanges for the
 * ingest path, answers for senders, health and drain for operators. One server per job and listen
 * address in a JVM, from {@link io.webhookstreams.connector.http.WebhookServers}; its threads are
 * Jetty's own, plus one timer for deadlines, one scheduler for everything slower that must come on
 * time, and one for what reads files and may hang.
 */
package io.webhookstreams.connector.http;
