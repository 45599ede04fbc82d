/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.configuration.ConfigOption;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Every option of the connector by what it configures, in the order of declaration: what a
 * configuration's keys are compared with, and what the reference page is generated from.
 */
public final class WebhookOptions {

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

    private WebhookOptions() {}
}
