package org.mpotr.keystore;

/** What an entry of a store is. */
public enum EntryKind {
  /** A private key with its certificates: one of the owner's own identities. */
  IDENTITY,
  /** The certificate of somebody else, and what is known about it. */
  CONTACT,
  /** A secret that a group agreed on beforehand. */
  PRE_SHARED_KEY
}
