package org.mpotr.session.closing;

import java.util.List;
import java.util.Set;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;

/** What a {@link TranscriptVerifier} says of a recording (PROTOCOL.md, section 8.3). */
public sealed interface Verdict {

  /** The part of a recording in which a check failed. */
  enum Part {
    /** START: its signature, its parameters, the HELLOs that it names, its sender. */
    START("start"),
    /** Rounds 1 to 4 and what was handed over of them. */
    SETUP("set-up"),
    /** A frame. */
    FRAME("frame"),
    /** A leave or close frame against the transcript. */
    FAREWELL("farewell"),
    /** Published keys. */
    KEYS("keys");

    private final String code;

    Part(String code) {
      this.code = code;
    }

    /** The name in PROTOCOL.md. */
    public String code() {
      return code;
    }
  }

  /**
   * One frame of the conversation.
   *
   * @param sender who made it, as far as anybody can tell
   * @param id of the frame, 32 bytes
   * @param parents the ids of the frames that it names as heard
   * @param content what it says; of a private frame whose pair's key was handed over what it says
   *     to its receiver, else as it is
   */
  record Said(
      Member sender, FrameKind kind, long seq, Bytes id, List<Bytes> parents, Bytes content) {

    /** Copies the list. */
    public Said {
      parents = List.copyOf(parents);
    }

    /** Place, kind and seq; what was said is not shown. */
    @Override
    public String toString() {
      return "Said[" + sender.index() + ", kind=" + kind.code() + ", seq=" + seq + "]";
    }
  }

  /**
   * Nothing can be said against the recording.
   *
   * @param conversation all frames in the one order of section 7, then those that stand in no order
   *     as they were heard
   * @param published the places of the members whose keys are public
   */
  record Accepted(Roster roster, List<Said> conversation, Set<Integer> published)
      implements Verdict {

    /** Copies the collections. */
    public Accepted {
      conversation = List.copyOf(conversation);
      published = Set.copyOf(published);
    }

    /**
     * What people said, without acknowledgements, farewells and what stands in no order: what
     * {@link Forger#retell} takes when it is changed.
     */
    public List<Script.Line> lines() {
      return conversation.stream()
          .filter(said -> isLine(said.kind()))
          .map(said -> new Script.Line(said.sender().nickname(), said.kind(), said.content()))
          .toList();
    }

    static boolean isLine(FrameKind kind) {
      return Transcript.isConfirmed(kind)
          && !kind.equals(FrameKind.LEAVE)
          && !kind.equals(FrameKind.CLOSE);
    }
  }

  /**
   * A check failed.
   *
   * @param part where
   * @param check its name: of section 4 for {@link Part#SETUP}, of section 12 for frames, of
   *     section 8.3 for the rest
   * @param place of the member concerned, or -1
   */
  record Refused(Part part, String check, int place) implements Verdict {

    /** Part and check, as in {@code set-up: bad-seal}. */
    public String name() {
      return part.code() + ": " + check;
    }
  }
}
