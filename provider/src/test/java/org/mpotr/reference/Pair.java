package org.mpotr.reference;

/**
 * What two members share (sections 4.3, 4.5 and 4.7), seen from one of them. Part of the second
 * reading of the text.
 */
public final class Pair {
  private final Roster roster;
  private final int self;
  private final int peer;
  private final byte[] psk;
  private final byte[] ee;
  private final byte[] kEe;
  private int mode;
  private byte[] auth = {};
  private byte[] k = {};
  private int resumedInARow;

  Pair(Roster roster, int self, int peer, byte[] psk, byte[] ee) {
    this.roster = roster;
    this.self = self;
    this.peer = peer;
    this.psk = psk;
    this.ee = ee;
    this.kEe = secret(0, new byte[0]);
  }

  private byte[] secret(int ofMode, byte[] withAuth) {
    return Labelled.extract(
        roster.sid(),
        "pair secret",
        roster.sid(),
        new Struct().u8(ofMode).vector(ee).vector(withAuth).vector(psk).bytes());
  }

  /** The pair's key once T2 is known. */
  void agree(int ofMode, byte[] withAuth, byte[] t2, int resumed) {
    mode = ofMode;
    auth = withAuth;
    k = Labelled.expand(secret(mode, auth), 64, "pair", roster.sid(), t2, lo(), hi());
    resumedInARow = resumed;
  }

  private byte[] lo() {
    return roster.at(Math.min(self, peer)).m();
  }

  private byte[] hi() {
    return roster.at(Math.max(self, peer)).m();
  }

  /** The place of the other one. */
  int peer() {
    return peer;
  }

  /** ECDH of the two keys for agreement. */
  public byte[] ee() {
    return ee.clone();
  }

  /** K_ee. */
  public byte[] kEe() {
    return kEe.clone();
  }

  /** 1 full with triple DH, 2 full with signatures, 3 resumed. */
  public int mode() {
    return mode;
  }

  /** auth, by the mode. */
  public byte[] auth() {
    return auth.clone();
  }

  /** k. */
  public byte[] k() {
    return k.clone();
  }

  /** How many epochs in a row it has resumed. */
  int resumedInARow() {
    return resumedInARow;
  }

  /** confirmation of section 4.5, from one place to another. */
  byte[] confirmation(byte[] t2, int from, int to) {
    return Labelled.expand(
        k, 32, "confirm", roster.sid(), t2, roster.at(from).m(), roster.at(to).m());
  }

  /** A seal from one place to another. */
  Seal seal(byte[] key, String purpose, int from, int to) {
    return new Seal(key, purpose, roster.sid(), roster.at(from).m(), roster.at(to).m());
  }

  /** The resumption secret. */
  public byte[] resumption(byte[] t3) {
    return Labelled.expand(k, 64, "resumption", roster.sid(), t3, lo(), hi());
  }

  /** The private-frame key. */
  public byte[] privateFrameKey(byte[] t3) {
    return Labelled.expand(k, 64, "private", roster.sid(), t3, lo(), hi());
  }
}
