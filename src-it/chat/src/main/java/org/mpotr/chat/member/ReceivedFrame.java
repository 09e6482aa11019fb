package org.mpotr.chat.member;

import java.util.List;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/**
 * A frame whose tag and signature held.
 *
 * @param spec kind, sequence number, parents, sender and id
 * @param text what it says
 */
record ReceivedFrame(FrameParameterSpec spec, String text) {

  int sender() {
    return spec.sender().orElseThrow();
  }

  Bytes id() {
    return spec.id().orElseThrow();
  }

  long seq() {
    return spec.seq();
  }

  List<Bytes> parents() {
    return spec.parents();
  }

  FrameKind kind() {
    return spec.kind();
  }
}
