/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code webhooks}: run, check, new-stream, certs, send, verify, prove. In: arguments
 * and a configuration file. Out: text for people and an exit code. Main thread. Uses of {@code
 * auth} what posts, explains and makes secrets: signers, explainer, presets, references.
 */
package io.webhookstreams.jobs.cli;
