package org.mpotr.session.closing;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;

/**
 * What a {@link Forger} makes up: who takes part, who says what, and who is to have handed over
 * what it knows. Immutable.
 */
public final class Script {

  /**
   * Somebody who takes part without knowing it.
   *
   * @param nickname unlike all others
   * @param identity the long-term public key, EC on P-256
   */
  public record Role(Nickname nickname, PublicKey identity) {}

  /**
   * Something that somebody says.
   *
   * @param speaker whose nickname it is
   * @param kind of the frame
   * @param content what is said
   */
  public record Line(Nickname speaker, FrameKind kind, Bytes content) {

    /** A line of text. */
    public static Line text(Nickname speaker, String text) {
      return new Line(speaker, FrameKind.TEXT, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Speaker and kind; what is said is not shown. */
    @Override
    public String toString() {
      return "Line[kind=" + kind.code() + "]";
    }
  }

  private final EpochParameters parameters;
  private final List<Role> roles;
  private final List<Line> lines;
  private final Set<Nickname> witnesses;
  private final PreSharedKey preSharedKey;
  private final boolean isClosed;

  private Script(
      EpochParameters parameters,
      List<Role> roles,
      List<Line> lines,
      Set<Nickname> witnesses,
      PreSharedKey preSharedKey,
      boolean isClosed) {
    this.parameters = parameters;
    this.roles = List.copyOf(roles);
    this.lines = List.copyOf(lines);
    this.witnesses = Set.copyOf(witnesses);
    this.preSharedKey = preSharedKey;
    this.isClosed = isClosed;
  }

  /**
   * An epoch that is closed in the end, and of which the member with the first role hands over what
   * it knows.
   *
   * @throws IllegalArgumentException when there are no roles, or lines of nobody's
   */
  public static Script of(EpochParameters parameters, List<Role> roles, List<Line> lines) {
    List<Nickname> nicknames = roles.stream().map(Role::nickname).toList();
    if (roles.isEmpty() || !lines.stream().map(Line::speaker).allMatch(nicknames::contains)) {
      throw new IllegalArgumentException("each line has a speaker among the roles");
    }
    return new Script(parameters, roles, lines, Set.of(nicknames.get(0)), null, true);
  }

  /** The same with other members that hand over what they know. */
  public Script withWitnesses(Set<Nickname> names) {
    return new Script(parameters, roles, lines, names, preSharedKey, isClosed);
  }

  /** The same with a pre-shared key, which stays the caller's to destroy. */
  public Script withPreSharedKey(PreSharedKey key) {
    return new Script(parameters, roles, lines, witnesses, key, isClosed);
  }

  /** The same broken off before it is closed. */
  public Script brokenOff() {
    return new Script(parameters, roles, lines, witnesses, preSharedKey, false);
  }

  /** The parameters of the epoch. */
  public EpochParameters parameters() {
    return parameters;
  }

  /** Who takes part. */
  public List<Role> roles() {
    return roles;
  }

  /** Who says what. */
  public List<Line> lines() {
    return lines;
  }

  Set<Nickname> witnesses() {
    return witnesses;
  }

  Optional<PreSharedKey> preSharedKey() {
    return Optional.ofNullable(preSharedKey);
  }

  boolean isClosed() {
    return isClosed;
  }
}
