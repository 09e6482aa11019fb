package org.mpotr.chat.relay;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import org.mpotr.chat.transport.AccessToken;

/**
 * How a relay is run.
 *
 * @param host the address that it listens at; {@value #LOOPBACK} by default
 * @param port where it listens; 0, the default, for any port that is free
 * @param limits what it takes on at most; {@link RelayLimits#DEFAULT} by default
 * @param backlog the file that keeps the messages for the next start; by default there is none and
 *     they are kept in memory only
 * @param keys its keys and certificates for HTTPS; without them, as by default, HTTP
 * @param token what it asks of everybody; by default nothing
 */
public record RelayOptions(
    String host,
    int port,
    RelayLimits limits,
    Optional<Path> backlog,
    Optional<KeyManagerFactory> keys,
    Optional<AccessToken> token) {

  /** Where a relay listens by default: at nothing that another machine could reach. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Any free port on loopback, HTTP, everything in memory, open to everybody. */
  public static final RelayOptions DEFAULT =
      new RelayOptions(
          LOOPBACK, 0, RelayLimits.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());

  /** The same at another address. */
  public RelayOptions withHost(String newHost) {
    return new RelayOptions(newHost, port, limits, backlog, keys, token);
  }

  /** The same at another port. */
  public RelayOptions withPort(int newPort) {
    return new RelayOptions(host, newPort, limits, backlog, keys, token);
  }

  /** The same with other limits. */
  public RelayOptions withLimits(RelayLimits newLimits) {
    return new RelayOptions(host, port, newLimits, backlog, keys, token);
  }

  /** The same with a backlog on disk. */
  public RelayOptions withBacklog(Path newBacklog) {
    return new RelayOptions(host, port, limits, Optional.of(newBacklog), keys, token);
  }

  /** The same with HTTPS. */
  public RelayOptions withKeys(KeyManagerFactory newKeys) {
    return new RelayOptions(host, port, limits, backlog, Optional.of(newKeys), token);
  }

  /** The same with a token. */
  public RelayOptions withToken(AccessToken newToken) {
    return new RelayOptions(host, port, limits, backlog, keys, Optional.of(newToken));
  }
}
