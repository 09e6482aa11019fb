package org.mpotr.chat.relay;

/**
 * A request with everything that the relay is shown of it, but for its access token.
 *
 * @param head address, request line and headers, a line each
 * @param body each byte as the character of the same number; as much as the relay has read
 */
public record Sighting(String head, String body) {}
