package org.mpotr.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.membership.Attempt;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * Records an epoch for an application that wants it (PROTOCOL.md, section 8.2): the set-up, every
 * frame that was delivered, published keys, and with them gk and the keys of the introductions. So
 * what is recorded stays readable after the keys of the epoch are erased. Not thread-safe.
 */
final class Recorder {

  private final EpochParameters parameters;
  private final SetupEvidence evidence;
  private final List<Message> messages;
  private final Supplier<List<Keys>> published;

  private Recorder(
      EpochParameters parameters,
      SetupEvidence evidence,
      List<Message> setup,
      Supplier<List<Keys>> published) {
    this.parameters = parameters;
    this.evidence = evidence;
    this.messages = new ArrayList<>(setup);
    this.published = published;
  }

  /**
   * A recorder of an epoch that begins.
   *
   * @param published the keys that are published by now
   */
  static Recorder of(Attempt attempt, GroupKey key, Supplier<List<Keys>> published) {
    byte[] groupKey = key.secrets(SecretAccess.GRANTED).copyGroupKey();
    try {
      SetupEvidence evidence = SetupEvidence.ofKeys(Bytes.of(groupKey), attempt.introductionKeys());
      return new Recorder(key.parameters(), evidence, attempt.messages(), published);
    } finally {
      Arrays.fill(groupKey, (byte) 0);
    }
  }

  /** A frame was delivered. */
  void delivered(byte[] frame) {
    if (messages.size() < Recording.MAX_MESSAGES / 2) {
      try {
        messages.add(Message.decode(frame));
      } catch (WireException e) {
        throw new IllegalStateException("a delivered frame is none", e);
      }
    }
  }

  /** What there is by now. */
  Recording recording() {
    return new Recording(
        parameters, Stream.concat(messages.stream(), published.get().stream()).toList(), evidence);
  }
}
