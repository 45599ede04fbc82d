/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.AccessOptions;
import io.webhookstreams.connector.CaptureOptions;
import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.JwtOptions;
import io.webhookstreams.connector.LifecycleOptions;
import io.webhookstreams.connector.LimitOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.VendorOptions;

import org.apache.flink.configuration.ConfigOption;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that a holder class declares, in the order of their declaration: what the reference
 * page is generated from and what unknown keys are compared with.
 */
public final class Options {

    public static final List<ConfigOption<?>> LISTENER =
            declaredIn(ListenerOptions.class, PeerOptions.class);
    public static final List<ConfigOption<?>> SOURCE =
            declaredIn(SourceOptions.class, CheckpointOptions.class);
    public static final List<ConfigOption<?>> STREAM =
            declaredIn(
                    StreamOptions.class,
                    DeadlineOptions.class,
                    LimitOptions.class,
                    CoalescingOptions.class,
                    JwtOptions.class,
                    VendorOptions.class,
                    CaptureOptions.class,
                    SchemeOptions.class,
                    PolicyOptions.class,
                    LifecycleOptions.class,
                    AccessOptions.class);

    /** The options among the public static fields of classes. */
    public static List<ConfigOption<?>> declaredIn(Class<?>... holders) {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Class<?> holder : holders) {
            for (Field field : holder.getFields()) {
                if (ConfigOption.class.isAssignableFrom(field.getType())) {
                    options.add(valueOf(field));
                }
            }
        }
        return List.copyOf(options);
    }

    private static ConfigOption<?> valueOf(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("public field cannot be read: " + field, e);
        }
    }

    private Options() {}
}
