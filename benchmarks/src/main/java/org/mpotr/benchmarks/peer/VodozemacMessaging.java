package org.mpotr.benchmarks.peer;

import de.connect2x.trixnity.vodozemac.Curve25519PublicKey;
import de.connect2x.trixnity.vodozemac.megolm.GroupSession;
import de.connect2x.trixnity.vodozemac.megolm.InboundGroupSession;
import de.connect2x.trixnity.vodozemac.megolm.MegolmMessage;
import de.connect2x.trixnity.vodozemac.megolm.MegolmSessionConfig;
import de.connect2x.trixnity.vodozemac.megolm.SessionKey;
import de.connect2x.trixnity.vodozemac.olm.Account;
import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import de.connect2x.trixnity.vodozemac.olm.OlmSessionConfig;
import de.connect2x.trixnity.vodozemac.olm.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Megolm: each member hands its ratchet to all others through Olm sessions, one a pair. A one-time
 * key is made for each session and taken as it is; Matrix clients verify its signature besides.
 */
public final class VodozemacMessaging implements GroupMessaging {

  private final List<Account> accounts = new ArrayList<>();

  /** Loads the native library. */
  public VodozemacMessaging() {
    accounts.add(Account.Companion.invoke());
  }

  @Override
  public void makeIdentities(int members) {
    while (accounts.size() < members) {
      accounts.add(Account.Companion.invoke());
    }
  }

  @Override
  public Group setUp(int members) {
    makeIdentities(members);
    return new Room(accounts.subList(0, members));
  }

  private static final class Room implements Group {

    private final Session[][] pairs;
    private final GroupSession[] outbound;
    private final InboundGroupSession[][] inbound;
    private int members;

    Room(List<Account> accounts) {
      members = accounts.size();
      pairs = new Session[members][members];
      outbound = new GroupSession[members];
      inbound = new InboundGroupSession[members][members];
      List<Iterator<Curve25519PublicKey>> oneTimeKeys = new ArrayList<>();
      for (int i = 0; i < members; i++) {
        Account account = accounts.get(i);
        // One-time keys are for those who come before in the list and start the pair's session.
        if (i > 0) {
          account.generateOneTimeKeys(i);
        }
        oneTimeKeys.add(List.copyOf(account.getOneTimeKeys().values()).iterator());
        account.markKeysAsPublished();
        outbound[i] = GroupSession.Companion.invoke(MegolmSessionConfig.Companion.v1());
      }
      for (int i = 0; i < members; i++) {
        for (int j = i + 1; j < members; j++) {
          start(accounts.get(i), i, accounts.get(j), j, oneTimeKeys.get(j).next());
        }
      }
    }

    private void start(Account from, int i, Account to, int j, Curve25519PublicKey oneTimeKey) {
      Session session =
          from.createOutboundSession(
              to.getCurve25519Key(), oneTimeKey, OlmSessionConfig.Companion.v1());
      byte[] first = session.encrypt(outbound[i].getSessionKey().getBytes()).getBytes();
      Account.InboundSessionCreationResult<byte[]> accepted =
          to.createInboundSession(
              OlmMessage.PreKey.Bytes.Companion.invoke(first), from.getCurve25519Key());
      pairs[i][j] = session;
      pairs[j][i] = accepted.getSession();
      learn(j, i, accepted.getPlaintext().getValue());
      share(j, i);
    }

    /** A member tells another one its ratchet, in a session of the pair that both have used. */
    private void share(int from, int to) {
      byte[] message =
          pairs[from][to].encrypt(outbound[from].getSessionKey().getBytes()).getBytes();
      learn(to, from, pairs[to][from].decrypt(OlmMessage.Normal.Bytes.Companion.invoke(message)));
    }

    private void learn(int member, int sender, byte[] sessionKey) {
      try (SessionKey key = SessionKey.Companion.invoke(sessionKey)) {
        inbound[member][sender] =
            InboundGroupSession.Companion.invoke(key, MegolmSessionConfig.Companion.v1());
      }
    }

    @Override
    public byte[] send(int sender, byte[] content) {
      try (MegolmMessage message = outbound[sender].encrypt(content)) {
        return message.getBytes();
      }
    }

    @Override
    public byte[] receive(int receiver, int sender, byte[] message) {
      try (MegolmMessage.Bytes parsed = MegolmMessage.Bytes.Companion.invoke(message)) {
        return inbound[receiver][sender].decrypt(parsed).getPlaintext().getValue();
      }
    }

    @Override
    public void leave() {
      members--;
      for (int i = 0; i < members; i++) {
        outbound[i].close();
        outbound[i] = GroupSession.Companion.invoke(MegolmSessionConfig.Companion.v1());
      }
      for (int i = 0; i < members; i++) {
        for (int j = 0; j < members; j++) {
          if (i != j) {
            inbound[j][i].close();
            share(i, j);
          }
        }
      }
    }

    @Override
    public void close() {
      for (int i = 0; i < pairs.length; i++) {
        outbound[i].close();
        for (int j = 0; j < pairs.length; j++) {
          if (i != j) {
            pairs[i][j].close();
            inbound[i][j].close();
          }
        }
      }
    }
  }
}
