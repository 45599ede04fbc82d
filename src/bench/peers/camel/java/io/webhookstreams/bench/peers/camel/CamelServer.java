/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.peers.camel;

import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Camel's netty-http before its file component: each body is appended to one file and forced to the disk (the component's
 * default), then answered. Arguments: data directory, port. Nothing is verified or parsed.
 */
public final class CamelServer {

    public static void main(String[] arguments) throws Exception {
        String directory = Path.of(arguments[0]).toAbsolutePath().toString();
        int port = Integer.parseInt(arguments[1]);
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("netty-http:http://127.0.0.1:" + port + "?matchOnUriPrefix=true")
                                .convertBodyTo(byte[].class)
                                .to("file:" + directory + "?fileName=events&fileExist=Append&appendChars=\\n")
                                .setBody(constant(""));
                    }
                });
        camel.start();
        System.out.println("listening http://127.0.0.1:" + port);
        System.out.flush();
        Thread.currentThread().join();
    }

    private CamelServer() {}
}
