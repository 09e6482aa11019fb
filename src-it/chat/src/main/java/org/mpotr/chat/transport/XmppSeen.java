package org.mpotr.chat.transport;

import java.util.LinkedHashMap;
import java.util.Map;

/** What came lately, so that a repetition is known; the oldest is forgotten first. */
final class XmppSeen {

  private final Map<String, Boolean> seen;

  XmppSeen(int max) {
    seen =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > max;
          }
        };
  }

  /** Whether this is the first time. */
  boolean add(String key) {
    return seen.put(key, true) == null;
  }

  boolean contains(String key) {
    return seen.containsKey(key);
  }
}
