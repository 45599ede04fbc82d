/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.network;

import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.test.cluster.Host;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Hosts within this machine, each a network namespace of Linux with two cables: one to the switch
 * of the cluster, one to that of the vendors. This machine is on both switches. No host reaches
 * anything else.
 *
 * <ol>
 *   <li>{@link #obstacle} tells why there can be no such network here.
 *   <li>{@link #create} makes it, with addresses 10.199.x.y that nothing here has.
 *   <li>{@link #unplug} cuts a host off from the cluster and leaves the vendors; {@link #plug}
 *       mends it. No interface of the host goes down: what is sent is silently lost.
 *   <li>{@link #close} takes everything away, also when this JVM is told to exit.
 * </ol>
 *
 * Used from one thread.
 */
public final class TestNetwork implements AutoCloseable {

    private static final int NETWORKS = 128;
    private static final int TRIES = 100;

    /** A bridge with this machine as its host 1. */
    private record Switch(String name, String prefix) {

        String address(int host) {
            return "10.199." + prefix + "." + host;
        }

        String port(int host) {
            return name + host;
        }
    }

    private final Switch cluster;
    private final Switch vendors;
    private final String name;
    private final List<Host> hosts = new ArrayList<>();
    private final Deque<String> undo = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::takeAway, "test-network");

    private TestNetwork(int number) {
        this.name = "wst" + number;
        this.cluster = new Switch(name + "c", Integer.toString(2 * number));
        this.vendors = new Switch(name + "v", Integer.toString(2 * number + 1));
    }

    /** What keeps this process from making a network; empty when it can. */
    public static Optional<String> obstacle() throws InterruptedException {
        try {
            create(1).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("network namespaces: none can be made here: " + e.getMessage());
        }
    }

    public static TestNetwork create(int hosts) throws IOException, InterruptedException {
        TestNetwork network = new TestNetwork(freeNumber());
        Runtime.getRuntime().addShutdownHook(network.atExit);
        try {
            network.add(network.cluster);
            network.add(network.vendors);
            for (int i = 0; i < hosts; i++) {
                network.addHost();
            }
            return network;
        } catch (IOException | InterruptedException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Of this machine, for the cluster. */
    public String address() {
        return cluster.address(1);
    }

    /** Where processes can run, reached by the cluster's switch. */
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** The first of these ports on each host, as the vendors reach it. */
    public Endpoints endpoints(FreePorts.Range ports, String path) {
        return new Endpoints(
                IntStream.range(0, hosts.size())
                        .mapToObj(this::vendorAddress)
                        .map(host -> URI.create("http://" + host + ":" + ports.first() + path))
                        .toList());
    }

    /** Of a host, counted from 0, for the vendors. */
    public String vendorAddress(int host) {
        return vendors.address(2 + host);
    }

    /** Cuts a host, counted from 0, off from the cluster. */
    public void unplug(int host) throws IOException, InterruptedException {
        ip("link set " + cluster.port(2 + host) + " down");
    }

    public void plug(int host) throws IOException, InterruptedException {
        ip("link set " + cluster.port(2 + host) + " up");
    }

    private void add(Switch bridge) throws IOException, InterruptedException {
        make("link add " + bridge.name() + " type bridge", "link delete " + bridge.name());
        ip("address add " + bridge.address(1) + "/24 dev " + bridge.name());
        ip("link set " + bridge.name() + " up");
    }

    private void addHost() throws IOException, InterruptedException {
        int number = 2 + hosts.size();
        String host = name + "-" + number;
        make("netns add " + host, "netns delete " + host);
        ip("-netns " + host + " link set lo up");
        connect(host, number, "cluster", cluster);
        connect(host, number, "vendors", vendors);
        hosts.add(new Host(cluster.address(number), List.of("ip", "netns", "exec", host)));
    }

    private void connect(String host, int number, String cable, Switch bridge)
            throws IOException, InterruptedException {
        String port = bridge.port(number);
        make(
                "link add %s type veth peer name %s netns %s".formatted(port, cable, host),
                "link delete " + port);
        ip("link set " + port + " master " + bridge.name() + " up");
        ip("-netns %s address add %s/24 dev %s".formatted(host, bridge.address(number), cable));
        ip("-netns " + host + " link set " + cable + " up");
    }

    private void make(String command, String itsUndo) throws IOException, InterruptedException {
        ip(command);
        undo.push(itsUndo);
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(
                    "ip %s: exit status %d (expected: 0) %s".formatted(arguments, status, output));
        }
    }

    private static int freeNumber() throws SocketException {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < TRIES; i++) {
            int number = random.nextInt(NETWORKS);
            if (isFree("10.199." + 2 * number + ".")
                    && isFree("10.199." + (2 * number + 1) + ".")) {
                return number;
            }
        }
        throw new SocketException("10.199.0.0/16: in use (expected: two free networks)");
    }

    private static boolean isFree(String prefix) throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(InetAddress::getHostAddress)
                .noneMatch(address -> address.startsWith(prefix));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        takeAway();
    }

    private void takeAway() {
        List<Exception> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                ip(undo.pop());
            } catch (IOException e) {
                failures.add(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(
                    "network: not taken away: " + failures, failures.get(0));
        }
    }
}
