package org.mpotr.agreement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mpotr.MpotrProvider;
import org.mpotr.epoch.GroupKey;

/** The work of a set-up on threads that the caller lends. */
class CoresTest {

  private static final int MEMBERS = 7;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<Integer> items = IntStream.range(0, 23).boxed().toList();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static List<Integer> doubled(List<Integer> part) {
    return part.stream().map(i -> 2 * i).toList();
  }

  @Test
  void resultsComeInOrderHoweverTheWorkIsCut() throws InvalidKeyException {
    for (int parts : new int[] {1, 2, 5, 23, 100}) {
      Cores cores = new Cores(threads, parts);
      assertEquals(doubled(items), cores.map(items, CoresTest::doubled));
      assertEquals(List.of(), cores.map(List.<Integer>of(), CoresTest::doubled));
    }
  }

  @Test
  void theFirstFailureInOrderIsReportedWhenAllIsDone() {
    AtomicInteger done = new AtomicInteger();
    Cores cores = new Cores(threads, items.size());
    InvalidKeyException thrown =
        assertThrows(
            InvalidKeyException.class,
            () ->
                cores.map(
                    items,
                    part -> {
                      done.incrementAndGet();
                      if (part.get(0) >= 5) {
                        throw new InvalidKeyException("item " + part.get(0));
                      }
                      return part;
                    }));
    assertEquals("item 5", thrown.getMessage());
    assertEquals(items.size(), done.get());
  }

  @Test
  void anythingUnexpectedKeepsItsCause() {
    RuntimeException cause = new UnsupportedOperationException();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                new Cores(threads, 3)
                    .map(
                        items,
                        part -> {
                          throw cause;
                        }));
    assertSame(cause, thrown.getCause());
  }

  @Test
  void anExecutorThatLendsNothingCostsNothingButTime() throws InvalidKeyException {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    assertEquals(doubled(items), new Cores(full, 4).map(items, CoresTest::doubled));
  }

  /** As set-ups may that run on the very threads that they are lent. */
  @Test
  void workersMayLendThemselves() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      Cores cores = new Cores(single, 5);
      Future<List<Integer>> result = single.submit(() -> cores.map(items, CoresTest::doubled));
      assertEquals(doubled(items), result.get(10, TimeUnit.SECONDS));
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() throws InvalidKeyException {
    Thread.currentThread().interrupt();
    assertEquals(doubled(items), new Cores(threads, 4).map(items, CoresTest::doubled));
    assertTrue(Thread.interrupted());
  }

  /** A whole set-up in which some members have threads and others have not. */
  @Test
  void membersAgreeWhoeverWorksForThem() throws Exception {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    Executor noting =
        task ->
            threads.execute(
                () -> {
                  workers.add(Thread.currentThread());
                  task.run();
                });
    List<GroupKey> keys = setUp(noting);
    byte[] context = new byte[0];
    for (GroupKey key : keys) {
      assertEquals(keys.get(0).groupCode(), key.groupCode());
      assertEquals(
          List.of(keys.get(0).sid(), MEMBERS), List.of(key.sid(), key.roster().members().size()));
      assertArrayEquals(keys.get(0).export("test", context, 32), key.export("test", context, 32));
    }
    // On a machine with a single processor the work is one part, the caller's.
    assertEquals(Runtime.getRuntime().availableProcessors() > 1, !workers.isEmpty());
  }

  private static List<GroupKey> setUp(Executor executor) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", mpotr);
    List<KeyAgreement> members = new ArrayList<>();
    List<Key> round = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      KeyPair identity = identities.generateKeyPair();
      SessionParameterSpec spec = SessionParameterSpec.of("#cores", "member " + i);
      KeyAgreement member = KeyAgreement.getInstance("mpOTR", mpotr);
      member.init(identity.getPrivate(), i % 3 == 0 ? spec : spec.withExecutor(executor));
      round.add(member.doPhase(identity.getPublic(), false));
      members.add(member);
    }
    for (int phase = 1; phase <= 4; phase++) {
      RoundKey heard = RoundKey.of(round);
      round.clear();
      for (KeyAgreement member : members) {
        round.add(member.doPhase(heard, phase == 4));
      }
    }
    List<GroupKey> keys = new ArrayList<>();
    for (KeyAgreement member : members) {
      keys.add((GroupKey) member.generateSecret("mpOTR"));
    }
    return keys;
  }
}
