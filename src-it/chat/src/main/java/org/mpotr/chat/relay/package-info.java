/**
 * The relay: an HTTP server that puts the messages of each channel in order and hands them out, and
 * that understands none of them.
 */
package org.mpotr.chat.relay;
