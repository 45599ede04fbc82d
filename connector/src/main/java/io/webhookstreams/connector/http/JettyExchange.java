/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.admission.OpenRequests;
import io.webhookstreams.connector.ingest.Answer;
import io.webhookstreams.connector.ingest.Exchange;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;

import javax.annotation.Nullable;

/**
 * One Jetty request, seen as an exchange. It is also its own write callback and its own task for
 * arriving content, so that a request costs one object here.
 */
final class JettyExchange implements Exchange, Callback, Invocable.Task {

    private static final AtomicIntegerFieldUpdater<JettyExchange> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(JettyExchange.class, "ended");

    private static final AtomicIntegerFieldUpdater<JettyExchange> READER =
            AtomicIntegerFieldUpdater.newUpdater(JettyExchange.class, "reader");

    private static final int NOBODY = 0;
    private static final int READING = 1;

    /** Nothing more has arrived, and whoever has read decides what follows. */
    private static final int PAUSED = 2;

    private static final int WAITING = 3;
    private static final int LINGERING = 4;

    private final Request request;
    private final Response response;
    private final Callback completion;
    private final OpenRequests open;
    private final SettledAnswers answers;
    private final Instant receivedAt;
    private final ClientAddresses clients;
    private boolean clientKnown;
    @Nullable private InetAddress client;
    private boolean bodyRead;
    private LingeringClose lingering;

    /** Null until it is held. */
    @Nullable private Runnable gone;

    /** Who waits for content; null while nobody does, for it may keep more than this request. */
    @Nullable private Runnable next;

    private Throwable broken;
    private Answer answer;
    private Runnable written;

    /** What is done about the body now; each step is made by whoever is first. */
    @SuppressWarnings("UnusedVariable") // Read through the updater.
    private volatile int reader = NOBODY;

    /** 0 while open, 1 once answered, gone or failed: only who makes that step ends it. */
    private volatile int ended;

    JettyExchange(
            Request request,
            Response response,
            Callback completion,
            OpenRequests open,
            SettledAnswers answers,
            Instant receivedAt,
            ClientAddresses clients) {
        this.request = request;
        this.response = response;
        this.completion = completion;
        this.open = open;
        this.answers = answers;
        this.receivedAt = receivedAt;
        this.clients = clients;
        open.opened();
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    @Override
    @Nullable
    public String query() {
        return request.getHttpURI().getQuery();
    }

    @Override
    @Nullable
    public String header(String name) {
        return request.getHeaders().get(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public int headerLines() {
        return request.getHeaders().size();
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> line) {
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            line.accept(field.getLowerCaseName(), value == null ? "" : value);
        }
    }

    @Override
    public long declaredLength() {
        return request.getLength();
    }

    @Override
    @Nullable
    public InetAddress clientAddress() {
        if (!clientKnown) {
            client = clients.of(request);
            clientKnown = true;
        }
        return client;
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        EndPoint.SslSessionData tls =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        return chain == null ? List.of() : List.of(chain);
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public long receivedNanos() {
        return request.getHeadersNanoTime();
    }

    @Override
    public Pull pull(BodySink sink) {
        boolean unused = READER.compareAndSet(this, NOBODY, READING);
        Pull pulled = read(sink);
        if (!READER.compareAndSet(this, READING, pulled == Pull.WAIT ? PAUSED : NOBODY)) {
            // Another thread, or the sink, has answered meanwhile, and left the rest to this one.
            lingering.run();
        }
        return pulled;
    }

    private Pull read(BodySink sink) {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return Pull.WAIT;
            }
            if (Content.Chunk.isFailure(chunk)) {
                // Also where another thread has cut this request: then it has ended already.
                broken = chunk.getFailure();
                return Pull.BROKEN;
            }
            boolean last = chunk.isLast();
            boolean wanted = take(chunk, sink);
            bodyRead = wanted && last;
            if (!wanted) {
                return Pull.STOPPED;
            }
            if (bodyRead) {
                return Pull.END;
            }
        }
    }

    private static boolean take(Content.Chunk chunk, BodySink sink) {
        try {
            return sink.accept(chunk.getByteBuffer());
        } finally {
            chunk.release();
        }
    }

    @Override
    public void whenReadable(Runnable task) {
        next = task;
        if (!READER.compareAndSet(this, PAUSED, WAITING)) {
            // Another thread has answered since its caller looked, and reads on.
            next = null;
            return;
        }
        try {
            request.demand(this);
        } catch (IllegalStateException e) {
            // Another thread cut and completed this request since its caller looked.
            if (ended == 0) {
                throw e;
            }
        }
    }

    /** Content has arrived, or the request has failed, maybe after another thread answered it. */
    @Override
    public void run() {
        if (!READER.compareAndSet(this, WAITING, READING)) {
            lingering.run();
            return;
        }
        Runnable task = next;
        next = null;
        try {
            task.run();
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(e);
            throw e;
        }
    }

    @Override
    public void abandon() {
        fail(broken);
    }

    @Override
    public boolean answer(Answer said, Runnable afterwards) {
        if (!end()) {
            return false;
        }
        answer = said;
        written = afterwards;
        if (gone != null && isHttp2()) {
            answers.write(this, request.getConnectionMetaData());
        } else {
            write(this);
        }
        return true;
    }

    @Override
    public void hold(Runnable task) {
        gone = task;
        request.addIdleTimeoutListener(silence -> false);
        request.addFailureListener(
                failure -> {
                    if (end()) {
                        task.run();
                        abort(failure);
                        open.closed();
                    }
                });
    }

    /** It cannot be answered as meant: Jetty says what there is to say, if anybody listens. */
    @Override
    public void fail(Throwable failure) {
        if (end()) {
            if (gone != null) {
                gone.run();
            }
            completion.failed(failure);
            open.closed();
        }
    }

    /** Writes the answer; the callback is told when it has left. */
    void write(Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(answer.status());
        headers.add(Fields.NO_SNIFF);
        for (Answer.Header header : answer.headers()) {
            headers.add(header.name(), header.value());
        }
        if (!bodyRead && !isHttp2()) {
            headers.put(HttpFields.CONNECTION_CLOSE);
        }
        ByteBuffer body = null;
        if (answer.body().length > 0) {
            headers.add(Fields.contentType(answer.contentType()));
            body = ByteBuffer.wrap(answer.body());
        }
        response.write(true, body, callback);
    }

    /** The answer has left. */
    @Override
    public void succeeded() {
        if (!lingers()) {
            completion.succeeded();
        }
        afterwards();
    }

    /**
     * Whether what is left of the body is read before the request is completed: now where nobody
     * reads it, by the thread that does, or when it comes where somebody waits for it. A sender
     * that waits to be told to go on has not sent any.
     */
    private boolean lingers() {
        if (bodyRead || isHttp2() || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return false;
        }
        lingering = new LingeringClose(request, completion);
        int before = READER.getAndSet(this, LINGERING);
        if (before == WAITING) {
            // Who waited is not run any more, and must not linger too.
            next = null;
        } else if (before == NOBODY || before == PAUSED) {
            lingering.run();
        }
        return true;
    }

    /** The answer could not leave. */
    @Override
    public void failed(Throwable failure) {
        abort(failure);
        afterwards();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private void afterwards() {
        written.run();
        open.closed();
    }

    /** Nobody is there to read another answer, so Jetty need not try one. */
    private void abort(Throwable failure) {
        completion.failed(new Request.Handler.AbortException(failure));
    }

    private boolean isHttp2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    private boolean end() {
        return ENDED.compareAndSet(this, 0, 1);
    }
}
