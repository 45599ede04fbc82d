/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command {@code webhooks prove}, proved: it is run as users run it, against a job that is
 * killed meanwhile, and against an output that is damaged. In: the packaged job. Out: its exit code
 * and its page.
 */
package io.webhookstreams.test.prove;
