package org.mpotr.keystore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.keystore.TestStores.PASSWORD;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.keystore.TestStores.Own;

/** Many threads at one store, and many contacts in one. */
class StoreStormTest {

  private static final int READERS = 64;
  private static final int ROUNDS = 200;
  private static final int CONTACTS = 10_000;

  @Test
  void sixtyFourReadersAndOneWriter() throws Exception {
    Own alice = Own.named("Alice");
    Own bob = Own.named("Bob");
    Own carol = Own.named("Carol");
    IdentityStore store = TestStores.small(alice, bob);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        boolean opens = i % 32 == 0;
        readers.add(threads.submit(() -> read(store, done, opens, alice, bob, carol)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        store.setContact(
            "carol", Contact.unverified(round % 2 == 0 ? bob.certificate() : carol.certificate()));
        store.rename("bob", "robert");
        store.rename("robert", "bob");
        store.remove("carol");
      }
      store.changeKeyPasswords("nobody's".toCharArray(), PASSWORD);
      done.set(true);
      for (Future<Long> reader : readers) {
        assertTrue(reader.get() > 0);
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  private static long read(
      IdentityStore store, AtomicBoolean done, boolean opens, Own alice, Own bob, Own carol)
      throws Exception {
    long reads = 0;
    do {
      X509Certificate found = store.certificate("carol").orElse(bob.certificate());
      assertTrue(found.equals(bob.certificate()) || found.equals(carol.certificate()));
      assertEquals(List.of(alice.certificate()), store.chain("alice"));
      assertEquals(List.of("alice"), store.aliasesOf(alice.keys().getPublic()));
      Map<String, Contact> contacts = store.contacts();
      assertFalse(contacts.isEmpty());
      assertTrue(store.kind("tea").filter(kind -> kind == EntryKind.PRE_SHARED_KEY).isPresent());
      if (opens) {
        assertEquals(alice.keys().getPrivate(), store.identityKey("alice", PASSWORD).orElseThrow());
      }
      reads++;
    } while (!done.get());
    return reads;
  }

  @Test
  void readersOfAFileSeeWholeStores(@TempDir Path folder) throws Exception {
    Own alice = Own.named("Alice");
    IdentityStoreFile file = IdentityStoreFile.at(folder.resolve("store"));
    file.create(TestStores.small(alice, Own.named("Bob")), PASSWORD);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> unwrapOften(file.path(), done)));
      }
      byte[] content = Files.readAllBytes(file.path());
      SafeFile safe = SafeFile.at(file.path(), true, IdentityStoreFile.DEFAULT_WAIT);
      for (int round = 0; round < ROUNDS / 5; round++) {
        safe.locked(
            () -> {
              safe.replace(content);
              return null;
            });
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertTrue(reader.get() > 0);
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    assertEquals(3, file.open(PASSWORD).size());
  }

  private static long unwrapOften(Path path, AtomicBoolean done) throws IOException {
    long reads = 0;
    do {
      try (InputStream in = Files.newInputStream(path)) {
        assertTrue(Container.unwrap(in).length > 0);
      }
      reads++;
    } while (!done.get());
    return reads;
  }

  @Test
  void tenThousandContacts(@TempDir Path folder) throws Exception {
    Own alice = Own.named("Alice");
    IdentityStore store = TestStores.small(alice, Own.named("Bob"));
    List<Own> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(Own.named("Contact " + i));
    }
    for (int i = 0; i < CONTACTS; i++) {
      store.setContact("contact " + i, Contact.unverified(others.get(i % 100).certificate()));
    }
    IdentityStoreFile file = IdentityStoreFile.at(folder.resolve("store"));
    long start = System.nanoTime();
    file.create(store, PASSWORD);
    final long saved = System.nanoTime();
    IdentityStore opened = file.open(PASSWORD);
    final long read = System.nanoTime();
    for (int i = 0; i < CONTACTS; i++) {
      assertEquals(
          others.get(i % 100).certificate(),
          opened.contact("CONTACT " + i).orElseThrow().certificate());
    }
    final long found = System.nanoTime();
    assertEquals(CONTACTS / 100, opened.aliasesOf(others.get(7).keys().getPublic()).size());
    final long searched = System.nanoTime();
    assertEquals(store.contacts(), opened.contacts());
    System.out.printf(
        "10,000 contacts at cost 14: %,d bytes; save %d ms, open %d ms,"
            + " find all by alias %d ms, find one key %d ms%n",
        Files.size(file.path()),
        (saved - start) / 1_000_000,
        (read - saved) / 1_000_000,
        (found - read) / 1_000_000,
        (searched - found) / 1_000_000);
  }
}
