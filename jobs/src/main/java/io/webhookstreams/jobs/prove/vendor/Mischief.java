/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

/**
 * What a vendor does that its habits do not say.
 *
 * @param forgetful one event in so many is never sent again; 0 for none
 * @param doubled one event in so many is sent twice at the same time; 0 for none
 */
public record Mischief(int forgetful, int doubled) {

    static final Mischief NONE = new Mischief(0, 0);
}
