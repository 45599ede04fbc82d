/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.config.JobSettingsCheck;
import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** See {@link #builder()}. */
@PublicEvolving
public final class WebhookSource<T> {

    private final SourceSettings settings;
    private final WebhookDeserializationSchema<T> schema;

    WebhookSource(SourceSettings settings, WebhookDeserializationSchema<T> schema) {
        this.settings = settings;
        this.schema = schema;
    }

    public static <T> WebhookSourceBuilder<T> builder() {
        return new WebhookSourceBuilder<>();
    }

    /** Adds the source to a job, with records that carry no watermarks. */
    public SingleOutputStreamOperator<T> addTo(StreamExecutionEnvironment env, String name) {
        return addTo(env, name, WatermarkStrategy.noWatermarks());
    }

    /** Adds the source to a job under this name, which is also its uid. */
    public SingleOutputStreamOperator<T> addTo(
            StreamExecutionEnvironment env, String name, WatermarkStrategy<T> watermarks) {
        JobSettingsCheck.check(env, settings);
        throw new UnsupportedOperationException(name + schema + watermarks);
    }
}
