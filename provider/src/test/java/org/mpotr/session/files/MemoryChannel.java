package org.mpotr.session.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A file in memory that reads and writes a few bytes at a time, and fails when told to. */
final class MemoryChannel implements SeekableByteChannel {

  private static final int AT_A_TIME = 777;

  private byte[] content;
  private long position;
  private boolean failing;
  private boolean full;
  private int reads;

  MemoryChannel(byte[] content) {
    this.content = content.clone();
  }

  MemoryChannel() {
    this(new byte[0]);
  }

  byte[] content() {
    return content.clone();
  }

  /** How often something was read. */
  int reads() {
    return reads;
  }

  /** Every access fails from now on, or no longer. */
  void fail(boolean now) {
    failing = now;
  }

  /** Nothing more can be written from now on, or no longer. */
  void full(boolean now) {
    full = now;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireWorking();
    reads++;
    int from = (int) Math.min(position, content.length);
    int count = Math.min(Math.min(target.remaining(), content.length - from), AT_A_TIME);
    if (count == 0) {
      return -1;
    }
    target.put(content, from, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    requireWorking();
    int count = full ? 0 : Math.min(source.remaining(), AT_A_TIME);
    int end = Math.toIntExact(position + count);
    content = Arrays.copyOf(content, Math.max(end, content.length));
    source.get(content, (int) position, count);
    position = end;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireWorking();
    return content.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    requireWorking();
    if (size < content.length) {
      content = Arrays.copyOf(content, (int) size);
    }
    return this;
  }

  private void requireWorking() throws IOException {
    if (failing) {
      throw new IOException("the disk does not answer");
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    throw new AssertionError("the channel is the caller's to close");
  }
}
