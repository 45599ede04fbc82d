/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Verifies signed JSON Web Tokens (RFC 7519, RFC 8725) with the JOSE library of Connect2id. In: a
 * request and the keys of one stream. Out: a {@link io.webhookstreams.auth.Decision}.
 *
 * <ol>
 *   <li>{@link io.webhookstreams.auth.jwt.TokenReader} takes the token out of its header, refuses
 *       what is too long before it is parsed, and what is no signed token.
 *   <li>{@link io.webhookstreams.auth.jwt.KeySource} gives the keys of that id. Keys that a token
 *       brings along ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are never looked at.
 *   <li>The signature is checked, and only then are the claims read, by {@link
 *       io.webhookstreams.auth.jwt.ClaimRules}.
 * </ol>
 *
 * <p>Request threads compute and never wait: {@link io.webhookstreams.auth.jwt.RemoteKeys} fetches
 * in the background.
 */
package io.webhookstreams.auth.jwt;
