package org.mpotr.vectors;

import org.mpotr.reference.Epoch;
import org.mpotr.reference.Frame;
import org.mpotr.reference.Labelled;

/** The end of section 16 of PROTOCOL.md: one frame, from what it says to its bytes. */
final class AnnotatedFrame {

  private AnnotatedFrame() {}

  static void add(AnnotatedText text, Epoch epoch, Story.Said said) {
    Frame.Made made = said.made();
    byte[] inner = made.inner();
    int front =
        1 + 8 + 1 + 32 * said.content().parents().size() + 1 + said.content().content().length;
    text.section("16.7 A frame (6)")
        .line(
            "Member "
                + said.sender()
                + " answers the first frame of member 0, which is its parent.")
        .line("")
        .block()
        .value("iv", made.iv())
        .value("hedge", said.hedge())
        .line("")
        .message("inner", inner)
        .field("kind", 1)
        .field("seq", 8)
        .vector("parents")
        .vector("content")
        .field("padding", inner.length - front)
        .end()
        .line("");
    byte[] digested =
        Labelled.label("frame", epoch.sid(), made.header(), made.iv(), made.ciphertext());
    text.message("what is hashed", digested)
        .vector("label")
        .vector("sid")
        .field("header", 12)
        .field("iv", 16)
        .field("ciphertext", made.ciphertext().length)
        .end()
        .value("digest", made.digest())
        .value("id", made.id())
        .line("")
        .message("the frame", made.frame())
        .field("version", 1)
        .field("type", 1)
        .field("sid_hint", 8)
        .field("sender", 2)
        .field("iv", 16)
        .field("ciphertext", made.ciphertext().length)
        .field("signature", 64)
        .field("tag", 16)
        .end()
        .block();
  }
}
