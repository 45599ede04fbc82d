/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import java.util.ArrayList;
import java.util.List;

/** A variant of the system: a few edits, and a name that is fit for a directory. */
public record Defect(String name, List<Edit> edits) {

    static Defect of(String name, Edit... edits) {
        return new Defect(name, List.of(edits));
    }

    /** This one, in a system that also has the other's edits. */
    public Defect in(Defect other) {
        List<Edit> both = new ArrayList<>(other.edits);
        both.addAll(edits);
        return new Defect(name + "-in-" + other.name, both);
    }

    @Override
    public String toString() {
        return name;
    }
}
