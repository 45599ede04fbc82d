/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Processes outside this JVM. In: a command. Out: a handle that kills exactly what it started. No
 * shell, no kill by name; a child JVM on a {@link io.webhookstreams.test.process.Leash} ends with
 * its parent whatever becomes of that.
 */
package io.webhookstreams.test.process;
