/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.util.Map;
import java.util.Set;

/**
 * Where the facts of a vendor are from.
 *
 * @param mark of all facts but those of {@code marks} and {@code notStated}
 * @param marks of single facts, by the name that they have in {@code vendors.yaml}
 * @param notStated facts that the vendor does not state: what is simulated is assumed
 */
public record Source(Mark mark, Map<String, Mark> marks, Set<String> notStated) {

    /** How sure a fact is. */
    public enum Mark {
        /** Verified in the vendor's own documentation or code. */
        V,
        /** Told by others. */
        S,
        /** Recalled, not checked. */
        R,
        /** The vendor does not say. */
        NOT_STATED
    }

    /** Of habits that are nobody's. */
    public static final Source INVENTED = new Source(Mark.NOT_STATED, Map.of(), Set.of());

    public Source {
        marks = Map.copyOf(marks);
        notStated = Set.copyOf(notStated);
    }

    /** How sure that fact is. */
    public Mark of(String fact) {
        return notStated.contains(fact) ? Mark.NOT_STATED : marks.getOrDefault(fact, mark);
    }
}
