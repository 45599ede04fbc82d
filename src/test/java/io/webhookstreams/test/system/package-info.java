/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The promise, tested from outside: real processes, real kills, vendors that see nothing but
 * answers, and the files that come out. Every test keeps its logs, configuration and output below
 * {@code target/system-tests}.
 */
package io.webhookstreams.test.system;
