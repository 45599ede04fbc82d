/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.util.List;
import java.util.stream.Stream;

/** What works and deserves a second thought. */
public final class Cautions {

    /** One line each; empty where there is nothing. */
    public static List<String> of(List<StreamSettings> streams) {
        return Stream.of(
                        UnsignedPlaces.of(streams),
                        WideTolerances.of(streams),
                        DeadlinePlanner.afterTheVendor(streams))
                .flatMap(List::stream)
                .toList();
    }

    private Cautions() {}
}
