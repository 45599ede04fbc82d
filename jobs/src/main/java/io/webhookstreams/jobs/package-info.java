/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The runnable job: what happens to an event once it is durable. {@link
 * io.webhookstreams.jobs.WebhooksJob} is its entry point on a cluster, {@link
 * io.webhookstreams.jobs.cli.Webhooks} the command. Below: {@code config} (one YAML file to
 * settings), {@code pipeline} (operators and files), {@code embedded} (Flink in this process and
 * its data directory), {@code cli}.
 *
 * <p>Uses the connector's public package, and of {@code auth} the references, presets and signers
 * that its options speak of; nothing else of either.
 */
package io.webhookstreams.jobs;
