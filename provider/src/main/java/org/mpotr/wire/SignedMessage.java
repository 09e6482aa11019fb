package org.mpotr.wire;

/**
 * A message of a set-up after its HELLOs: it names the session and its sender, and is signed by the
 * sender's E.
 */
public sealed interface SignedMessage extends Message permits Introduction, Share, Attest, Abort {

  /** The session, the sender and the type. */
  SetupHeader header();

  /** The signature under the sender's ephemeral key E, 64 bytes, over {@link #unsigned()}. */
  Bytes signature();

  /** Everything before the signature. */
  Bytes unsigned();

  @Override
  default MessageType type() {
    return header().type();
  }

  @Override
  default Bytes encoded() {
    return Bytes.of(new WireWriter().opaque(unsigned()).opaque(signature()).finish());
  }
}
