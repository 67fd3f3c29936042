/** A listener. First to read: {@link org.isthmus.examples.webhook.WebhookListener}. */
package org.isthmus.examples.webhook;
