/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Measures single pieces of the request path with JMH, each beside the least that any code must do
 * for the same end (its method is named {@code bare}). In: nothing. Out: ratios on standard output.
 * What is measured is public or, where it is not, sits in a package of the same name.
 */
package io.webhookstreams.bench.jmh;
