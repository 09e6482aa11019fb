package org.mpotr.session;

import java.util.List;
import java.util.Optional;
import org.mpotr.epoch.GroupKey;
import org.mpotr.wire.Bytes;

/**
 * What a member holds that may do with it what it likes: the key of its epoch and its place there.
 *
 * @param seq of its next frame
 * @param parents of its next frame
 */
public record OwnKey(GroupKey key, long seq, List<Bytes> parents) {

  /** What a channel holds at present. */
  public static Optional<OwnKey> of(Channel channel) {
    if (channel.state() != Channel.State.MEMBER) {
      return Optional.empty();
    }
    Epoch epoch = channel.present("own key");
    return Optional.of(
        new OwnKey(
            epoch.key(), epoch.nextSeq(), epoch.transcript().parents(epoch.key().ownIndex())));
  }
}
