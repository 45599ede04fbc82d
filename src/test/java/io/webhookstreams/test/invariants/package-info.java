/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The promise's invariants, each proved by a test of its name: the real source on a Flink in this
 * JVM, real HTTP, and operators that the test slows, stops and fails. Checkpoints come when a test
 * asks for one, so that "not yet answered" is a fact and not a matter of speed.
 */
package io.webhookstreams.test.invariants;
