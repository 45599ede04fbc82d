/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A sender that nobody here wrote: Prometheus's Alertmanager as Debian packages it, started from
 * its binary and told of alerts by its API.
 */
package io.webhookstreams.test.alertmanager;
