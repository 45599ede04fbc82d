/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Renders the reference pages of {@code docs/} from the code and fails when they are stale; {@code
 * mvn verify -Ddocs.update=true} writes them.
 */
package io.webhookstreams.test.docs;
