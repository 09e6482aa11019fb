package org.mpotr.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.mpotr.MpotrProvider;
import org.mpotr.identity.IdentityCertificates;

/** 64 threads that keep and remove contacts in the same two stores. */
public final class App {
  private static final char[] PASSWORD = "tea at five".toCharArray();

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempDirectory(Path.of("target"), "store").resolve("contacts");
    Provider mpotr = MpotrProvider.instance().configure(file.toString());
    KeyStore inFile = KeyStore.getInstance("mpOTR-File", mpotr);
    KeyStore inMemory = KeyStore.getInstance("mpOTR", mpotr);
    inFile.load(null, PASSWORD);
    inMemory.load(null, PASSWORD);
    var pair = KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair();
    Instant now = Instant.now();
    var bob =
        IdentityCertificates.selfSigned(pair, "bob", now, now.plusSeconds(60), new SecureRandom());
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String alias = "bob " + i;
      tasks.add(() -> change(inFile, alias, bob) + change(inMemory, alias, bob));
    }
    var threads = Executors.newFixedThreadPool(64);
    for (var each : threads.invokeAll(tasks)) each.get();
    threads.shutdown();
    inFile.store(null, PASSWORD);
    inFile.load(null, PASSWORD);
    if (inFile.size() + inMemory.size() != 128) throw new AssertionError("a contact is lost");
    System.out.println("ok: 64 threads, each of them 10,000 changes of a store and of a file");
  }

  /** Keeps and removes a contact 10,000 times in a store that others change as well. */
  static int change(KeyStore store, String alias, X509Certificate contact) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      store.deleteEntry(alias);
      boolean isGone = !store.containsAlias(alias);
      store.setCertificateEntry(alias, contact);
      boolean isThere = contact.equals(store.getCertificate(alias));
      if (!isGone || !isThere) throw new AssertionError("gone " + isGone + ", there " + isThere);
    }
    return store.size();
  }
}
