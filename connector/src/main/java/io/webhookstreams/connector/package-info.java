/* SPDX-License-Identifier: Apache-2.0 */
/** The public API of the webhook source; everything below this package is internal. */
package io.webhookstreams.connector;
