package org.mpotr;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/** {@code KeyFactory} "mpOTR": messages from and to bytes (PROTOCOL.md, section 4.9). */
final class MpotrKeyFactory extends KeyFactorySpi {

  @Override
  protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
    if (!(spec instanceof EncodedKeySpec encoded)
        || !MessageKey.FORMAT.equals(encoded.getFormat())) {
      throw new InvalidKeySpecException("KeyFactory mpOTR takes a MessageKeySpec");
    }
    try {
      return new MessageKey(Message.decode(encoded.getEncoded()));
    } catch (WireException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
  }

  @Override
  protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
    throw new InvalidKeySpecException("messages are public keys");
  }

  @Override
  protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
      throws InvalidKeySpecException {
    if (!(key instanceof MessageKey message) || !type.isAssignableFrom(MessageKeySpec.class)) {
      throw new InvalidKeySpecException("KeyFactory mpOTR turns messages into MessageKeySpec");
    }
    return type.cast(new MessageKeySpec(message.getEncoded()));
  }

  @Override
  protected Key engineTranslateKey(Key key) throws InvalidKeyException {
    if (key instanceof MessageKey) {
      return key;
    }
    byte[] encoded =
        key != null && MessageKey.FORMAT.equals(key.getFormat()) ? key.getEncoded() : null;
    if (encoded == null) {
      throw new InvalidKeyException("KeyFactory mpOTR translates messages only");
    }
    try {
      return new MessageKey(Message.decode(encoded));
    } catch (WireException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }
}
