package org.mpotr.benchmarks.peer;

/**
 * A way for a group to send messages that all its members, and only they, can read. An
 * implementation is a class with a public constructor without arguments that fails where its
 * libraries cannot be loaded.
 */
public interface GroupMessaging {

  /** Makes long-term keys for so many members, which exist before any set-up. */
  void makeIdentities(int members) throws Exception;

  /**
   * Everything that all members together do until each can send to all and read all; no other keys
   * than the long-term ones exist before.
   */
  Group setUp(int members) throws Exception;

  /** A group that has been set up; members are numbered from 0. */
  interface Group extends AutoCloseable {

    /** The bytes that a member sends to all others. */
    byte[] send(int sender, byte[] content) throws Exception;

    /** What a member reads of the bytes that another one sent; each message is read once. */
    byte[] receive(int receiver, int sender, byte[] message) throws Exception;

    /**
     * The last member leaves: everything that the others do until they can send and read without
     * it.
     */
    void leave() throws Exception;

    /** Gives back what is not on the heap. */
    @Override
    default void close() {}
  }
}
