package org.mpotr.chat.terminal;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mpotr.MpotrProvider;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.session.ChannelSpec;

/** Somebody who talks, and remembers everything that was shown. */
public final class Person implements Front, AutoCloseable {

  private static final long PATIENCE_MILLIS = 60_000;

  /** Groups form within seconds: the first one waits for a quarter of the set-up timeout. */
  private static final EpochParameters QUICK =
      EpochParameters.of("#tea")
          .withLimits(new Limits(8, 3_600, 600, 1_000, 3, 256, 1 << 17, 1L << 30));

  private final Talk talk;
  private final List<String> shown = new ArrayList<>();
  private final KeyPair identity;

  /** Joins. */
  public Person(String nickname, Transport transport, Path downloads) throws Exception {
    identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    ChannelSpec spec =
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, QUICK)
            .withRecordings();
    talk = new Talk(spec, identity.getPublic(), Map.of(), transport, this, downloads);
  }

  /** Types a line. */
  public void type(String line) {
    talk.typed(line.toCharArray());
  }

  /** Waits until something was shown of which this is true; it. */
  public synchronized String await(Predicate<String> which) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (shown.stream().noneMatch(which)) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("never shown, but: " + shown);
      }
      wait(left);
    }
    return shown.stream().filter(which).findFirst().orElseThrow();
  }

  /** Waits until this was shown, whatever stands around it. */
  public String await(String part) throws InterruptedException {
    return await(text -> text.contains(part));
  }

  /** Waits until so many things were shown of which this is true. */
  public synchronized void await(long count, Predicate<String> which) throws InterruptedException {
    long until = System.nanoTime() + 5 * PATIENCE_MILLIS * 1_000_000;
    while (shown.stream().filter(which).count() < count) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "shown only " + shown.stream().filter(which).count() + " of " + count);
      }
      wait(left);
    }
  }

  /** Forgets what was shown. */
  public synchronized void forget() {
    shown.clear();
  }

  /** Everything that was shown. */
  public synchronized List<String> shown() {
    return List.copyOf(shown);
  }

  /** The talk itself. */
  public Talk talk() {
    return talk;
  }

  private synchronized void show(String text) {
    shown.add(text);
    notifyAll();
  }

  @Override
  public void note(String text) {
    show("* " + text);
  }

  @Override
  public void said(Line line) {
    show(line.speaker() + ": " + line.text());
  }

  @Override
  public void changed(Line line) {
    show(line.number() + " " + line.status());
  }

  @Override
  public void roster(List<Seat> seats, int others) {
    show("roster " + seats);
  }

  @Override
  public void progress(int number, String name, int present, int count) {
    show("file " + number + " " + present + "/" + count);
  }

  @Override
  public void secret(boolean isWanted) {
    show("secret " + isWanted);
  }

  @Override
  public void close() {
    talk.close();
  }
}
