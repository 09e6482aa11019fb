package org.mpotr.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.InvalidKeyException;
import java.security.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.Round;
import org.mpotr.SeededRandom;
import org.mpotr.Tampering;
import org.mpotr.TestGroup;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.Share;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.WireException;

/**
 * No bit of a message of a set-up can be flipped unnoticed: the message is refused as bytes, or a
 * check of its receiver fails, or the receiver comes to another session id or transcript than the
 * others, which ends every set-up, as TamperedGroupTest shows. The checks are those of the members
 * themselves, asked without the arithmetic around them, which would take minutes.
 */
class FlippedBitsTest {

  private static final int BITS = Byte.SIZE;

  @ParameterizedTest
  @EnumSource
  void everyBitOfEveryMessageCounts(AuthenticationMode mode) throws Exception {
    EpochParameters parameters = EpochParameters.of("#tea").withAuthentication(mode);
    Reader reader = new Reader(parameters);
    TestGroup.of("flips", parameters, 2).add(reader).run();

    int introduction = mode == AuthenticationMode.SIGNATURE ? 424 + 2 * 49 : 359 + 2 * 49;
    Map<Round, Integer> expected = new EnumMap<>(Map.of(Round.INTRODUCTION, BITS * introduction));
    if (mode == AuthenticationMode.TRIPLE_DH) {
      expected.put(Round.HELLO, BITS * 166);
      expected.put(Round.SHARE, BITS * (102 + 2 * 80));
      expected.put(Round.ATTEST, BITS * 196);
    }
    assertEquals(expected, reader.flipped);
  }

  /** A member that tries each flipped bit of another's message before it takes the message. */
  private static final class Reader extends Insider {

    private final Map<Round, Integer> flipped = new EnumMap<>(Round.class);
    private final Hello hello;
    private List<Introduction> introductions;
    private Attestation attestation;
    private Bytes honestView;

    Reader(EpochParameters parameters) {
      super(parameters, "reader", TestGroup.identity("flips", 2), new SeededRandom("reader"));
      hello = (Hello) ((MessageKey) hello()).message();
    }

    @Override
    Attestation attestation(List<Share> shares, Bytes transcript3) throws InvalidKeyException {
      attestation = super.attestation(shares, transcript3);
      return attestation;
    }

    @Override
    public Key answer(Round heard, List<Key> messages) throws InvalidKeyException {
      if (heard == Round.INTRODUCTION
          || parameters.authentication() == AuthenticationMode.TRIPLE_DH) {
        flipEach(heard, messages);
      }
      return super.answer(heard, messages);
    }

    /** The other rounds are the same in both modes. */
    private void flipEach(Round heard, List<Key> messages) throws InvalidKeyException {
      List<Message> honest = new ArrayList<>(RoundKey.of(messages).messages());
      honest.sort(Comparator.comparing(message -> place(message)));
      int sender = heard == Round.HELLO ? other(honest) : (ownIndex() + 1) % honest.size();
      byte[] encoded = honest.get(sender).encoded().toArray();
      honestView = view(heard, honest, honest, sender);
      for (int bit = 0; bit < BITS * encoded.length; bit++) {
        try {
          List<Message> altered = new ArrayList<>(honest);
          altered.set(sender, Message.decode(Tampering.flip(encoded, bit)));
          tryAltered(heard, honest, altered, sender, heard + ", bit " + bit);
        } catch (WireException e) {
          // Refused before anybody looked at what it says.
        }
        flipped.merge(heard, 1, Integer::sum);
      }
      if (heard == Round.INTRODUCTION) {
        introductions = inOrder(Introduction.class, honest);
      }
    }

    private int other(List<Message> hellos) {
      return hellos.get(0).equals(hello) ? 1 : 0;
    }

    private static int place(Message message) {
      return message instanceof SignedMessage signed ? signed.header().sender() : 0;
    }

    private void tryAltered(
        Round heard, List<Message> honest, List<Message> altered, int sender, String where) {
      if (heard == Round.ATTEST) {
        assertThrows(
            SetupFailedException.class,
            () ->
                attestation.check(
                    collect(Attest.class, honest, altered).get(sender), candidate(sender)),
            where);
        return;
      }
      try {
        assertNotEquals(honestView, view(heard, honest, altered, sender), where);
      } catch (SetupFailedException e) {
        assertEquals(
            e.check().code(), e.getMessage().substring(0, e.check().code().length()), where);
      }
    }

    private Bytes view(Round heard, List<Message> honest, List<Message> messages, int sender)
        throws SetupFailedException {
      return switch (heard) {
        case HELLO -> Assembly.of(parameters, messages, hello).sid();
        case INTRODUCTION -> transcript2(honest, messages, sender);
        case SHARE -> transcript3(honest, messages, sender);
        case ATTEST -> assembly().sid();
      };
    }

    private Bytes transcript2(List<Message> honest, List<Message> heard, int sender)
        throws SetupFailedException {
      List<Introduction> messages = collect(Introduction.class, honest, heard);
      int entry = Assembly.entryFor(assembly().own(), candidate(sender));
      introductions()
          .open(peer(sender), messages.get(sender), entry, assembly().size() - 1)
          .close();
      return assembly().transcript2(messages);
    }

    private Bytes transcript3(List<Message> honest, List<Message> heard, int sender)
        throws SetupFailedException {
      List<Share> messages = collect(Share.class, honest, heard);
      int entry = Assembly.entryFor(assembly().own(), candidate(sender));
      Bytes commitment = introductions.get(sender).commitment();
      new Shares(introductions(), transcript2())
          .open(peer(sender), messages.get(sender), commitment, entry, assembly().size() - 1);
      return assembly().transcript3(transcript2(), messages);
    }

    private <T extends SignedMessage> List<T> collect(
        Class<T> type, List<Message> honest, List<Message> heard) throws SetupFailedException {
      return assembly().collect(type, heard, type.cast(honest.get(ownIndex())));
    }

    private Candidate candidate(int index) {
      return assembly().candidates().get(index);
    }
  }
}
