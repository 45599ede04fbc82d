/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A small CA for internal senders. In: a folder, a name, alternative names. Out: PEM files; keys
 * are their owner's only. The command's main thread; knows nothing of Flink or of the
 * configuration.
 *
 * <p>Certificates are signed by the {@code keytool} of the JDK that runs: its public API signs
 * none. The alternative, Bouncy Castle's bcpkix, would bring its own providers into the job's jar
 * for a command that is used a few times a year.
 */
package io.webhookstreams.jobs.certs;
