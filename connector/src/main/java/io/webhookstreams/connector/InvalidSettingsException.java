/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;

import java.util.List;

/** Everything that is wrong with a configuration, each as {@code name: value (expected: …)}. */
@PublicEvolving
public final class InvalidSettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** Throws if there are no problems: nobody should be refused without a reason. */
    public InvalidSettingsException(List<String> problems) {
        super(problems.size() + " problem(s) in the settings:\n  " + String.join("\n  ", problems));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems: none (expected: at least one)");
        }
        this.problems = List.copyOf(problems);
    }

    /** One line each, in the order of the options' declaration; free of secrets. */
    public List<String> problems() {
        return problems;
    }
}
