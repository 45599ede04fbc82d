/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.peers.flume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.channel.file.FileChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.sink.DefaultSinkProcessor;
import org.apache.flume.SinkRunner;
import org.apache.flume.sink.NullSink;
import org.apache.flume.source.http.HTTPSource;
import org.apache.flume.source.http.HTTPSourceHandler;

/**
 * Flume's HTTPSource before a FileChannel with its defaults (each transaction is synced to the disk before the answer),
 * emptied by a sink that discards. Arguments: data directory, port. Nothing is verified or parsed.
 */
public final class FlumeServer {

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[0]));
        FileChannel channel = new FileChannel();
        channel.setName("file");
        Configurables.configure(
                channel,
                new Context(
                        Map.of(
                                "checkpointDir", data.resolve("checkpoint").toString(),
                                "dataDirs", data.resolve("data").toString())));
        NullSink sink = new NullSink();
        sink.setName("discard");
        Configurables.configure(sink, new Context(Map.of("batchSize", "1000")));
        sink.setChannel(channel);
        DefaultSinkProcessor processor = new DefaultSinkProcessor();
        processor.setSinks(List.of(sink));
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of(channel));
        HTTPSource source = new HTTPSource();
        source.setName("http");
        source.setChannelProcessor(new ChannelProcessor(selector));
        int port = Integer.parseInt(arguments[1]);
        Configurables.configure(
                source,
                new Context(
                        Map.of(
                                "bind", "127.0.0.1",
                                "port", Integer.toString(port),
                                "handler", OneEvent.class.getName())));
        channel.start();
        new SinkRunner(processor).start();
        source.start();
        System.out.println("listening http://127.0.0.1:" + port);
        System.out.flush();
        Thread.currentThread().join();
    }

    /** The body is the event. */
    public static final class OneEvent implements HTTPSourceHandler {
        @Override
        public List<Event> getEvents(HttpServletRequest request) throws Exception {
            return List.of(EventBuilder.withBody(request.getInputStream().readAllBytes()));
        }

        @Override
        public void configure(Context context) {
            // Has no settings.
        }
    }

    private FlumeServer() {}
}
