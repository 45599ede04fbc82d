/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Internet addresses as configurations and headers write them. In: text, and addresses of
 * connections. Out: addresses, and whether a list of blocks holds them. Any thread; never blocks,
 * for no name is ever looked up. The only package that knows the library that parses them.
 */
package io.webhookstreams.connector.address;
