package org.mpotr.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.reference.Run;
import org.mpotr.reference.Struct;

/** Bytes that are no message of the set-up, whatever else is known. */
final class MessageRefusals {

  /** Bytes and the code that they must be refused with. */
  record Expected(String name, byte[] message, String check) {}

  private final List<Expected> cases = new ArrayList<>();

  private MessageRefusals() {}

  static List<Expected> all(Story base) {
    MessageRefusals refusals = new MessageRefusals();
    refusals.add("nothing", new byte[0], "malformed");
    refusals.add("a version alone", new byte[] {1}, "malformed");
    refusals.add("another version alone", new byte[] {2}, "unsupported-version");
    List<byte[]> sent = base.last().run().seats().get(1).sent();
    for (int round = 0; round < Run.ROUNDS.size(); round++) {
      refusals.each(Run.ROUNDS.get(round), sent.get(round));
    }
    refusals.prefixes(sent.get(1), sent.get(2));
    byte[] hello = sent.get(0);
    refusals.add("hello of another suite", Change.set(3, 2).apply(hello), "unsupported-suite");
    byte[] shortHello = Change.set(3, 2).apply(Arrays.copyOf(hello, 100));
    refusals.add("hello of another suite, cut off", shortHello, "unsupported-suite");
    return refusals.cases;
  }

  private void add(String name, byte[] message, String check) {
    cases.add(new Expected(name, message, check));
  }

  private void each(String name, byte[] message) {
    add(name + " of version 0", Change.set(0, 0).apply(message), "unsupported-version");
    add(name + " of version 2", Change.set(0, 2).apply(message), "unsupported-version");
    add(name + " of type 0", Change.set(1, 0).apply(message), "malformed");
    add(name + " of type 10", Change.set(1, 10).apply(message), "malformed");
    add(name + " cut off", Change.cut(1).apply(message), "malformed");
    add(name + " with a byte behind", Change.longer(1).apply(message), "malformed");
    if (!name.equals(Run.ROUNDS.get(0))) {
      add(name + " of place 256", Change.set(34, 1).apply(message), "malformed");
    }
  }

  /** Behind the header of 36 bytes and the hash of 32 comes the body's length in two bytes. */
  private void prefixes(byte[] introduction, byte[] share) {
    byte[] before = Arrays.copyOf(introduction, 68);
    byte[] body = Arrays.copyOfRange(introduction, 70, introduction.length);
    byte[] longer = new Struct().raw(before).u32(0x8000_0000L | 191).raw(body).bytes();
    add("length in four bytes for two", longer, "malformed");
    byte[] reserved = Change.set(68, 0xc0).apply(introduction);
    add("length with the leading bits 11", reserved, "malformed");
    byte[] beyond = Change.set(68, 0x7f).apply(introduction);
    add("length beyond the end", beyond, "malformed");
    byte[] entries = Change.set(37, 159).apply(share);
    add("entries of broken size", entries, "malformed");
  }
}
