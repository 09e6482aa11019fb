package org.mpotr.session.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.mpotr.error.ErrorCode;

/** Whole reads and writes in the caller's channel, whatever it takes at a time. */
record Storage(SeekableByteChannel channel) {

  /**
   * How many bytes there are.
   *
   * @throws FileException {@link ErrorCode#STORAGE}
   */
  long size() throws FileException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads as much as is asked for, or nothing.
   *
   * @return whether that much is there
   * @throws FileException {@link ErrorCode#STORAGE}
   */
  boolean read(long position, byte[] target, int offset, int length) throws FileException {
    boolean whole = false;
    try {
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
      int count = 1;
      while (buffer.hasRemaining() && count > 0) {
        count = channel.read(buffer);
      }
      whole = !buffer.hasRemaining();
      return whole;
    } catch (IOException e) {
      throw unreadable(e);
    } finally {
      if (!whole) {
        Arrays.fill(target, offset, offset + length, (byte) 0);
      }
    }
  }

  /**
   * Writes all of it.
   *
   * @throws FileException {@link ErrorCode#STORAGE}, perhaps with a part of it written
   */
  void write(long position, byte[] source, int offset, int length) throws FileException {
    try {
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
      while (buffer.hasRemaining()) {
        if (channel.write(buffer) <= 0) {
          throw new FileException(ErrorCode.STORAGE, "the target takes nothing more");
        }
      }
    } catch (IOException e) {
      throw new FileException(ErrorCode.STORAGE, "the target cannot be written", e);
    }
  }

  /**
   * Cuts off what is beyond a size.
   *
   * @throws FileException {@link ErrorCode#STORAGE}
   */
  void truncate(long size) throws FileException {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      throw new FileException(ErrorCode.STORAGE, "the target cannot be cut to its size", e);
    }
  }

  private static FileException unreadable(IOException cause) {
    return new FileException(ErrorCode.STORAGE, "the file cannot be read", cause);
  }
}
