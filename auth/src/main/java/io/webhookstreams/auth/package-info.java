/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Decides who sent a request. In: an {@link io.webhookstreams.auth.AuthRequest}, raw bytes first.
 * Out: a closed {@link io.webhookstreams.auth.Decision}. Runs on the server's request threads and
 * never blocks there; only {@link io.webhookstreams.auth.AuthSchemes#verifier opening} a verifier
 * and {@link io.webhookstreams.auth.Verifier#refresh refreshing} it touch files or start a fetch.
 *
 * <ol>
 *   <li>{@link io.webhookstreams.auth.AuthSettings} names a type and references to secrets. It
 *       travels in the job graph, so it never holds a secret.
 *   <li>Where requests arrive, {@link io.webhookstreams.auth.AuthSchemes} resolves the references
 *       and opens a {@link io.webhookstreams.auth.Verifier}.
 *   <li>Per request: {@code precheck} on the headers, then {@code verify} over the exact bytes.
 * </ol>
 *
 * <p>A vendor is data, not code: a {@link io.webhookstreams.auth.Preset} in {@code presets.yaml},
 * whose {@link io.webhookstreams.auth.SignatureScheme} one interpreter runs, and whose {@link
 * io.webhookstreams.auth.Handshake} {@link io.webhookstreams.auth.Handshakes another} answers.
 * Knows neither Flink nor Jetty.
 *
 * <p>Why a request passes or fails {@link io.webhookstreams.auth.Explainer} tells an operator: the
 * verifier itself reports its steps to a {@link io.webhookstreams.auth.Trace}, which on request
 * threads is {@link io.webhookstreams.auth.Trace#NONE}.
 */
package io.webhookstreams.auth;
