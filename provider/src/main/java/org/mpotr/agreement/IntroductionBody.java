package org.mpotr.agreement;

import java.security.MessageDigest;
import java.util.Arrays;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * What an INTRODUCTION seals for the other members (PROTOCOL.md, section 4.4).
 *
 * @param nickname 1 to 64 bytes, whose rules are not judged here
 * @param identity A as a SubjectPublicKeyInfo, 91 bytes, not judged here
 * @param identitySignature 64 bytes in mode signature, none otherwise
 */
record IntroductionBody(Bytes nickname, Bytes identity, Bytes identitySignature) {

  static final int IDENTITY_BYTES = 91;

  /** The one encoding: 159 bytes, or 224 with a signature. */
  byte[] encoded() {
    return new WireWriter()
        .uint8(nickname.length())
        .opaque(nickname)
        .opaque(new byte[Nickname.MAX_BYTES - nickname.length()])
        .vector(identity)
        .vector(identitySignature)
        .finish();
  }

  static IntroductionBody decode(byte[] encoded) throws WireException {
    WireReader reader = new WireReader(encoded);
    int length = reader.uint8("nickname length");
    byte[] padded = reader.opaque(Nickname.MAX_BYTES, "nickname");
    if (length < 1 || length > Nickname.MAX_BYTES) {
      throw new WireException(ErrorCode.MALFORMED, "nickname is too short or too long");
    }
    byte[] rest = Arrays.copyOfRange(padded, length, padded.length);
    if (!MessageDigest.isEqual(rest, new byte[rest.length])) {
      throw new WireException(ErrorCode.MALFORMED, "nickname is not padded with zeros");
    }
    Bytes identity = Bytes.of(reader.vector(IDENTITY_BYTES, IDENTITY_BYTES, "identity"));
    byte[] signature = reader.vector(0, Message.SIGNATURE_BYTES, "identity signature");
    if (signature.length != 0 && signature.length != Message.SIGNATURE_BYTES) {
      throw new WireException(ErrorCode.MALFORMED, "identity signature is cut off");
    }
    reader.finish("the body");
    return new IntroductionBody(Bytes.leading(padded, length), identity, Bytes.of(signature));
  }
}
