/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides who sent a request. In: the raw request. Out: a closed decision. Knows neither Flink nor
 * Jetty.
 */
package io.webhookstreams.auth;
