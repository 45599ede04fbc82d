/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The project as its users have it: the packaged jar and command, a configuration file, the health
 * and admin ports, the output directory. Nothing here uses a class of the project but the tools of
 * its command {@code prove}.
 */
package io.webhookstreams.test.webhooks;
