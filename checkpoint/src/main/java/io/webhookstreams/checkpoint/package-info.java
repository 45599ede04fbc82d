/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides when it is safe to say 2xx, and what is in flight until then. Ids are longs; JDK only.
 */
package io.webhookstreams.checkpoint;
