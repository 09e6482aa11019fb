package org.mpotr.command;

import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import org.mpotr.keystore.IdentityStore;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that works on a store and prints data. */
abstract class StoreTask extends Task {

  @Mixin final StoreOptions store;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  StoreTask(Surroundings here) {
    super(here);
    store = new StoreOptions(here);
  }

  /** Prints data as JSON, or the lines for people. */
  void print(Map<String, ?> data, List<String> lines) {
    if (json) {
      printJson(data);
    } else {
      lines.forEach(this::print);
    }
  }

  /** The alias given, or that of the only identity. */
  static String identity(IdentityStore store, String alias) {
    if (alias != null) {
      require(store, alias, EntryKind.IDENTITY);
      return alias;
    }
    List<String> all = store.aliases(EntryKind.IDENTITY);
    if (all.size() == 1) {
      return all.get(0);
    }
    throw all.isEmpty()
        ? Failure.usage(
            "The store has no identity yet.", "Make one with `mpotr identity create NAME`.")
        : Failure.usage(
            "The store has several identities: " + Visible.line(String.join(", ", all)) + ".",
            "Say which one is meant.");
  }

  static void require(IdentityStore store, String alias, EntryKind kind) {
    if (!store.kind(alias).filter(kind::equals).isPresent()) {
      String what = kind == EntryKind.IDENTITY ? "identity" : "contact";
      throw Failure.usage(
          "The store has no " + what + " " + Visible.line(alias) + ".",
          "`mpotr " + what + " list` shows what it has.");
    }
  }

  static void requireFree(IdentityStore store, String alias) {
    if (store.kind(alias).isPresent()) {
      throw Failure.usage(
          "The store has an entry " + Visible.line(alias) + " already.", "Choose another name.");
    }
  }

  /** Asks a person to agree to what cannot be undone. */
  void confirm(boolean isAgreed, String question) {
    if (isAgreed) {
      return;
    }
    String answer =
        here.prompt().map(prompt -> prompt.line(question + " Type yes to go on")).orElse("");
    if (!"yes".equals(answer)) {
      throw Failure.usage("Nothing was changed.", "Answer yes, or say --yes.");
    }
  }
}
