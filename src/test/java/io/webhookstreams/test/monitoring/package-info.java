/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The alert rules and the dashboard that ship. In: their files, and what a running job really shows
 * to Prometheus. Out: that they speak of nothing else, that the documentation explains each, and,
 * where {@code promtool} is installed, that the alerts fire when they should.
 */
package io.webhookstreams.test.monitoring;
