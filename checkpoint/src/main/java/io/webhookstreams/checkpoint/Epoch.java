/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.List;

/**
 * The receipts registered between two cuts, in order of registration, sealed under the id of the
 * later one.
 */
record Epoch(long checkpointId, List<Receipt> receipts) {}
