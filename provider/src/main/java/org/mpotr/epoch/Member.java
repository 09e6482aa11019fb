package org.mpotr.epoch;

import java.security.PublicKey;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.identity.Fingerprint;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.WireWriter;

/**
 * One member of an epoch, as all members verified it (PROTOCOL.md, section 4).
 *
 * @param index the member's place in the roster, from 0
 * @param id m, 16 bytes
 * @param nickname what it wants to be called
 * @param identity A, the long-term key
 * @param agreementKey X, ephemeral
 * @param signatureKey E, ephemeral
 */
public record Member(
    int index,
    Bytes id,
    Nickname nickname,
    PublicPoint identity,
    PublicPoint agreementKey,
    PublicPoint signatureKey) {

  /** Bytes of a member id. */
  public static final int ID_BYTES = 16;

  /** m: the id of whoever said this HELLO. */
  public static Bytes idOf(Hello hello) {
    WireWriter input =
        WireWriter.labelled("member", Bytes.EMPTY)
            .opaque(hello.nonce())
            .opaque(hello.agreementKey())
            .opaque(hello.signatureKey());
    return Bytes.leading(Labelled.hash(input), ID_BYTES);
  }

  /** The long-term key as a standard EC public key. */
  public PublicKey identityKey() {
    return IdentityKeys.publicKey(identity);
  }

  /** The fingerprint of the long-term key. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(identity);
  }

  /** Place, nickname and the first bytes of the id; for people, not for programs. */
  @Override
  public String toString() {
    return nickname + " (" + index + ", " + id.toHex().substring(0, 8) + ")";
  }
}
