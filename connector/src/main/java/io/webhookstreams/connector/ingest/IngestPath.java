/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.HandshakeResult;
import io.webhookstreams.auth.Handshakes;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.Answer.Header;
import io.webhookstreams.connector.metrics.ListenerMetrics;
import io.webhookstreams.connector.metrics.StreamMetrics;
import io.webhookstreams.connector.route.Route;
import io.webhookstreams.connector.route.Routes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import javax.annotation.Nullable;

/**
 * The way of a delivery, from the request's headers to the held exchange.
 *
 * <pre>
 * arrived    route → paused, revoked? → method → address and its rate → number of headers →
 *            handshake? → declared length, codings, media type, credentials' form
 *   PausedReads  while its stream is too full and says so, then in turn
 *   BodyReader   body up to its cap, in time, within the budget of the unverified
 * bodyRead   authenticate the raw bytes → handshake? → rates → decode → envelope → admit → append, or
 *            join the delivery that it is a retry of → hold
 * </pre>
 *
 * <p>The order is the point: what is cheap comes first, nothing is parsed before its sender is
 * known but a small body that may be an unsigned handshake, and nothing is held before there is
 * room. Every way out is an answer, given exactly once. On the server's threads; never blocks.
 */
public final class IngestPath implements BodyReader.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(IngestPath.class);

    private final Routes<Endpoint> routes;
    private final Admission admission;
    private final PausedReads pausedReads;
    private final Problems problems;
    private final ListenerMetrics metrics;
    private final Timing timing;
    private final Executor settlers;
    private final Supplier<UUID> ids;

    /**
     * @param settlers writes the answers of what expires
     * @param ids of deliveries: time-ordered and unique (UUIDv7)
     */
    public IngestPath(
            Registrations registrations,
            Admission admission,
            PausedReads pausedReads,
            Problems problems,
            ListenerMetrics metrics,
            Timing timing,
            Executor settlers,
            Supplier<UUID> ids) {
        this.routes = registrations.routes();
        this.admission = admission;
        this.pausedReads = pausedReads;
        this.problems = problems;
        this.metrics = metrics;
        this.timing = timing;
        this.settlers = settlers;
        this.ids = ids;
    }

    /**
     * The headers of a request are there. It will be answered once, unless its sender goes away.
     */
    public void arrived(Exchange exchange) {
        Route<Endpoint> route = routes.find(exchange.path());
        if (route == null) {
            refuseUnrouted(exchange);
            return;
        }
        Incoming request = new Incoming(exchange, route.endpoint(), ids.get());
        metricsOf(request).received();
        Refusal closed = request.endpoint().closed();
        if (closed != null) {
            refuse(request, closed, null);
            return;
        }
        if (!route.accepts(exchange.method())) {
            refuse(request, Refusal.METHOD_NOT_ALLOWED, null, new Header("Allow", route.allow()));
            return;
        }
        try {
            refuseByHeaders(request);
        } catch (RefusedException e) {
            refuse(request, e);
            return;
        }
        boolean mayWait = !request.handshake() && request.denied() == null;
        if (!mayWait || !pausedReads.pause(request, this::read)) {
            read(request);
        }
    }

    private void read(Incoming request) {
        new BodyReader(request, admission.unverified(), this).start();
    }

    /** The body of a request is there. */
    @Override
    public void bodyRead(Incoming request, byte[] raw) {
        Endpoint endpoint = request.endpoint();
        try {
            request.bodyIs(raw);
            Decision decision = request.handshake() ? null : endpoint.verifier().verify(request);
            Verified sender = decision instanceof Verified verified ? verified : null;
            HandshakeResult handshake = endpoint.handshakes().answer(request, sender);
            if (handshake != null) {
                answer(request, handshake);
                return;
            }
            if (decision instanceof Denied denied) {
                endpoint.captures().refused(request, denied);
                throw deny(request, denied);
            }
            if (sender == null || !endpoint.takesEvents(request.method())) {
                throw noHandshake();
            }
            metricsOf(request).verified(raw.length);
            RateGate.verified(request, sender);
            take(request, sender, raw);
        } catch (RefusedException e) {
            refuse(request, e);
        } finally {
            request.bodyIsDone();
            request.turnIsOver();
        }
    }

    /** Its sender is known. */
    private void take(Incoming request, Verified sender, byte[] raw) throws RefusedException {
        Endpoint endpoint = request.endpoint();
        String encoding = request.exchange().header("content-encoding");
        StreamSettings stream = endpoint.settings();
        int most = stream.limits().mostInflatedBytes(raw.length, stream.maxInflatedBytes());
        byte[] body = ContentCodings.decode(raw, encoding, most);
        Envelope envelope = endpoint.envelopeRules().read(request, body);
        WebhookDelivery draft = Drafts.draft(request, sender, body, envelope);
        Place place = admit(request, envelope, draft);
        if (place == null) {
            return;
        }
        try {
            append(request, draft, place);
        } catch (RefusedException | RuntimeException | Error e) {
            place.room().close();
            throw e;
        }
    }

    @Override
    public void bodyRefused(Incoming request, Refusal refusal) {
        request.turnIsOver();
        if (refusal == Refusal.TOO_LARGE && request.denied() != null) {
            refuse(request, deny(request, request.denied()));
        } else {
            refuse(request, refusal, null);
        }
    }

    @Override
    public void bodyBroken(Incoming request) {
        request.turnIsOver();
        metricsOf(request).clientGone();
        request.exchange().abandon();
    }

    private void refuseByHeaders(Incoming request) throws RefusedException {
        Exchange exchange = request.exchange();
        Endpoint endpoint = request.endpoint();
        if (!endpoint.acceptsAddressOf(exchange)) {
            throw new RefusedException(Refusal.FORBIDDEN);
        }
        RateGate.arrived(request);
        if (exchange.headerLines() > endpoint.settings().limits().maxHeaders()) {
            throw new RefusedException(Refusal.TOO_MANY_HEADERS);
        }
        if (endpoint.handshakes().isOne(request)) {
            request.isHandshake();
            return;
        }
        if (!endpoint.takesEvents(exchange.method()) && !endpoint.handshakes().mayBeOne(request)) {
            throw noHandshake();
        }
        if (exchange.declaredLength() > endpoint.settings().maxBodyBytes()) {
            throw new RefusedException(Refusal.TOO_LARGE);
        }
        if (!ContentCodings.isSupported(exchange.headers("content-encoding"))) {
            throw new RefusedException(Refusal.UNSUPPORTED_ENCODING);
        }
        if (!endpoint.acceptsMediaType(exchange.header("content-type"))) {
            throw new RefusedException(Refusal.UNSUPPORTED_MEDIA_TYPE);
        }
        Denied denied = endpoint.verifier().precheck(request).orElse(null);
        if (denied != null) {
            if (exchange.declaredLength() > Handshakes.MAX_BODY
                    || !endpoint.handshakes().mayBeOne(request)) {
                throw deny(request, denied);
            }
            request.isDenied(denied);
        }
    }

    /** Nothing but handshakes comes by this method, or with these headers. */
    private static RefusedException noHandshake() {
        return new RefusedException(
                Refusal.BAD_REQUEST, "handshake: none (expected: the vendor's own)");
    }

    /** Answers at once: nothing is appended, and no checkpoint is waited for. */
    private void answer(Incoming request, HandshakeResult result) throws RefusedException {
        StreamMetrics stream = metricsOf(request);
        if (result instanceof HandshakeResult.Reply reply) {
            if (request.exchange().answer(written(request, reply), () -> {})) {
                stream.handshakeAnswered();
            } else {
                stream.clientGone();
            }
            return;
        }
        if (result instanceof HandshakeResult.Later later) {
            stream.handshakePending();
            LOG.debug(
                    "stream {}: a handshake is answered 503, {}",
                    request.endpoint().settings().name(),
                    later.detail());
            throw new RefusedException(Refusal.RESTARTING);
        }
        stream.handshakeRefused();
        if (result instanceof HandshakeResult.Unproven unproven) {
            throw deny(request, unproven.denied());
        }
        throw new RefusedException(
                Refusal.BAD_REQUEST, ((HandshakeResult.Malformed) result).expected());
    }

    private Answer written(Incoming request, HandshakeResult.Reply reply) {
        List<Header> headers = new ArrayList<>();
        reply.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        if (request.method().equals("OPTIONS")) {
            headers.add(new Header("Allow", String.join(", ", request.endpoint().methods())));
        }
        return new Answer(reply.status(), headers, reply.contentType(), reply.body());
    }

    /** One code for every cause; only where the fault is ours is the sender asked to come again. */
    private RefusedException deny(Incoming request, Denied denied) {
        metricsOf(request).denied(denied.cause());
        LOG.debug(
                "stream {}: denied, {}: {}",
                request.endpoint().settings().name(),
                denied.cause(),
                denied.detail());
        return new RefusedException(
                denied.cause().isRetryable() ? Refusal.RESTARTING : Refusal.UNAUTHORIZED);
    }

    /** Room to be held, and where the delivery goes. */
    private record Place(Permit room, Readers.Slot slot) {}

    /**
     * Null: there is none, but it is a retry of what is durable, which needs none and was answered.
     */
    @Nullable
    private Place admit(Incoming request, Envelope envelope, WebhookDelivery draft)
            throws RefusedException {
        try {
            return place(request.endpoint(), hash(request, envelope));
        } catch (RefusedException e) {
            if (isAnsweredFromMemory(request, draft)) {
                return null;
            }
            throw e;
        }
    }

    private Place place(Endpoint endpoint, int hash) throws RefusedException {
        if (admission.drain().isDraining()) {
            throw new RefusedException(Refusal.DRAINING);
        }
        Permit room = Admission.hold(endpoint.room());
        if (room == null) {
            throw new RefusedException(Refusal.overload(endpoint.settings().overloadStatus()));
        }
        try {
            return new Place(room, endpoint.readers().slotFor(hash));
        } catch (RefusedException | RuntimeException | Error e) {
            room.close();
            throw e;
        }
    }

    private static boolean isAnsweredFromMemory(Incoming request, WebhookDelivery draft) {
        StreamSettings stream = request.endpoint().settings();
        if (!stream.coalescesRetries()) {
            return false;
        }
        Receipt unsettled =
                new Receipt(request.deliveryId().getLeastSignificantBits(), (r, settlement) -> {});
        Reader reader = request.endpoint().readers().remembering(draft, unsettled);
        if (reader == null) {
            return false;
        }
        StreamMetrics owner = reader.metrics(stream.name());
        owner.coalescedDurable();
        HeldRequest.alreadyDurable(request, owner, unsettled.isOfLoss());
        return true;
    }

    /**
     * Appends and holds; afterwards the receipt's settlement answers. A retry is held with what it
     * is a retry of, or answered at once where that is durable.
     *
     * @param place whose room is closed by the caller if this throws
     */
    private void append(Incoming request, WebhookDelivery draft, Place place)
            throws RefusedException {
        Readers.Slot slot = place.slot();
        StreamMetrics owner = slot.reader().metrics(request.endpoint().settings().name());
        HeldRequest held = hold(request, owner, place.room());
        try {
            offer(request, draft, slot, owner, held);
        } catch (RuntimeException | Error e) {
            boolean unused = held.giveUp();
            throw e;
        }
    }

    private void offer(
            Incoming request,
            WebhookDelivery draft,
            Readers.Slot slot,
            StreamMetrics owner,
            HeldRequest held)
            throws RefusedException {
        Receipt receipt = new Receipt(request.deliveryId().getLeastSignificantBits(), held);
        StreamSettings stream = request.endpoint().settings();
        Intake.Offer offer = Shedding.offer(stream, slot, draft, receipt);
        count(offer, owner);
        switch (offer) {
            // It may be settled already, which the deadlines know how to ignore.
            case ACCEPTED, CONFLICTING, JOINED ->
                    timing.deadlines().schedule(receipt, dueNanos(request));
            case DURABLE -> held.alreadyDurable(receipt);
            case FULL, NOT_OPEN -> {
                if (held.giveUp()) {
                    throw new RefusedException(refusal(request, slot, offer));
                }
            }
        }
    }

    private HeldRequest hold(Incoming request, StreamMetrics owner, Permit room) {
        HeldRequest held =
                new HeldRequest(request, room, owner, problems, timing.nanoClock(), settlers);
        request.exchange().hold(held::clientGone);
        return held;
    }

    private static void count(Intake.Offer offer, StreamMetrics stream) {
        switch (offer) {
            case JOINED -> stream.coalescedPending();
            case DURABLE -> stream.coalescedDurable();
            case CONFLICTING -> stream.idConflict();
            case ACCEPTED, FULL, NOT_OPEN -> {}
        }
    }

    private static Refusal refusal(Incoming request, Readers.Slot slot, Intake.Offer offer) {
        return offer == Intake.Offer.FULL
                ? Refusal.overload(request.endpoint().settings().overloadStatus())
                : Readers.refusal(slot.reader().intake().status());
    }

    private static int hash(Incoming request, Envelope envelope) {
        String key = envelope.orderingKey();
        return key == null ? request.deliveryId().hashCode() : key.hashCode();
    }

    private static long dueNanos(Incoming request) {
        return request.exchange().receivedNanos()
                + request.endpoint().settings().answerDeadline().toNanos();
    }

    private void refuseUnrouted(Exchange exchange) {
        Refusal refusal = routes.isEmpty() ? Refusal.RESTARTING : Refusal.UNKNOWN_STREAM;
        metrics.unrouted();
        exchange.answer(problems.answer(refusal, ids.get().toString(), null), () -> {});
    }

    private void refuse(Incoming request, RefusedException why) {
        if (why.refusal() == Refusal.UNAUTHORIZED) {
            String challenge = request.endpoint().verifier().challenge();
            refuse(request, why.refusal(), null, new Header("WWW-Authenticate", challenge));
        } else {
            refuse(request, why.refusal(), why.untilRetry(), why.getMessage());
        }
    }

    private void refuse(
            Incoming request, Refusal refusal, @Nullable String detail, Header... headers) {
        refuse(request, refusal, null, detail, headers);
    }

    private void refuse(
            Incoming request,
            Refusal refusal,
            @Nullable Duration wait,
            @Nullable String detail,
            Header... headers) {
        String id = request.deliveryId().toString();
        Answer answer =
                problems.answer(refusal, request.endpoint(), wait, id, detail, headers)
                        .with(request.rateLimitHeaders());
        if (request.exchange().answer(answer, () -> {})) {
            metricsOf(request).refused(refusal.code());
        } else {
            metricsOf(request).clientGone();
        }
    }

    private static StreamMetrics metricsOf(Incoming request) {
        Endpoint endpoint = request.endpoint();
        return endpoint.readers().metrics(endpoint.settings().name());
    }
}
