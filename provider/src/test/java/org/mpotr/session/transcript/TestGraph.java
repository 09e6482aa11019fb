package org.mpotr.session.transcript;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.mpotr.TestGroup;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireWriter;

/** Frames without keys, for transcripts that see nothing but their order. */
final class TestGraph {

  private static final Bytes SID = id("sid");
  private static final PublicPoint POINT = point();

  private TestGraph() {}

  private static PublicPoint point() {
    try {
      return TestGroup.of("graph", 2).run().key(0).roster().get(0).identity();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An empty transcript of so many members. */
  static Transcript of(int members) {
    List<Member> roster = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      Bytes id = Bytes.leading(id("member " + i).toArray(), Member.ID_BYTES);
      roster.add(new Member(i, id, null, POINT, POINT, POINT));
    }
    return new Transcript(SID, new Roster(roster));
  }

  /** An id that nobody else has. */
  static Bytes id(String name) {
    byte[] hash = Sha512.hash(name.getBytes(StandardCharsets.UTF_8));
    return Bytes.leading(hash, Message.HASH_BYTES);
  }

  /** A frame by the name of its id. */
  static FrameParameterSpec frame(
      String name, FrameKind kind, int sender, long seq, Collection<Bytes> parents) {
    WireWriter writer =
        new WireWriter().uint8(kind.code()).uint64(seq).prefix(parents.size() * Message.HASH_BYTES);
    new TreeSet<>(parents).forEach(writer::opaque);
    try {
      return FrameParameterSpec.decode(writer.vector(id(name)).uint16(sender).finish());
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a member would say next. */
  static FrameParameterSpec next(Transcript transcript, String name, FrameKind kind, int sender) {
    return frame(name, kind, sender, transcript.nextSeq(sender), transcript.parents(sender));
  }

  /** Places a frame of which nothing but its order counts. */
  static Transcript.Outcome place(Transcript transcript, FrameParameterSpec spec) {
    return transcript.place(spec, spec.id().orElseThrow().toArray(), new byte[0]).outcome();
  }
}
