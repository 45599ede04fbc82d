/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides when it is safe to say 2xx, and what is in flight until then.
 *
 * <p>In: deliveries, each with a {@link io.webhookstreams.checkpoint.Receipt}, from the threads
 * that serve requests; cuts and completions from the one thread that takes checkpoints; time from
 * one timer thread. Out: exactly one {@link io.webhookstreams.checkpoint.Settlement} per receipt,
 * on the executor that the owner gave, or on the timer thread when the deadline came first.
 *
 * <p>The life of a receipt:
 *
 * <ol>
 *   <li>A request is admitted within a {@link io.webhookstreams.checkpoint.ByteBudget}, where
 *       several streams share one by a {@link io.webhookstreams.checkpoint.WeightedBudget}, and
 *       gets a receipt.
 *   <li>{@link io.webhookstreams.checkpoint.Deadlines#schedule} bounds how long it may stay open.
 *   <li>{@link io.webhookstreams.checkpoint.Durability#append} puts the delivery into its lane and
 *       the receipt into the open epoch, as one step under the {@link
 *       io.webhookstreams.checkpoint.Gate}.
 *   <li>{@link io.webhookstreams.checkpoint.CheckpointDurability#cut} seals the epoch and takes the
 *       snapshot, under the same gate: what is in a sealed epoch is in that snapshot.
 *   <li>{@link io.webhookstreams.checkpoint.CheckpointDurability#complete} settles it DURABLE; or
 *       the deadline was first: EXPIRED; or the reader closed: LOST.
 * </ol>
 *
 * <p>A {@link io.webhookstreams.checkpoint.Coalescer} before the append recognises retries: their
 * receipts join the epoch of the first delivery, whose completion makes all of them durable.
 *
 * <p>Assumes: checkpoint ids grow from cut to cut; a completed checkpoint <i>n</i> contains every
 * snapshot cut at or below <i>n</i>. Ids are longs, nothing may be null unless its comment says so,
 * and there is nothing here but the JDK.
 */
package io.webhookstreams.checkpoint;
