package org.mpotr.session.closing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Padding;
import org.mpotr.identity.Nickname;

/** Whole epochs that never took place, and real ones, before the same judge. */
class ForgerTest {

  private static final EpochParameters TEA = EpochParameters.of("#tea").withPadding(Padding.PADME);
  private static final String[] TEXTS = {"tea?", "yes", "with milk", "never", "ok, none for you"};

  private static Set<Nickname> everybody(List<Script.Role> roles) {
    return roles.stream().map(Script.Role::nickname).collect(Collectors.toSet());
  }

  private static TranscriptVerifier judge(List<KeyPair> identities)
      throws GeneralSecurityException {
    return new TranscriptVerifier(identities.stream().map(KeyPair::getPublic).toList());
  }

  private static List<String> expected(List<Script.Role> roles) {
    return RealEpoch.lines(roles, TEXTS).stream()
        .map(
            line ->
                line.speaker()
                    + ": "
                    + new String(line.content().toArray(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void aSimulatedEpochPassesAsARealOne(int size) throws Exception {
    List<KeyPair> identities = RealEpoch.identities("pass " + size, size);
    List<Script.Role> roles = RealEpoch.roles(identities);
    List<Script.Line> lines = RealEpoch.lines(roles, TEXTS);
    TranscriptVerifier judge = judge(identities);
    for (Set<Nickname> witnesses : List.of(Set.of(roles.get(0).nickname()), everybody(roles))) {
      Recording real =
          RealEpoch.of(TEA, identities, lines, witnesses, new SeededRandom("real " + size));
      Recording made =
          new Forger(new SeededRandom("made " + size))
              .simulate(Script.of(TEA, roles, lines).withWitnesses(witnesses));
      assertEquals(expected(roles), RealEpoch.texts(judge.judge(real)));
      assertEquals(expected(roles), RealEpoch.texts(judge.judge(made)));
      assertEquals(real, Recording.decode(real.encoded()));
      assertEquals(made, Recording.decode(made.encoded()));
    }
  }

  @Test
  void modeSignatureCannotBeSimulated() {
    List<Script.Role> roles = RealEpoch.roles(RealEpoch.identities("signature", 3));
    EpochParameters signed = TEA.withAuthentication(AuthenticationMode.SIGNATURE);
    Forger forger = new Forger(new SeededRandom("signature"));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> forger.simulate(Script.of(signed, roles, RealEpoch.lines(roles, TEXTS))));
  }
}
