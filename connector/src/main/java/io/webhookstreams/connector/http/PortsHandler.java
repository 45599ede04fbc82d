/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.util.HashMap;
import java.util.Map;

/** Each port has its own handler, and nothing of one can be reached through another. */
final class PortsHandler extends Handler.Abstract.NonBlocking {

    private final Map<Connector, Request.Handler> handlers = new HashMap<>();

    /** Before the server starts. */
    void add(Connector port, Request.Handler handler) {
        handlers.put(port, handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connector port = request.getConnectionMetaData().getConnector();
        return handlers.get(port).handle(request, response, callback);
    }
}
