package org.mpotr.chat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;

/**
 * What a member holds once all have attested.
 *
 * @param sid the session id
 * @param groupCode the digits that people compare
 * @param roster who is there, a line each
 * @param exported a secret taken from the key for nothing but the comparison; never shown
 */
record View(String sid, String groupCode, List<String> roster, String exported) {

  private static final int EXPORTED_BYTES = 32;

  static View of(GroupKey key) {
    List<String> roster = new ArrayList<>();
    for (Member member : key.roster()) {
      roster.add(member.nickname() + ", fingerprint " + member.fingerprint());
    }
    byte[] exported = key.export("demo comparison", new byte[0], EXPORTED_BYTES);
    return new View(
        key.sid().toHex(),
        key.groupCode(),
        List.copyOf(roster),
        HexFormat.of().formatHex(exported));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "View[sid=" + sid + "]";
  }
}
