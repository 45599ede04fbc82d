/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.functions.Function;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Puts a record into the folder {@code stream=NAME/day=2026-11-23}. The day is one in UTC that
 * senders cannot choose; stream names are the configuration's.
 */
record StreamAndDay<T>(Field<T, String> stream, Field<T, Long> epochMillis)
        implements BucketAssigner<T, String> {

    /** Reads one field of a record. */
    interface Field<T, V> extends Function, Serializable {
        V of(T record);
    }

    @Override
    public String getBucketId(T record, Context context) {
        LocalDate day =
                LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis.of(record)), ZoneOffset.UTC);
        return "stream=" + stream.of(record) + "/day=" + day;
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
