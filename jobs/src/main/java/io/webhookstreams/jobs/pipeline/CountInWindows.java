/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts the events of one stream and type in tumbling windows of event time. Each window gives
 * exactly one, final count:
 *
 * <ol>
 *   <li>the first event of a window opens it and sets two timers;
 *   <li>the watermark closes it at its end plus the allowed lateness, or the clock does after the
 *       idle timeout, whichever comes first; its count goes out and its state is forgotten;
 *   <li>what comes later is late. {@link HighestWatermark} remembers across restores what the
 *       watermark closed, keyed state what was closed earlier than that, by the clock or a drain,
 *       until the watermark has followed.
 * </ol>
 *
 * <p>Assumes: keyed by {@link CountedEvent#key}; a watermark per source that never goes back while
 * the task runs. Task thread.
 */
final class CountInWindows extends KeyedProcessFunction<CountKey, CountedEvent, WindowCount>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final WindowSettings settings;
    private final OutputTag<LateEvent> lateEvents;

    private transient MapState<Long, OpenWindow> openByStart;
    private transient MapState<Long, Boolean> closedEarly;
    private transient HighestWatermark highestWatermark;

    /** When this task first looked at the clock; 0 until then. */
    private transient long watchingSince;

    private transient Counter counted;
    private transient Counter late;

    CountInWindows(WindowSettings settings, OutputTag<LateEvent> lateEvents) {
        this.settings = settings;
        this.lateEvents = lateEvents;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        highestWatermark = HighestWatermark.restore(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        highestWatermark.snapshot();
    }

    @Override
    public void open(OpenContext context) {
        openByStart =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "open-windows",
                                        Types.LONG,
                                        TypeInformation.of(OpenWindow.class)));
        closedEarly =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "closed-early", Types.LONG, Types.BOOLEAN));
        counted = JobMetric.COUNTED.register(getRuntimeContext());
        late = JobMetric.LATE.register(getRuntimeContext());
    }

    @Override
    public void processElement(CountedEvent event, Context context, Collector<WindowCount> out)
            throws Exception {
        Window window = settings.windowOf(event.time());
        if (isClosed(window, context.timerService())) {
            late.inc();
            context.output(lateEvents, new LateEvent(event, window));
            return;
        }
        long now = now(context.timerService());
        OpenWindow open = openByStart.get(window.start());
        if (open == null) {
            open = OpenWindow.empty();
            context.timerService().registerEventTimeTimer(settings.closingWatermark(window));
            context.timerService().registerProcessingTimeTimer(settings.closingClock(window, now));
        }
        openByStart.put(window.start(), open.plusOneAt(now));
        counted.inc();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<WindowCount> out)
            throws Exception {
        TimerService time = context.timerService();
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            closeByClock(context.getCurrentKey(), time, out);
        } else if (time.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
            closeByDrain(context.getCurrentKey(), out);
        } else {
            closeByWatermark(context.getCurrentKey(), time, out);
        }
    }

    private boolean isClosed(Window window, TimerService time) throws Exception {
        return isPassed(window, time) || closedEarly.contains(window.start());
    }

    private boolean isPassed(Window window, TimerService time) {
        return settings.closingWatermark(window)
                <= highestWatermark.advanceTo(time.currentWatermark());
    }

    private void closeByWatermark(CountKey key, TimerService time, Collector<WindowCount> out)
            throws Exception {
        for (Window window : windowsOf(openByStart)) {
            if (isPassed(window, time)) {
                close(key, window, WindowCount.ClosedBy.WATERMARK, out);
            }
        }
        for (Window window : windowsOf(closedEarly)) {
            if (isPassed(window, time)) {
                closedEarly.remove(window.start());
            }
        }
    }

    /** The end of time says nothing about what a job that resumes from here will see. */
    private void closeByDrain(CountKey key, Collector<WindowCount> out) throws Exception {
        for (Window window : windowsOf(openByStart)) {
            close(key, window, WindowCount.ClosedBy.DRAIN, out);
            closedEarly.put(window.start(), true);
        }
    }

    private void closeByClock(CountKey key, TimerService time, Collector<WindowCount> out)
            throws Exception {
        long now = now(time);
        for (Window window : windowsOf(openByStart)) {
            long lastEventAt = openByStart.get(window.start()).lastEventAt();
            long closing = settings.closingClock(window, Math.max(lastEventAt, watchingSince));
            if (closing <= now) {
                close(key, window, WindowCount.ClosedBy.CLOCK, out);
                closedEarly.put(window.start(), true);
            } else {
                time.registerProcessingTimeTimer(closing);
            }
        }
    }

    private void close(
            CountKey key, Window window, WindowCount.ClosedBy by, Collector<WindowCount> out)
            throws Exception {
        out.collect(new WindowCount(key, window, openByStart.get(window.start()).count(), by));
        openByStart.remove(window.start());
    }

    /** A copy: the state may be changed while one walks through it. */
    private List<Window> windowsOf(MapState<Long, ?> byStart) throws Exception {
        List<Window> windows = new ArrayList<>();
        byStart.keys().forEach(start -> windows.add(settings.windowFrom(start)));
        return windows;
    }

    /** The clock; after a restore, what is in flight has its idle timeout to arrive. */
    private long now(TimerService time) {
        long now = time.currentProcessingTime();
        if (watchingSince == 0) {
            watchingSince = now;
        }
        return now;
    }
}
