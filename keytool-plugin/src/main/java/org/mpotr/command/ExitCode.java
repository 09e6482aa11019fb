package org.mpotr.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ends, for scripts. */
final class ExitCode {

  static final int OK = 0;
  static final int FINDING = 1;
  static final int USAGE = 2;
  static final int WRONG_PASSWORD = 3;
  static final int NO_STORE = 4;
  static final int BUSY = 5;
  static final int INPUT_OUTPUT = 6;

  private ExitCode() {}

  /** The table that each help text ends with. */
  static Map<String, String> described() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" 0", "done");
    codes.put(" 1", "something was found, or fingerprints differ");
    codes.put(" 2", "the command was not understood, or cannot be done to what is there");
    codes.put(" 3", "a password is wrong or missing");
    codes.put(" 4", "there is no store, or it is damaged");
    codes.put(" 5", "the store is locked, or somebody else has changed it meanwhile");
    codes.put(" 6", "something could not be read or written");
    return codes;
  }
}
