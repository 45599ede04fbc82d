/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.peers.kafka;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One KRaft broker with its defaults: it answers a producer when the record is in its log, which it leaves to the operating
 * system to write out. Arguments: data directory, port (the next one is the controller's).
 */
public final class Broker {

    static final String TOPIC = "events";

    public static void main(String[] arguments) throws Exception {
        Path data = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        int port = Integer.parseInt(arguments[1]);
        int controller = port + 1;
        Properties properties = new Properties();
        properties.putAll(
                Map.of(
                        "process.roles", "broker,controller",
                        "node.id", "1",
                        "controller.quorum.voters", "1@127.0.0.1:" + controller,
                        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                        "controller.listener.names", "CONTROLLER",
                        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                        "log.dirs", data.resolve("log").toString(),
                        "offsets.topic.replication.factor", "1",
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1"));
        // The broker is halted between its turns.
        properties.put("broker.session.timeout.ms", "3600000");
        Path file = data.resolve("server.properties");
        try (PrintStream out = new PrintStream(Files.newOutputStream(file))) {
            properties.forEach((name, value) -> out.println(name + "=" + value));
        }
        kafka.tools.StorageTool.execute(
                new String[] {"format", "--cluster-id", "4L6g3nShT-eMCtK--X86sw", "--config", file.toString()},
                System.err);
        Thread broker = new Thread(() -> kafka.Kafka.main(new String[] {file.toString()}), "broker");
        broker.start();
        String address = "127.0.0.1:" + port;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        System.out.println("listening " + address);
        System.out.flush();
        broker.join();
    }

    private Broker() {}
}
